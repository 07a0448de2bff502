#include "cadre/base/date.hpp"

#include <fmt/format.h>

#include <chrono>

namespace cadre {
namespace {

namespace chrono = std::chrono;

/// A number of exactly `digits` decimal digits at `offset`, or -1.
int fixed_number(std::string_view text, std::size_t offset, std::size_t digits) {
  if (text.size() < offset + digits) return -1;
  int value = 0;
  for (const char c : text.substr(offset, digits)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

int days_in_month(int year, int month) {
  const chrono::year_month_day_last last{
      chrono::year{year}, chrono::month_day_last{chrono::month{static_cast<unsigned>(month)}}};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

Day days_since_1970(const chrono::year_month_day& date) {
  return static_cast<Day>(chrono::sys_days{date}.time_since_epoch().count());
}

chrono::year_month_day calendar(Day day) {
  return chrono::year_month_day{chrono::sys_days{chrono::days{day}}};
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const int year = fixed_number(text, 0, 4);
  if (year < 1) return std::nullopt;
  Date date;
  date.year_ = static_cast<std::int16_t>(year);
  if (text.size() >= 7) {
    const int month = fixed_number(text, 5, 2);
    if (text[4] != '-' || month < 1 || month > 12) return std::nullopt;
    date.month_ = static_cast<std::int8_t>(month);
  }
  if (text.size() == 10) {
    const int day = fixed_number(text, 8, 2);
    if (text[7] != '-' || day < 1 || day > days_in_month(year, date.month_)) return std::nullopt;
    date.day_ = static_cast<std::int8_t>(day);
  }
  return date;
}

Day Date::first() const {
  return day_of(year_, month_ == 0 ? 1 : month_, day_ == 0 ? 1 : day_);
}

Day Date::last() const {
  if (day_ != 0) return first();
  const int month = month_ == 0 ? 12 : month_;
  return day_of(year_, month, days_in_month(year_, month));
}

std::string Date::text() const {
  if (month_ == 0) return fmt::format("{:04}", year_);
  if (day_ == 0) return fmt::format("{:04}-{:02}", year_, month_);
  return fmt::format("{:04}-{:02}-{:02}", year_, month_, day_);
}

Truth before(const Date& a, const Date& b) {
  if (a.last() < b.first()) return Truth::kTrue;
  if (a.first() >= b.last()) return Truth::kFalse;
  return Truth::kUnknown;
}

std::optional<Period> Period::parse(std::string_view text) {
  if (text.size() < 3 || text[0] != 'P') return std::nullopt;
  Period period;
  std::string_view units = "YMD";  // those that may still come
  for (std::size_t at = 1; at < text.size();) {
    const std::size_t end = text.find_first_not_of("0123456789", at);
    if (end == at || end == std::string_view::npos || end - at > 4) return std::nullopt;
    const int value = fixed_number(text, at, end - at);
    const std::size_t unit = units.find(text[end]);
    if (unit == std::string_view::npos) return std::nullopt;
    switch (units[unit]) {
      case 'Y':
        period.years = value;
        break;
      case 'M':
        period.months = value;
        break;
      default:
        period.days = value;
        break;
    }
    units.remove_prefix(unit + 1);
    at = end + 1;
  }
  return period;
}

Day back(Day day, Period period) {
  const chrono::year_month_day start = calendar(day);
  const chrono::year_month month = chrono::year_month{start.year(), start.month()} -
                                   chrono::years{period.years} - chrono::months{period.months};
  chrono::year_month_day moved = month / start.day();
  if (!moved.ok()) moved = month / chrono::last;
  return days_since_1970(moved) - period.days;
}

Day day_of(int year, int month, int day) {
  return days_since_1970(chrono::year{year} / chrono::month{static_cast<unsigned>(month)} /
                         chrono::day{static_cast<unsigned>(day)});
}

std::string iso_date(Day day) {
  const chrono::year_month_day date = calendar(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace cadre
