#include "cadre/classify/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/classify/classifier.hpp"
#include "tests/catch.hpp"
#include "tests/support/sanitizers.hpp"
#include "tests/support/study.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::dataset_of;
using testing::person_from;

const std::string kFields = R"(lexicon: fields
categories:
  engineering: {group: old, terms: {zh: [工程], en: [engineer*]}, except: {zh: [社会工程]}}
  space: {group: new, terms: {zh: [火箭]}, regex: {zh: ['运载.?火箭']}}
)";
const std::string kOffices = R"(lexicon: offices
categories:
  ministry: {terms: {zh: [部, 工程局]}}
)";
const std::string kLabels = R"(
  trained: {education: {field: {in: fields/engineering}}}
  worked: {career: {org: {in: [offices, fields/space]}}, total_years: {at_least: $years}}
  outside: {career: {org: {not_in: offices}}}
  both: {all: [trained, worked]}
  field: {category_of: fields, columns: [field], where: {education: {field: {known: true}}}}
)";

Rules rules_of(const std::string& include, const std::string& fields, const std::string& offices,
               const std::string& labels = kLabels, int years = 3) {
  return testing::rules_from(fmt::format("ruleset: r\ncadre: 1\nparams: {{years: {}}}\n"
                                         "include: [{}]\nlabels:{}",
                                         years, include, labels),
                             {{"fields.yaml", fields}, {"offices.yaml", offices}});
}

Rules standard_rules(int years = 3) {
  return rules_of("fields.yaml, offices.yaml", kFields, kOffices, kLabels, years);
}

std::vector<Person> people(std::size_t count) {
  constexpr const char* kParts[] = {"机械", "社会", "工程", "运载",
                                    "火箭", "部",   "局",   " engineers "};
  std::mt19937 random(2012);
  const auto text = [&] {
    std::string all;
    for (std::size_t i = random() % 5; i > 0; --i) all += kParts[random() % std::size(kParts)];
    return all;
  };
  std::vector<Person> all;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string field = text(), english = text(), first = text(), role = text();
    all.push_back(person_from(fmt::format(
        R"({{"id": "p{}", "education": [{{"field_zh": "{}", "field_en": "{}"}}],
           "career": [{{"org_zh": "{}", "start": "1980", "end": "{}"}}, {{"role_zh": "{}"}}]}})",
        i, field, english, first, 1981 + random() % 7, role)));
  }
  return all;
}

std::string value_text(const LabelValue& value) {
  std::string out = fmt::format("{} {} {}", name(value.truth), value.number.value_or(-1),
                                value.number_high.value_or(-1));
  if (value.category) {
    out += fmt::format(" {}/{}", value.category->lexicon, value.category->category);
  }
  return out + (value.date ? value.date->text() : "");
}

/// Everything that is said of people, with the words of the evidence and the terms that they met.
std::string text_of(const std::vector<Classification>& all) {
  std::string out;
  for (const Classification& one : all) {
    out += one.person;
    for (std::size_t i = 0; i < one.labels.size(); ++i) {
      const LabelValue& value = one.labels[i];
      out += fmt::format("\n{} {} {}", one.rules->labels[i].name, name(value.truth),
                         value.number.value_or(-1));
      if (value.category) {
        out += fmt::format(" {}/{}", value.category->lexicon, value.category->category);
      }
      for (const Step& step : value.steps) {
        out += fmt::format("\n  {} {} {}", step.path, name(step.value), step.measured);
        for (const RowEvidence& row : step.rows) {
          out += fmt::format(" row {}", row.row);
          for (const std::string& lack : row.lacks) out += " " + lack;
          for (const Words& words : row.words) {
            const Match& match = words.match;
            out += fmt::format(" [{} {} {} {} {}-{}]", words.column, match.lexicon, match.category,
                               match.term, match.begin, match.end);
          }
        }
      }
    }
    out += '\n';
  }
  return out;
}

std::string by_classifier(const Rules& rules, const std::vector<Person>& people) {
  return text_of(Classifier(rules).classify(people, 1));
}

