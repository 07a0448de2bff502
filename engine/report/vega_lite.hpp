// Charts in Vega-Lite, the grammar that analysts' tools share (https://vega.github.io/vega-lite).
#pragma once

#include "cadre/base/json.hpp"
#include "cadre/report/chart.hpp"

namespace cadre {

/// A specification of version 5 with its data, which stands for itself. Marks have the styles
/// `measured`, `published` and, for their numbers, `...-label` and `...-inside` (config.style), so
/// that a page can give them other colours. Each datum says which `row` and `column` of the figure
/// it is.
Json vega_lite(const Chart& chart);

}  // namespace cadre
