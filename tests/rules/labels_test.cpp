// Labels and conditions: every construct of the language, as it comes out in the model.
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"
#include "tests/support/tables.hpp"

namespace cadre::test {
namespace {

const Files kFiles = {
    {"fields.yaml",
     "lexicon: fields\ncategories:\n  hard: {group: h, terms: {zh: [机械]}, categories: {nuclear: "
     "{terms: {zh: [核]}}}}\n  soft: {group: s, terms: {zh: [法律]}}\n"},
    {"eras.yaml",
     "eras: reigns\nlist:\n  - {id: first, from: 1949-10-01}\n  - {id: second, from: "
     "1976-09-09}\n"},
};

/// A rule set with these labels and what its words mean.
Rules rules(const std::string& labels, const std::string& head = "") {
  Files files = kFiles;
  files["rules.yaml"] =
      "ruleset: r\ncadre: 1\ninclude: [fields.yaml, eras.yaml]\n" + head + "labels:\n" + labels;
  const Loaded loaded = load(files);
  for (const Diagnostic& d : loaded.diagnostics) {
    if (d.severity == Severity::kError) UNSCOPED_INFO(d.place.line << ": " << d.message);
  }
  REQUIRE(loaded.rules.has_value());
  return *loaded.rules;
}

const Condition& condition(const Rules& rules, std::string_view label) {
  return std::get<Condition>(rules.labels[*rules.find_label(label)].body);
}

const RowsCondition& rows(const Rules& rules, std::string_view label) {
  return std::get<RowsCondition>(condition(rules, label).what);
}

/// The tests of a label whose body is a condition on rows, in words.
std::vector<std::string> tests(const std::string& table_and_tests, const std::string& head = "") {
  const Rules r = rules("  a: {" + table_and_tests + "}\n", head);
  std::vector<std::string> out;
  for (const RowTest& test : rows(r, "a").row.tests) out.push_back(test.text);
  return out;
}

using Words = std::vector<std::string>;

TEST_CASE("labels: tests of text columns") {
  CHECK(tests("career: {org: {in: fields}}") == Words{"org in fields"});
  CHECK(tests("career: {org: {in: [fields/hard/nuclear, fields/soft]}}") ==
        Words{"org in [fields/hard/nuclear, fields/soft]"});
  CHECK(tests("career: {org: {in: fields, not_in: fields/soft}}") ==
        Words{"org in fields", "org not_in fields/soft"});
  CHECK(tests("career: {role: {matches: '工程师$'}}") == Words{"role matches /工程师$/"});
  CHECK(tests("career: {text: {in: fields}}") == Words{"text in fields"});
  CHECK(tests("career: {role: 工人}") == Words{"role is 工人"});
}

TEST_CASE("labels: tests of values and orders") {
  CHECK(tests("education: {mode: full-time}") == Words{"mode is full-time"});
  CHECK(tests("education: {mode: [full-time, visiting]}") ==
        Words{"mode is [full-time, visiting]"});
  CHECK(tests("education: {mode: {one_of: [full-time]}}") == Words{"mode is full-time"});
  CHECK(tests("education: {mode: {not: [full-time, visiting]}}") ==
        Words{"mode is not [full-time, visiting]"});
  CHECK(tests("education: {degree: {at_least: associate, at_most: master}}") ==
        Words{"degree at_least associate", "degree at_most master"});
  CHECK(tests("posts: {office: governor, province: hunan}") ==
        Words{"office is governor", "province is hunan"});
  CHECK(tests("education: {degree: {known: false}}") == Words{"degree is not known"});
  CHECK(tests("career: {rank: {at_least: high}}",
              "columns: {career: {rank: {order: [low, high]}}}\n") == Words{"rank at_least high"});
  CHECK(tests("education: {school_type: {in: fields}}",
              "columns: {education: {school_type: {}}}\n") == Words{"school_type in fields"});
}

TEST_CASE("labels: tests of time") {
  CHECK(tests("career: {before: first_post, after: 1978-12}") ==
        Words{"before first_post", "after 1978-12"});
  CHECK(tests("posts: {during: second}") == Words{"during second"});
  CHECK(tests("posts: {during: reigns/second}") == Words{"during reigns/second"});
  CHECK(tests("career: {during: {from: 1966, to: 1976}}") == Words{"during 1966 to 1976"});
  CHECK(tests("career: {years: {at_least: 0.5}}") == Words{"years at_least 0.5"});
  CHECK(tests("person: {birth: {before: 1950, after: 1940}}") ==
        Words{"birth before 1950", "birth after 1940"});
}

TEST_CASE("labels: an era in a test is its two days") {
  const Rules r = rules("  a: {posts: {during: first}}\n  b: {posts: {during: second}}\n");
  const auto& first = std::get<SpanTest>(rows(r, "a").row.tests[0].test);
  CHECK(first.op == SpanTest::Op::kDuring);
  CHECK(first.from->date.text() == "1949-10-01");
  CHECK(first.to->date.text() == "1976-09-09");
  const auto& second = std::get<SpanTest>(rows(r, "b").row.tests[0].test);
  CHECK_FALSE(second.to.has_value());
}

TEST_CASE("labels: groups of tests on one row") {
  CHECK(tests("career: {any: [{org: {in: fields}}, {role: 工人, org: {known: true}}]}") ==
        Words{"(org in fields or (role is 工人 and org is known))"});
  CHECK(tests("career: {none: [{role: 工人}, {role: 农民}]}") ==
        Words{"not (role is 工人 or role is 农民)"});
  CHECK(tests("career: {not: {role: 工人}}") == Words{"not (role is 工人)"});
  CHECK(tests("career: {all: [{role: 工人}, {not: {org: x}}]}") ==
        Words{"(role is 工人 and not (org is x))"});
  const Rules r = rules("  a: {career: {not: {role: 工人}}}\n");
  CHECK(std::get<RowGroup>(rows(r, "a").row.tests[0].test).op == RowGroup::Op::kNone);
}

TEST_CASE("labels: what rows come to together") {
  const Rules r = rules(
      "  a: {career: {org: {in: fields}}, total_years: {at_least: 1}, count: {at_most: 3}}\n");
  CHECK(rows(r, "a").table == kCareer);
  CHECK(rows(r, "a").total_years->at_least == 1);
  CHECK_FALSE(rows(r, "a").total_years->at_most.has_value());
  CHECK(rows(r, "a").count->at_most == 3);
  CHECK(condition(r, "a").text == "career: org in fields; total_years at_least 1; count at_most 3");
  CHECK(condition(r, "a").path.empty());
}

const std::string kParts =
    "  a: {career: {org: {in: fields}}}\n"
    "  b: {education: {field: {in: fields}}}\n";

TEST_CASE("labels: combinations and their paths") {
  const Rules r = rules(kParts +
                        "  c: {any: [a, {all: [b, {not: a}]}]}\n"
                        "  d: {none: [a, b]}\n"
                        "  e: {at_least: {count: 2, of: [a, b, c]}}\n"
                        "  f: {not: {any: [a]}}\n"
                        "  g: a\n");
  const Condition& c = condition(r, "c");
  const auto& any = std::get<Combination>(c.what);
  CHECK(any.op == Combination::Op::kAny);
  CHECK(any.parts[0].path == "any[0]");
  CHECK(any.parts[0].text == "a");
  const auto& all = std::get<Combination>(any.parts[1].what);
  CHECK(all.op == Combination::Op::kAll);
  CHECK(all.parts[1].path == "any[1].all[1]");
  CHECK(all.parts[1].text == "not a");
  const auto& negated = std::get<Combination>(all.parts[1].what);
  CHECK(negated.op == Combination::Op::kNone);
  CHECK(negated.parts[0].path == "any[1].all[1].not");

  CHECK(std::get<Combination>(condition(r, "d").what).op == Combination::Op::kNone);
  const auto& at_least = std::get<Combination>(condition(r, "e").what);
  CHECK(at_least.op == Combination::Op::kAtLeast);
  CHECK(at_least.at_least == 2);
  CHECK(at_least.parts[2].path == "at_least.of[2]");
  CHECK(condition(r, "e").text == "at least 2 of");
  CHECK(std::get<Combination>(condition(r, "f").what).parts[0].path == "not");
  CHECK(std::get<LabelCondition>(condition(r, "g").what).label == *r.find_label("a"));
}

TEST_CASE("labels: values of other kinds, and tests of them") {
  const Rules r = rules(kParts +
                        "  kind: {category_of: fields/hard, where: a, pick: last, columns: [org]}\n"
                        "  span: {years_of: {career: {org: {in: fields}}}}\n"
                        "  times: {count_of: b}\n"
                        "  begun: {first_date_of: a}\n"
                        "  ended: {last_date_of: a}\n"
                        "  t1: {kind.group: h}\n"
                        "  t2: {kind: fields/hard/nuclear}\n"
                        "  t3: {kind: {in: [fields/hard, fields/soft]}}\n"
                        "  t4: {span: {at_least: 5, at_most: 20}}\n"
                        "  t5: {begun: {before: 1980}}\n"
                        "  t6: {ended: {after: begun}}\n"
                        "  t7: {a: unknown}\n"
                        "  t8: {all: [kind, {a: false}]}\n"
                        "  t9: {career: {after: begun}}\n");
  const auto& kind = std::get<CategoryOf>(r.labels[*r.find_label("kind")].body);
  CHECK(r.branch_name(kind.branch) == "fields/hard");
  CHECK(kind.pick == CategoryOf::Pick::kLast);
  CHECK(kind.columns == Words{"org"});
  CHECK(std::get<std::uint32_t>(kind.where) == *r.find_label("a"));
  CHECK(r.labels[*r.find_label("kind")].kind() == Label::Kind::kCategory);
  const auto& span = std::get<NumberOf>(r.labels[*r.find_label("span")].body);
  CHECK(span.what == NumberOf::What::kYears);
  CHECK(std::holds_alternative<RowsCondition>(span.where));
  CHECK(std::get<NumberOf>(r.labels[*r.find_label("times")].body).what == NumberOf::What::kCount);
  CHECK(std::get<DateOf>(r.labels[*r.find_label("ended")].body).what == DateOf::What::kLast);

  const auto test = [&](const std::string& label) {
    return std::get<LabelCondition>(condition(r, label).what);
  };
  CHECK(test("t1").op == LabelCondition::Op::kGroup);
  CHECK(test("t1").values == Words{"h"});
  CHECK(condition(r, "t1").text == "kind.group is h");
  CHECK(test("t2").op == LabelCondition::Op::kCategory);
  CHECK(condition(r, "t2").text == "kind in fields/hard/nuclear");
  CHECK(test("t3").branches.size() == 2);
  CHECK(test("t4").op == LabelCondition::Op::kNumber);
  CHECK(test("t4").number.at_most == 20);
  CHECK(test("t5").op == LabelCondition::Op::kBefore);
  CHECK(test("t5").date.date.text() == "1980");
  CHECK(test("t6").op == LabelCondition::Op::kAfter);
  CHECK(test("t6").date.kind == DateRef::Kind::kLabel);
  CHECK(test("t7").is == Truth::kUnknown);
  CHECK(condition(r, "t7").text == "a is unknown");
  CHECK(std::get<SpanTest>(rows(r, "t9").row.tests[0].test).from->label == *r.find_label("begun"));
}

TEST_CASE("labels: each comes after those that it uses, else in the order of the file") {
  const Rules r = rules(
      "  top: {all: [middle, other]}\n"
      "  middle: {any: [leaf]}\n"
      "  other: {career: {after: day}}\n"
      "  leaf: {career: {org: {in: fields}}}\n"
      "  day: {first_date_of: leaf}\n");
  Words order;
  for (const std::uint32_t label : r.evaluation_order) order.push_back(r.labels[label].name);
  CHECK(order == Words{"leaf", "middle", "day", "other", "top"});
}

TEST_CASE("labels: title, note, unknown_as and place") {
  const Rules r = rules(
      "  a:\n    title: A\n    note: N\n    source: [S, T]\n"
      "    unknown_as: false\n    any: [{career: {org: {in: fields}}}]\n");
  CHECK(r.labels[0].title == "A");
  CHECK(r.labels[0].note == "N");
  CHECK(r.labels[0].unknown_as == false);
  CHECK(r.sources->path_and_line(r.labels[0].range) == "rules.yaml:5");
  const auto& any = std::get<Combination>(condition(r, "a").what);
  CHECK(r.sources->path_and_line(any.parts[0].range) == "rules.yaml:10");
}

TEST_CASE("labels: a chain of ten thousand labels is in order") {
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    text += "  l" + std::to_string(i) + ": {all: [l" + std::to_string(i + 1) + "]}\n";
  }
  text += "  l10000: {career: {org: {in: fields}}}\n";
  const Rules r = rules(text);
  CHECK(r.evaluation_order.front() == 10'000);
  CHECK(r.evaluation_order.back() == 0);
}

TEST_CASE("rule tests: people made up and what must come out") {
  const Rules r = rules(kParts +
                        "  kind: {category_of: fields, where: a}\n"
                        "  span: {years_of: a}\n"
                        "tests:\n"
                        "  - name: one\n"
                        "    person: {birth: 1950}\n"
                        "    education: [{field_en: law, degree: bachelor, end: }]\n"
                        "    career: [{org_zh: 机械, start: 1980, end: ..}]\n"
                        "    posts: [{province: hunan, office: governor, start: 1995-01}]\n"
                        "    expect: {a: true, b: unknown, kind: hard, span: 10.5}\n"
                        "  - expect: {kind: fields/soft}\n"
                        "  - expect: {kind: none}\n");
  REQUIRE(r.tests.size() == 3);
  const RuleTest& test = r.tests[0];
  CHECK(test.name == "one");
  CHECK(test.person == RuleTest::Fields{{"birth", "1950"}});
  CHECK(test.tables[0][0] == RuleTest::Fields{{"field_en", "law"}, {"degree", "bachelor"}});
  CHECK(test.tables[1][0].back() == std::pair<std::string, std::string>{"end", ".."});
  REQUIRE(test.expect.size() == 4);
  CHECK(test.expect[1].label == *r.find_label("b"));
  CHECK(test.expect[1].value == "unknown");
  CHECK(test.expect[2].value == "hard");
  CHECK(test.expect[3].value == "10.5");
  CHECK(r.tests[1].expect[0].value == "soft");
  CHECK(r.tests[2].expect[0].value == "false");
}

}  // namespace
}  // namespace cadre::test
