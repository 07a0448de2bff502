// Whether the SQL of figures can be run at all, told before there is a run: for `cadre check`.
#pragma once

#include "cadre/base/diagnostic.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Prepares the SQL of every figure on an empty run of these rules, in memory, and holds its
/// columns against the key, the chart and the published rows. Datasets have the standard columns,
/// those that the rules declare, and the table `provinces`.
///
/// Errors: "figure-sql", at its place in the SQL where SQLite tells it, and "figure-column" (a
/// column of key or chart that the SQL does not give), at the figure. Warnings: "figure-table" (a
/// table that only the dataset could bring), "figure-published" (a published column that the SQL
/// does not give).
Diagnostics check_figures(const Rules& rules);

}  // namespace cadre
