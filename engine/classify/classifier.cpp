#include "cadre/classify/classifier.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "cadre/base/parallel.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/searched_columns.hpp"
#include "cadre/match/batch_pool.hpp"
#include "cadre/match/matcher.hpp"

namespace cadre {
namespace {

/// These labels and those that they name, each after those that it uses.
std::vector<std::uint32_t> order_of(std::vector<bool> which, const Rules& rules) {
  // The users of a label come after it in the order of evaluation.
  for (const std::uint32_t label : std::ranges::reverse_view(rules.evaluation_order)) {
    if (!which[label]) continue;
    for (const std::uint32_t used : labels_used(rules.labels[label])) which[used] = true;
  }
  std::vector<std::uint32_t> order;
  std::copy_if(rules.evaluation_order.begin(), rules.evaluation_order.end(),
               std::back_inserter(order), [&](std::uint32_t label) { return which[label]; });
  return order;
}

/// The lexicons whose terms are searched for; the others are empty, so that all keep their numbers.
std::vector<Lexicon> lexicons_of(const SearchScope& searched, const Rules& rules) {
  std::vector<Lexicon> lexicons(rules.lexicons.size());
  for (std::size_t i = 0; i < lexicons.size(); ++i) {
    if (searched.lexicons[i]) lexicons[i] = rules.lexicons[i];
  }
  return lexicons;
}

}  // namespace

struct Classifier::Compiled {
  Compiled(const Rules& the_rules, const Schema& the_schema, const std::vector<bool>& which)
      : rules(the_rules),
        schema(the_schema),
        order(order_of(which, the_rules)),
        searched(search_scope(order, the_rules, the_schema)),
        matcher(lexicons_of(searched, the_rules), the_rules.match_limits) {
    require_fit(the_rules, the_schema);
    for (const std::uint32_t label : order) {
      bind_conditions(rules.labels[label], rules, schema, conditions);
    }
  }

  /// Classifies people whose texts are matched together.
  void classify(std::span<const Person> people, MatchBatch& batch, Reasons reasons,
                std::span<Classification> results) const;

  const Rules& rules;
  const Schema& schema;
  const std::vector<std::uint32_t> order;  // the labels that are evaluated
  const SearchScope searched;
  const Matcher matcher;
  BoundConditions conditions;
  mutable BatchPool batches;
};

void Classifier::Compiled::classify(std::span<const Person> people, MatchBatch& batch,
                                    Reasons reasons, std::span<Classification> results) const {
  batch.clear();
  std::vector<PersonText> texts;
  texts.reserve(people.size());
  for (const Person& person : people) {
    check_cells(person, schema);
    texts.emplace_back(schema, person, batch, searched.columns);
  }
  matcher.find(batch);
  for (std::size_t i = 0; i < people.size(); ++i) {
    results[i].person = people[i].id;
    results[i].rules = &rules;
    results[i].labels = evaluate_labels(rules, order, conditions, texts[i], reasons);
  }
}

Classifier::Classifier(const Rules& rules, const Schema& schema)
    : Classifier(rules, schema, std::vector<bool>(rules.labels.size(), true)) {}

Classifier::Classifier(const Rules& rules, const Schema& schema, const std::vector<bool>& which)
    : compiled_(std::make_unique<const Compiled>(rules, schema, which)) {}

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
