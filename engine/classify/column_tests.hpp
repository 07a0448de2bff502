// The tests of columns that a label holds, whatever its kind and however deep its groups are.
#pragma once

#include <functional>

#include "cadre/rules/model.hpp"

namespace cadre {

/// What is done with a test of a column: the table that it is about, and where the rules say it.
using UseColumnTest = std::function<void(Table table, const ColumnTest& test, Range range)>;

/// Every test of a column in the label, in the order of the rules. What only another label tests,
/// whose rows this one takes, is not among them.
void for_each_column_test(const Label& label, const UseColumnTest& use);

}  // namespace cadre
