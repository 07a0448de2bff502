// The answer of a query as JSON, for the page to read. For source files: nlohmann-json is no part
// of the library's own headers.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <variant>

#include "cadre/rules/cell_json.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

/// A list with an object for each row, without what is NULL.
inline nlohmann::ordered_json objects_of(const Result& result) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const auto& row : result.rows) {
    nlohmann::ordered_json& one = out.emplace_back(nlohmann::ordered_json::object());
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!std::holds_alternative<std::monostate>(row[i])) one[result.columns[i]] = json_of(row[i]);
    }
  }
  return out;
}

}  // namespace cadre
