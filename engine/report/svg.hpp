// Charts as SVG, for papers and slides.
#pragma once

#include <string>

#include "cadre/report/chart.hpp"

namespace cadre {

/// A whole SVG document in the look of the report's charts on white paper: measured as bars, lines,
/// areas or points, published as a black tick, numbers on both. It names no font file, no style
/// sheet and nothing else outside itself.
std::string svg(const Chart& chart);

}  // namespace cadre
