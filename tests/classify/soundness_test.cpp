// What is said of a person of whom not all is known holds however the gaps are filled in.
//
// A gap is what docs/data.md calls one: the forms of a column are one value, and so are the texts
// of a row where a rule looks at them together (`text`, category_of without `columns` or with
// several). An empty text beside a filled one is then no gap, and is not filled in.
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "cadre/classify/windows.hpp"
#include "tests/catch.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/random_person.hpp"
#include "tests/support/random_rules.hpp"
#include "tests/support/sanitizers.hpp"
#include "tests/support/study.hpp"

namespace cadre {
namespace {

using testing::Dice;
using testing::RandomRules;

std::string in_words(const LabelValue& value, const Rules& rules) {
  std::string text(name(value.truth));
  if (value.category) text += " " + rules.branch_name(*value.category);
  if (value.number) text += fmt::format(" {:.3f}", *value.number);
  if (value.number_high) text += fmt::format(" to {:.3f}", *value.number_high);
  if (value.date) text += " " + value.date->text();
  return text;
}

bool holds_number(const LabelValue& before, const LabelValue& after) {
  constexpr double kSlack = 1e-6;
  if (!after.number) return false;
  const double high = before.number_high.value_or(*before.number);
  return *after.number >= *before.number - kSlack &&
         after.number_high.value_or(*after.number) <= high + kSlack;
}

/// Whether what was said before holds after the gaps were filled in. `part`: days of some partial
/// dates only, so that dates that were equal may now be in no known order.
bool holds_still(const LabelValue& before, const LabelValue& after, bool part) {
  if (before.truth == Truth::kUnknown || (part && after.truth == Truth::kUnknown)) return true;
  if (after.truth != before.truth || after.category != before.category) return false;
  if (before.number) return holds_number(before, after);
  if (!before.date) return true;
  // Of partial dates that were left, the date may be one that is known less exactly.
  return after.date && before.date->first() <= after.date->last() &&
         after.date->first() <= before.date->last();
}

struct Tried {
  std::size_t rules = 0;
  std::size_t people = 0;
  std::size_t fillings = 0;
  std::size_t checks = 0;   // labels that said something
  std::size_t settled = 0;  // labels, of people as they were, that are not unknown
  std::size_t picked = 0;   // of these, categories
  std::size_t labels = 0;
};

/// As many people as asked, each filled in so many ways, under one rule set made from `seed`.
void check_rules(std::uint32_t seed, std::size_t people, std::size_t ways, Tried& tried) {
  const RandomRules made = testing::random_rules(seed);
  const Rules rules = testing::rules_from(made.yaml, made.included);
  Dice dice(seed + 1);
  Schema schema = Schema::standard();
  if (dice.chance(60)) schema.as_of = Date::parse("2000-06-30");
  const Classifier classifier(rules, schema);
  ++tried.rules;

  for (std::size_t i = 0; i < people; ++i) {
    std::vector<Person> versions = {testing::random_person(dice, schema)};
    std::vector<bool> in_part = {false};
    for (std::size_t way = 0; way < ways; ++way) {
      testing::Filling filling;
      filling.partial_dates = !made.durations && dice.chance(50);
      filling.keep = made.dates;
      filling.text_together = made.all_text;
      if (auto filled = testing::fill(versions.front(), schema, filling, dice)) {
        versions.push_back(std::move(*filled));
        in_part.push_back(filling.partial_dates &&
                          testing::has_partial_dates(versions.back(), schema));
      }
    }
    const Reasons reasons = dice.chance(10) ? Reasons::kKept : Reasons::kLeftOut;
    const auto found = classifier.classify(versions, 1, nullptr, reasons);
    ++tried.people;
    tried.fillings += versions.size() - 1;
    for (std::size_t label = 0; label < rules.labels.size(); ++label) {
      const LabelValue& before = found.front().labels[label];
      ++tried.labels;
      if (before.truth == Truth::kUnknown) continue;
      ++tried.settled;
      if (before.category) ++tried.picked;
      for (std::size_t version = 1; version < versions.size(); ++version) {
        ++tried.checks;
        const LabelValue& after = found[version].labels[label];
        if (holds_still(before, after, in_part[version])) continue;
        FAIL(fmt::format("seed {}: {} is {}, filled in {}\n{}\nas of {}\n{}\n{}", seed,
                         rules.labels[label].name, in_words(before, rules), in_words(after, rules),
                         made.yaml, schema.as_of ? schema.as_of->text() : "nothing",
                         testing::json(versions.front(), schema),
                         testing::json(versions[version], schema)));
      }
    }
  }
}

TEST_CASE("what is said of a person with gaps holds however they are filled in") {
  Tried tried;
  const std::uint32_t rule_sets = testing::kSanitized ? 20 : 150;
  for (std::uint32_t seed = 0; seed < rule_sets; ++seed) check_rules(seed, 20, 8, tried);
  // It says enough to be worth asking.
  CHECK(tried.settled * 4 > tried.labels);
  CHECK(tried.picked * 400 > tried.labels);
}

TEST_CASE("what is said of a person with gaps holds, at length", "[.long]") {
  Tried tried;
  for (std::uint32_t seed = 1000; seed < 3000; ++seed) check_rules(seed, 30, 10, tried);
  WARN(
      fmt::format("{} rule sets, {} people, {} fillings, {} of {} labels settled, {} of them "
                  "categories, {} checks",
                  tried.rules, tried.people, tried.fillings, tried.settled, tried.labels,
                  tried.picked, tried.checks));
}

TEST_CASE("the order in which alternatives are written does not matter") {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const RandomRules one = testing::random_rules(seed, 1);
    const RandomRules other = testing::random_rules(seed, 2);
    if (one.yaml == other.yaml) continue;
    const Rules rules = testing::rules_from(one.yaml, one.included);
    const Rules reordered = testing::rules_from(other.yaml, other.included);
    const Classifier classifier(rules);
    const Classifier again(reordered);
    Dice dice(seed);
    for (int i = 0; i < 30; ++i) {
      const Person person = testing::random_person(dice, Schema::standard());
      const Classification first = classifier.classify(person);
      const Classification second = again.classify(person);
      for (std::size_t label = 0; label < rules.labels.size(); ++label) {
        const std::string found = in_words(first.labels[label], rules);
        const std::string expected = in_words(second.labels[label], reordered);
        if (found == expected) continue;
        FAIL(fmt::format("seed {}: {} is {}, in another order {}\n{}\n{}\n{}", seed,
                         rules.labels[label].name, found, expected, one.yaml, other.yaml,
                         testing::json(person, Schema::standard())));
      }
    }
  }
}

}  // namespace
}  // namespace cadre
