// The people of a diff, gathered by what became of their label and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cadre/analyse/diff.hpp"

namespace cadre {

struct CauseGroup {
  std::vector<std::vector<std::uint32_t>> causes;  ///< as in ChangedLabel
  bool smallest = true;
  bool all_found = true;
  std::vector<const ChangedLabel*> people;
};

struct DirectionGroup {
  std::string direction;  ///< "true -> false", "more", "same value, other evidence"
  std::size_t people = 0;
  std::vector<CauseGroup> causes;  ///< the one of most people first
};

/// Most people first; those whose value stays come last.
std::vector<DirectionGroup> group_people(const LabelDiff& label);

/// "13 fewer, 2 more", "12 people change".
std::string summary(const LabelDiff& label);

/// What keeps the label from holding, on the side where it does not; may be empty, and is where it
/// holds on both sides or its value stays.
std::string reason(const ChangedLabel& one);

}  // namespace cadre
