#include "cadre/classify/dataset_classifier.hpp"

#include <fmt/format.h>

#include <atomic>
#include <random>
#include <string>
#include <vector>

#include "cadre/base/error.hpp"
#include "tests/catch.hpp"
#include "tests/support/sanitizers.hpp"
#include "tests/support/study.hpp"

namespace cadre {
namespace {

using testing::person_from;

const std::string kFields = R"(lexicon: fields
categories:
  engineering: {group: old, terms: {zh: [工程], en: [engineer*]}, except: {zh: [社会工程]}}
  space:
    group: new
    terms: {zh: [火箭]}
    regex: {zh: ['运载.?火箭']}
    not_near: {terms: {zh: [社会]}, within: 2}
)";
const std::string kOffices = R"(lexicon: offices
categories:
  ministry: {terms: {zh: [部, 工程局]}}
)";
const std::string kLabels = R"(
  trained: {education: {field: {in: fields/engineering}}}
  worked: {career: {org: {in: [offices, fields/space]}}, total_years: {at_least: $years}}
  outside: {career: {org: {not_in: offices}}}
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

TEST_CASE("the people of a dataset get what a classifier gives, whatever was found before") {
  const std::vector<Person> all = people(testing::kSanitized ? 60 : 400);
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
  edits.push_back(rules_of("fields.yaml, offices.yaml", kFields, kOffices,
                           kLabels + "  made: {career: {role: {in: fields}}}\n"));
  for (const unsigned threads : {1U, 3U}) {
    DatasetClassifier one_after_another(all, Schema::standard());
    for (const Rules& rules : edits) {
      const std::string expected = by_classifier(rules, all);
      CHECK((text_of(one_after_another.classify(rules, threads)) == expected));
      // And by who comes after, with what was kept.
      DatasetClassifier later(all, Schema::standard(), one_after_another.kept(rules));
      CHECK((text_of(later.classify(rules, threads)) == expected));
      CHECK(later.texts_looked_at() == 0);
    }
  }
}

TEST_CASE("texts are looked at again only for the lexicons that an edit touched") {
  const std::vector<Person> all = people(30);
  DatasetClassifier classifier(all, Schema::standard());
  const auto kept_by = [&](const Rules& rules) {
    classifier.classify(rules);
    return classifier.kept(rules);
  };
  const KeptMatches before = kept_by(standard_rules());
  const std::size_t texts = classifier.texts_looked_at();
  CHECK(before.lexicons.size() == 2);
  CHECK(before.texts.size() == texts * sizeof(TextKey));

  SECTION("a parameter touches none") {
    CHECK(kept_by(standard_rules(5)) == before);
    CHECK(classifier.texts_looked_at() == texts);
  }
  SECTION("a term touches its lexicon") {
    const KeptMatches after =
        kept_by(rules_of("fields.yaml, offices.yaml", kFields,
                         "lexicon: offices\ncategories: {ministry: {terms: [局]}}\n"));
    CHECK(classifier.texts_looked_at() == 2 * texts);
    CHECK(after.texts == before.texts);
    CHECK(after.lexicons.size() == 2);
    CHECK(after.lexicons != before.lexicons);
  }
  SECTION("a column that nobody asked about is looked at, and no other") {
    const KeptMatches after =
        kept_by(rules_of("fields.yaml, offices.yaml", kFields, kOffices,
                         kLabels + "  named: {career: {role: {in: offices}}}\n"));
    CHECK(classifier.texts_looked_at() > texts);
    CHECK(classifier.texts_looked_at() < 2 * texts);
    CHECK(after.texts.size() > before.texts.size());
    CHECK(after.lexicons.size() == 2);
  }
}

TEST_CASE("of other people only texts that are not kept are looked at") {
  const std::vector<Person> all = people(30);
  const Rules rules = standard_rules();
  DatasetClassifier first(all, Schema::standard());
  first.classify(rules);

  std::vector<Person> others(all.rbegin(), all.rend());
  DatasetClassifier the_same(others, Schema::standard(), first.kept(rules));
  CHECK((text_of(the_same.classify(rules)) == by_classifier(rules, others)));
  CHECK(the_same.texts_looked_at() == 0);
  CHECK(the_same.kept(rules).lexicons.size() == 2);

  others.push_back(person_from(
      R"({"id": "new", "education": [{"field_zh": "水利工程"}], "career": [{"org_zh": "铁道部"}]})"));
  DatasetClassifier one_more(others, Schema::standard(), first.kept(rules));
  CHECK((text_of(one_more.classify(rules)) == by_classifier(rules, others)));
  CHECK(one_more.texts_looked_at() == 2);
}

