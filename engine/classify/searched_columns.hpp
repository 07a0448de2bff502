// Which terms are looked for in which columns: those, and no others, need be matched.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cadre/data/schema.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// The columns that a condition means by a name: all forms of a logical column, or, for `text`,
/// every column of text.
std::vector<std::uint32_t> columns_called(std::string_view name, const TableSchema& table);

/// For each table the columns whose matches some label of the rules may ask for, in ascending
/// order.
using SearchedColumns = std::vector<std::vector<std::uint32_t>>;

/// What some labels may ask for.
struct SearchScope {
  SearchedColumns columns;
  std::vector<bool> lexicons;  ///< by lexicon: whether one of them looks for its terms
};

SearchScope search_scope(std::span<const std::uint32_t> labels, const Rules& rules,
                         const Schema& schema);

}  // namespace cadre
