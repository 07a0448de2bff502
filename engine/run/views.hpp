// The views of a run, on which figures are written.
//
// How posts meet eras. A date that is only a month or a year stands for all its days; a post counts
// in an era when it overlaps the era in every reading of its dates. So a post that ended in 2012-11
// does not count in an era that begins on 2012-11-08, and one that began in 2012-11 does, but not
// in the era before. Nothing after the scheme's as_of counts. A post begins when the person took
// charge, acting or not (`start`); `acting_from` only tells that it began so.
#pragma once

#include <string>
#include <vector>

#include "cadre/rules/model.hpp"

namespace cadre {

/// The CREATE VIEW statements, in an order in which each finds what it reads.
std::vector<std::string> view_definitions(const Rules& rules);

}  // namespace cadre
