// Charts in Vega-Lite, the grammar that analysts' tools share (https://vega.github.io/vega-lite).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cadre/report/chart.hpp"

namespace cadre {

/// A specification of version 5 with its data, which stands for itself. Marks have the styles
/// `measured`, `published` and, for their numbers, `...-label` and `...-inside` (config.style), so
/// that a page can give them other colours. Each datum says which `row` and `column` of the figure
/// it is.
nlohmann::ordered_json vega_lite(const Chart& chart);

}  // namespace cadre
