#include "cadre/classify/years.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cadre {
namespace {

constexpr double kSlack = 1e-9;

struct Part {
  double begin;
  double end;
};

double covered(std::vector<Part> parts) {
  std::sort(parts.begin(), parts.end(),
            [](const Part& a, const Part& b) { return a.begin < b.begin; });
  double total = 0;
  double reached = -kForever;
  for (const Part& part : parts) {
    const double begin = std::max(part.begin, reached);
    if (part.end > begin) {
      total += part.end - begin;
      reached = part.end;
    }
  }
  return total;
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

void Window::narrow(const Window& other) {
  from = std::max(from, other.from);
  to = std::min(to, other.to);
}

Stretch stretch_of(const RowSpan& span, const Window& window, const std::optional<Date>& as_of) {
  const double latest = as_of ? calendar_years(*as_of) : kForever;
  std::optional<double> begin;
  std::optional<double> end;
  if (span.start) begin = calendar_years(*span.start);
  if (span.end) {
    end = calendar_years(*span.end);
  } else if (span.open && as_of) {
    end = latest;
  }

  Stretch stretch;
  stretch.earliest = std::max(begin.value_or(-kForever), window.from);
  stretch.latest = std::min(end.value_or(latest), window.to);
  if (begin && end) {
    stretch.begin = stretch.earliest;
    stretch.end = stretch.latest;
  }
  return stretch;
}

Bounds length(const Stretch& stretch) {
  return union_length({stretch}, {});
}

Bounds union_length(const std::vector<Stretch>& certain, const std::vector<Stretch>& possible) {
  std::vector<Part> low;
  std::vector<Part> high;
  for (const Stretch& stretch : certain) {
    low.push_back({stretch.begin, stretch.end});
    high.push_back({stretch.earliest, stretch.latest});
  }
  for (const Stretch& stretch : possible) high.push_back({stretch.earliest, stretch.latest});
  return {covered(std::move(low)), covered(std::move(high))};
}

}  // namespace cadre
