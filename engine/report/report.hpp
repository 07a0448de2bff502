// The report: a run, or a sweep, as one HTML file that needs nothing else, for readers who never
// open a terminal. What it holds and how it is laid out: docs/report.md.
#pragma once

#include <string>

#include "cadre/run/run.hpp"
#include "cadre/sweep/files.hpp"

namespace cadre {

/// The whole file. The same run gives the same bytes (with the same version of zlib). Throws Error
/// kUsage when cadre was built without the page, kCorrupt for a damaged run. A figure that cannot
/// be computed of this run within the limits stands there with the reason.
std::string render_report(const Run& run, const QueryLimits& figures = {});

/// The same of `after`, with a section on what changed since `before`: who has another label, and
/// the figures of both beside each other. People, labels and figures are matched by their names.
std::string render_report(const Run& before, const Run& after, const QueryLimits& figures = {});

/// A sweep: its choices and claims, how far each figure moves, and the specification curve of every
/// number. Throws Error kUsage when cadre was built without the page, kCorrupt for a damaged file.
std::string render_report(const SweepFile& sweep);

/// A run, with a section on a sweep of the same data. Throws Error kUsage, too, when it was made of
/// other data.
std::string render_report(const Run& run, const SweepFile& sweep, const QueryLimits& figures = {});

}  // namespace cadre
