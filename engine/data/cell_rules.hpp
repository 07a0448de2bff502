// What a data package asks of the cells of a column beyond its kind: the constraints of Table
// Schema.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/data/cell_check.hpp"

namespace re2 {
class RE2;
}

namespace cadre {

struct CellRules {
  bool required = false;
  bool unique = false;
  bool whole_number = false;
  std::optional<std::size_t> min_length;  ///< in code points
  std::optional<std::size_t> max_length;
  std::optional<double> minimum;  ///< of a number
  std::optional<double> maximum;
  std::shared_ptr<const re2::RE2> pattern;      ///< that the whole cell must match
  std::vector<std::string> missing_values{""};  ///< cells that mean "not known"

  bool is_missing(std::string_view value) const;
};

/// What is wrong with a value that is not missing, by check_cell and these rules.
std::optional<CellProblem> check_cell(const Column& column, const CellRules& rules,
                                      std::string_view value);

}  // namespace cadre
