// Cells of a query's answer as JSON. For source files: nlohmann-json is no part of the library's
// own headers.
#pragma once

#include <nlohmann/json.hpp>
#include <type_traits>
#include <variant>

#include "cadre/rules/model.hpp"

namespace cadre {

/// A number, a text, or null.
inline nlohmann::ordered_json json_of(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> nlohmann::ordered_json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
          return nullptr;
        } else {
          return value;
        }
      },
      cell);
}

}  // namespace cadre
