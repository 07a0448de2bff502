// Rules in plain words.
#include "cadre/report/definitions.hpp"
#include "tests/catch.hpp"
#include "tests/support/study.hpp"

namespace cadre {
namespace {

constexpr const char* kRules = R"(
ruleset: words
cadre: 1
include: [fields.yaml]
labels:
  trained:
    title: Trained as an engineer
    education: {field: {in: fields/engineering}, degree: {at_least: bachelor}, mode: {not: [visiting, party-school]}}
  worked:
    career:
      any: [{role: {matches: engineer}}, {years: {at_least: 2}}]
      none: [{org: {in: fields}}]
    total_years: {at_least: 1}
  technocrat:
    title: Technocrat
    all: [trained, {worked: unknown}]
    unknown_as: false
  years: {years_of: worked}
  field: {category_of: fields, where: trained, pick: first, columns: [field]}
  two: {at_least: {count: 2, of: [trained, worked, technocrat]}}
)";

constexpr const char* kFields = R"(
lexicon: fields
categories:
  engineering: {terms: {en: [engineering]}}
)";

std::string lines(const Sentence& sentence, std::size_t depth = 0) {
  std::string out = std::string(depth * 2, ' ') + sentence.text + "\n";
  for (const Sentence& part : sentence.parts) out += lines(part, depth + 1);
  return out;
}

TEST_CASE("near and not_near are told in plain words") {
  const Rules rules = testing::rules_from(R"(
ruleset: words
cadre: 1
include: [fields.yaml]
labels:
  a: {career: {org: {in: fields, not_near: {in: fields/engineering, within: 3, side: before}}}}
  b: {career: {org: {not_in: fields, near: [{in: fields}, {in: [fields, fields/engineering], side: after}]}}}
)",
                                          {{"fields.yaml", kFields}});
  CHECK(lines(define(rules, rules.labels[0])) ==
        "there is a job, of which this is true:\n"
        "  its org has a word of fields, without a word of fields › engineering before it in the "
        "clause with at most 3 words (in Chinese: characters) between\n");
  CHECK(lines(define(rules, rules.labels[1])) ==
        "there is a job, of which this is true:\n"
        "  its org has no word of fields, with a word of fields near it in the clause, with a word "
        "of fields or fields › engineering after it in the clause\n");
}

TEST_CASE("what a label means is told in plain words") {
  const Rules rules = testing::rules_from(kRules, {{"fields.yaml", kFields}});
  const auto told = [&](const char* label) {
    return lines(define(rules, rules.labels[*rules.find_label(label)]));
  };
  CHECK(told("trained") ==
        "there is a course of study, of which all this is true:\n"
        "  its field has a word of fields › engineering\n"
        "  its degree is bachelor or higher\n"
        "  its mode is not visiting or party-school\n");
  CHECK(told("worked") ==
        "there are jobs that come to at least 1 years in all, of which all this is true:\n"
        "  one of these at least:\n"
        "    its role matches the pattern engineer\n"
        "    it lasted at least 2 years\n"
        "  not this:\n"
        "    its org has a word of fields\n");
  CHECK(told("technocrat") ==
        "all of these:\n"
        "  Trained as an engineer\n"
        "  it is not known whether so: worked\n"
        "  what the record does not tell counts as a no\n");
  CHECK(told("years") ==
        "the years, overlaps counted once, of the rows that made this true: worked\n");
  CHECK(told("field") ==
        "the category of fields that comes first, looked for in field of the rows that made this "
        "true: Trained as an engineer\n");
  CHECK(told("two") == "at least 2 of these:\n  Trained as an engineer\n  worked\n  Technocrat\n");
}

TEST_CASE("a sentence knows the labels and word lists that it names") {
  const Rules rules = testing::rules_from(kRules, {{"fields.yaml", kFields}});
  const Sentence technocrat = define(rules, rules.labels[*rules.find_label("technocrat")]);
  CHECK(technocrat.parts.at(0).label == "trained");
  const Sentence trained = define(rules, rules.labels[*rules.find_label("trained")]);
  CHECK(trained.parts.at(0).lists == std::vector<std::string>{"fields/engineering"});
}

}  // namespace
}  // namespace cadre
