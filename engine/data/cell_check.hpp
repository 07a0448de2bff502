// Whether the text of one cell is what its column asks for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cadre/base/number.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"

namespace cadre {

/// The end of a row that still runs.
inline constexpr std::string_view kOpenEnd = "..";

/// A diagnostic without its place.
struct CellProblem {
  std::string code;
  std::string message;
  std::string hint;
};

/// What is wrong with a value that is not empty; nothing when it is well. Checked: its kind, and
/// its being in the column's list. `..` is a date in a column called `end`.
std::optional<CellProblem> check_cell(const Column& column, std::string_view value);

/// The span of a row by its columns `start` and `end`; dates that are none count as missing.
RowSpan span_of(const TableSchema& table, const std::vector<std::string>& cells);

/// That a row ends before it starts, when that is certain.
std::optional<CellProblem> check_span(const RowSpan& span);

}  // namespace cadre
