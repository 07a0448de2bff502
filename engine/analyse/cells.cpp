#include "cadre/analyse/cells.hpp"

#include <fmt/format.h>

namespace cadre {

std::string text_of(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *number);
  if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{}", *number);
  const auto* text = std::get_if<std::string>(&cell);
  return text ? *text : std::string();
}

std::optional<double> number_of(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*number);
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  return std::nullopt;
}

std::int64_t whole_of(const Cell& cell) {
  const auto* number = std::get_if<std::int64_t>(&cell);
  return number ? *number : 0;
}

Truth truth_of(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  if (!text) return Truth::kUnknown;
  return *text == "true" ? Truth::kTrue : *text == "false" ? Truth::kFalse : Truth::kUnknown;
}

}  // namespace cadre