/// Edits of every part of the rules.
std::vector<Rules> edits() {
  std::vector<Rules> edits;
  edits.push_back(standard_rules());
  edits.push_back(standard_rules(5));
  // A term more, an exception less, the lexicons the other way round, other columns searched.
  edits.push_back(rules_of("fields.yaml, offices.yaml", kFields,
                           "lexicon: offices\ncategories: {ministry: {terms: {zh: [局]}}}\n"));
  edits.push_back(rules_of("fields.yaml, offices.yaml",
                           "lexicon: fields\ncategories:\n  space: {terms: [火箭]}\n"
                           "  engineering: {terms: [工程]}\n",
                           kOffices));
  edits.push_back(rules_of("offices.yaml, fields.yaml", kFields, kOffices));
  // Words that must stand near a term, or must not.
  for (const char* context :
       {"not_near: {terms: {zh: [社会, 局]}, within: 2}",
        "not_near: {terms: {zh: [社会]}, within: 2}", "near: {terms: [部, engineers]}",
        "near: {terms: [部]}\nnot_near: {terms: [机械], side: after}"}) {
    edits.push_back(rules_of("fields.yaml, offices.yaml",
                             std::string("lexicon: fields\n") + context + "\ncategories:\n" +
                                 kFields.substr(kFields.find("  engineering")),
                             kOffices));
  }
  edits.push_back(rules_of(
      "fields.yaml, offices.yaml", kFields, kOffices,
      kLabels + "  near: {career: {org: {in: offices, near: {in: fields, within: 1}}}}\n"));
  edits.push_back(rules_of("fields.yaml, offices.yaml", kFields, kOffices,
                           kLabels + "  made: {career: {role: {in: fields}}}\n"));
  return edits;
}

TEST_CASE("a study gives what a classifier gives, whatever it was asked before") {
  const std::vector<Person> all = people(testing::kSanitized ? 60 : 400);
  const auto dataset = dataset_of(all);
  const std::vector<Rules> rule_sets = edits();
  for (const unsigned threads : {1U, 3U}) {
    const Study study(dataset, {.threads = threads});
    for (const Rules& rules : rule_sets) {
      const std::string expected = by_classifier(rules, all);
      CHECK((text_of(study.classify(rules)) == expected));
      const Study::Columns columns = study.labels(rules);
      const std::vector<Classification> one_by_one = Classifier(rules).classify(all, 1);
      for (std::size_t label = 0; label < columns.size(); ++label) {
        for (std::size_t person = 0; person < all.size(); ++person) {
          REQUIRE(columns[label]->truth(person) == one_by_one[person].labels[label].truth);
        }
      }
    }
  }
}

TEST_CASE("a new group reaches the labels on a category of which only candidates are known") {
  const std::string labels = R"(
  field: {category_of: fields, columns: [field], where: {education: {field: {known: true}}}}
  old: {any: [{field.group: old}]}
)";
  const std::vector<Person> all = {
      person_from(R"({"id": "p", "education": [{"field_zh": "工程"}, {"field_zh": "火箭"}]})")};
  const Study study(dataset_of(all));
  std::string fields = kFields;
  const Rules rules = rules_of("fields.yaml", fields, kOffices, labels);
  CHECK(study.labels(rules)[1]->truth(0) == Truth::kUnknown);
  fields.replace(fields.find("group: new"), 10, "group: old");
  const Rules edited = rules_of("fields.yaml", fields, kOffices, labels);
  CHECK(study.labels(edited)[1]->truth(0) == Truth::kTrue);
}

TEST_CASE("a study explains the people who are asked for, in their order") {
  const std::vector<Person> all = people(30);
  const Rules rules = standard_rules();
  const Study study(dataset_of(all));
  CHECK(text_of(study.classify(rules, {.people = {17, 3}})) ==
        by_classifier(rules, {all[17], all[3]}));
}

