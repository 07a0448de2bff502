// Numbers as people write them in rule files and data.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cadre {

/// Reads a finite decimal number, with or without sign, fraction and exponent; nothing when the
/// whole text is not one. Words such as "inf" and "nan" are no numbers.
std::optional<double> parse_number(std::string_view text);

/// A number for people: two decimals at most, none that are zero, and more where two would show a
/// number that is not whole as one that is: 5, 5.25, 5.001, 0.004.
std::string number_text(double number);

}  // namespace cadre
