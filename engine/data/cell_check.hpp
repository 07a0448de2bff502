// Whether the text of one cell is what its column asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
/// its being in the column's list. `..` is a date where Column::open_end.
std::optional<CellProblem> check_cell(const Column& column, std::string_view value);

/// The same without the list.
std::optional<CellProblem> check_kind(const Column& column, std::string_view value);

/// The columns between which the rows of a table last, if it has them.
struct SpanColumns {
  explicit SpanColumns(const TableSchema& table);

  /// The span of a row; dates that are none count as missing.
  RowSpan of(const std::vector<std::string>& cells) const;

  std::optional<std::uint32_t> start;
  std::optional<std::uint32_t> end;
};

/// That a row ends before it starts, when that is certain.
std::optional<CellProblem> check_span(const RowSpan& span);

}  // namespace cadre
