#include "cadre/data/cell_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>
#include <re2/stringpiece.h>

#include <algorithm>
#include <utility>

#include "cadre/base/truth.hpp"
#include "cadre/data/number_value.hpp"
#include "cadre/data/text_file.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

bool contains(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// The part of a cell from its first digit, with what belongs to the number before it, to its last.
/// Nothing where a sign stands further away: the number might be negative.
std::optional<std::string_view> number_in(const NumberForm& form, std::string_view cell) {
  constexpr std::string_view kDigits = "0123456789";
  const std::size_t first = cell.find_first_of(kDigits);
  if (first == std::string_view::npos) return std::nullopt;
  std::size_t begin = first;
  if (cell.substr(0, begin).ends_with(form.decimal)) begin -= form.decimal.size();
  if (begin > 0 && (cell[begin - 1] == '-' || cell[begin - 1] == '+')) --begin;
  const std::size_t end = cell.find_last_of(kDigits) + 1;
  for (const std::string_view around : {cell.substr(0, begin), cell.substr(end)}) {
    for (const std::string_view sign : {"-", "(", "\u2212"}) {
      if (around.find(sign) != std::string_view::npos) return std::nullopt;
    }
  }
  return cell.substr(begin, end - begin);
}

/// The number as parse_number reads it; nothing for what cannot be one.
std::optional<std::string> plain_number(const NumberForm& form, std::string_view cell) {
  if (!form.bare) {
    const std::optional<std::string_view> number = number_in(form, cell);
    if (!number) return std::nullopt;
    cell = *number;
  }
  std::string plain;
  for (std::size_t at = 0; at < cell.size();) {
    const std::string_view rest = cell.substr(at);
    if (rest.starts_with(form.decimal)) {
      plain += '.';
      at += form.decimal.size();
    } else if (!form.group.empty() && rest.starts_with(form.group)) {
      at += form.group.size();
    } else if (rest.front() == '.') {
      return std::nullopt;  // neither of the two marks: parse_number would take it for a point
    } else {
      plain += cell[at++];
    }
  }
  return plain;
}

template <typename Value, typename Less, typename Written>
std::optional<CellProblem> check_bounds(const Bounds<Value>& bounds, const Value& value,
                                        std::string_view cell, const Column& column, Less less,
                                        Written written) {
  const auto outside = [&](std::string_view than, const Value& bound, std::string_view what) {
    return CellProblem{"out-of-range",
                       fmt::format("{} is {} {}, {} that '{}' may be", cell, than, written(bound),
                                   what, column.name),
                       ""};
  };
  if (bounds.minimum && less(value, *bounds.minimum)) {
    return outside("less than", *bounds.minimum, "the least");
  }
  if (bounds.maximum && less(*bounds.maximum, value)) {
    return outside("more than", *bounds.maximum, "the most");
  }
  if (bounds.exclusive_minimum && !less(*bounds.exclusive_minimum, value)) {
    return outside("not more than", *bounds.exclusive_minimum, "the bound");
  }
  if (bounds.exclusive_maximum && !less(value, *bounds.exclusive_maximum)) {
    return outside("not less than", *bounds.exclusive_maximum, "the bound");
  }
  return std::nullopt;
}

std::optional<CellProblem> check_number(const Column& column, const CellRules& rules,
                                        std::string_view value) {
  const std::optional<double> number = parse_number(value);
  if (!number) {
    return CellProblem{"bad-number", fmt::format("'{}' is no number", quotable(value)), ""};
  }
  if (rules.whole_number && value.find_first_of(".eE") != std::string_view::npos) {
    return CellProblem{"bad-number", fmt::format("'{}' is no whole number", quotable(value)), ""};
  }
  return check_bounds(
      rules.numbers, *number, value, column, [](double a, double b) { return a < b; },
      [](double bound) { return fmt::format("{}", bound); });
}

/// A date that is known to the year lies outside of a bound only when all its days do.
std::optional<CellProblem> check_date(const Column& column, const CellRules& rules,
                                      std::string_view value) {
  const std::optional<Date> date = Date::parse(value);
  if (!date) return std::nullopt;  // `..`
  const auto written = [](const Date& bound) { return bound.text(); };
  Bounds<Date> inclusive = rules.dates;
  inclusive.exclusive_minimum.reset();
  inclusive.exclusive_maximum.reset();
  const auto certainly = [](const Date& a, const Date& b) { return before(a, b) == Truth::kTrue; };
  if (auto problem = check_bounds(inclusive, *date, value, column, certainly, written)) {
    return problem;
  }
  Bounds<Date> exclusive;
  exclusive.exclusive_minimum = rules.dates.exclusive_minimum;
  exclusive.exclusive_maximum = rules.dates.exclusive_maximum;
  return check_bounds(
      exclusive, *date, value, column,
      [](const Date& a, const Date& b) { return a != b && a.first() < b.last(); }, written);
}

std::optional<CellProblem> check_length(const Column& column, const CellRules& rules,
                                        std::string_view value) {
  const std::size_t length = count_code_points(value);
  if (rules.min_length && length < *rules.min_length) {
    return CellProblem{"bad-length",
                       fmt::format("'{}' is too short: '{}' has at least {} letters",
                                   quotable(value), column.name, *rules.min_length),
                       ""};
  }
  if (rules.max_length && length > *rules.max_length) {
    return CellProblem{"bad-length",
                       fmt::format("'{}' is too long: '{}' has at most {} letters", quotable(value),
                                   column.name, *rules.max_length),
                       ""};
  }
  return std::nullopt;
}

bool matches(const re2::RE2& pattern, std::string_view cell) {
  return RE2::FullMatch(re2::StringPiece(cell.data(), cell.size()), pattern);
}

/// The constraints on a cell as it is written.
std::optional<CellProblem> check_form(const Column& column, const CellRules& rules,
                                      std::string_view cell) {
  if (rules.min_length || rules.max_length) {
    if (auto problem = check_length(column, rules, cell)) return problem;
  }
  if (rules.pattern != nullptr && !matches(*rules.pattern, cell)) {
    return CellProblem{
        "bad-form", fmt::format("'{}' does not have the form of '{}'", quotable(cell), column.name),
        fmt::format("the form is {}", rules.pattern->pattern())};
  }
  if (rules.format != nullptr && !matches(*rules.format, cell)) {
    return CellProblem{"bad-form",
                       fmt::format("'{}' is no {}, which '{}' is by its format", quotable(cell),
                                   rules.format_name, column.name),
                       ""};
  }
  return std::nullopt;
}

CheckedCell check_boolean(const Column& column, const BooleanForm& form, std::string_view cell) {
  if (contains(form.true_values, cell)) return {"true", std::nullopt};
  if (contains(form.false_values, cell)) return {"false", std::nullopt};
  return {std::string(cell),
          CellProblem{
              "bad-value",
              fmt::format("'{}' is neither true nor false for '{}'", quotable(cell), column.name),
              fmt::format("true is written {}, false {}", fmt::join(form.true_values, ", "),
                          fmt::join(form.false_values, ", "))}};
}

/// The date in cadre's notation. A row that still runs ends in `..`, whatever the format.
CheckedCell read_date(const Column& column, const DateFormat& format, std::string_view cell,
                      bool described) {
  const bool is_end = column.open_end;
  if (is_end && cell == kOpenEnd) return {std::string(cell), std::nullopt};
  if (const std::optional<Date> date = format.read(cell)) return {date->text(), std::nullopt};
  CheckedCell checked{std::string(cell), CellProblem{"bad-date", "", ""}};
  if (!described) return checked;
  const std::string reason = format.why_no_date(cell);
  checked.problem->message =
      reason.empty()
          ? fmt::format("'{}' is no date in the format of '{}'", quotable(cell), column.name)
          : fmt::format("'{}' is no date: {}", quotable(cell), reason);
  checked.problem->hint =
      format.in_words() + (is_end ? "; write .. for a row that still runs" : "");
  return checked;
}

}  // namespace

