// A few labels of one person after another, as the tests of a rule set ask for them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/searched_columns.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/match/matcher.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Rules compiled once. Keeps references to both arguments. For one thread.
class LabelProbe {
 public:
  /// Throws Error kUsage when the rules do not fit the schema.
  LabelProbe(const Rules& rules, const Schema& schema);

  /// The values of these labels, parallel to `labels`, with their reasons: the same as those of
  /// Classifier::classify. Costs what they and the labels that they use cost, however many others
  /// the rules have. Throws as Classifier::classify does.
  std::vector<LabelValue> values(const Person& person, std::span<const std::uint32_t> labels);

 private:
  /// These labels and those that they use, each after those that it uses.
  std::vector<std::uint32_t> with_used(std::span<const std::uint32_t> labels);

  const Rules& rules_;
  const Schema& schema_;
  const SearchScope searched_;
  const Matcher matcher_;
  const BoundConditions conditions_;
  MatchBatch batch_;
  std::vector<std::uint32_t> rank_;          // of a label in the order of evaluation
  std::vector<LabelOutcome> outcomes_;       // by label; those that are not asked for are empty
  std::vector<const LabelOutcome*> others_;  // to each of these
  std::vector<bool> asked_;                  // by label
};

}  // namespace cadre
