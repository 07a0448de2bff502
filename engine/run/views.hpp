// The views of a run, on which figures are written.
//
// Those on offices are put together from the schema (rules/declared_schema.hpp). How tenures meet
// eras (docs/runs.md has the convention in full; a post is a row of a table with offices): a date
// that is only a month or a year stands for all its days. A reading of a post picks a day for its
// start and a later one for its end; where the dates leave only one day for both, the post lasted
// that day. A post counts in an era when it overlaps the era in every reading. So a post that ended
// in 2012-11 does not count in an era that begins on 2012-11-08, and one that began in 2012-11
// does, but not in the era before. Nothing that may lie after the scheme's as_of counts. A missing
// unit or office is unknown: it equals no other, so such a post neither ends another nor takes its
// end from one.
#pragma once

#include <string>
#include <vector>

#include "cadre/rules/model.hpp"

namespace cadre {

/// The CREATE VIEW statements, in an order in which each finds what it reads: labels_wide, then
/// those on offices.
std::vector<std::string> view_definitions(const Rules& rules);

/// Those that a schema declares, which depend on no label: of each table with offices one of
/// tenures and one of tenures by era, then its transitions and its stretches.
std::vector<std::string> office_views(const DeclaredSchema& schema);
/// Their names, in the same order.
std::vector<std::string> office_view_names(const DeclaredSchema& schema);

}  // namespace cadre