bool CellRules::is_missing(std::string_view value) const {
  return value.empty() || (missing_values != nullptr && missing_values->contains(value));
}

CheckedCell check_cell(const Column& column, const CellRules& rules, std::string_view cell,
                       bool described) {
  CheckedCell checked{std::string(cell), std::nullopt};
  if (rules.number_form) {
    const std::optional<std::string> number = plain_number(*rules.number_form, cell);
    if (!number) {
      checked.problem =
          CellProblem{"bad-number", fmt::format("'{}' is no number", quotable(cell)),
                      fmt::format("datapackage.json says that '{}' is its decimal point",
                                  rules.number_form->decimal)};
      return checked;
    }
    checked.value = *number;
  }
  if (rules.date_format != nullptr) {
    checked = read_date(column, *rules.date_format, cell, described);
    if (checked.problem) return checked;
  }
  if (rules.boolean_form != nullptr) {
    checked = check_boolean(column, *rules.boolean_form, cell);
    if (checked.problem) return checked;
  }
  if (rules.listed_numbers != nullptr) {
    if (const auto value = number_value(checked.value)) {
      const auto listed = rules.listed_numbers->find(*value);
      if (listed != rules.listed_numbers->end()) checked.value = listed->second;
    }
  }
  if (rules.values != nullptr && rules.values->contains(checked.value)) {
    checked.problem = check_kind(column, checked.value);
  } else if (rules.values != nullptr && !described) {
    checked.problem = CellProblem{"bad-value", "", ""};
  } else {
    checked.problem = check_cell(column, checked.value);
  }
  if (!checked.problem && (rules.whole_number || rules.numbers.any())) {
    checked.problem = check_number(column, rules, checked.value);
  }
  if (!checked.problem && rules.dates.any()) {
    checked.problem = check_date(column, rules, checked.value);
  }
  if (!checked.problem) checked.problem = check_form(column, rules, cell);
  return checked;
}

}  // namespace cadre
