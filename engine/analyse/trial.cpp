#include "cadre/analyse/trial.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>

#include "cadre/classify/person_text.hpp"
#include "cadre/match/context.hpp"

namespace cadre {
namespace {

/// The lexicons that are the same on both sides, or those that are not; the others are empty.
std::vector<Lexicon> lexicons_of(const JointRules& joint, bool unchanged) {
  std::vector<Lexicon> all = joint.joint().lexicons;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (joint.is_unchanged(i) != unchanged) all[i] = Lexicon();
  }
  return all;
}

/// Terms, excepts and context words of both sides, so that the matcher finds them all and hides
/// none.
std::vector<Lexicon> all_candidates(std::vector<Lexicon> all) {
  for (Lexicon& lexicon : all) {
    lexicon.overlap = Lexicon::Overlap::kAll;
    lexicon.contexts.clear();
    for (Term& term : lexicon.terms) {
      if (!is_found(term.kind)) term.kind = Term::Kind::kLiteral;
    }
  }
  return all;
}

bool close(const std::optional<double>& a, const std::optional<double>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || *a == *b || std::abs(*a - *b) < 1e-9;
}

}  // namespace

bool operator==(const LabelOutcomeOnly& a, const LabelOutcomeOnly& b) {
  return a.truth == b.truth && a.category == b.category && close(a.number, b.number) &&
         close(a.number_high, b.number_high) && a.date == b.date;
}

LabelOutcomeOnly outcome_of(const LabelValue& value) {
  return {value.truth, value.category, value.number, value.number_high, value.date};
}

struct Trials::Ready {
  Rules rules;
  BoundConditions conditions;
  std::vector<LexiconShape> shapes;
};

Trials::Trials(const JointRules& joint, const Schema& schema)
    : joint_(joint),
      schema_(schema),
      find_unchanged_(lexicons_of(joint, true), joint.joint().match_limits),
      find_changed_(all_candidates(lexicons_of(joint, false)), joint.joint().match_limits) {
  only_term_.assign(joint.changes().size(), false);
  for (std::size_t i = 0; i < joint.changes().size(); ++i) {
    const RuleChange::Kind kind = joint.changes()[i].kind;
    only_term_[i] = kind == RuleChange::Kind::kTerm || kind == RuleChange::Kind::kRegex ||
                    kind == RuleChange::Kind::kExcept;
  }
}

Trials::~Trials() = default;

std::shared_ptr<const Trials::Ready> Trials::ready(const Selection& made,
                                                   std::uint32_t label) const {
  std::pair<std::uint32_t, Selection> key{label, made};
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (only_term_[i]) key.second[i] = false;
  }
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = cache_.find(key); found != cache_.end()) return found->second;
  }
  std::shared_ptr<Ready> ready;
  if (std::optional<Rules> rules = joint_.between(key.second, label)) {
    ready = std::make_shared<Ready>();
    ready->rules = std::move(*rules);
    for (const std::uint32_t used : ready->rules.evaluation_order) {
      bind_conditions(ready->rules.labels[used], ready->rules, schema_, ready->conditions);
    }
    ready->shapes = joint_.shapes(key.second);
  }
  // Each has a place for every label, of a quarter of a kilobyte or so.
  constexpr std::size_t kMost = 2000;
  constexpr std::size_t kMostLabels = 200'000;
  const std::size_t labels = joint_.joint().labels.size();
  const std::lock_guard lock(mutex_);
  if (cache_.size() >= kMost || cache_.size() * labels >= kMostLabels) cache_.clear();
  return cache_.emplace(std::move(key), std::move(ready)).first->second;
}

