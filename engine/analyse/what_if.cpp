#include "cadre/analyse/what_if.hpp"

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

bool operator==(const BareValue& a, const BareValue& b) {
  return a.truth == b.truth && a.category == b.category && close(a.number, b.number) &&
         close(a.number_high, b.number_high) && a.date == b.date;
}

BareValue bare_value(const LabelValue& value) {
  return {value.truth, value.category, value.number, value.number_high, value.date};
}

struct WhatIfRules::CompiledRules {
  Rules rules;
  BoundConditions conditions;
  std::vector<LexiconShape> shapes;
};

WhatIfRules::WhatIfRules(const JointRules& joint, const Study& study)
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

WhatIfRules::~WhatIfRules() = default;

std::shared_ptr<const WhatIfRules::CompiledRules> WhatIfRules::compiled(
    const std::vector<std::uint32_t>& changes, std::uint32_t label) const {
  Selection of_rules(joint_.changes().size(), false);
  std::string key = std::to_string(label);
  for (const std::uint32_t change : changes) {
    if (only_term_[change]) continue;
    of_rules[change] = true;
    key += ' ' + std::to_string(change);
  }
  // Each label takes a quarter of a kilobyte or so.
  constexpr std::size_t kMostPlaces = 200'000;
  if (places_held_ >= kMostPlaces) {
    compiled_.forget();
    places_held_ = 0;
  }
  return compiled_.get(key_of(key), [&]() -> std::shared_ptr<const CompiledRules> {
    std::optional<Rules> rules = joint_.between(of_rules, label);
    places_held_ += (rules ? rules->labels.size() : 0) + 100;  // a hundred for all the rest
    if (!rules) return nullptr;
    auto compiled = std::make_shared<CompiledRules>();
    compiled->rules = std::move(*rules);
    for (const std::uint32_t used : compiled->rules.evaluation_order) {
      bind_conditions(compiled->rules.labels[used], compiled->rules, study_.dataset().schema,
                      compiled->conditions);
    }
    compiled->shapes = joint_.shapes(of_rules);
    return compiled;
  });
}

WhatIf::WhatIf(const WhatIfRules& what_if_rules, std::uint32_t person)
    : what_if_rules_(what_if_rules),
      person_(person),
      touches_(what_if_rules.joint().changes().size(), false) {
  const JointRules& joint = what_if_rules.joint();
  const Dataset& dataset = what_if_rules.study().dataset();
  const DistinctTexts& texts = what_if_rules.study().texts();
  for (const Table table : dataset.schema.all()) {
    const std::size_t columns = dataset.schema.table(table).columns.size();
    const std::size_t rows = dataset.people[person].rows(table).size();
    for (std::uint32_t row = 0; row < rows; ++row) {
      for (std::uint32_t column = 0; column < columns; ++column) {
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
    const bool of_terms = what_if_rules.only_term_[i] || kind == RuleChange::Kind::kCategory ||
                          kind == RuleChange::Kind::kOverlap || kind == RuleChange::Kind::kNear;
    if (!of_terms) touches_[i] = true;
  }
}

/// Notes which changes are about what a lexicon finds in a text.
void WhatIf::touch(std::uint32_t lexicon, std::uint32_t text) {
  const JointRules& joint = what_if_rules_.joint();
  const std::span<const Match> candidates = what_if_rules_.matches_[lexicon].in(text);
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

std::span<const Match> WhatIf::matches(std::uint32_t lexicon, std::uint32_t text,
                                       const Selection& selection,
                                       const std::vector<LexiconShape>& shapes) {
  const JointRules& joint = what_if_rules_.joint();
  if (joint.is_unchanged(lexicon)) return what_if_rules_.matches_[lexicon].in(text);
  const auto at = found_.find({lexicon, text});
  if (at == found_.end()) return {};
  Found& found = at->second;
  if (found.resolved_for == 0 || (found.changes && found.resolved_for != asked_)) {
    std::vector<Match> candidates;
    for (const Match& match : what_if_rules_.matches_[lexicon].in(text)) {
      if (joint.has_term(lexicon, match.term, selection)) candidates.push_back(match);
    }
    found.counting.clear();
    resolve_candidates(candidates, joint.joint().lexicons[lexicon], shapes[lexicon],
                       what_if_rules_.study().texts().all()[text].text, found.counting);
    found.resolved_for = asked_;
  }
  return found.counting;
}

std::vector<std::uint32_t> WhatIf::relevant(const std::vector<std::uint32_t>& changes) const {
  std::vector<std::uint32_t> found;
  for (const std::uint32_t change : changes) {
    if (touches_[change]) found.push_back(change);
  }
  return found;
}

std::optional<BareValue> WhatIf::label(std::uint32_t label,
                                       const std::vector<std::uint32_t>& changes) {
  Selection selection(touches_.size(), false);
  for (const std::uint32_t change : changes) selection[change] = true;
  const auto compiled = what_if_rules_.compiled(changes, label);
  if (!compiled) return std::nullopt;
  ++asked_;
  const Dataset& dataset = what_if_rules_.study().dataset();
  const auto find = [&](Table table, std::uint32_t row, std::uint32_t column,
                        std::uint32_t lexicon) {
    const std::uint32_t text = what_if_rules_.study().texts().number(person_, table, row, column);
    return matches(lexicon, text, selection, compiled->shapes);
  };
  const PersonText text(dataset.schema, dataset.people[person_], find);
  BareValue outcome = bare_value(evaluate_labels(compiled->rules, compiled->rules.evaluation_order,
                                                 compiled->conditions, text, Reasons::kLeftOut)
                                     .back());
  if (outcome.category) outcome.category = what_if_rules_.joint().same_branch(*outcome.category);
  return outcome;
}

}  // namespace cadre
