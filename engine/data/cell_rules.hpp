// What a data package says of the cells of a column beyond its kind: how values are written, which
// cells mean "not known", and the constraints of Table Schema.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/base/seeded_hash.hpp"
#include "cadre/data/cell_check.hpp"
#include "cadre/data/date_format.hpp"

namespace re2 {
class RE2;
}

namespace cadre {

using TextSet = std::unordered_set<std::string, SeededHash, std::equal_to<>>;
using TextMap = std::unordered_map<std::string, std::string, SeededHash, std::equal_to<>>;

/// How numbers are written, where that is not as parse_number has it.
struct NumberForm {
  std::string decimal = ".";
  std::string group;  ///< between groups of digits, or empty
  bool bare = true;   ///< nothing but the number; otherwise what stands around it is left out
};

/// Which cells mean true and which false.
struct BooleanForm {
  std::vector<std::string> true_values = {"true", "True", "TRUE", "1"};
  std::vector<std::string> false_values = {"false", "False", "FALSE", "0"};
};

/// A bound of a column's values: of numbers or of dates.
template <typename Value>
struct Bounds {
  std::optional<Value> minimum;
  std::optional<Value> maximum;
  std::optional<Value> exclusive_minimum;
  std::optional<Value> exclusive_maximum;

  bool any() const { return minimum || maximum || exclusive_minimum || exclusive_maximum; }
};

struct CellRules {
  bool required = false;
  bool unique = false;
  bool whole_number = false;
  std::optional<std::size_t> min_length;  ///< in code points
  std::optional<std::size_t> max_length;
  Bounds<double> numbers;
  Bounds<Date> dates;
  std::shared_ptr<const re2::RE2> pattern;  ///< that the whole cell must match
  std::shared_ptr<const re2::RE2> format;   ///< likewise; of the format of strings
  std::string format_name;                  ///< "uuid"
  std::optional<NumberForm> number_form;
  std::shared_ptr<const DateFormat> date_format;  ///< nullptr: dates are written as cadre has them
  std::shared_ptr<const BooleanForm> boolean_form;
  std::shared_ptr<const TextSet> missing_values;  ///< beside the empty cell; may be nullptr
  std::shared_ptr<const TextSet>
      values;  ///< Column::values, to look up; nullptr: search them there
  /// Of numbers in a list: how the list writes each, by its value (number_value.hpp). A cell is
  /// kept as the list writes it: 1.5 for the cell 1.50.
  std::shared_ptr<const TextMap> listed_numbers;

  bool is_missing(std::string_view value) const;
};

/// A cell that is not missing: its value, or what is wrong with it.
struct CheckedCell {
  std::string
      value;  ///< as cadre keeps it: 1200.5 for the cell "1.200,5 €", 1965-03-12 for 12/03/1965
  std::optional<CellProblem> problem;
};

/// Checks a cell by its column's kind (cell_check.hpp) and these rules. Unless `described`, the
/// problem has no message, as one that is only counted needs none.
CheckedCell check_cell(const Column& column, const CellRules& rules, std::string_view cell,
                       bool described = true);

}  // namespace cadre
