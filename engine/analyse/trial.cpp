#include "cadre/analyse/trial.hpp"

#include <cmath>
#include <string>
#include <utility>

#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/term_places.hpp"
#include "cadre/rules/key.hpp"

namespace cadre {
namespace {

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

Trials::Trials(const JointRules& joint, const Study& study)
    : joint_(joint),
      study_(study),
      matches_(joint.joint().lexicons.size(), [&joint, &study](std::uint32_t number) {
        const Lexicon& lexicon = joint.joint().lexicons[number];
        const MatchLimits& limits = joint.joint().match_limits;
        return joint.is_unchanged(number) ? study.matches(lexicon, limits)
                                          : study.candidates(lexicon, limits);
      }) {
  for (const RuleChange& change : joint.changes()) {
    only_term_.push_back(change.kind == RuleChange::Kind::kTerm ||
                         change.kind == RuleChange::Kind::kRegex ||
                         change.kind == RuleChange::Kind::kExcept);
  }
}

Trials::~Trials() = default;

std::shared_ptr<const Trials::Ready> Trials::ready(const std::vector<std::uint32_t>& changes,
                                                   std::uint32_t label) const {
  Selection rules_made(joint_.changes().size(), false);
  std::string key = std::to_string(label);
  for (const std::uint32_t change : changes) {
    if (only_term_[change]) continue;
    rules_made[change] = true;
    key += ' ' + std::to_string(change);
  }
  // Each label takes a quarter of a kilobyte or so.
  constexpr std::size_t kMostPlaces = 200'000;
  if (places_held_ >= kMostPlaces) {
    ready_.forget();
    places_held_ = 0;
  }
  return ready_.get(key_of(key), [&]() -> std::shared_ptr<const Ready> {
    std::optional<Rules> rules = joint_.between(rules_made, label);
    places_held_ += (rules ? rules->labels.size() : 0) + 100;  // a hundred for all the rest
    if (!rules) return nullptr;
    auto ready = std::make_shared<Ready>();
    ready->rules = std::move(*rules);
    for (const std::uint32_t used : ready->rules.evaluation_order) {
      bind_conditions(ready->rules.labels[used], ready->rules, study_.dataset().schema,
                      ready->conditions);
    }
    ready->shapes = joint_.shapes(rules_made);
    return ready;
  });
}

PersonTrial::PersonTrial(const Trials& trials, std::uint32_t person)
    : trials_(trials), person_(person), touches_(trials.joint().changes().size(), false) {
  const JointRules& joint = trials.joint();
  const Dataset& dataset = trials.study().dataset();
  const DistinctTexts& texts = trials.study().texts();
  for (const Table table : kTables) {
    const std::vector<Column>& columns = dataset.schema.table(table).columns;
    const std::size_t rows = dataset.people[person].rows(table).size();
    for (std::uint32_t row = 0; row < rows; ++row) {
      for (std::uint32_t column = 0; column < columns.size(); ++column) {
        if (columns[column].kind > Column::Kind::kName) continue;
        const std::uint32_t text = texts.number(person, table, row, column);
        for (std::uint32_t i = 0; i < joint.joint().lexicons.size(); ++i) {
          if (!joint.is_unchanged(i)) touch(i, text);
        }
      }
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

/// Notes which changes are about what a lexicon finds in a text.
void PersonTrial::touch(std::uint32_t lexicon, std::uint32_t text) {
  const JointRules& joint = trials_.joint();
  const std::span<const Match> candidates = trials_.matches_[lexicon].in(text);
  if (candidates.empty()) return;
  Found& found = found_[{lexicon, text}];
  const auto note = [&](std::uint32_t change) {
    if (change == JointRules::kNoChange) return;
    touches_[change] = true;
    found.changes = true;
  };
  for (const Match& match : candidates) note(joint.change_of_term(lexicon, match.term));
  note(joint.change_of_overlap(lexicon));
  for (const std::uint32_t change : joint.changes_of_contexts(lexicon)) note(change);
}

std::span<const Match> PersonTrial::matches(std::uint32_t lexicon, std::uint32_t text,
                                            const Selection& made,
                                            const std::vector<LexiconShape>& shapes) {
  const JointRules& joint = trials_.joint();
  if (joint.is_unchanged(lexicon)) return trials_.matches_[lexicon].in(text);
  const auto at = found_.find({lexicon, text});
  if (at == found_.end()) return {};
  Found& found = at->second;
  if (found.trial == 0 || (found.changes && found.trial != trials_made_)) {
    std::vector<Match> candidates;
    for (const Match& match : trials_.matches_[lexicon].in(text)) {
      if (joint.has_term(lexicon, match.term, made)) candidates.push_back(match);
    }
    found.counting.clear();
    resolve_candidates(candidates, joint.joint().lexicons[lexicon], shapes[lexicon],
                       trials_.study().texts().all()[text].text, found.counting);
    found.trial = trials_made_;
  }
  return found.counting;
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
  Selection made(touches_.size(), false);
  for (const std::uint32_t change : changes) made[change] = true;
  const auto ready = trials_.ready(changes, label);
  if (!ready) return std::nullopt;
  ++trials_made_;
  const Dataset& dataset = trials_.study().dataset();
  const auto find = [&](Table table, std::uint32_t row, std::uint32_t column,
                        std::uint32_t lexicon) {
    const std::uint32_t text = trials_.study().texts().number(person_, table, row, column);
    return matches(lexicon, text, made, ready->shapes);
  };
  const PersonText text(dataset.schema, dataset.people[person_], find);
  LabelOutcomeOnly outcome = outcome_of(evaluate_labels(ready->rules, ready->rules.evaluation_order,
                                                        ready->conditions, text, Reasons::kLeftOut)
                                            .back());
  if (outcome.category) outcome.category = trials_.joint().same_branch(*outcome.category);
  return outcome;
}

}  // namespace cadre
