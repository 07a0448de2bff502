// What changed between two runs, as the report's page wants it: what `cadre diff` says of them.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "cadre/base/json.hpp"
#include "cadre/report/page.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

struct ReportedChanges {
  /// Changes of the rules; labels, with how many people changed because of what; the figures that
  /// differ.
  Json summary;
  /// The packet `changed`: the people behind each cause, with the words that they lost and gained,
  /// in the order in which the summary has the causes.
  PageData people;
};

/// `places` are those of people in the report. A figure that cannot be computed of one of the runs
/// within the limits is left out. Throws Error kUsage when the runs were made from different data,
/// so that what the rules did could not be told from what the data did; kCorrupt for damaged runs.
ReportedChanges changes_between(const Run& before, const Run& after, const QueryLimits& limits,
                                const std::map<std::string, std::size_t>& places);

}  // namespace cadre
