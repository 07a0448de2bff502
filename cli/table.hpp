// Tables for people and for programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/json.hpp"
#include "cadre/run/run.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {

enum class TableFormat { kTable, kJson, kCsv, kMarkdown };

/// The names that --format takes, in the order of the enumeration.
const std::vector<std::string>& table_format_names();
TableFormat table_format(std::string_view name);

/// A cell as people read it: empty for NULL, numbers without needless zeros.
std::string cell_text(const Cell& cell);

/// The whole result in one of the formats, with a newline at the end. JSON is an array of objects
/// by unique_columns. On a terminal long texts are cut so that a line fits.
std::string render_table(const Result& result, TableFormat format, const Terminal& terminal);

/// What render_table writes as JSON.
Json rows_json(const Result& result);

/// render_table as CSV. `spreadsheet_safe`: texts, and names of columns, that a spreadsheet would
/// take for formulas begin with an apostrophe (data/csv.hpp).
std::string render_csv(const Result& result, bool spreadsheet_safe);

/// Prints the result to standard output, unless that leads into a file that was `read`
/// (cli/terminal.hpp).
void print_table(const Result& result, TableFormat format, bool spreadsheet_safe,
                 const FilesRead& read);

/// The names of columns as keys of a JSON object: of those that are the same the second is `a:2`,
/// the third `a:3`.
std::vector<std::string> unique_columns(const std::vector<std::string>& columns);

}  // namespace cadre::cli
