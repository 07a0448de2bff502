#include "cadre/classify/study.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <string>
#include <utility>

#include "cadre/base/parallel.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/classify/memo.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/term_places.hpp"
#include "cadre/classify/term_removal.hpp"

namespace cadre {
namespace {

/// How many people a thread takes at once: few enough to share the work evenly.
constexpr std::size_t kTogether = 64;

}  // namespace

struct Study::State {
  State(std::shared_ptr<const Dataset> the_dataset, Options the_options)
      : dataset(std::move(the_dataset)),
        options(the_options),
        texts(dataset->people, dataset->schema),
        terms(texts) {}

  const std::shared_ptr<const Dataset> dataset;
  const Options options;
  const DistinctTexts texts;
  TermPlaces terms;
  Memo<LexiconMatches> lexicons;
  Memo<LabelColumn> columns;   // by what the label reads
  Memo<LabelColumn> contents;  // by LabelColumn::content
  std::atomic<std::size_t> bytes = 0;
  std::atomic<std::size_t> lexicons_resolved = 0;
  std::atomic<std::size_t> labels_evaluated = 0;

  /// Before a call: whatever is in use stays until the call that uses it returns.
  void keep_within_budget() {
    if (bytes + terms.size() <= options.max_bytes) return;
    columns.forget();
    contents.forget();
    lexicons.forget();
    terms.forget();
    bytes = 0;
  }
};

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
  return {state_->terms.terms_searched(), state_->lexicons_resolved, state_->labels_evaluated};
}

namespace {

template <typename State>
std::shared_ptr<const LexiconMatches> matches_of(State& state, const Lexicon& lexicon,
                                                 const Key& key, const MatchLimits& limits) {
  return state.lexicons.get(key, [&] {
    ++state.lexicons_resolved;
    auto matches = std::make_shared<const LexiconMatches>(
        state.terms.resolve(lexicon, limits, state.options.threads));
    state.bytes += matches->size();
    return matches;
  });
}

/// The matches of a rule set's lexicons, memoized.
template <typename State>
LazyMatches lexicons_of(State& state, const Rules& rules, const std::vector<Key>& keys) {
  return {rules.lexicons.size(), [&state, &rules, &keys](std::uint32_t lexicon) {
            return matches_of(state, rules.lexicons[lexicon], keys[lexicon], rules.match_limits);
          }};
}

}  // namespace

const DistinctTexts& Study::texts() const {
  return state_->texts;
}

std::shared_ptr<const LexiconMatches> Study::matches(const Lexicon& lexicon,
                                                     const MatchLimits& limits) const {
  return matches_of(*state_, lexicon, key_of(describe_matching(lexicon)), limits);
}

std::shared_ptr<const LexiconMatches> Study::candidates(const Lexicon& lexicon,
                                                        const MatchLimits& limits) const {
  return std::make_shared<const LexiconMatches>(
      state_->terms.candidates(lexicon, limits, state_->options.threads));
}

Study::Columns Study::labels(const Rules& rules) const {
  State& state = *state_;
  const std::vector<Person>& people = state.dataset->people;
  const Schema& schema = state.dataset->schema;
  require_fit(rules, schema);
  state.keep_within_budget();
  const std::vector<bool> built_on = labels_built_on(rules);
  PartKeys keys = part_keys(rules);
  const std::vector<Key> matching = keys.matching;
  const LazyMatches lexicons = lexicons_of(state, rules, matching);

  Columns columns(rules.labels.size());
  const auto evaluate = [&](std::uint32_t label) {
    ++state.labels_evaluated;
    BoundConditions conditions;
    bind_conditions(rules.labels[label], rules, schema, conditions);
    const std::vector<std::uint32_t> used = labels_used(rules.labels[label]);
    std::vector<LabelOutcome> outcomes(people.size());
    in_portions(
        people.size(), kTogether, state.options.threads, [&](std::size_t begin, std::size_t end) {
          std::vector<const LabelOutcome*> others(rules.labels.size());
          for (std::size_t i = begin; i < end; ++i) {
            for (const std::uint32_t other : used) {
              others[other] = &columns[other]->outcome(i);
            }
            const PersonText text(schema, people[i], find_matches(state.texts, lexicons, i));
            outcomes[i] = evaluate_label(label, rules, conditions, text, others, Reasons::kLeftOut);
          }
          return true;
        });
    auto column = std::make_shared<const LabelColumn>(std::move(outcomes), rules.labels[label],
                                                      rules, built_on[label]);
    return state.contents.get(column->content(), [&] {
      state.bytes += column->size();
      return column;
    });
  };
  for (const std::uint32_t label : rules.evaluation_order) {
    const Key key = key_of(describe(rules.labels[label], keys) + (built_on[label] ? '+' : '-'));
    columns[label] = state.columns.get(key, [&] { return evaluate(label); });
    keys.labels[label] = columns[label]->content();
  }
  return columns;
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
  const std::vector<Key> matching = part_keys(rules).matching;
  const LazyMatches lexicons = lexicons_of(state, rules, matching);
  const BoundConditions conditions = bind_conditions(rules, schema);
  std::vector<Classification> results(people.size());
  const auto cancelled = [&] { return request.progress != nullptr && request.progress->cancel; };
  in_portions(
      people.size(), kTogether, state.options.threads, [&](std::size_t begin, std::size_t end) {
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
  const std::vector<Key> matching = part_keys(rules).matching;
  const LazyMatches counting = lexicons_of(state, rules, matching);
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
