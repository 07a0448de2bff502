#include "cadre/data/date_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "cadre/data/text_file.hpp"

namespace cadre {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/// What each part of a date is given by.
constexpr std::string_view kYears = "Y";
constexpr std::string_view kMonthNames = "bBh";
constexpr std::string_view kMonthDirectives = "mbBh";
constexpr std::string_view kDayDirectives = "de";
constexpr std::string_view kDayOfYear = "j";

/// A directive that is written as a number: its most digits and its greatest value. Those of a date
/// have no bound here, as a message says which month or day there is not.
struct NumberDirective {
  char directive;
  std::size_t digits;
  int greatest;
};
constexpr std::array<NumberDirective, 10> kNumbers = {{{'Y', 4, 9999},
                                                       {'m', 2, 99},
                                                       {'d', 2, 99},
                                                       {'e', 2, 99},
                                                       {'j', 3, 999},
                                                       {'H', 2, 23},
                                                       {'I', 2, 12},
                                                       {'M', 2, 59},
                                                       {'S', 2, 60},
                                                       {'f', 9, 999'999'999}}};

const NumberDirective* number_directive(char directive) {
  const auto* found = std::find_if(kNumbers.begin(), kNumbers.end(),
                                   [&](const auto& one) { return one.directive == directive; });
  return found == kNumbers.end() ? nullptr : found;
}

/// What a directive is short for, or nothing.
std::string_view long_form(char directive) {
  switch (directive) {
    case 'F':
      return "%Y-%m-%d";
    case 'T':
      return "%H:%M:%S";
    case 'R':
      return "%H:%M";
    default:
      return {};
  }
}

bool is_directive(char c) {
  return number_directive(c) != nullptr || c == 'p' || kMonthNames.find(c) != kMonthNames.npos;
}

/// Why a directive is not read. `shown` is how it is written.
std::string reason_against(char directive, std::string_view shown) {
  switch (directive) {
    case 'y':
    case 'D':
    case 'g':
      return fmt::format("{} does not say the century", shown);
    case 'z':
    case 'Z':
      return fmt::format("{} is a time zone, on which the day may depend", shown);
    default:
      return fmt::format("{} is not read", shown);
  }
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

/// Takes a number of at most so many digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  int value = 0;
  std::size_t digits = 0;
  for (; digits < std::min(most, text.size()) && is_digit(text[digits]); ++digits) {
    value = value * 10 + (text[digits] - '0');
  }
  if (digits < least) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

/// Takes the name of a month off the front of `text`; its number.
std::optional<int> take_month(std::string_view& text) {
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    for (const std::string_view name : {kMonths[i], kMonths[i].substr(0, 3)}) {
      if (!starts_with_word(text, name)) continue;
      text.remove_prefix(name.size());
      return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

bool take_half_of_day(std::string_view& text) {
  const bool taken = starts_with_word(text, "AM") || starts_with_word(text, "PM");
  if (taken) text.remove_prefix(2);
  return taken;
}

std::string written(int year, int month, int day) {
  std::string text = fmt::format("{:04}", year);
  if (month != 0) text += fmt::format("-{:02}", month);
  if (day != 0) text += fmt::format("-{:02}", day);
  return text;
}

}  // namespace

std::variant<DateFormat, DateFormat::Refused> DateFormat::parse(std::string_view pattern) {
  DateFormat format(pattern);
  if (auto refused = format.add_pieces(pattern)) return std::move(*refused);
  if (auto refused = format.check_parts()) return std::move(*refused);
  format.mark_unparted_numbers();
  return format;
}

std::optional<DateFormat::Refused> DateFormat::add_pieces(std::string_view pattern) {
  const auto add_text = [&](char c) {
    if (pieces_.empty() || pieces_.back().directive != 0) pieces_.emplace_back();
    pieces_.back().literal += c;
  };
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '%') {
      add_text(pattern[at]);
      continue;
    }
    if (++at == pattern.size()) return Refused{"it ends in a single %"};
    const char directive = pattern[at];
    if (directive == '%') {
      add_text('%');
    } else if (const std::string_view form = long_form(directive); !form.empty()) {
      if (auto refused = add_pieces(form)) return refused;
    } else if (is_directive(directive)) {
      pieces_.push_back({directive, "", false});
    } else {
      // The rest of a character in UTF-8, and the directive behind a flag (%-d, %Ey), belong to it.
      std::size_t end = at + 1;
      while (end < pattern.size() && (static_cast<unsigned char>(pattern[end]) & 0xC0U) == 0x80U) {
        ++end;
      }
      const bool is_flag = std::string_view("-_0^#EO").find(directive) != std::string_view::npos;
      if (is_flag && end < pattern.size() && is_letter(pattern[end])) ++end;
      return Refused{reason_against(directive, quotable(pattern.substr(at - 1, end - at + 1)))};
    }
  }
  return std::nullopt;
}

bool DateFormat::has(std::string_view directives) const {
  return std::any_of(pieces_.begin(), pieces_.end(), [directives](const Piece& piece) {
    return piece.directive != 0 && directives.find(piece.directive) != std::string_view::npos;
  });
}

/// A date is a year, a month of that year, or a day, each said once.
std::optional<DateFormat::Refused> DateFormat::check_parts() const {
  const auto count = [this](std::string_view directives) {
    return std::count_if(pieces_.begin(), pieces_.end(), [directives](const Piece& piece) {
      return piece.directive != 0 && directives.find(piece.directive) != std::string_view::npos;
    });
  };
  if (count(kYears) > 1) return Refused{"it has the year twice"};
  if (count(kMonthDirectives) > 1) return Refused{"it has the month twice"};
  if (count(kDayDirectives) > 1 || count(kDayOfYear) > 1) return Refused{"it has the day twice"};
  if (has(kDayOfYear) && (has(kMonthDirectives) || has(kDayDirectives))) {
    return Refused{"%j is the day of the year, so that there must be no other day or month"};
  }
  if (!has(kYears)) return Refused{"it has no year (%Y)"};
  if (has(kDayDirectives) && !has(kMonthDirectives)) return Refused{"it has a day and no month"};
  return std::nullopt;
}

void DateFormat::mark_unparted_numbers() {
  for (std::size_t i = 0; i + 1 < pieces_.size(); ++i) {
    const Piece& next = pieces_[i + 1];
    pieces_[i].all_digits = next.directive != 0 ? number_directive(next.directive) != nullptr
                                                : is_digit(next.literal.front());
  }
}

DateFormat::Precision DateFormat::precision() const {
  if (has(kDayDirectives) || has(kDayOfYear)) return Precision::kDay;
  return has(kMonthDirectives) ? Precision::kMonth : Precision::kYear;
}

std::optional<DateFormat::Numbers> DateFormat::scan(std::string_view cell) const {
  Numbers numbers;
  for (const Piece& piece : pieces_) {
    if (piece.directive == 0) {
      if (!cell.starts_with(piece.literal)) return std::nullopt;
      cell.remove_prefix(piece.literal.size());
      continue;
    }
    if (piece.directive == 'p') {
      if (!take_half_of_day(cell)) return std::nullopt;
      continue;
    }
    std::optional<int> value;
    if (const NumberDirective* number = number_directive(piece.directive)) {
      const bool padded = piece.directive == 'e' && cell.starts_with(' ');
      if (padded) cell.remove_prefix(1);
      const std::size_t most = padded ? 1 : number->digits;
      const bool all = piece.all_digits || piece.directive == 'Y';
      value = take_number(cell, all ? most : 1, most);
      if (!value || *value > number->greatest) return std::nullopt;
    } else if (value = take_month(cell); !value) {
      return std::nullopt;
    }
    // A part that the format has is never 0: no date has a month or a day of that number.
    const int part = *value == 0 ? -1 : *value;
    if (kYears.find(piece.directive) != kYears.npos) numbers.year = part;
    if (kMonthDirectives.find(piece.directive) != kMonthDirectives.npos) numbers.month = part;
    if (kDayDirectives.find(piece.directive) != kDayDirectives.npos) numbers.day = part;
    if (kDayOfYear.find(piece.directive) != kDayOfYear.npos) numbers.day_of_year = part;
  }
  if (!cell.empty()) return std::nullopt;
  return numbers;
}

std::optional<Date> DateFormat::read(std::string_view cell) const {
  const std::optional<Numbers> numbers = scan(cell);
  if (!numbers || numbers->year < 0) return std::nullopt;
  if (numbers->day_of_year == 0) {
    if (numbers->month < 0 || numbers->day < 0) return std::nullopt;
    return Date::parse(written(numbers->year, numbers->month, numbers->day));
  }
  const Day first = day_of(numbers->year, 1, 1);
  const Day last = day_of(numbers->year, 12, 31);
  const Day day = first + numbers->day_of_year - 1;
  if (day < first || day > last) return std::nullopt;
  return Date::parse(iso_date(day));
}

std::string DateFormat::why_no_date(std::string_view cell) const {
  const std::optional<Numbers> numbers = scan(cell);
  if (!numbers) return {};
  const auto shown = [](int part) { return std::max(part, 0); };
  if (numbers->year < 0) return "years begin with 0001";
  if (numbers->month < 0 || numbers->month > 12) {
    return fmt::format("there is no month {}", shown(numbers->month));
  }
  return numbers->day_of_year != 0
             ? fmt::format("{:04} has no day {}", numbers->year, shown(numbers->day_of_year))
             : fmt::format("{:04}-{:02} has no day {}", numbers->year, numbers->month,
                           shown(numbers->day));
}

std::string DateFormat::in_words() const {
  return fmt::format("the format is {}, such as {}", quotable(pattern_), quotable(example()));
}

std::string DateFormat::example() const {
  std::string text;
  for (const Piece& piece : pieces_) {
    switch (piece.directive) {
      case 0:
        text += piece.literal;
        break;
      case 'Y':
        text += "1982";
        break;
      case 'm':
        text += "03";
        break;
      case 'b':
      case 'h':
        text += "Mar";
        break;
      case 'B':
        text += "March";
        break;
      case 'd':
      case 'e':
        text += "15";
        break;
      case 'j':
        text += "074";
        break;
      case 'H':
      case 'I':
        text += "10";
        break;
      case 'p':
        text += "AM";
        break;
      case 'f':
        text += "000000";
        break;
      default:
        text += "00";
        break;
    }
  }
  return text;
}

}  // namespace cadre
