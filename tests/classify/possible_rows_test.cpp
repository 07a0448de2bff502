// Rows of which not all is known: what they settle, and what they leave open.
#include <string>

#include "tests/catch.hpp"
#include "tests/support/study.hpp"

namespace cadre {
namespace {

/// The truth of a condition on the rows of a person with these rows.
Truth truth_of(const std::string& condition, const std::string& rows) {
  const Rules rules =
      testing::rules_from("ruleset: r\ncadre: 1\nlabels:\n  x: {" + condition + "}\n");
  const Classifier classifier(rules);
  return classifier.classify(testing::person_from(R"({"id": "p", "career": [)" + rows + "]}"))
      .label("x");
}

TEST_CASE("an end before a day settles that the row began before, one on it does not") {
  const auto before = [](const std::string& row) {
    return truth_of("career: {before: 1990-05-01}", row);
  };
  CHECK(before(R"({"end": "1990-04-30"})") == Truth::kTrue);
  CHECK(before(R"({"end": "1990-05-01"})") == Truth::kUnknown);  // it may have begun that day
  CHECK(before(R"({"end": "1990-05-02"})") == Truth::kUnknown);
  CHECK(before(R"({"end": "1990"})") == Truth::kUnknown);
  CHECK(before(R"({"end": ".."})") == Truth::kUnknown);
}

TEST_CASE("a start after a day settles that the row ended after, one on it does not") {
  const auto after = [](const std::string& row) {
    return truth_of("career: {after: 1990-05-01}", row);
  };
  CHECK(after(R"({"start": "1990-05-02"})") == Truth::kTrue);
  CHECK(after(R"({"start": "1990-05-01"})") == Truth::kUnknown);  // it may have ended that day
  CHECK(after(R"({"start": "1990-04-30"})") == Truth::kUnknown);
  CHECK(after(R"({"start": "1990"})") == Truth::kUnknown);
}

TEST_CASE("a missing start or end on the day of an era settles nothing") {
  const auto during = [](const std::string& row) {
    return truth_of("career: {during: {from: 1985, to: 1990}}", row);
  };
  CHECK(during(R"({"start": "1985"})") == Truth::kUnknown);
  CHECK(during(R"({"start": "1985", "end": "1985"})") == Truth::kFalse);
  CHECK(during(R"({"start": "1985", "end": "1986"})") == Truth::kTrue);
  CHECK(during(R"({"start": "1986"})") == Truth::kTrue);
  CHECK(during(R"({"end": "1990"})") == Truth::kUnknown);
}

TEST_CASE("a post of which the start is not known may be the first") {
  const Rules rules =
      testing::rules_from("ruleset: r\ncadre: 1\nlabels:\n  x: {career: {before: first_post}}\n");
  const Classifier classifier(rules);
  const auto before = [&](const std::string& posts) {
    const Person person = testing::person_from(
        R"({"id": "p", "career": [{"start": "1990", "end": "1994"}], "posts": [)" + posts + "]}");
    return classifier.classify(person).label("x");
  };
  const std::string known = R"({"province": "hunan", "office": "governor", "start": "1995"})";
  CHECK(before(known) == Truth::kTrue);
  CHECK(before(known + R"(, {"province": "hubei", "office": "governor"})") == Truth::kUnknown);
}

TEST_CASE("a count lies between the rows that count and those that may") {
  // One that counts, two that may, one that does not.
  const std::string rows = R"({"org_zh": "航天部", "start": "1980"}, {"start": "1981"},
                              {"start": "1982"}, {"org_zh": "学校"})";
  const auto count = [&](const std::string& test) {
    return truth_of("career: {org: {matches: 航天}}, count: " + test, rows);
  };
  CHECK(count("{at_least: 1}") == Truth::kTrue);
  CHECK(count("{at_least: 2}") == Truth::kUnknown);
  CHECK(count("{at_least: 3}") == Truth::kUnknown);
  CHECK(count("{at_least: 4}") == Truth::kFalse);
  CHECK(count("{at_most: 0}") == Truth::kFalse);
  CHECK(count("{at_most: 1}") == Truth::kUnknown);
  CHECK(count("{at_most: 3}") == Truth::kTrue);
}

}  // namespace
}  // namespace cadre
