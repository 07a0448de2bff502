// Parameters: where they can stand, and how they are set from outside.
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre::test {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

const std::string kRules = R"(ruleset: r
params:
  min_years: 1
  degree: associate
  modes: [full-time, in-service]
labels:
  a:
    title: A
    education: {degree: {at_least: $degree}, mode: {one_of: $modes}}
    total_years: {at_least: $min_years}
  b:
    title: B
    education: {mode: [$modes, visiting]}
)";

Loaded load_with(const Settings& settings) {
  LoadOptions options;
  options.settings = settings;
  return load_text(kRules, options);
}

const RowsCondition& rows(const Rules& rules, std::size_t label) {
  return std::get<RowsCondition>(std::get<Condition>(rules.labels[label].body).what);
}

std::string values(const RowTest& test) {
  std::string out;
  for (const std::string& value : std::get<ColumnTest>(test.test).values) out += value + " ";
  return out;
}

TEST_CASE("parameters: numbers, words, whole lists and items of lists") {
  const Loaded loaded = load_with({});
  REQUIRE(loaded.rules.has_value());
  CHECK(rows(*loaded.rules, 0).total_years->at_least == 1);
  CHECK(values(rows(*loaded.rules, 0).row.tests[0]) == "associate ");
  CHECK(values(rows(*loaded.rules, 0).row.tests[1]) == "full-time in-service ");
  CHECK(values(rows(*loaded.rules, 1).row.tests[0]) == "full-time in-service visiting ");
  REQUIRE(loaded.rules->params.size() == 3);
  CHECK(loaded.rules->params[0].name == "min_years");
  CHECK(loaded.rules->params[0].value == "1");
  CHECK(loaded.rules->params[2].value == "[full-time, in-service]");
}

TEST_CASE("parameters: settings take their place") {
  const Loaded loaded = load_with({{"min_years", "2.5"}, {"modes", "[visiting]"}});
  REQUIRE(loaded.rules.has_value());
  CHECK(rows(*loaded.rules, 0).total_years->at_least == 2.5);
  CHECK(values(rows(*loaded.rules, 0).row.tests[1]) == "visiting ");
  CHECK(loaded.rules->params[0].value == "2.5");
  CHECK_FALSE(loaded.rules->params[0].range.known());
  CHECK(loaded.sources->size() == 1);
}

TEST_CASE("parameters: the last of two settings counts") {
  const Loaded loaded = load_with({{"min_years", "2"}, {"min_years", "3"}});
  REQUIRE(loaded.rules.has_value());
  CHECK(rows(*loaded.rules, 0).total_years->at_least == 3);
}

TEST_CASE("parameters: an unknown setting has the place of the command line") {
  const Loaded loaded = load_with({{"min_year", "2"}});
  CHECK_FALSE(loaded.rules.has_value());
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].place.path == "--set");
  CHECK(loaded.diagnostics[0].place.line == 0);
}

TEST_CASE("parameters: text in quotes is not one") {
  const Loaded loaded =
      load_text("ruleset: r\nlabels:\n  a: {title: $none, career: {role: '$none'}}\n");
  REQUIRE(loaded.rules.has_value());
  CHECK(loaded.rules->labels[0].title == "$none");
  CHECK(values(rows(*loaded.rules, 0).row.tests[0]) == "$none ");
}

}  // namespace
}  // namespace cadre::test
