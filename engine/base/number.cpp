#include "cadre/base/number.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <system_error>

namespace cadre {

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  double number = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || stop != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::string number_text(double number) {
  if (std::floor(number) == number) return fmt::format("{:.0f}", number == 0 ? 0.0 : number);
  constexpr int kMostDecimals = 6;
  for (int decimals = 2; decimals <= kMostDecimals; ++decimals) {
    std::string text = fmt::format("{:.{}f}", number, decimals);
    text.erase(text.find_last_not_of('0') + 1);
    if (!text.ends_with('.')) return text;
  }
  return std::fabs(number) < 0.5 ? fmt::format("{:.2g}", number) : fmt::format("{:.0f}", number);
}

}  // namespace cadre
