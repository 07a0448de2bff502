#include "cadre/classify/named_date.hpp"

#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/support/study.hpp"

namespace cadre {
namespace {

std::vector<Date> dates(const std::vector<std::string>& texts) {
  std::vector<Date> all;
  for (const std::string& text : texts) all.push_back(Date::parse(text).value());
  return all;
}

/// The first and the last day it may be.
std::string among(Which which, const std::vector<std::string>& certain,
                  const std::vector<std::string>& possible = {}) {
  const auto found = one_of(which, dates(certain), dates(possible));
  if (!found) return "none";
  return iso_date(found->first) + " " + iso_date(found->last);
}

TEST_CASE("which of several dates is the first, or the last") {
  CHECK(among(Which::kFirst, {}) == "none");
  CHECK(among(Which::kFirst, {"1991", "1990", "1990"}) == "1990-01-01 1990-12-31");
  CHECK(among(Which::kLast, {"1991-05", "1990"}) == "1991-05-01 1991-05-31");
}

TEST_CASE("of partial dates that overlap the first or last lies between two days") {
  CHECK(among(Which::kFirst, {"1990", "1990-05"}) == "1990-01-01 1990-05-31");
  CHECK(among(Which::kLast, {"1990-05", "1990"}) == "1990-05-01 1990-12-31");
  CHECK(among(Which::kLast, {"1990", "1990-12-31"}) == "1990-12-31 1990-12-31");
  CHECK(among(Which::kFirst, {"1990-05"}, {"1990"}) == "1990-01-01 1990-05-31");
  CHECK(among(Which::kFirst, {"1990-05"}, {"1990-06"}) == "1990-05-01 1990-05-31");
  CHECK(among(Which::kFirst, {}, {"1990-06"}) == "none");
}

TEST_CASE("a date that lies between two days is compared as such") {
  const auto year = Date::parse("1990").value();
  CHECK(before(NamedDate(year), NamedDate(year)) == Truth::kUnknown);
  const NamedDate last = one_of(Which::kLast, dates({"1990", "1990-12"})).value();
  CHECK(before(Date::parse("1990-12").value(), last) == Truth::kUnknown);
  CHECK(before(Date::parse("1990-11").value(), last) == Truth::kTrue);
  CHECK(before(last, Date::parse("1990-11").value()) == Truth::kFalse);
  CHECK(before(last, Date::parse("1990-12-01").value()) == Truth::kFalse);
}

Truth before_post(const std::string& which, const std::string& row,
                  const std::vector<std::string>& starts) {
  std::string posts;
  for (const std::string& start : starts) {
    posts += std::string(posts.empty() ? "" : ", ") +
             R"({"province": "a", "office": "governor", "start": ")" + start + "\"}";
  }
  const Rules rules = testing::rules_from(
      "ruleset: r\ncadre: 1\nlabels:\n  x: {career: {before: " + which + "}}\n");
  return Classifier(rules)
      .classify(testing::person_from(R"({"id": "p", "career": [{"start": ")" + row +
                                     R"("}], "posts": [)" + posts + "]}"))
      .label("x");
}

TEST_CASE("the last post may be one of which only the year is known") {
  CHECK(before_post("last_post", "1990-07", {"1990", "1990-05"}) == Truth::kUnknown);
  CHECK(before_post("last_post", "1990-07", {"1990-05", "1990"}) == Truth::kUnknown);
  CHECK(before_post("last_post", "1990-07", {"1990-12", "1990-05"}) == Truth::kTrue);
  CHECK(before_post("last_post", "1990-04", {"1990", "1990-05"}) == Truth::kTrue);
  CHECK(before_post("last_post", "1990", {"1990", "1990-05"}) == Truth::kUnknown);
  CHECK(before_post("last_post", "1991", {"1990", "1990-05"}) == Truth::kFalse);
}

TEST_CASE("the first post may be one of which only the year is known") {
  CHECK(before_post("first_post", "1990-03", {"1990", "1990-05"}) == Truth::kUnknown);
  CHECK(before_post("first_post", "1990-06", {"1990", "1990-05"}) == Truth::kFalse);
  CHECK(before_post("first_post", "1989", {"1990", "1990-05"}) == Truth::kTrue);
}

