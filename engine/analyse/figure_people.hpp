// What stands behind the numbers of a figure: of what a percentage is the share, and whom a count
// counts.
//
// Both are found out from the figure itself, and checked against it, so that figures need not say
// it twice; where a check fails, nothing is claimed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cadre/analyse/figures.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

/// A column of percentages and the two columns of counts that it is made of.
struct Share {
  std::size_t column = 0;  ///< indices into ComputedFigure::columns
  std::size_t part = 0;
  std::size_t whole = 0;
};

/// The percentages of a figure: columns for which, in every measured row, one pair of whole numbers
/// gives 100 * part / whole, rounded to a tenth. A column that two pairs would explain is left out.
std::vector<Share> shares_of(const ComputedFigure& figure);

/// The ids of the people whom one number counts, sorted; a person counted twice stands twice.
using CountedPeople = std::vector<std::string>;

/// For each row and column of the figure, whom it counts; nothing where that cannot be said.
///
/// The SQL is run once more with every count(*) and count(DISTINCT ...) turned into a list of what
/// is counted. A cell is told only when its list is as long as the number in it and holds ids of
/// people and nothing else, and nothing can be said where the lists pass a limit that the figure
/// keeps. Percentages have the people of their part.
std::vector<std::vector<std::optional<CountedPeople>>> people_behind(
    const Run& run, const ComputedFigure& figure, const QueryLimits& limits = {});

}  // namespace cadre
