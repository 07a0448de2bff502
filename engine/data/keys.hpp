// Checks that look at whole tables: that keys are unique, and that references lead somewhere.
#pragma once

#include <vector>

#include "cadre/data/problems.hpp"
#include "cadre/data/table.hpp"

namespace cadre {

/// Tells of values that stand twice in columns where each is unique, of people who are not in the
/// table `people`, and of foreign keys that lead nowhere. `tables` are those of the package, in its
/// order, which ForeignKey::table counts by. Numbers are compared by value; a reference is then
/// written as the row has it that it leads to: 1 for 01.
void check_keys(std::vector<CsvTable>& tables, Problems& problems);

}  // namespace cadre
