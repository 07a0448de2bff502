// The tables of a run that cadre fills, as SQL. The tables of the dataset stand beside them and
// have the dataset's own columns (dataset_tables.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cadre/rules/declared_schema.hpp"

namespace cadre {

/// The CREATE statements, each with comments that stay in the run and show under `.schema`.
std::vector<std::string_view> table_definitions();

/// The names of those tables, and `people`.
std::vector<std::string_view> plain_table_names();

/// The names of those, of the tables of a schema whose rows belong to people, and of all views.
std::vector<std::string> reserved_table_names(const DeclaredSchema& schema);

}  // namespace cadre
