// The work that specifications share changes nothing: each comes out as if it had been loaded,
// classified and measured by itself.
#include <map>
#include <string>
#include <vector>

#include "cadre/analyse/cells.hpp"
#include "cadre/analyse/figures.hpp"
#include "cadre/base/files.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/study.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/render.hpp"
#include "cadre/rules/sweep.hpp"
#include "cadre/run/run.hpp"
#include "cadre/run/writer.hpp"
#include "cadre/sweep/specifications.hpp"
#include "cadre/sweep/summary.hpp"
#include "cadre/sweep/sweeper.hpp"
#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"

namespace cadre::test {
namespace {

using Numbers = std::map<SweepCell, double>;

/// The slow, obvious way: a run on the disk, and the figures of that run.
Numbers by_itself(const Rules& rules, const Dataset& dataset,
                  const testing::TemporaryFolder& folder) {
  const Classifier classifier(rules, dataset.schema);
  const auto classifications = classifier.classify(dataset.people, 1);
  const auto path = folder.path() / "run.sqlite";
  write_run_sqlite({rules, dataset, classifications, {}}, path);
  const Run run = Run::open(path);
  Numbers numbers;
  for (const Figure& figure : list_figures(run)) {
    const Result result = run.query(figure.sql);
    const std::vector<std::string> key = key_columns(figure, result);
    std::map<std::string, int> seen;
    for (const auto& row : result.rows) {
      std::string name;
      for (const std::string& column : key) {
        for (std::size_t i = 0; i < row.size(); ++i) {
          if (result.columns[i] != column) continue;
          if (column != key.front()) name += ", ";
          name += text_of(row[i]);
        }
      }
      if (const int again = ++seen[name]; again > 1) name += " (" + std::to_string(again) + ")";
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (std::find(key.begin(), key.end(), result.columns[i]) != key.end()) continue;
        if (const auto number = number_of(row[i])) {
          numbers[{figure.name, name, result.columns[i]}] = *number;
        }
      }
    }
  }
  return numbers;
}

Numbers all_of(const SpecificationResult& result) {
  Numbers numbers;
  for (const auto& figure : result.figures) numbers.insert(figure->begin(), figure->end());
  return numbers;
}

/// The label values of people, one line a label.
std::string values_of(const std::vector<Classification>& classifications, const Rules& rules) {
  std::string out;
  for (std::size_t label = 0; label < rules.labels.size(); ++label) {
    out += rules.labels[label].name + ":";
    for (const Classification& one : classifications) {
      const LabelValue& value = one.labels[label];
      out += " " + std::string(name(value.truth));
      if (value.number) out += std::to_string(*value.number);
      if (value.date) out += value.date->text();
      if (value.category) {
        const Category& category =
            rules.lexicons[value.category->lexicon].categories[value.category->category];
        out += category.path + "/" + category.group;
      }
    }
    out += "\n";
  }
  return out;
}

std::string values_of(const std::vector<std::shared_ptr<const LabelColumn>>& columns,
                      const Rules& rules, std::size_t people) {
  std::string out;
  for (std::size_t label = 0; label < rules.labels.size(); ++label) {
    out += rules.labels[label].name + ":";
    for (std::size_t i = 0; i < people; ++i) {
      const LabelColumn::Value value = columns[label]->value(i);
      out += " " + std::string(name(value.truth));
      if (value.number) out += std::to_string(*value.number);
      if (value.date) out += value.date->text();
      if (!value.category.empty()) out += value.category + "/" + value.group;
    }
    out += "\n";
  }
  return out;
}

/// Holds `count` specifications, drawn by `seed`, against themselves alone.
void compare(const std::filesystem::path& rules, const std::filesystem::path& sweep,
             const Dataset& dataset, std::size_t count, std::size_t max_bytes) {
  const Study study(std::make_shared<const Dataset>(dataset), {.max_bytes = max_bytes});
  StudyFigures figures(study);
  const testing::TemporaryFolder folder;
  const RuleSpace space(rules, sweep);
  INFO(render_text(space.diagnostics()));
  REQUIRE(space.sweep() != nullptr);
  SweepResults results;
  results.figures = swept_figures(space);
  results.baseline = sweep_baseline(space, figures);
  results.numbers = specification_numbers(*space.sweep());
  results.specifications.resize(results.numbers.size());
  run_sweep(space, figures, results);

  SplitMix64 random(7);
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(random.below(results.numbers.size()));
    const std::uint64_t number = results.numbers[at];
    INFO(in_words(*space.sweep(), number));
    const SpecificationRules loaded = space.load(alternatives_of(*space.sweep(), number));
    REQUIRE(loaded.rules.has_value() == results.specifications[at].failure.empty());
    if (!loaded.rules) continue;
    CHECK(all_of(results.specifications[at]) == by_itself(*loaded.rules, dataset, folder));
    const Classifier classifier(*loaded.rules, dataset.schema);
    CHECK(values_of(study.labels(*loaded.rules), *loaded.rules, dataset.people.size()) ==
          values_of(classifier.classify(dataset.people, 1), *loaded.rules));
  }
  CHECK(all_of(results.baseline) == by_itself(space.base(), dataset, folder));
}

