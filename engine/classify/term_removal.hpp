// What labels would be if lexicons did not have some of their terms. Nothing is searched for, and
// only people are looked at in whose texts other terms count then.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/classify/study.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/match/overlap.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// What a Study knows of its dataset under some rules.
struct KnownAnswers {
  const Dataset& dataset;
  const DistinctTexts& texts;
  const Rules& rules;
  const LazyMatches& matches;     ///< those that count
  const LazyMatches& candidates;  ///< where terms stand, whether they count there or not
  const Study::Columns& columns;
};

/// Safe to share between threads.
class TermRemoval {
 public:
  /// Prepares for questions about `terms`, among `people`, or among all where there are none.
  TermRemoval(const KnownAnswers& known, std::span<const TermNumber> terms,
              std::span<const std::uint32_t> people);

  /// What changes when all of these terms go, in the order of people and then of labels.
  std::vector<Study::LabelChange> without(std::span<const TermNumber> terms) const;

 private:
  /// What counts in a text when terms are gone, by lexicon and text; where it is not as before.
  using Changed = std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Match>>;

  Changed matches_without(std::span<const TermNumber> terms) const;
  void add_changes(std::uint32_t person, const Changed& changed, const std::vector<bool>& affected,
                   std::vector<Study::LabelChange>& out) const;

  const KnownAnswers known_;
  BoundConditions conditions_;
  std::vector<LexiconShape> shapes_;                        // by lexicon
  std::vector<std::vector<bool>> lexicons_of_;              // by label, through all that it names
  std::map<TermNumber, std::vector<std::uint32_t>> texts_;  // where a term stands
  std::vector<bool> asked_for_;                             // by person
};

}  // namespace cadre