TEST_CASE("a study searches for a term once, and resolves only the lexicons that an edit touched") {
  const Study study(dataset_of(people(30)));
  const Study::Columns before = study.labels(standard_rules());
  const Study::Work first = study.work();
  CHECK(first.terms_searched == 7);
  CHECK(first.lexicons_resolved == 2);
  CHECK(first.labels_evaluated == 5);

  SECTION("the same rules again cost nothing") {
    CHECK(study.labels(standard_rules()) == before);
    CHECK(study.work().labels_evaluated == first.labels_evaluated);
  }
  SECTION("a parameter touches the labels that name it, and those that build on them") {
    const Study::Columns after = study.labels(standard_rules(5));
    CHECK(study.work().lexicons_resolved == first.lexicons_resolved);
    CHECK(study.work().labels_evaluated == first.labels_evaluated + 2);
    CHECK(after[0] == before[0]);
    CHECK(after[1] != before[1]);
  }
  SECTION("a term less is not searched for") {
    study.labels(rules_of("fields.yaml, offices.yaml", kFields,
                          "lexicon: offices\ncategories: {ministry: {terms: {zh: [部]}}}\n"));
    CHECK(study.work().terms_searched == first.terms_searched);
    CHECK(study.work().lexicons_resolved == first.lexicons_resolved + 1);
  }
  SECTION("a term more is searched for alone") {
    study.labels(
        rules_of("fields.yaml, offices.yaml", kFields,
                 "lexicon: offices\ncategories: {ministry: {terms: {zh: [部, 工程局, 局]}}}\n"));
    CHECK(study.work().terms_searched == first.terms_searched + 1);
  }
  SECTION("a term that stands nowhere changes no column, and nothing that builds on one") {
    const Study::Columns after = study.labels(
        rules_of("fields.yaml, offices.yaml", kFields,
                 "lexicon: offices\ncategories: {ministry: {terms: {zh: [部, 工程局, 煤炭]}}}\n"));
    CHECK(after == before);
    CHECK(study.work().labels_evaluated == first.labels_evaluated);
  }
  SECTION("a term touches only the people in whose texts other words count") {
    study.labels(rules_of("fields.yaml, offices.yaml", kFields + "  one: {terms: {zh: [一二三]}}\n",
                          kOffices));
    const std::size_t evaluated = study.work().people_evaluated;
    study.labels(rules_of("fields.yaml, offices.yaml",
                          kFields + "  one: {terms: {zh: [一二三, 机械社会]}}\n", kOffices));
    // The labels that name fields: `trained`, `worked`, `field`. Some people's texts have the term.
    const std::size_t again = study.work().people_evaluated - evaluated;
    CHECK(again > 0);
    CHECK(again < 30);
  }
}

Rules without_terms(const Rules& rules, const std::vector<TermNumber>& gone) {
  Rules left = rules;
  for (auto at = gone.rbegin(); at != gone.rend(); ++at) {
    std::vector<Term>& terms = left.lexicons[at->lexicon].terms;
    terms.erase(terms.begin() + at->term);
  }
  return left;
}

/// Every single term, and sets of several; of each, terms in ascending order.
std::vector<std::vector<TermNumber>> removals_from(const Rules& rules) {
  std::vector<TermNumber> all;
  for (std::uint32_t lexicon = 0; lexicon < rules.lexicons.size(); ++lexicon) {
    for (std::uint32_t term = 0; term < rules.lexicons[lexicon].terms.size(); ++term) {
      all.push_back({lexicon, term});
    }
  }
  std::vector<std::vector<TermNumber>> removals = {{}, all};
  for (const TermNumber& one : all) removals.push_back({one});
  std::mt19937 random(7);
  for (int i = 0; i < 10; ++i) {
    std::vector<TermNumber>& some = removals.emplace_back();
    std::sample(all.begin(), all.end(), std::back_inserter(some), 3, random);
  }
  return removals;
}