const char* const kSmall = R"(sweep: small
cadre: 1
axes:
  years: {param: min_years, values: [1, 4, 10, 30]}
  fields:
    alternatives:
      study: as it is
      no_machines: {lexicons: {fields: {remove: {engineering: {terms: {zh: [机械]}}}}}}
      no_social: {lexicons: {fields: {remove: {social_science: all}}}}
  context:
    alternatives:
      study: as it is
      no_star: {lexicons: {industries: {add: {coal: {not_near: {terms: {zh: [红星], en: [star]}, within: 0}}}}}}
      only_red: {lexicons: {industries: {add: {coal: {near: {terms: {zh: [红], en: [red]}, within: $min_years}}}}}}
      by_rule:
        labels:
          worked:
            career: {org: {in: industries, not_near: {in: industries/coal, side: after}}, role: {not_in: fields}}
            total_years: {at_least: $min_years}
  group:
    alternatives:
      study: as it is
      coal_emerging: {lexicons: {industries: {set: {coal: {group: emerging}}}}}
  eras:
    alternatives:
      study: as it is
      later: {eras: {committees: {c19: {from: 2018-03-01}}}}
      outgoing: {eras: {committees: {transition: {opens_before: P6M, promotions_count_to: outgoing}}}}
  worked:
    alternatives:
      study: as it is
      variant: {variant: strict.yaml}
      industry:
        labels:
          worked: {career: {org: {in: industries}}, total_years: {at_least: $min_years}}
          years: {years_of: {career: {org: {in: industries/coal}}}}
)";

TEST_CASE("sweep: shared work gives what each specification gives by itself") {
  const testing::Study study;
  study.write("sweep.yaml", kSmall);
  const LoadedDataset data = load_dataset(study.path() / "package");
  REQUIRE(data.dataset.has_value());
  SECTION("all that fits is remembered") {
    compare(study.path() / "technocrats.yaml", study.path() / "sweep.yaml", *data.dataset, 60,
            std::size_t{1} << 28);
  }
  SECTION("everything is forgotten at once") {
    compare(study.path() / "technocrats.yaml", study.path() / "sweep.yaml", *data.dataset, 20, 0);
  }
}

TEST_CASE("sweep: the same over the provincial leaders") {
  const LoadedDataset data = load_dataset(testing::source_dir() / "datasets/provincial-leaders");
  REQUIRE(data.dataset.has_value());
  compare(testing::source_dir() / "rules/macropolo-2022.yaml",
          testing::source_dir() / "tests/sweep/leaders.yaml", *data.dataset, 4,
          std::size_t{1} << 28);
}

TEST_CASE("sweep: a sample is the same everywhere, and each combination comes once") {
  Sweep sweep;
  sweep.axes.resize(3);
  for (Sweep::Axis& axis : sweep.axes) axis.alternatives.resize(10);
  CHECK(specification_numbers(sweep).size() == 1000);
  sweep.sample = Sweep::Sample{5, 42};
  const std::vector<std::uint64_t> drawn = specification_numbers(sweep);
  CHECK(drawn.size() == 5);
  CHECK(std::is_sorted(drawn.begin(), drawn.end()));
  CHECK(std::adjacent_find(drawn.begin(), drawn.end()) == drawn.end());
  CHECK(specification_numbers(sweep) == drawn);
  sweep.sample->count = 900;
  CHECK(specification_numbers(sweep).size() == 900);
  sweep.sample->count = 2000;
  CHECK(specification_numbers(sweep).size() == 1000);
  CHECK(alternatives_of(sweep, 123) == std::vector<std::uint32_t>{1, 2, 3});
}

TEST_CASE("sweep: SplitMix64 gives its published numbers") {
  // The reference implementation (Vigna, splitmix64.c) from the seed 1234567.
  SplitMix64 random(1234567);
  CHECK(random.next() == 6457827717110365317ULL);
  CHECK(random.next() == 3203168211198807973ULL);
  CHECK(random.next() == 9817491932198370423ULL);
}

TEST_CASE("sweep: axes beyond counting") {
  Sweep sweep;
  sweep.axes.resize(64);
  for (Sweep::Axis& axis : sweep.axes) axis.alternatives.resize(2);
  CHECK_FALSE(count_combinations(sweep).has_value());
}

TEST_CASE("sweep: variance explained is eta squared") {
  Sweep sweep;
  sweep.axes.resize(2);
  for (Sweep::Axis& axis : sweep.axes) axis.alternatives.resize(2);
  const std::vector<std::vector<std::uint32_t>> design = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  // Effects of 4 and 2 without interaction: sums of squares 16 and 4 of 20.
  const auto explained = variance_explained({1, 3, 5, 7}, design, sweep);
  REQUIRE(explained.size() == 2);
  CHECK(explained[0] == Catch::Approx(0.8));
  CHECK(explained[1] == Catch::Approx(0.2));
  // Nothing but interaction.
  CHECK(variance_explained({0, 1, 1, 0}, design, sweep) == std::vector<double>{0, 0});
  CHECK(variance_explained({2, 2, 2, 2}, design, sweep).empty());
}

}  // namespace
}  // namespace cadre::test
