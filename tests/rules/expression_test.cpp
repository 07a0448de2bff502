// Walks over the rules of labels, on labels that use every construct of the language.
#include "cadre/rules/expression.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/classify/fingerprint.hpp"
#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre::test {
namespace {

const Files kFiles = {
    {"fields.yaml",
     "lexicon: fields\ncategories:\n  hard: {group: h, terms: {en: [machines]}, categories: "
     "{nuclear: {terms: {en: [atoms]}}}}\n  soft: {group: s, terms: {en: [law]}}\n"},
    {"words.yaml", "lexicon: words\ncategories:\n  no: {terms: {en: [never]}}\n"},
    {"eras.yaml",
     "eras: reigns\nlist:\n  - {id: first, from: 1949-10-01, to: 1976-09-09}\n  - {id: second, "
     "from: 1976-09-09}\n"},
    {"rules.yaml", R"(ruleset: r
cadre: 1
include: [fields.yaml, words.yaml, eras.yaml]
labels:
  trained: {education: {field: {in: [fields/hard, fields/soft], not_near: {in: words, within: 3, side: before}}, degree: {at_least: master}}}
  worked:
    unknown_as: false
    any:
      - career: {role: {matches: 'chief'}, org: {not_in: fields}, years: {at_least: 1, at_most: 30}}
        total_years: {at_least: 2.5}
        count: {at_most: 4}
      - all: [trained, {not: early}]
      - at_least: {count: 1, of: [trained, {posts: {office: [governor, party_secretary], after: last_post}}]}
  early: {career: {any: [{before: first_post}, {during: first}, {none: [{org: {known: false}}, {role: {not: [clerk, guard]}}]}]}}
  born: {person: {birth: {before: 1950-05, after: first_day}}}
  field: {category_of: fields, columns: [field], pick: last, where: trained}
  years: {years_of: {career: {during: {from: 1960-01-01, to: first_day}}}}
  first_day: {first_date_of: trained}
  tested:
    all:
      - field: {in: fields/hard}
      - field.group: [h, s]
      - years: {at_least: 1}
      - first_day: {before: 1990-01-01}
      - first_day: {after: last_day}
      - worked: unknown
  last_day: {last_date_of: trained}
)"}};

Rules all_constructs() {
  Loaded loaded = load(kFiles);
  for (const Diagnostic& one : loaded.diagnostics) UNSCOPED_INFO(one.message);
  REQUIRE(loaded.rules.has_value());
  return std::move(*loaded.rules);
}

/// Keys by which labels and lexicons differ from one another.
PartKeys keys_of(const Rules& rules) {
  PartKeys keys = part_keys(rules);
  for (std::uint32_t i = 0; i < rules.labels.size(); ++i) keys.labels[i] = {1, i};
  return keys;
}

using Names = std::vector<std::string>;

Names named_by(const Rules& rules, std::string_view label) {
  Names names;
  walk(rules.labels[*rules.find_label(label)],
       Handlers{[&](NamedLabel<const std::uint32_t> use) {
                  names.push_back(rules.labels[use.index].name);
                },
                [&](const Branch& branch) { names.push_back(rules.branch_name(branch)); }});
  return names;
}

TEST_CASE("a walk meets every label and every category that a rule names, in order") {
  const Rules rules = all_constructs();
  CHECK(named_by(rules, "trained") == Names{"fields/hard", "fields/soft", "words"});
  CHECK(named_by(rules, "worked") == Names{"fields", "trained", "early", "trained"});
  CHECK(named_by(rules, "early") == Names{});
  CHECK(named_by(rules, "born") == Names{"first_day"});
  CHECK(named_by(rules, "field") == Names{"fields", "trained"});
  CHECK(named_by(rules, "years") == Names{"first_day"});
  CHECK(named_by(rules, "tested") == Names{"field", "fields/hard", "field", "years", "first_day",
                                           "first_day", "last_day", "worked"});
}

TEST_CASE("a walk over a rule that may be changed rewrites it") {
  const Rules rules = all_constructs();
  const std::uint32_t trained = *rules.find_label("trained");
  const std::uint32_t early = *rules.find_label("early");
  Rules other = rules;
  Label& worked = other.labels[*rules.find_label("worked")];
  walk(worked, [&](NamedLabel<std::uint32_t> use) {
    if (use.index == trained) use.index = early;
  });
  CHECK(named_by(other, "worked") == Names{"fields", "early", "early", "early"});
  CHECK_FALSE(same(worked, rules.labels[*rules.find_label("worked")]));
}

/// Changes one thing that a walk meets: the one of that number.
struct ChangeOne {
  std::size_t number;
  std::size_t met = 0;

  template <typename Value>
    requires(std::is_arithmetic_v<Value> || std::is_enum_v<Value>)
  void operator()(Value& value) {
    if (met++ != number) return;
    if constexpr (std::is_same_v<Value, bool>) {
      value = !value;
    } else if constexpr (std::is_enum_v<Value>) {
      value = static_cast<Value>(static_cast<int>(value) + 1);
    } else {
      value += 1;
    }
  }
  void operator()(std::string& text) {
    if (met++ == number) text += "x";
  }
  void operator()(Date& date) {
    if (met++ == number) date = *Date::parse("2001-02-03");
  }
  void operator()(Branch& branch) {
    if (met++ == number) ++branch.category;
  }
  void operator()(NamedLabel<std::uint32_t> use) {
    if (met++ == number) use.index = use.index == 0 ? 1 : 0;
  }
  template <typename Value>
  void operator()(std::vector<Value>& list) {
    if (!list.empty() && met++ == number) list.pop_back();
  }
  void operator()(std::optional<bool>& value) { remove(value); }
  void operator()(std::optional<double>& value) { remove(value); }
  void operator()(std::optional<std::uint32_t>& value) { remove(value); }
  void operator()(std::optional<NumberTest>& value) { remove(value); }
  void operator()(std::optional<DateRef>& value) { remove(value); }

 private:
  template <typename Value>
  void remove(std::optional<Value>& value) {
    if (value && met++ == number) value.reset();
  }
};

TEST_CASE("whatever of a rule is changed, it is no longer the same and has another key") {
  const Rules rules = all_constructs();
  const PartKeys keys = keys_of(rules);
  std::size_t changes = 0;
  for (const Label& label : rules.labels) {
    CHECK(same(label, Label(label)));
    for (std::size_t number = 0;; ++number) {
      Label other = label;
      ChangeOne change{number};
      walk(other, change);
      if (change.met <= number) break;
      CAPTURE(label.name, number);
      CHECK_FALSE(same(label, other));
      CHECK_FALSE(describe(label, keys) == describe(other, keys));
      ++changes;
    }
  }
  CHECK(changes > 150);
}

TEST_CASE("titles, notes, places and words make no difference to what a rule says") {
  const Rules rules = all_constructs();
  const PartKeys keys = keys_of(rules);
  for (const Label& label : rules.labels) {
    Label other = label;
    other.title += "t";
    other.note += "n";
    other.range = {};
    walk(other,
         Handlers{[](Condition& one) {
                    one.range = {};
                    one.path += "p";
                    one.text += "w";
                  },
                  [](RowTest& one) {
                    one.range = {};
                    one.text += "w";
                  },
                  [](ContextTest& one) { one.range = {}; }, [](DateRef& one) { one.text += "w"; }});
    CHECK(same(label, other));
    CHECK(describe(label, keys) == describe(other, keys));
  }
}

}  // namespace
}  // namespace cadre::test
