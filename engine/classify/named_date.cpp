#include "cadre/classify/named_date.hpp"

#include <algorithm>

#include "cadre/classify/years.hpp"

namespace cadre {

NamedDate::NamedDate(const Date& date)
    : first(date.first()), last(date.last()), low(calendar_years(date)), high(low), settled(true) {}

Truth before(const NamedDate& a, const NamedDate& b) {
  if (a.settled && b.settled && a.first == b.first && a.last == b.last) return Truth::kFalse;
  if (a.last < b.first) return Truth::kTrue;
  if (b.last < a.first) return Truth::kFalse;
  return Truth::kUnknown;
}

std::optional<NamedDate> one_of(Which which, std::span<const Date> certain,
                                std::span<const Date> possible) {
  if (certain.empty()) return std::nullopt;
  const bool first = which == Which::kFirst;
  // Of each bound, the one that comes first, or last.
  const auto keep = [first](auto& bound, auto other) {
    bound = first ? std::min(bound, other) : std::max(bound, other);
  };
  NamedDate found(certain.front());
  const Date* leader = &certain.front();  // if one of them is the one, this is
  for (const Date& date : certain) {
    if (first ? date.last() < leader->last() : date.first() > leader->first()) leader = &date;
    keep(found.first, date.first());
    keep(found.last, date.last());
    keep(found.low, calendar_years(date));
  }
  found.high = found.low;
  for (const Date& date : possible) {
    keep(first ? found.first : found.last, first ? date.first() : date.last());
    keep(first ? found.low : found.high, calendar_years(date));
  }
  const auto follows = [&](const Date& date) {
    return date == *leader ||
           (first ? before(*leader, date) : before(date, *leader)) == Truth::kTrue;
  };
  found.settled =
      found.first == found.last || (std::all_of(certain.begin(), certain.end(), follows) &&
                                    std::all_of(possible.begin(), possible.end(), follows));
  return found;
}

}  // namespace cadre
