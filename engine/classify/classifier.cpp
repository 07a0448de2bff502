#include "cadre/classify/classifier.hpp"

#include <utility>

#include "cadre/base/parallel.hpp"
#include "cadre/classify/kept_matcher.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/match/batch_pool.hpp"

namespace cadre {

struct Classifier::Compiled {
  Compiled(const Rules& the_rules, const Schema& the_schema, const KeptMatches& kept)
      : rules(the_rules),
        schema(the_schema),
        matcher(the_rules.lexicons, the_rules.match_limits, kept),
        conditions(bind_conditions(the_rules, the_schema)),
        searched(searched_columns(the_rules, the_schema)) {}

  /// Classifies people whose texts are matched together.
  void classify(std::span<const Person> people, MatchBatch& batch, Reasons reasons,
                std::span<Classification> results) const;

  const Rules& rules;
  const Schema& schema;
  KeptMatcher matcher;
  BoundConditions conditions;
  SearchedColumns searched;
  mutable BatchPool batches;
};

void Classifier::Compiled::classify(std::span<const Person> people, MatchBatch& batch,
                                    Reasons reasons, std::span<Classification> results) const {
  batch.clear();
  std::vector<PersonText> texts;
  texts.reserve(people.size());
  for (const Person& person : people) texts.emplace_back(schema, person, batch, searched);
  matcher.find(batch);
  for (std::size_t i = 0; i < people.size(); ++i) {
    results[i].person = people[i].id;
    results[i].rules = &rules;
    results[i].labels = evaluate_labels(rules, conditions, texts[i], reasons);
  }
}

Classifier::Classifier(const Rules& rules, const Schema& schema) : Classifier(rules, schema, {}) {}

Classifier::Classifier(const Rules& rules, const Schema& schema, const KeptMatches& kept)
    : compiled_(std::make_unique<const Compiled>(rules, schema, kept)) {}

Classifier::~Classifier() = default;
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;

Classification Classifier::classify(const Person& person) const {
  const BatchPool::Loan batch(compiled_->batches);
  Classification result;
  compiled_->classify({&person, 1}, *batch, Reasons::kKept, {&result, 1});
  return result;
}

std::vector<Classification> Classifier::classify(std::span<const Person> people, unsigned threads,
                                                 Progress* progress, Reasons reasons) const {
  // People are handed out in small portions: few enough to share the work evenly and to keep a
  // batch of their texts in the cache, many enough to make one.
  constexpr std::size_t kPortion = 16;

  std::vector<Classification> results(people.size());
  in_portions(people.size(), kPortion, threads, [&](std::size_t begin, std::size_t end) {
    if (progress && progress->cancel) return false;
    const BatchPool::Loan batch(compiled_->batches);
    compiled_->classify(people.subspan(begin, end - begin), *batch, reasons,
                        std::span(results).subspan(begin, end - begin));
    if (progress) progress->done += end - begin;
    return true;
  });
  return results;
}

}  // namespace cadre
