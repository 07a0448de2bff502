// The tables of a run that cadre fills, as SQL. The tables of the dataset stand beside them and
// have the dataset's own columns (dataset_tables.hpp).
#pragma once

#include <string_view>
#include <vector>

namespace cadre {

/// The CREATE statements, each with comments that stay in the run and show under `.schema`.
std::vector<std::string_view> table_definitions();

/// The names of those tables, of the views and of the dataset's four tables.
std::vector<std::string_view> reserved_table_names();

/// Those that are tables and not views.
std::vector<std::string_view> plain_table_names();

}  // namespace cadre
