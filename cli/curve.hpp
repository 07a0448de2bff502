// Specification curves: every specification's outcome from the least to the most, and below it the
// choices that were made.
#pragma once

#include <string>

#include "cadre/sweep/summary.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {

/// For the terminal: a column stands for a few neighbouring specifications, its height for their
/// median, and the shade of each alternative for how many of them made that choice.
std::string render_curve(const SpecificationCurve& curve, const Sweep& sweep,
                         const Terminal& terminal);

/// As an SVG image, readable on light and dark pages.
std::string curve_svg(const SpecificationCurve& curve, const Sweep& sweep);

}  // namespace cadre::cli
