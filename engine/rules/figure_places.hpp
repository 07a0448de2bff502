// Where a part of a figure's SQL, or a column that it names, stands in the rule files. The model
// keeps texts only, so the file is parsed again; this is for messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cadre/rules/model.hpp"

namespace cadre {

/// The offset in `source`, which holds the scalar that begins at `begin` and whose value is
/// `value`, of the byte `at` of that value. White space in the one stands for any white space in
/// the other, which is how block and plain scalars are folded; an escape in double quotes ends the
/// way, and the offset of the last byte before it comes back.
std::size_t scalar_offset(std::string_view source, std::size_t begin, std::string_view value,
                          std::size_t at);

/// The place of the bytes [begin, end) of figure.sql. An unknown range if no rule file holds that
/// SQL, as when it is a parameter's value.
Range range_in_sql(const Rules& rules, const Figure& figure, std::size_t begin, std::size_t end);

/// What of a figure names columns.
enum class ColumnUse : std::uint8_t { kKey, kChart, kPublished };

/// The place of the first mention of a column in the key of a figure, on the axes of its chart or
/// in its published rows, in the file that names the figure. An unknown range if there is none, as
/// when the column is a parameter's value.
Range range_of_column(const Rules& rules, const Figure& figure, ColumnUse use,
                      std::string_view column);

}  // namespace cadre
