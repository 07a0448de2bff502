// Which part of a row counts in years where tests of time are combined.
#include "cadre/classify/windows.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/support/study.hpp"

namespace cadre {
namespace {

using Catch::Approx;

Windows until(double to) {
  return Window{-kForever, to};
}

Windows from(double from) {
  return Window{from, kForever};
}

TEST_CASE("windows that overlap or touch are one") {
  Windows windows = Window{1980, 1985};
  windows.join(Window{1990, 1995});
  CHECK(windows.size() == 2);
  CHECK(windows.length() == 10);
  windows.join(Window{1985, 1986});
  CHECK(windows.size() == 2);
  windows.join(Window{1984, 1991});
  CHECK(windows == Windows(Window{1980, 1995}));
  windows.join(Window{2000, 2000});
  CHECK(windows.size() == 1);
  windows.join(Windows());
  CHECK(windows.all_of_time());
}

TEST_CASE("the order in which windows are joined does not matter") {
  const std::vector<Window> parts = {{1980, 1982}, {1990, 1992}, {1981, 1985}, {1970, 1971}};
  Windows one = Windows::none();
  Windows other = Windows::none();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    one.join(parts[i]);
    other.join(parts[parts.size() - 1 - i]);
  }
  CHECK(one == other);
  CHECK(one.length() == 8);
}

TEST_CASE("windows intersect window by window") {
  Windows windows = until(1980);
  windows.join(from(1990));
  Windows inside = windows;
  inside.intersect(Window{1975, 1995});
  CHECK(inside.size() == 2);
  CHECK(inside.length() == 10);
  inside.intersect(Window{1982, 1988});
  CHECK(inside.empty());
  CHECK(inside == Windows::none());
  CHECK(inside.length() == 0);
  windows.intersect(Windows());
  CHECK(windows.size() == 2);
}

const std::map<std::string, std::string> kLexicons = {{"work.yaml", R"(
lexicon: work
categories:
  engineer: {terms: {en: [engineer]}}
  works: {terms: {en: [works]}}
)"}};

Classification classify(const std::string& labels, const std::string& person) {
  static std::vector<std::unique_ptr<const Rules>> kept;  // a classification refers to its rules
  kept.push_back(std::make_unique<const Rules>(testing::rules_from(
      "ruleset: r\ncadre: 1\ninclude: [work.yaml]\nlabels:\n" + labels, kLexicons)));
  return Classifier(*kept.back()).classify(testing::person_from(person));
}

std::string job(const std::string& start, const std::string& end, const std::string& more = "") {
  return R"({"id": "p", "career": [{"start": ")" + start + R"(", "end": ")" + end + "\"" + more +
         "}]}";
}

/// The years of the rows that meet the tests: "9.0", or "2.0 to 12.0", or "unknown".
std::string years(const std::string& tests, const std::string& person) {
  const LabelValue value =
      classify("  years: {years_of: {career: " + tests + "}}\n", person).value("years");
  if (!value.number) return std::string(name(value.truth));
  std::string text = fmt::format("{:.1f}", *value.number);
  if (value.number_high) text += fmt::format(" to {:.1f}", *value.number_high);
  return text;
}

TEST_CASE("alternatives count with all parts that they let through") {
  const std::string row = job("1978", "1992");
  CHECK(years("{any: [{before: 1980}, {after: 1985}]}", row) == "9.0");
  CHECK(years("{any: [{after: 1985}, {before: 1980}]}", row) == "9.0");
  CHECK(years("{any: [{before: 1980}, {before: 1985}]}", row) == "7.0");
  CHECK(years("{any: [{before: 1970}, {after: 1985}]}", row) == "7.0");
  CHECK(years("{any: [{all: [{after: 1980}, {before: 1982}]}, {after: 1990}]}", row) == "4.0");
  CHECK(years("{any: [{before: 1980}, {start: {known: true}}]}", row) == "14.0");
}

TEST_CASE("tests that are all to hold count with what they share") {
  const std::string row = job("1978", "1992");
  CHECK(years("{after: 1980, before: 1985}", row) == "5.0");
  CHECK(years("{any: [{before: 1980}, {after: 1985}], during: {from: 1979, to: 1988}}", row) ==
        "4.0");
  // They share nothing: the row still meets the tests, and counts no time.
  const Classification nothing = classify(R"(
  met: {career: {before: 1980, after: 1985}}
  rows: {count_of: met}
  years: {years_of: met}
  long: {career: {before: 1980, after: 1985}, total_years: {at_most: 0}}
)",
                                          row);
  CHECK(nothing.label("met") == Truth::kTrue);
  CHECK(nothing.value("rows").number == 1);
  CHECK(nothing.value("years").number == 0);
  CHECK(nothing.label("long") == Truth::kTrue);
}