TEST_CASE("a post without a start is not the last where it ended before another began") {
  const auto label = [](const std::string& posts) {
    const Rules rules = testing::rules_from(
        "ruleset: r\ncadre: 1\nlabels:\n  last: {career: {before: last_post}}\n"
        "  first: {career: {before: first_post}}\n");
    Schema schema = Schema::standard();
    schema.as_of = Date::parse("2022-12-31");
    const Classification found =
        Classifier(rules, schema)
            .classify(testing::person_from(
                R"({"id": "p", "career": [{"start": "1996", "end": "1997"}], "posts": [)" + posts +
                "]}"));
    return std::pair(found.label("last"), found.label("first"));
  };
  const std::string known = R"({"province": "a", "office": "governor", "start": "1995"}, )";
  const auto undated = [&](const std::string& end) {
    return label(known + R"({"province": "b", "office": "governor", "end": ")" + end + "\"}");
  };
  CHECK(label(R"({"province": "a", "office": "governor", "start": "1995"})") ==
        std::pair(Truth::kFalse, Truth::kFalse));
  CHECK(undated("1990") == std::pair(Truth::kFalse, Truth::kUnknown));
  CHECK(undated("1995").first == Truth::kFalse);
  CHECK(undated("1996").first == Truth::kUnknown);
  CHECK(undated("..").first == Truth::kUnknown);
  CHECK(undated("").first == Truth::kUnknown);
  // Nobody knows when a post began that is the only one.
  CHECK(label(R"({"province": "b", "office": "governor", "end": "1990"})").first ==
        Truth::kUnknown);
}

TEST_CASE("of two dates of one month either may be the earlier") {
  CHECK(before_post("first_post", "1990-05", {"1990-05"}) == Truth::kUnknown);
  CHECK(before_post("first_post", "1990-05-01", {"1990-05-25"}) == Truth::kTrue);
  CHECK(before_post("first_post", "1990-05-25", {"1990-05-25"}) == Truth::kFalse);
  CHECK(before_post("first_post", "1990-05-31", {"1990-05"}) == Truth::kFalse);
}

TEST_CASE("a year in a rule is the whole year") {
  const Rules rules = testing::rules_from(R"(
ruleset: r
cadre: 1
labels:
  old: {person: {birth: {before: 1950}}}
  young: {person: {birth: {after: 1950}}}
  early: {career: {before: 1982}}
  late: {career: {after: 1982}}
)");
  const auto classify = [&](const std::string& day) {
    return Classifier(rules).classify(testing::person_from(R"({"id": "p", "birth": ")" + day +
                                                           R"(", "career": [{"start": "1982", )"
                                                           R"("end": "1982-05"}]})"));
  };
  for (const std::string day : {"1950", "1950-01-01", "1950-07", "1950-12-31"}) {
    CAPTURE(day);
    CHECK(classify(day).label("old") == Truth::kFalse);
    CHECK(classify(day).label("young") == Truth::kFalse);
  }
  CHECK(classify("1949-12-31").label("old") == Truth::kTrue);
  CHECK(classify("1951-01").label("young") == Truth::kTrue);
  CHECK(classify("1950").label("early") == Truth::kFalse);
  CHECK(classify("1950").label("late") == Truth::kFalse);
}

TEST_CASE("the end of a row bounds a start that is not known to the day, and the other way round") {
  const Rules rules = testing::rules_from(R"(
ruleset: r
cadre: 1
labels:
  early: {career: {before: 1982-05}}
  late: {career: {after: 1982-05}}
)");
  const auto classify = [&](const std::string& start, const std::string& end) {
    return Classifier(rules).classify(testing::person_from(
        R"({"id": "p", "career": [{"start": ")" + start + R"(", "end": ")" + end + "\"}]}"));
  };
  CHECK(classify("1982", "1982-02").label("early") == Truth::kTrue);
  CHECK(classify("1982", "1982-05").label("early") == Truth::kUnknown);
  CHECK(classify("1982-06", "1982").label("late") == Truth::kTrue);
  CHECK(classify("1982-05", "1982").label("late") == Truth::kUnknown);
  CHECK(classify("1982-01", "1982-05").label("late") == Truth::kFalse);
}

TEST_CASE("a date taken from rows lies where it is not known which row gives it") {
  const Rules rules = testing::rules_from(R"(
ruleset: r
cadre: 1
labels:
  until: {last_date_of: {career: {start: {known: true}}}}
  since: {first_date_of: {career: {start: {known: true}}}}
  before_the_end: {education: {before: until}}
  june: {all: [{since: {after: 1990-06}}]}
)");
  const auto classify =
      [&](const std::string& study) {
        return Classifier(rules).classify(testing::person_from(R"({"id": "p",
      "education": [{"field_en": "x", "start": ")" + study + R"("}],
      "career": [{"start": "1990", "end": "1995"}, {"start": "1990-05", "end": "1995-12"}]})"));
      };
  const Classification c = classify("1995-12");
  CHECK(c.value("until").date->text() == "1995-12");
  CHECK(c.value("since").date->text() == "1990");
  CHECK(c.label("before_the_end") == Truth::kUnknown);  // 1995 may be later in December
  CHECK(c.label("june") == Truth::kFalse);              // in May at the latest
  CHECK(classify("1995-11").label("before_the_end") == Truth::kTrue);
}

}  // namespace
}  // namespace cadre
