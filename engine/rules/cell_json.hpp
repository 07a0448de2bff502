// Cells of a query's answer as JSON.
#pragma once

#include <type_traits>
#include <variant>

#include "cadre/base/json.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// A number, a text, or null.
inline Json json_of(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> Json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
          return nullptr;
        } else {
          return value;
        }
      },
      cell);
}

}  // namespace cadre