TEST_CASE("what is denied limits nothing, and years of the row itself are all of its years") {
  const std::string row = job("1978", "1992");
  CHECK(years("{none: [{before: 1970}]}", row) == "14.0");
  CHECK(years("{not: {after: 1995}}", row) == "14.0");
  CHECK(years("{before: 1980, years: {at_least: 14}}", row) == "2.0");
  CHECK(years("{any: [{none: [{before: 1970}]}, {before: 1980}]}", row) == "14.0");
}

TEST_CASE("an alternative that is only possible counts in the upper bound") {
  const std::string engineer = R"(, "role_en": "engineer")";
  const std::string clerk = R"(, "role_en": "clerk")";
  for (const char* tests : {"{any: [{role: {in: work/engineer}}, {before: 1980}]}",
                            "{any: [{before: 1980}, {role: {in: work/engineer}}]}"}) {
    CAPTURE(tests);
    CHECK(years(tests, job("1978", "1990", engineer)) == "12.0");
    CHECK(years(tests, job("1978", "1990", clerk)) == "2.0");
    CHECK(years(tests, job("1978", "1990")) == "2.0 to 12.0");
    const std::string label =
        std::string("  long: {career: ") + tests + ", total_years: {at_least: 5}}\n";
    CHECK(classify(label, job("1978", "1990", engineer)).label("long") == Truth::kTrue);
    CHECK(classify(label, job("1978", "1990", clerk)).label("long") == Truth::kFalse);
    CHECK(classify(label, job("1978", "1990")).label("long") == Truth::kUnknown);
  }
}

TEST_CASE("a row that several conditions found counts with all parts that they let through") {
  const std::string early = "{career: {role: {in: work/engineer}, before: 1985}}";
  const std::string works = "{career: {org: {in: work/works}}}";
  const std::string labels = "  p: {any: [" + early + ", " + works + "]}\n  q: {any: [" + works +
                             ", " + early + "]}\n" + R"(
  years_p: {years_of: p}
  years_q: {years_of: q}
  ten: {all: [{years_p: {at_least: 10}}]}
)";
  for (const char* role :
       {R"(, "role_en": "engineer")", R"(, "role_en": "clerk")", R"(, "role_en": null)"}) {
    CAPTURE(role);
    const Classification c =
        classify(labels, job("1980", "2000", R"(, "org_en": "works")" + std::string(role)));
    CHECK(c.value("years_p").number == 20);
    CHECK(c.value("years_q").number == 20);
    CHECK_FALSE(c.value("years_p").number_high);
    CHECK(c.label("ten") == Truth::kTrue);
  }
  // Conditions that must all hold, too: each says that its part of the row counts.
  const Classification both = classify(R"(
  p: {all: [{career: {before: 1980}}, {career: {after: 1985}}]}
  years: {years_of: p}
  two: {at_least: {count: 2, of: [{career: {before: 1980}}, {career: {after: 1985}}]}}
  of_two: {years_of: two}
)",
                                       job("1978", "1992"));
  CHECK(both.value("years").number == 9);
  CHECK(both.value("of_two").number == 9);
}

TEST_CASE("the category of most years is that of the parts that count") {
  const std::string labels = R"(
  worked: {any: [{career: {before: 1980}}, {career: {after: 1990}}]}
  job: {category_of: work, where: worked}
)";
  const Classification c = classify(labels, R"({"id": "p", "career": [
    {"org_en": "works", "start": "1979", "end": "1999"},
    {"role_en": "engineer", "start": "1970", "end": "1979"}]})");
  CHECK(c.rules->branch_name(c.value("job").category.value()) == "work/works");
}

}  // namespace
}  // namespace cadre
