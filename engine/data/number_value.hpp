// The value of a number that is written in digits, whatever its spelling.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cadre/data/schema.hpp"

namespace cadre {

/// One text for all spellings of a number: that of 1, 01, 1.00 and 1e0 is the same. Exact, however
/// many digits there are. Nothing for what parse_number does not read.
std::optional<std::string> number_value(std::string_view text);

/// What cells of a column are compared by: the value of a number, and else the cell itself.
std::string value_of_cell(Column::Kind kind, std::string_view cell);

}  // namespace cadre
