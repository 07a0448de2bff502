#include "cadre/classify/study.hpp"

#include <numeric>
#include <utility>

#include "cadre/base/parallel.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/study_state.hpp"
#include "cadre/classify/term_removal.hpp"

namespace cadre {
namespace {

PersonText::FindMatches find_matches(const DistinctTexts& texts, const LazyMatches& lexicons,
                                     std::size_t person) {
  return [&texts, &lexicons, person](Table table, std::uint32_t row, std::uint32_t column,
                                     std::uint32_t lexicon) {
    return lexicons[lexicon].in(texts.number(person, table, row, column));
  };
}

}  // namespace

Study::Study(std::shared_ptr<const Dataset> dataset, Options options)
    : state_(std::make_unique<State>(std::move(dataset), options)) {}

Study::~Study() = default;

const Dataset& Study::dataset() const {
  return *state_->dataset;
}

Study::Work Study::work() const {
  return {state_->terms.terms_searched(), state_->lexicons_resolved, state_->labels_evaluated,
          state_->people_evaluated};
}

const DistinctTexts& Study::texts() const {
  return state_->texts;
}

std::shared_ptr<const LexiconMatches> Study::matches(const Lexicon& lexicon,
                                                     const MatchLimits& limits) const {
  return matches_of(state_->resolve(lexicon, limits));
}

std::shared_ptr<const LexiconMatches> Study::candidates(const Lexicon& lexicon,
                                                        const MatchLimits& limits) const {
  return std::make_shared<const LexiconMatches>(
      state_->terms.candidates(lexicon, limits, state_->options.threads));
}

std::vector<Classification> Study::classify(const Rules& rules, const Request& request) const {
  State& state = *state_;
  const Schema& schema = state.dataset->schema;
  require_fit(rules, schema);
  state.keep_within_budget();
  std::vector<std::uint32_t> people = request.people;
  if (people.empty()) {
    people.resize(state.dataset->people.size());
    std::iota(people.begin(), people.end(), 0U);
  }
  const LazyMatches lexicons = state.matches(rules);
  const BoundConditions conditions = bind_conditions(rules, schema);
  std::vector<Classification> results(people.size());
  const auto cancelled = [&] { return request.progress != nullptr && request.progress->cancel; };
  in_portions(
      people.size(), kPeopleTogether, state.options.threads,
      [&](std::size_t begin, std::size_t end) {
        if (cancelled()) return false;
        for (std::size_t i = begin; i < end; ++i) {
          const Person& person = state.dataset->people[people[i]];
          const PersonText text(schema, person, find_matches(state.texts, lexicons, people[i]));
          results[i].person = person.id;
          results[i].rules = &rules;
          results[i].labels =
              evaluate_labels(rules, rules.evaluation_order, conditions, text, request.reasons);
        }
        if (request.progress != nullptr) request.progress->done += end - begin;
        return true;
      });
  return results;
}

std::vector<std::vector<Study::LabelChange>> Study::without(
    const Rules& rules, std::span<const std::vector<TermNumber>> removals,
    std::span<const std::uint32_t> people) const {
  State& state = *state_;
  const Columns columns = labels(rules);
  const LazyMatches counting = state.matches(rules);
  const LazyMatches standing(rules.lexicons.size(), [&](std::uint32_t lexicon) {
    return candidates(rules.lexicons[lexicon], rules.match_limits);
  });
  std::vector<TermNumber> terms;
  for (const std::vector<TermNumber>& some : removals) {
    terms.insert(terms.end(), some.begin(), some.end());
  }
  const TermRemoval removal({*state.dataset, state.texts, rules, counting, standing, columns},
                            terms, people);
  std::vector<std::vector<LabelChange>> changes(removals.size());
  in_portions(removals.size(), 1, state.options.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) changes[i] = removal.without(removals[i]);
    return true;
  });
  return changes;
}

}  // namespace cadre
