// Numbers as people write them in rule files and data.
#pragma once

#include <optional>
#include <string_view>

namespace cadre {

/// Reads a finite decimal number, with or without sign, fraction and exponent; nothing when the
/// whole text is not one. Words such as "inf" and "nan" are no numbers.
std::optional<double> parse_number(std::string_view text);

}  // namespace cadre
