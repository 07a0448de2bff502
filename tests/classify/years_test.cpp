#include "cadre/classify/years.hpp"

#include <string>

#include "tests/catch.hpp"

namespace cadre {
namespace {

using Catch::Approx;

RowSpan span(const std::string& start, const std::string& end) {
  RowSpan span;
  span.start = Date::parse(start);
  span.end = Date::parse(end);
  span.open = end == "..";
  return span;
}

const std::optional<Date> kAsOf = Date::parse("2022-12-31");

double years(const std::string& start, const std::string& end) {
  const Bounds bounds = length(stretch_of(span(start, end), {}, kAsOf));
  REQUIRE(bounds.exact());
  return bounds.low;
}

TEST_CASE("a date counts as the middle of its days, in calendar years") {
  CHECK(calendar_years(*Date::parse("1984")) == Approx(1984.5));
  CHECK(calendar_years(*Date::parse("1984-01")) == Approx(1984 + 0.5 / 12));
  CHECK(calendar_years(*Date::parse("1984-12")) == Approx(1984 + 11.5 / 12));
  CHECK(calendar_years(*Date::parse("1984-02-29")) == Approx(1984 + (1 + 28.5 / 29) / 12));
}

TEST_CASE("durations of rows") {
  CHECK(years("1978", "1982") == Approx(4));
  CHECK(years("1978-09", "1982-07") == Approx(3 + 10.0 / 12));
  CHECK(years("1984-12", "1985-12") == Approx(1));  // a year without a leap day
  CHECK(years("1983-12", "1984-12") == Approx(1));  // and one with it
  CHECK(years("1984-03-15", "1985-03-15") == Approx(1));
  CHECK(years("1985", "1985") == 0);
  CHECK(years("2021-12-31", "..") == Approx(1));
  CHECK(years("1990", "1989") == 0);  // never less than nothing
}

TEST_CASE("a missing start or end leaves the years between two bounds") {
  const Bounds no_end = length(stretch_of(span("2012-12-31", ""), {}, kAsOf));
  CHECK(no_end.low == 0);
  CHECK(no_end.high == kForever);  // it may lie after as_of

  const Bounds no_start = length(stretch_of(span("", "1990"), {}, kAsOf));
  CHECK(no_start.low == 0);
  CHECK(no_start.high == kForever);

  const Bounds nothing = length(stretch_of(span("", ""), {}, kAsOf));
  CHECK(nothing.low == 0);
  CHECK(nothing.high == kForever);

  // Without an as_of even an open end has no bound.
  CHECK(length(stretch_of(span("1990", ".."), {}, {})).high == kForever);
}

TEST_CASE("how long a row lasts that begins after as_of is not known unless its end is told") {
  for (const char* end : {"..", ""}) {
    const Bounds bounds = length(stretch_of(span("2023-05", end), {}, kAsOf));
    CHECK(bounds.low == 0);
    CHECK(bounds.high == kForever);
  }
  CHECK(years("2023-05", "2024-05") == Approx(1));
  CHECK(years("2022-12", "..") == Approx(15.0 / 31 / 12));  // it may have begun by then
}

TEST_CASE("only what lies in the window counts") {
  RowWindows window;
  window.intersect({Window{1985.5, kForever}, Window{1985.5, kForever}});
  window.intersect({Window{-kForever, 1988.5}, Window{-kForever, 1988.5}});
  CHECK(length(stretch_of(span("1984", "1990"), window, kAsOf)).low == Approx(3));
  CHECK(length(stretch_of(span("1986", "1987"), window, kAsOf)).low == Approx(1));
  CHECK(length(stretch_of(span("1991", "1995"), window, kAsOf)).high == 0);
  // The window bounds what a missing end might come to.
  CHECK(length(stretch_of(span("1986", ""), window, kAsOf)).high == Approx(2));
  // What is only possible counts in the upper bound.
  window.certain = Window{1985.5, 1986.5};
  const Bounds bounds = length(stretch_of(span("1984", "1990"), window, kAsOf));
  CHECK(bounds.low == Approx(1));
  CHECK(bounds.high == Approx(3));
}

TEST_CASE("overlaps count once") {
  const auto stretch = [](const std::string& start, const std::string& end) {
    return stretch_of(span(start, end), {}, kAsOf);
  };
  const Bounds together = union_length({stretch("1988", "1992"), stretch("1980", "1990"),
                                        stretch("1981", "1982"), stretch("1995", "1996")});
  CHECK(together.exact());
  CHECK(together.low == Approx(13));

  const auto possible = [](const std::string& start, const std::string& end) {
    return stretch_of(span(start, end), {Windows::none(), Windows()}, kAsOf);
  };
  const Bounds with_possible =
      union_length({stretch("1980", "1982"), possible("1981", "1985"), possible("1990", "1991")});
  CHECK(with_possible.low == Approx(2));
  CHECK(with_possible.high == Approx(6));

  CHECK(union_length({}).exact());
  CHECK(union_length({possible("", "")}).high == kForever);
}

TEST_CASE("the years that some rows have outside of others lie between bounds") {
  const auto rows = [](const std::string& start, const std::string& end) {
    return std::vector<Stretch>{stretch_of(span(start, end), {}, {})};
  };
  const std::vector<Stretch> decade = rows("1980", "1990");
  CHECK(certain_outside(decade, {}) == Approx(10));
  CHECK(certain_outside(decade, rows("1985", "1995")) == Approx(5));
  CHECK(certain_outside(decade, rows("1983", "1984")) == Approx(9));
  CHECK(certain_outside(decade, rows("1970", "1999")) == Approx(0).margin(1e-9));
  CHECK(certain_outside(decade, rows("1985", "")) == Approx(5));  // it may go on for ever
  CHECK(possible_outside(decade, rows("1985", "")) == Approx(10));
  CHECK(certain_outside(rows("1985", ""), decade) == 0);
  CHECK(possible_outside(rows("1985", ""), decade) == kForever);
  CHECK(possible_outside(rows("", ""), decade) == kForever);
  CHECK(possible_outside({}, decade) == 0);
}

TEST_CASE("a test of a number that lies between bounds") {
  const NumberTest at_least_2{2.0, {}};
  CHECK(holds({2, 2}, at_least_2) == Truth::kTrue);
  CHECK(holds({2 - 1e-12, 2 - 1e-12}, at_least_2) == Truth::kTrue);  // rounding is no evidence
  CHECK(holds({1.99, 1.99}, at_least_2) == Truth::kFalse);
  CHECK(holds({1, 3}, at_least_2) == Truth::kUnknown);
  CHECK(holds({3, kForever}, at_least_2) == Truth::kTrue);

  const NumberTest at_most_2{{}, 2.0};
  CHECK(holds({2, 2}, at_most_2) == Truth::kTrue);
  CHECK(holds({2.01, 2.01}, at_most_2) == Truth::kFalse);
  CHECK(holds({1, 3}, at_most_2) == Truth::kUnknown);

  const NumberTest between{1.0, 2.0};
  CHECK(holds({1.5, 1.5}, between) == Truth::kTrue);
  CHECK(holds({0, 1.5}, between) == Truth::kUnknown);
  CHECK(holds({3, 4}, between) == Truth::kFalse);
  CHECK(holds({5, 5}, {}) == Truth::kTrue);
}

}  // namespace
}  // namespace cadre
