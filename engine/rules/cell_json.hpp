// Cells of a query's answer as JSON. For source files: nlohmann-json is no part of the library's
// own headers.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

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

/// Whether JSON is nested no deeper, and no object has more keys, than what cadre writes ever is.
/// (nlohmann-json looks at all keys of an object for each, and copies recursively.)
inline bool is_shallow_json(std::string_view text) {
  constexpr std::size_t kDeepest = 16;
  constexpr std::size_t kMostKeys = 4096;
  std::vector<std::size_t> keys;  // of the objects and arrays that are open
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '\\') ++at;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (keys.size() == kDeepest) return false;
      keys.push_back(0);
    } else if ((c == '}' || c == ']') && !keys.empty()) {
      keys.pop_back();
    } else if (c == ':' && !keys.empty() && ++keys.back() > kMostKeys) {
      return false;
    }
  }
  return true;
}

/// JSON that a run holds, which anybody may have written; discarded when it is none, or too much.
inline nlohmann::ordered_json parse_stored_json(std::string_view text) {
  if (!is_shallow_json(text)) return nlohmann::ordered_json::value_t::discarded;
  return nlohmann::ordered_json::parse(text, nullptr, false);
}

}  // namespace cadre