TEST_CASE("the same text in another language is another text") {
  const Rules rules = rules_of("fields.yaml", kFields, kOffices,
                               "\n  trained: {education: {field: {in: fields}}}\n");
  const std::vector<Person> chinese = {
      person_from(R"({"id": "a", "education": [{"field_zh": "engineers"}]})")};
  DatasetClassifier first(chinese, Schema::standard());
  CHECK(first.classify(rules).front().label("trained") == Truth::kFalse);
  const std::vector<Person> english = {
      person_from(R"({"id": "a", "education": [{"field_en": "engineers"}]})")};
  DatasetClassifier second(english, Schema::standard(), first.kept(rules));
  CHECK(second.classify(rules).front().label("trained") == Truth::kTrue);
}

TEST_CASE("what was kept under other limits is not used") {
  const std::vector<Person> all = people(30);
  Rules rules = standard_rules();
  DatasetClassifier first(all, Schema::standard());
  first.classify(rules);
  DatasetClassifier second(all, Schema::standard(), first.kept(rules));
  rules.match_limits.max_matches = 5;
  second.classify(rules);
  CHECK(second.texts_looked_at() > 0);
  rules.match_limits.max_matches = 1;
  CHECK_THROWS_AS(second.classify(rules), Error);
}

TEST_CASE("a batch of a dataset says how far it is, and stops") {
  const std::vector<Person> all = people(100);
  const Rules rules = standard_rules();
  DatasetClassifier classifier(all, Schema::standard());
  Classifier::Progress progress;
  classifier.classify(rules, 2, &progress);
  CHECK(progress.done == all.size());
  progress.cancel = true;
  const std::vector<Classification> cancelled = classifier.classify(rules, 2, &progress);
  REQUIRE(cancelled.size() == all.size());
  CHECK(cancelled.front().labels.empty());

  DatasetClassifier stopped_at_once(all, Schema::standard());
  stopped_at_once.classify(rules, 2, &progress);
  CHECK(stopped_at_once.kept(rules).lexicons.empty());
}

TEST_CASE("what was kept and does not fit the texts is refused") {
  const std::vector<Person> all = {
      person_from(R"({"id": "a", "education": [{"field_zh": "工程"}]})")};
  const Rules rules = rules_of("fields.yaml", kFields, kOffices,
                               "\n  trained: {education: {field: {in: fields}}}\n");
  DatasetClassifier classifier(all, Schema::standard());
  CHECK(classifier.classify(rules).front().label("trained") == Truth::kTrue);
  const KeptMatches kept = classifier.kept(rules);
  REQUIRE(kept.lexicons.size() == 1);
  const std::string packed = kept.lexicons.begin()->second;

  const auto with = [&](const std::string& bytes) {
    KeptMatches damaged = kept;
    damaged.lexicons.begin()->second = bytes;
    DatasetClassifier other(all, Schema::standard(), damaged);
    return other.classify(rules);
  };
  CHECK(text_of(with(packed)) == by_classifier(rules, all));
  // Any byte that is another one gives another answer or an error, and never a crash.
  std::size_t refused = 0, tried = 0;
  for (std::size_t at = 0; at < packed.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string damaged = packed;
      damaged[at] = static_cast<char>(byte);
      if (damaged == packed) continue;
      ++tried;
      try {
        with(damaged);
      } catch (const Error& error) {
        CHECK(error.kind() == Error::Kind::kCorrupt);
        ++refused;
      }
    }
    CHECK_THROWS_AS(with(packed.substr(0, at)), Error);
  }
  CHECK_THROWS_AS(with(packed + '\0'), Error);
  KeptMatches half_a_key = kept;
  half_a_key.texts.pop_back();
  CHECK_THROWS_AS(DatasetClassifier(all, Schema::standard(), half_a_key), Error);
  CHECK(refused > tried * 9 / 10);
  CHECK(refused < tried);
}

}  // namespace
}  // namespace cadre
