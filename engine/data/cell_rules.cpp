#include "cadre/data/cell_rules.hpp"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/stringpiece.h>

#include <algorithm>

#include "cadre/data/text_file.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

std::optional<CellProblem> check_number(const Column& column, const CellRules& rules,
                                        std::string_view value) {
  const std::optional<double> number = parse_number(value);
  if (!number) return std::nullopt;  // told by check_cell where a number is asked for
  if (rules.whole_number && value.find_first_of(".eE") != std::string_view::npos) {
    return CellProblem{"bad-number", fmt::format("'{}' is no whole number", quotable(value)), ""};
  }
  if (rules.minimum && *number < *rules.minimum) {
    return CellProblem{"out-of-range",
                       fmt::format("{} is less than {}, the least that '{}' may be", value,
                                   *rules.minimum, column.name),
                       ""};
  }
  if (rules.maximum && *number > *rules.maximum) {
    return CellProblem{"out-of-range",
                       fmt::format("{} is more than {}, the most that '{}' may be", value,
                                   *rules.maximum, column.name),
                       ""};
  }
  return std::nullopt;
}

}  // namespace

bool CellRules::is_missing(std::string_view value) const {
  return std::find(missing_values.begin(), missing_values.end(), value) != missing_values.end();
}

std::optional<CellProblem> check_cell(const Column& column, const CellRules& rules,
                                      std::string_view value) {
  if (std::optional<CellProblem> problem = check_cell(column, value)) return problem;
  if (rules.whole_number || rules.minimum || rules.maximum) {
    if (std::optional<CellProblem> problem = check_number(column, rules, value)) return problem;
  }
  if (rules.min_length || rules.max_length) {
    const std::size_t length = count_code_points(value);
    if (rules.min_length && length < *rules.min_length) {
      return CellProblem{"bad-length",
                         fmt::format("'{}' is too short: '{}' has at least {} letters",
                                     quotable(value), column.name, *rules.min_length),
                         ""};
    }
    if (rules.max_length && length > *rules.max_length) {
      return CellProblem{"bad-length",
                         fmt::format("'{}' is too long: '{}' has at most {} letters",
                                     quotable(value), column.name, *rules.max_length),
                         ""};
    }
  }
  if (rules.pattern != nullptr &&
      !RE2::FullMatch(re2::StringPiece(value.data(), value.size()), *rules.pattern)) {
    return CellProblem{
        "bad-form",
        fmt::format("'{}' does not have the form of '{}'", quotable(value), column.name),
        fmt::format("the form is {}", rules.pattern->pattern())};
  }
  return std::nullopt;
}

}  // namespace cadre