PersonTrial::PersonTrial(const Trials& trials, const Person& person)
    : trials_(trials), person_(person), touches_(trials.joint().changes().size(), false) {
  const JointRules& joint = trials.joint();
  const BatchPool::Loan loan(trials.changed_batches_);
  MatchBatch& batch = *loan;
  batch.clear();
  std::vector<std::pair<Cell*, std::uint32_t>> searched;  // and the text's number in the batch
  for (const Table table : kTables) {
    const std::vector<Column>& columns = trials.schema().table(table).columns;
    const std::span<const Row> rows = person.rows(table);
    cells_[static_cast<std::size_t>(table)].resize(rows.size() * columns.size());
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
      for (std::uint32_t column = 0; column < columns.size(); ++column) {
        const std::string& text = rows[row].cells[column];
        if (columns[column].kind > Column::Kind::kName || text.empty()) continue;
        cell(table, row, column).text = text;
        searched.emplace_back(&cell(table, row, column), batch.add(text, columns[column].language));
      }
    }
  }
  trials.find_changed_.find(batch);
  const std::vector<LexiconShape> shapes = joint.shapes(Selection(touches_.size(), false));
  for (const auto& [cell, number] : searched) {
    const std::span<const Match> found = batch.matches(number);
    cell->candidates.assign(found.begin(), found.end());
    const auto touch = [&, changed = cell](std::uint32_t change) {
      if (change == JointRules::kNoChange) return;
      touches_[change] = true;
      changed->changes = true;
    };
    for (const Match& match : found) {
      touch(joint.change_of_term(match.lexicon, match.term));
      touch(joint.change_of_overlap(match.lexicon));
      for (const std::uint32_t change : joint.changes_of_contexts(match.lexicon)) touch(change);
    }
    if (!cell->changes) {
      resolve(*cell, Selection(touches_.size(), false), shapes, cell->counting);
    }
  }
  // Whatever else changes may matter to anybody.
  for (std::size_t i = 0; i < touches_.size(); ++i) {
    const RuleChange::Kind kind = joint.changes()[i].kind;
    const bool of_terms = trials.only_term_[i] || kind == RuleChange::Kind::kCategory ||
                          kind == RuleChange::Kind::kOverlap || kind == RuleChange::Kind::kNear;
    if (!of_terms) touches_[i] = true;
  }
}

PersonTrial::Cell& PersonTrial::cell(Table table, std::uint32_t row, std::uint32_t column) {
  const std::size_t columns = trials_.schema().table(table).columns.size();
  return cells_[static_cast<std::size_t>(table)][row * columns + column];
}

std::span<const Match> PersonTrial::unchanged(Table table, std::uint32_t row,
                                              std::uint32_t column) {
  Cell& one = cell(table, row, column);
  if (!one.unchanged) {
    const BatchPool::Loan loan(trials_.unchanged_batches_);
    MatchBatch& batch = *loan;
    batch.clear();
    const std::uint32_t number = batch.add(person_.rows(table)[row].cells[column],
                                           trials_.schema().table(table).columns[column].language);
    trials_.find_unchanged_.find(batch);
    const std::span<const Match> found = batch.matches(number);
    one.unchanged.emplace(found.begin(), found.end());
  }
  return *one.unchanged;
}

void PersonTrial::resolve(const Cell& cell, const Selection& made,
                          const std::vector<LexiconShape>& shapes, std::vector<Match>& out) const {
  std::vector<Match> excepts;
  std::vector<ContextWord> words;
  for (const Match& match : cell.candidates) {
    if (!trials_.joint().has_term(match.lexicon, match.term, made)) continue;
    const Term& term = trials_.joint().joint().lexicons[match.lexicon].terms[match.term];
    if (term.kind == Term::Kind::kContext) {
      words.push_back({term.context, match});
    } else {
      (term.kind == Term::Kind::kExcept ? excepts : out).push_back(match);
    }
  }
  resolve_overlaps(shapes, out, excepts);
  keep_in_context_of_source(shapes, cell.text, out, words);
}

std::vector<std::uint32_t> PersonTrial::relevant(const std::vector<std::uint32_t>& changes) const {
  std::vector<std::uint32_t> found;
  for (const std::uint32_t change : changes) {
    if (touches_[change]) found.push_back(change);
  }
  return found;
}

std::optional<LabelOutcomeOnly> PersonTrial::label(std::uint32_t label,
                                                   const std::vector<std::uint32_t>& changes) {
  const std::pair key{label, changes};
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  constexpr std::size_t kMostKnown = 10'000;
  if (known_.size() >= kMostKnown) known_.clear();
  Selection made(touches_.size(), false);
  for (const std::uint32_t change : changes) made[change] = true;
  std::optional<LabelOutcomeOnly> outcome;
  if (const auto ready = trials_.ready(made, label)) {
    const std::size_t trial = ++trials_made_;
    const auto find = [&](Table table, std::uint32_t row, std::uint32_t column,
                          std::uint32_t lexicon) -> std::span<const Match> {
      if (trials_.joint().is_unchanged(lexicon)) {
        return of_lexicon(unchanged(table, row, column), lexicon);
      }
      Cell& one = cell(table, row, column);
      if (one.changes && one.trial != trial) {
        one.counting.clear();
        resolve(one, made, ready->shapes, one.counting);
        one.trial = trial;
      }
      return of_lexicon(one.counting, lexicon);
    };
    const PersonText text(trials_.schema(), person_, find);
    outcome = outcome_of(evaluate_labels(ready->rules, ready->rules.evaluation_order,
                                         ready->conditions, text, Reasons::kLeftOut)[label]);
  }
  known_.emplace(key, outcome);
  return outcome;
}

}  // namespace cadre
