// The result of a sweep as the report's page wants it: what was asked and what came out, and the
// numbers of every specification in packets, one for each cell.
#pragma once

#include <vector>

#include "cadre/base/json.hpp"
#include "cadre/report/page.hpp"
#include "cadre/sweep/files.hpp"

namespace cadre {

/// Axes, claims, figures, cells with their ranges, failures.
Json sweep_summary(const SweepFile& sweep);

/// The packets sweep-choices (the alternatives of each specification), sweep-claims (in which of
/// them each claim holds) and curve-0, curve-1, ... (the numbers of each cell), all in the order of
/// the specifications.
std::vector<PageData> sweep_packets(const SweepFile& sweep);

}  // namespace cadre
