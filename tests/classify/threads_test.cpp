// What is said to be safe to share between threads is shared by several, and says what it says to
// one. The thread sanitizer watches these (./dev test --thread).
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "cadre/classify/classifier.hpp"
#include "cadre/classify/study.hpp"
#include "tests/catch.hpp"
#include "tests/support/study.hpp"

namespace cadre {
namespace {

using testing::person_from;

/// Rules with every kind of label; `least` makes them differ.
Rules rules_with(int least) {
  const std::string years = std::to_string(least);
  return testing::rules_from(R"(ruleset: r
cadre: 1
include: [fields.yaml]
labels:
  trained: {education: {field: {in: fields/engineering}}}
  worked: {career: {org: {matches: '航天.{0,2}部'}}, total_years: {at_least: )" +
                                 years + R"(}}
  both: {all: [trained, worked]}
  field: {category_of: fields, where: {education: {field: {known: true}}}}
  years: {years_of: {career: {org: {known: true}}}}
  since: {first_date_of: worked}
)",
                             {{"fields.yaml", R"(lexicon: fields
categories:
  engineering: {group: old, terms: {zh: [工程], en: [engineer*]}, except: {zh: [社会工程]}}
  space: {group: new, terms: {zh: [火箭]}, regex: {zh: ['运载.?火箭']}}
)"}});
}

std::vector<Person> people() {
  constexpr const char* kFields[] = {"机械工程", "社会工程", "运载火箭工程", ""};
  constexpr const char* kOrgs[] = {"航天工业部", "煤炭部", ""};
  std::vector<Person> all;
  for (int i = 0; i < 60; ++i) {
    all.push_back(person_from(fmt::format(
        R"({{"id": "p{}", "education": [{{"field_zh": "{}"}}],
           "career": [{{"org_zh": "{}", "start": "1980", "end": "{}"}}]}})",
        i, kFields[i % 4], kOrgs[i % 3], 1981 + i % 7)));
  }
  return all;
}

/// The values of all labels of one person, and whether there is evidence for them.
std::string text_of(const Classification& one) {
  std::string out = one.person + ":";
  for (const LabelValue& value : one.labels) {
    out += fmt::format(" {} {}", name(value.truth), value.number.value_or(-1));
    if (value.date) out += value.date->text();
    if (value.category) out += fmt::format("/{}", value.category->category);
    for (const Step& step : value.steps)
      out += fmt::format(" {}{}", step.measured, step.rows.size());
  }
  return out + "\n";
}

std::string text_of(const std::vector<Classification>& all) {
  std::string out;
  for (const Classification& one : all) out += text_of(one);
  return out;
}

/// What `work` gives to each of several threads that do it at the same time.
template <typename Work>
std::vector<std::string> from_threads(std::size_t threads, const Work& work) {
  std::vector<std::string> given(threads);
  std::vector<std::thread> running;
  for (std::size_t i = 0; i < threads; ++i) {
    running.emplace_back([&given, &work, i] { given[i] = work(i); });
  }
  for (std::thread& one : running) one.join();
  return given;
}

TEST_CASE("threads share a classifier, and batches of it use threads of their own") {
  const Rules rules = rules_with(3);
  const std::vector<Person> all = people();
  const Classifier classifier(rules);
  const std::string expected = text_of(classifier.classify(all, 1));
  CHECK(expected.find("true") != std::string::npos);
  const auto given = from_threads(4, [&](std::size_t i) {
    if (i % 2 == 0) return text_of(classifier.classify(all, 7));
    std::string out;
    for (const Person& person : all) out += text_of(classifier.classify(person));
    return out;
  });
  for (const std::string& one : given) CHECK(one == expected);
}

TEST_CASE("threads share what shows how far a batch is, and stop it") {
  const Rules rules = rules_with(3);
  const std::vector<Person> all = people();
  const Classifier classifier(rules);
  Progress progress;
  std::thread watching([&] {
    while (progress.done == 0) std::this_thread::yield();
    progress.cancel = true;
  });
  std::vector<Classification> results;
  // Until the one thread has seen that the other is at work, and the batch has seen that it is to
  // stop.
  do {
    results = classifier.classify(all, 2, &progress);
  } while (!progress.cancel);
  watching.join();
  results = classifier.classify(all, 2, &progress);
  CHECK(results.size() == all.size());
  CHECK(std::all_of(results.begin(), results.end(),
                    [](const Classification& one) { return one.labels.empty(); }));
}

TEST_CASE("threads share a study, also one that forgets all the time") {
  const std::vector<Person> all = people();
  const auto dataset = testing::dataset_of(all);
  std::vector<Rules> variants;
  std::vector<std::string> values;
  std::vector<std::string> reasons;
  const auto text = [&](const Study& study, const Rules& rules) {
    std::string out;
    for (const auto& column : study.labels(rules)) {
      for (std::size_t person = 0; person < all.size(); ++person) {
        const LabelColumn::Value value = column->value(person);
        out += fmt::format("{} {}{} {} {}\n", name(value.truth), value.category, value.group,
                           value.number.value_or(-1), value.date ? value.date->text() : "");
      }
    }
    return out;
  };
  for (int least = 1; least <= 4; ++least) {
    variants.push_back(rules_with(least));
    values.push_back(text(Study(dataset), variants.back()));
    reasons.push_back(text_of(Classifier(variants.back()).classify(all, 1)));
  }
  CHECK(values[0] != values[3]);

  const std::size_t max_bytes = GENERATE(std::size_t{0}, std::size_t{1} << 28);
  const Study shared(dataset, {.max_bytes = max_bytes, .threads = 3});
  const auto given = from_threads(7, [&](std::size_t i) {
    std::string out;
    for (std::size_t round = 0; round < 8; ++round) {
      const std::size_t variant = (i + round) % variants.size();
      if (text(shared, variants[variant]) != values[variant]) out += "another answer";
      if (text_of(shared.classify(variants[variant])) != reasons[variant]) out += "other reasons";
    }
    return out;
  });
  for (const std::string& one : given) CHECK(one.empty());
}

}  // namespace
}  // namespace cadre
