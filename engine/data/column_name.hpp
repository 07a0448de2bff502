// Names of columns that look like others: with blanks or invisible characters at an end, as
// spreadsheets and second byte order marks leave them, in other capitals, or with a letter wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/data/cell_check.hpp"

namespace cadre {

/// What to do about a byte order mark in the middle of a file.
inline constexpr const char* kTakeOutByteOrderMarks =
    "one may stand at the very beginning only; take the others out: sed -i "
    "'s/\\xEF\\xBB\\xBF//g' FILE";

/// The name without what does not show at its ends.
std::string_view shown_name(std::string_view name);

/// That a name begins or ends with what does not show, and how to write it. `what` is "column", or
/// "key" of JSON.
std::optional<CellProblem> check_column_name(std::string_view name,
                                             std::string_view what = "column");

/// Like did_you_mean, but a name that differs in capitals only (ID, id) comes first, however short.
std::string did_you_mean_column(std::string_view name, const std::vector<std::string>& known);

/// That a table has no such column, for a key that names it. `what` is what the table should have:
/// "field" or "column".
CellProblem no_column(const TableSchema& table, std::string_view name, std::string_view what);

/// That a key names the ids of a table whose file has none, so that cadre makes them.
CellProblem key_of_made_ids(std::string_view table);

/// The column that has a meaning in a declared table and that `name` is a slip for: another case,
/// or one letter wrong behind the first. Nothing for names that are right, or that are no slips.
/// Columns of free text have no such meaning.
std::optional<std::string> slip_for(const SchemaTable& table, std::string_view name);

/// The warning for that: the column is read as one without a meaning.
CellProblem column_slip(std::string_view table, std::string_view name, std::string_view meant);

}  // namespace cadre
