// The answer of a query as JSON, for the page to read.
#pragma once

#include <cstddef>
#include <variant>

#include "cadre/base/json.hpp"
#include "cadre/rules/cell_json.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

/// A list with an object for each row, without what is NULL.
inline Json objects_of(const Result& result) {
  Json out = Json::array();
  for (const auto& row : result.rows) {
    Json& one = out.push_back(Json::object());
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!std::holds_alternative<std::monostate>(row[i])) one[result.columns[i]] = json_of(row[i]);
    }
  }
  return out;
}

}  // namespace cadre
