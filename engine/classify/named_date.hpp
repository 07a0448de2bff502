// A date that a rule names, for one person and as far as it is known: a day that is written down,
// the start of the first or the last post, a label that is a date.
//
// Which of several partial dates is the first is not always known: of 1990 and 1990-05 either may
// be. The first of them then lies between two days.
#pragma once

#include <optional>
#include <span>

#include "cadre/base/date.hpp"
#include "cadre/base/truth.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

struct NamedDate {
  NamedDate() = default;
  /// A date as it is written.
  NamedDate(const Date& date);  // NOLINT(google-explicit-constructor)

  Day first = 0;    ///< the first day it may be
  Day last = 0;     ///< the last day it may be
  double low = 0;   ///< where years are counted, between these, in calendar years
  double high = 0;  ///< (classify/years.hpp)

  friend bool operator==(const NamedDate&, const NamedDate&) = default;
};

/// Whether `a` lies before `b`, by the rule of order in base/date.hpp.
Truth before(const NamedDate& a, const NamedDate& b);

/// What a rule compares dates with. A month or a year in the rule is no day that is not known, but
/// the whole month or year: `before: 1990` asks for a day before its first, `after: 1990`, and
/// `from: 1990`, for one after its last. A date of the person stays as it is.
NamedDate as_upper_limit(const DateRef& ref, const NamedDate& date);  ///< of `before` and `to`
NamedDate as_lower_limit(const DateRef& ref, const NamedDate& date);  ///< of `after` and `from`

enum class Which : bool { kFirst, kLast };

/// The first or the last of the `certain` dates and those of the `possible` ones that there are;
/// nothing when none is certain.
std::optional<NamedDate> one_of(Which which, std::span<const Date> certain,
                                std::span<const Date> possible = {});

}  // namespace cadre
