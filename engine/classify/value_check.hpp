// Values that rules compare with whole cells, although the data have them as words of longer cells:
// `{role: lawyer}` where every role is like "lawyer at a bank".
#pragma once

#include "cadre/base/diagnostic.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// A warning, "value-never-whole", for each value of a row test that equals no cell of its columns
/// and is found in one as a term would be. Columns with a list of values are left out. For each
/// column the first 100 such values are looked for, in the first 100,000 distinct cells.
///
/// Rules must fit the schema (check_schema). Costs nothing if the rules name no values of text
/// columns, and otherwise a pass over the cells of these columns, and the folding of those in which
/// a value is looked for.
Diagnostics check_values(const Rules& rules, const Dataset& dataset);

}  // namespace cadre
