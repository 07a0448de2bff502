#include "cadre/classify/years.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cadre {
namespace {

constexpr double kSlack = 1e-9;

/// The length of the union, added up window by window from the earliest.
double covered(std::vector<Window> parts) {
  std::sort(parts.begin(), parts.end(),
            [](const Window& a, const Window& b) { return a.from < b.from; });
  double total = 0;
  double reached = -kForever;
  for (const Window& part : parts) {
    const double begin = std::max(part.from, reached);
    if (part.to > begin) {
      total += part.to - begin;
      reached = part.to;
    }
  }
  return total;
}

/// The length of the union of `parts`, leaving out what `holes` cover. One of the two has an end.
double covered_outside(std::vector<Window> parts, std::vector<Window> holes) {
  Window all{kForever, -kForever};  // from the first part to the last
  for (const Window& part : parts) {
    all = {std::min(all.from, part.from), std::max(all.to, part.to)};
  }
  for (Window& hole : holes) hole = {std::max(hole.from, all.from), std::min(hole.to, all.to)};
  std::erase_if(holes, [](const Window& hole) { return hole.empty(); });
  parts.insert(parts.end(), holes.begin(), holes.end());
  return covered(std::move(parts)) - covered(std::move(holes));
}

void append(const Windows& windows, std::vector<Window>& out) {
  for (std::size_t i = 0; i < windows.size(); ++i) out.push_back(windows[i]);
}

std::vector<Window> all_of(const std::vector<Stretch>& stretches, Windows Stretch::* which) {
  std::vector<Window> windows;
  for (const Stretch& stretch : stretches) append(stretch.*which, windows);
  return windows;
}

int days_in_month(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

}  // namespace

double calendar_years(const Date& date) {
  if (date.month() == 0) return date.year() + 0.5;
  const double within =
      date.day() == 0 ? 0.5 : (date.day() - 0.5) / days_in_month(date.year(), date.month());
  return date.year() + (date.month() - 1 + within) / 12;
}

Truth holds(Bounds bounds, const NumberTest& test) {
  Truth result = Truth::kTrue;
  if (test.at_least) {
    result = result & (bounds.low >= *test.at_least - kSlack   ? Truth::kTrue
                       : bounds.high < *test.at_least - kSlack ? Truth::kFalse
                                                               : Truth::kUnknown);
  }
  if (test.at_most) {
    result = result & (bounds.high <= *test.at_most + kSlack ? Truth::kTrue
                       : bounds.low > *test.at_most + kSlack ? Truth::kFalse
                                                             : Truth::kUnknown);
  }
  return result;
}

std::optional<Date> last_known_day(const RowSpan& span, const std::optional<Date>& as_of) {
  const bool later = as_of && span.start && as_of->last() < span.start->first();
  return later ? std::nullopt : as_of;
}

Stretch stretch_of(const RowSpan& span, const RowWindows& windows,
                   const std::optional<Date>& as_of) {
  const std::optional<Date> last = last_known_day(span, as_of);
  std::optional<double> begin;
  std::optional<double> end;
  if (span.start) begin = calendar_years(*span.start);
  if (span.end) {
    end = calendar_years(*span.end);
  } else if (span.open && last) {
    end = calendar_years(*last);
  }

  Stretch stretch;
  stretch.possible = Window{begin.value_or(-kForever), end.value_or(kForever)};
  stretch.certain = begin && end ? stretch.possible : Windows::none();
  stretch.possible.intersect(windows.possible);
  stretch.certain.intersect(windows.certain);
  return stretch;
}

Bounds length(const Stretch& stretch) {
  return {stretch.certain.length(), stretch.possible.length()};
}

Bounds union_length(const std::vector<Stretch>& stretches) {
  return {covered(all_of(stretches, &Stretch::certain)),
          covered(all_of(stretches, &Stretch::possible))};
}

double certain_outside(const std::vector<Stretch>& some, const std::vector<Stretch>& others) {
  return covered_outside(all_of(some, &Stretch::certain), all_of(others, &Stretch::possible));
}

double possible_outside(const std::vector<Stretch>& some, const std::vector<Stretch>& others) {
  return covered_outside(all_of(some, &Stretch::possible), all_of(others, &Stretch::certain));
}

}  // namespace cadre
