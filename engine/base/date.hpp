// Dates as biographies give them: often only a year or a month.
//
// A date is written in EDTF level 0 (ISO 8601-2:2019): 1982, 1982-03 or 1982-03-15. It stands for
// all its days. Two rules follow, and everything that counts years or compares dates uses them:
//
//   Order     A date is the interval of its days. One lies before another if each of its days does,
//             and does not if none does. Otherwise (1982 against 1982 or 1982-03) it is unknown.
//   Duration  A date counts as the middle of its days, and years are calendar years
//             (classify/years.hpp), so that 1978 to 1982 is four years and 1978-09 to 1982-07
//             is 3.83.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cadre/base/truth.hpp"

namespace cadre {

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
using Day = std::int32_t;

class Date {
 public:
  /// Reads YYYY, YYYY-MM or YYYY-MM-DD with a year from 0001 to 9999; nothing for anything else,
  /// including days that the calendar does not have.
  static std::optional<Date> parse(std::string_view text);

  int year() const { return year_; }
  int month() const { return month_; }  ///< 1 to 12, or 0 if not known
  int day() const { return day_; }      ///< 1 to 31, or 0 if not known

  Day first() const;  ///< the first day it may be
  Day last() const;   ///< the last day it may be

  std::string text() const;  ///< as it was written

  friend bool operator==(const Date&, const Date&) = default;

 private:
  std::int16_t year_ = 0;
  std::int8_t month_ = 0;
  std::int8_t day_ = 0;
};

/// Whether `a` lies before `b`, by the rule of order above.
Truth before(const Date& a, const Date& b);

/// A duration in the form PnYnMnD (ISO 8601), used to step from a date to another.
struct Period {
  int years = 0;
  int months = 0;
  int days = 0;

  /// Reads P6M, P1Y, P1Y6M, P90D, with numbers up to 9999; nothing for anything else.
  static std::optional<Period> parse(std::string_view text);
};

/// The day that lies `period` before `day`: first the years and months are taken off (a day of the
/// month that does not exist becomes the last of that month), then the days.
Day back(Day day, Period period);

/// The number of a day that the calendar has.
Day day_of(int year, int month, int day);
std::string iso_date(Day day);  ///< YYYY-MM-DD

}  // namespace cadre
