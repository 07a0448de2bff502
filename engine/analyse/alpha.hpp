// Krippendorff's alpha: the agreement of any number of coders, not all of whom coded everybody.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace cadre {

/// Alpha for nominal values, by coincidences (Krippendorff, Computing Krippendorff's
/// Alpha-Reliability, 2011, sections C and D): 1 is full agreement, 0 that of chance. Each unit
/// holds the values that it was given, one for each coder who coded it, in any order; values are
/// numbers below `values`. A unit with fewer than two values says nothing and is left out.
///
/// Nothing where it is not defined: no unit has two values, or all values are the same.
std::optional<double> krippendorff_alpha(std::span<const std::vector<std::size_t>> units,
                                         std::size_t values);

}  // namespace cadre
