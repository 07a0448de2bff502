// How many years rows cover, when dates are partial, missing or open.
//
// A duration is the distance between the middles of two dates, in calendar years (base/date.hpp).
// A missing start or end leaves it between two bounds; comparisons that the bounds do not settle
// are unknown.
#pragma once

#include <optional>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/base/truth.hpp"
#include "cadre/classify/windows.hpp"
#include "cadre/data/person.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// The middle of a date's days in calendar years: 1984 is 1984.5, and from one December to the next
/// is exactly a year whether or not it has a leap day.
double calendar_years(const Date& date);

/// A number known to lie between two bounds; equal bounds: a known number.
struct Bounds {
  double low = 0;
  double high = 0;

  bool exact() const { return low == high; }
  friend bool operator==(const Bounds&, const Bounds&) = default;
};

/// Whether a number within `bounds` passes the test, with a billionth of slack for rounding.
Truth holds(Bounds bounds, const NumberTest& test);

/// The time that a row covers inside its windows: however what is missing is filled in, it holds
/// all of `certain` and lies within `possible`.
struct Stretch {
  Windows certain;
  Windows possible;
};

/// The last day that is known of a row: `as_of`. Nothing when the row certainly begins after it, as
/// the data do not know then how long it lasted.
std::optional<Date> last_known_day(const RowSpan& span, const std::optional<Date>& as_of);

/// The time a row covers inside `windows`. An open end lasts until the last day that is known of
/// the row; without such a day, or without an end, it might last for ever. An end that is not told
/// may lie after `as_of`, as ends that are told may.
Stretch stretch_of(const RowSpan& span, const RowWindows& windows,
                   const std::optional<Date>& as_of);

/// The length of one stretch.
Bounds length(const Stretch& stretch);

/// The length of the union: overlaps count once.
Bounds union_length(const std::vector<Stretch>& stretches);

/// How long the union of `some` lasts at least, leaving out all the time that `others` may cover.
double certain_outside(const std::vector<Stretch>& some, const std::vector<Stretch>& others);

/// How long the union of `some` may last, leaving out the time that `others` cover for certain.
double possible_outside(const std::vector<Stretch>& some, const std::vector<Stretch>& others);

}  // namespace cadre
