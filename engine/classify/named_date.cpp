#include "cadre/classify/named_date.hpp"

#include <algorithm>

#include "cadre/classify/years.hpp"

namespace cadre {

NamedDate::NamedDate(const Date& date)
    : first(date.first()), last(date.last()), low(calendar_years(date)), high(low) {}

Truth before(const NamedDate& a, const NamedDate& b) {
  if (a.last < b.first) return Truth::kTrue;
  if (a.first >= b.last) return Truth::kFalse;
  return Truth::kUnknown;
}

NamedDate as_upper_limit(const DateRef& ref, const NamedDate& date) {
  NamedDate limit = date;
  if (ref.kind == DateRef::Kind::kDate) limit.last = limit.first;
  return limit;
}

NamedDate as_lower_limit(const DateRef& ref, const NamedDate& date) {
  NamedDate limit = date;
  if (ref.kind == DateRef::Kind::kDate) limit.first = limit.last;
  return limit;
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
  for (const Date& date : certain) {
    keep(found.first, date.first());
    keep(found.last, date.last());
    keep(found.low, calendar_years(date));
  }
  found.high = found.low;
  for (const Date& date : possible) {
    keep(first ? found.first : found.last, first ? date.first() : date.last());
    keep(first ? found.low : found.high, calendar_years(date));
  }
  return found;
}

}  // namespace cadre
