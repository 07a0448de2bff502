// What a label was evaluated from, and the people for whom it may come out otherwise when that has
// changed: an edit costs as much as the people that it can touch.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/label_column.hpp"
#include "cadre/classify/lexicon_matches.hpp"

namespace cadre {

/// Beside the label's own rule and the people's rows.
struct LabelInputs {
  std::map<std::uint32_t, std::shared_ptr<const LexiconMatches>> lexicons;  // by number
  std::map<std::string, std::shared_ptr<const LabelColumn>> labels;         // by name
};

/// The people for whom some input differs, in ascending order. Of one rule: both name the same
/// lexicons and labels.
std::vector<std::uint32_t> people_touched(const LabelInputs& before, const LabelInputs& now,
                                          const DistinctTexts& texts, std::size_t people);

}  // namespace cadre
