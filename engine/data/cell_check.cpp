#include "cadre/data/cell_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/base/diagnostic.hpp"
#include "cadre/base/truth.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {
namespace {

constexpr std::string_view kDateForms =
    "write 1982, 1982-03 or 1982-03-15, and nothing when it is not known";

/// Among more values than these no suggestion is looked for, as it would take too long.
constexpr std::size_t kMostCandidates = 20'000;

/// The numbers in a text, in their order, when it begins with a year of four digits and has at most
/// three numbers with at most three bytes between them (a slash, a dot, 年).
std::vector<int> date_numbers(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  std::vector<int> numbers;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_not_of(kDigits, at), text.size());
    const std::size_t length = end - at;
    if (numbers.size() == 3 || (numbers.empty() ? length != 4 : length < 1 || length > 2))
      return {};
    int number = 0;
    std::from_chars(text.data() + at, text.data() + end, number);
    numbers.push_back(number);
    at = std::min(text.find_first_of(kDigits, end), text.size());
    if (at - end > 3) return {};
  }
  return numbers;
}

std::string written(const std::vector<int>& numbers) {
  std::string text = fmt::format("{:04}", numbers[0]);
  for (std::size_t i = 1; i < numbers.size(); ++i) text += fmt::format("-{:02}", numbers[i]);
  return text;
}

/// The year of 1982.0, which a spreadsheet or a data frame makes of 1982; empty for anything else.
std::string_view year_as_number(std::string_view value) {
  const std::size_t point = value.find('.');
  if (point != 4 || value.size() == 5) return {};
  const std::string_view year = value.substr(0, point);
  const bool whole = year.find_first_not_of("0123456789") == std::string_view::npos &&
                     value.find_first_not_of('0', point + 1) == std::string_view::npos;
  return whole && Date::parse(year) ? year : std::string_view();
}

bool means_still_running(std::string_view value) {
  constexpr std::array<std::string_view, 9> kWords = {
      "present", "Present", "now", "ongoing", "today", "current", "至今", "现在", "今"};
  return std::find(kWords.begin(), kWords.end(), value) != kWords.end();
}

CellProblem bad_date(const Column& column, std::string_view value) {
  CellProblem problem{"bad-date", fmt::format("'{}' is no date", quotable(value)),
                      std::string(kDateForms)};
  if (value == kOpenEnd) {
    problem.message = fmt::format("'..' in the column '{}'", column.name);
    problem.hint = "'..' means that a row still runs, and stands in the column of ends only";
    return problem;
  }
  if (column.open_end && means_still_running(value)) {
    problem.hint = "write .. for a row that still runs";
    return problem;
  }
  if (const std::string_view year = year_as_number(value); !year.empty()) {
    problem.hint = fmt::format("a spreadsheet made a number of the year: write {}", year);
    return problem;
  }
  const std::vector<int> numbers = date_numbers(value);
  if (numbers.empty()) return problem;
  if (numbers[0] == 0) {
    problem.message += ": years begin with 0001";
  } else if (numbers.size() > 1 && (numbers[1] < 1 || numbers[1] > 12)) {
    problem.message += fmt::format(": there is no month {}", numbers[1]);
  } else if (!Date::parse(written(numbers))) {
    problem.message +=
        fmt::format(": {} has no day {}", written({numbers[0], numbers[1]}), numbers[2]);
  } else {
    problem.hint = fmt::format("write {}", written(numbers));
  }
  return problem;
}

CellProblem bad_value(const Column& column, std::string_view value) {
  constexpr std::size_t kListed = 12;
  const std::size_t listed = std::min(kListed, column.values.size());
  std::string hint = fmt::format(
      "one of {}", fmt::join(column.values.begin(),
                             column.values.begin() + static_cast<std::ptrdiff_t>(listed), ", "));
  if (listed < column.values.size()) {
    hint += fmt::format(" and {} more", column.values.size() - listed);
  }
  return {
      "bad-value",
      fmt::format("'{}' is not a value of '{}'{}", quotable(value), column.name,
                  column.values.size() > kMostCandidates ? "" : did_you_mean(value, column.values)),
      std::move(hint)};
}

}  // namespace

std::optional<CellProblem> check_cell(const Column& column, std::string_view value) {
  if (!column.values.empty() &&
      std::find(column.values.begin(), column.values.end(), value) == column.values.end()) {
    return bad_value(column, value);
  }
  return check_kind(column, value);
}

std::optional<CellProblem> check_kind(const Column& column, std::string_view value) {
  if (column.kind == Column::Kind::kDate) {
    if (Date::parse(value) || (value == kOpenEnd && column.open_end)) return std::nullopt;
    return bad_date(column, value);
  }
  if (column.kind == Column::Kind::kNumber && !parse_number(value)) {
    return CellProblem{"bad-number", fmt::format("'{}' is no number", quotable(value)),
                       "write it with digits and a decimal point, such as 1200 or 3.5"};
  }
  return std::nullopt;
}

SpanColumns::SpanColumns(const TableSchema& table)
    : start(table.find(table.start)), end(table.find(table.end)) {}

RowSpan SpanColumns::of(const std::vector<std::string>& cells) const {
  RowSpan span;
  if (start) span.start = Date::parse(cells[*start]);
  if (end) {
    span.open = cells[*end] == kOpenEnd;
    span.end = Date::parse(cells[*end]);
  }
  return span;
}

std::optional<CellProblem> check_span(const RowSpan& span) {
  if (!span.start || !span.end || before(*span.end, *span.start) != Truth::kTrue) {
    return std::nullopt;
  }
  return CellProblem{
      "end-before-start",
      fmt::format("the end {} lies before the start {}", span.end->text(), span.start->text()),
      "a date that is not known stays empty"};
}

}  // namespace cadre
