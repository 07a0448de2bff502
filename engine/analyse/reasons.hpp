// An explanation in short: the conditions that decided, without the way that leads to them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cadre/analyse/explanation.hpp"

namespace cadre {

/// A condition that decided a label, and the first rows that it rests on.
struct Reason {
  std::string label;     ///< the label that the condition belongs to
  std::string text;      ///< the condition in words; empty: the label itself
  std::string measured;  ///< 31.8 years, needs 1
  RulePlace place;
  std::vector<ExplainedRow> rows;  ///< those that met it, or the one that came nearest
  std::size_t more_rows = 0;       ///< that are left out
};

/// The reasons of the first of these labels (what `explain` gives): the innermost steps that have
/// the value of what they are part of, each once. At most `max_rows` rows of each.
std::vector<Reason> reasons(const std::vector<ExplainedLabel>& labels, std::size_t max_rows = 2);

}  // namespace cadre
