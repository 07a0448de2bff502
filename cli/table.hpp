// Tables for people and for programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cadre/run/run.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {

enum class TableFormat { kTable, kJson, kCsv, kMarkdown };

/// The names that --format takes, in the order of the enumeration.
const std::vector<std::string>& table_format_names();
TableFormat table_format(std::string_view name);

/// A cell as people read it: empty for NULL, numbers without needless zeros.
std::string cell_text(const Cell& cell);

/// The whole result in one of the formats, with a newline at the end. JSON is an array of objects.
/// On a terminal long texts are cut so that a line fits.
std::string render_table(const Result& result, TableFormat format, const Terminal& terminal);

}  // namespace cadre::cli
