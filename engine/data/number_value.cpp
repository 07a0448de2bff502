#include "cadre/data/number_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

#include "cadre/base/number.hpp"

namespace cadre {

std::optional<std::string> number_value(std::string_view text) {
  if (!parse_number(text)) return std::nullopt;
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);

  std::int64_t exponent = 0;  // of ten, for the digits taken as a whole number
  const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
  if (mark < text.size()) {
    std::string_view written = text.substr(mark + 1);
    if (written.starts_with('+')) written.remove_prefix(1);
    const auto read = std::from_chars(written.data(), written.data() + written.size(), exponent);
    if (read.ec != std::errc()) exponent = 0;  // of a 0
  }
  std::string digits(text.substr(0, mark));
  if (const std::size_t point = digits.find('.'); point != std::string::npos) {
    exponent -= static_cast<std::int64_t>(digits.size() - point - 1);
    digits.erase(point, 1);
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return "0";
  const std::size_t last = digits.find_last_not_of('0');
  exponent += static_cast<std::int64_t>(digits.size() - last - 1);
  digits.resize(last + 1);
  return fmt::format("{}{}e{}", negative ? "-" : "", digits, exponent);
}

std::string value_of_cell(Column::Kind kind, std::string_view cell) {
  if (kind == Column::Kind::kNumber) {
    if (std::optional<std::string> value = number_value(cell)) return *std::move(value);
  }
  return std::string(cell);
}

}  // namespace cadre
