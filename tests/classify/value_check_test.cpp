// Values that are compared with whole cells and stand in longer ones only.
#include "cadre/classify/value_check.hpp"

#include <fmt/format.h>

#include "tests/catch.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/study.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::HandMade;
using testing::rules_from;

HandMade careers() {
  HandMade made;
  for (const char* role : {"Lawyer at a bank", "judge", "senior engineer", "总工程师"}) {
    made.row("li", kCareer, {{"role_en", role}});
  }
  return made;
}

/// "LINE message" of each warning.
std::string warnings(const std::string& condition) {
  const Rules rules = rules_from("ruleset: r\nlabels:\n  a:\n    " + condition + "\n");
  std::string text;
  for (const Diagnostic& one : check_values(rules, careers().dataset)) {
    CHECK(one.severity == Severity::kWarning);
    CHECK(one.code == "value-never-whole");
    CHECK(one.hint.find("whole cell") != std::string::npos);
    text += fmt::format("{} {}\n", one.place.line, one.message);
  }
  return text;
}

TEST_CASE("a value that is a word of cells and no whole cell is warned of") {
  const std::string lawyer = "4 no 'role' of career is just 'lawyer'; one is 'Lawyer at a bank'\n";
  CHECK(warnings("career: {role: lawyer}") == lawyer);
  CHECK(warnings("career: {role: {is: lawyer}}") == lawyer);
  CHECK(warnings("career: {role: {not: lawyer}}") == lawyer);
  CHECK(warnings("career: {role: {one_of: [judge, lawyer]}}") == lawyer);
  CHECK(warnings("{not: {any: [{career: {any: [{role: judge}, {role: lawyer}]}}]}}") == lawyer);
  CHECK(warnings("{years_of: {career: {role: lawyer}}}") == lawyer);
  CHECK(warnings("career: {role: 工程师}") ==
        "4 no 'role' of career is just '工程师'; one is '总工程师'\n");
}

TEST_CASE("of a value that is a whole cell in another spelling, the hint says so") {
  HandMade made = careers();
  for (const char* role : {"head clerk", "Clerk", "Vice\u00ADMayor"}) {
    made.row("li", kCareer, {{"role_en", role}});
  }
  const auto told = [&](const std::string& value) {
    const Rules rules = rules_from("ruleset: r\nlabels:\n  a: {career: {role: " + value + "}}\n");
    const Diagnostics found = check_values(rules, made.dataset);
    REQUIRE(found.size() == 1);
    return found.front().message + "\n" + found.front().hint;
  };
  CHECK(told("clerk") ==
        "no 'role' of career is just 'clerk'; one is 'Clerk'\n"
        "a value is the whole cell, letter by letter, and only upper and lower case differ here; "
        "write it as the cell does");
  CHECK(told("vicemayor") ==
        "no 'role' of career is just 'vicemayor'; one is 'Vice\u00ADMayor'\n"
        "a value is the whole cell, letter by letter, and only the spelling differs here; write it "
        "as the cell does");
}

TEST_CASE("a value that is a cell, or in none, is not, nor one that is a part of a word") {
  CHECK(warnings("career: {role: judge}").empty());
  CHECK(warnings("career: {role: doctor}").empty());
  CHECK(warnings("career: {role: law}").empty());
  CHECK(warnings("career: {role: {matches: lawyer}}").empty());
  CHECK(warnings("career: {org: lawyer}").empty());
}

TEST_CASE("columns with a list of values are left out") {
  HandMade made = careers();
  const Rules rules = rules_from("ruleset: r\nlabels:\n  a: {career: {role: lawyer}}\n");
  CHECK(check_values(rules, made.dataset).size() == 1);
  for (Column& column : made.dataset.schema.table(kCareer).columns) {
    if (column.logical == "role") column.values = {"Lawyer at a bank", "judge"};
  }
  CHECK(check_values(rules, made.dataset).empty());
}

}  // namespace
}  // namespace cadre