TEST_CASE("a study tells what would change without some terms") {
  const std::vector<Person> all = people(testing::kSanitized ? 40 : 200);
  const Study study(dataset_of(all));
  const std::vector<std::uint32_t> some = {31, 2, 17};
  for (const Rules& rules : edits()) {
    const auto removals = removals_from(rules);
    const auto changes = study.without(rules, removals);
    const auto changes_of_some = study.without(rules, removals, some);
    REQUIRE(changes.size() == removals.size());
    const std::vector<Classification> before = study.classify(rules);
    for (std::size_t i = 0; i < removals.size(); ++i) {
      const Rules left = without_terms(rules, removals[i]);
      const std::vector<Classification> after = study.classify(left);
      std::string expected, expected_of_some, said, said_of_some;
      for (std::uint32_t person = 0; person < all.size(); ++person) {
        for (std::uint32_t label = 0; label < rules.labels.size(); ++label) {
          const std::string now = value_text(after[person].labels[label]);
          if (now == value_text(before[person].labels[label])) continue;
          const std::string line = fmt::format("{} {} {}\n", person, label, now);
          expected += line;
          if (std::find(some.begin(), some.end(), person) != some.end()) expected_of_some += line;
        }
      }
      for (const auto& [person, label, value] : changes[i]) {
        said += fmt::format("{} {} {}\n", person, label, value_text(value));
      }
      for (const auto& [person, label, value] : changes_of_some[i]) {
        said_of_some += fmt::format("{} {} {}\n", person, label, value_text(value));
      }
      REQUIRE(said == expected);
      REQUIRE(said_of_some == expected_of_some);
    }
  }
}

TEST_CASE("the same text in another language is another text") {
  const Rules rules = rules_of("fields.yaml", kFields, kOffices,
                               "\n  trained: {education: {field: {in: fields}}}\n");
  const Study study(
      dataset_of({person_from(R"({"id": "a", "education": [{"field_zh": "engineers"}]})"),
                  person_from(R"({"id": "b", "education": [{"field_en": "engineers"}]})")}));
  const Study::Columns columns = study.labels(rules);
  CHECK(columns[0]->truth(0) == Truth::kFalse);
  CHECK(columns[0]->truth(1) == Truth::kTrue);
}

TEST_CASE("a study refuses a text with too many matches, and can be asked again") {
  Rules rules = standard_rules();
  const Study study(dataset_of(people(30)));
  rules.match_limits.max_matches = 1;
  CHECK_THROWS_AS(study.labels(rules), Error);
  rules.match_limits.max_matches = 1000;
  CHECK(study.labels(rules).size() == rules.labels.size());
}

TEST_CASE("a study says how far it is, and stops") {
  const std::vector<Person> all = people(100);
  const Rules rules = standard_rules();
  const Study study(dataset_of(all));
  Progress progress;
  study.classify(rules, {.progress = &progress});
  CHECK(progress.done == all.size());
  progress.cancel = true;
  const std::vector<Classification> cancelled = study.classify(rules, {.progress = &progress});
  REQUIRE(cancelled.size() == all.size());
  CHECK(cancelled.front().labels.empty());
}

TEST_CASE("a row with too few cells and rules that do not fit are refused") {
  std::vector<Person> all = people(2);
  const Rules rules = standard_rules();
  Schema other = Schema::standard();
  other.table(kEducation)
      .columns.erase(other.table(kEducation).columns.begin() +
                     *other.table(kEducation).find("field_zh"));
  other.table(kEducation)
      .columns.erase(other.table(kEducation).columns.begin() +
                     *other.table(kEducation).find("field_en"));
  CHECK_THROWS_WITH(Classifier(rules, other),
                    Catch::Matchers::StartsWith("the rule set 'r' does not fit the data: "));
  all[1].rows_to_edit(kEducation)[0].cells.pop_back();
  const std::string message =
      fmt::format("of 'p1' has {} cells", all[1].rows(kEducation)[0].cells.size());
  CHECK_THROWS_WITH(Study(dataset_of(all)), Catch::Matchers::ContainsSubstring(message));
  CHECK_THROWS_WITH(Classifier(rules).classify(all[1]),
                    Catch::Matchers::ContainsSubstring(message));
}

}  // namespace
}  // namespace cadre
