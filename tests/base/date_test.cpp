#include "cadre/base/date.hpp"

#include <string>

#include "tests/catch.hpp"

namespace cadre {
namespace {

Date date(std::string_view text) {
  const auto parsed = Date::parse(text);
  INFO("date: " << text);
  REQUIRE(parsed);
  return *parsed;
}

Period period(std::string_view text) {
  const auto parsed = Period::parse(text);
  INFO("period: " << text);
  REQUIRE(parsed);
  return *parsed;
}

std::string back_from(std::string_view day, std::string_view duration) {
  return iso_date(back(date(day).first(), period(duration)));
}

TEST_CASE("dates are read and written as they are") {
  for (const char* text : {"1982", "1982-03", "1982-03-15", "0001", "0001-01-01", "9999-12-31",
                           "2000-02-29", "1996-02-29"}) {
    CHECK(date(text).text() == text);
  }
  const Date full = date("1982-03-15");
  CHECK(full.year() == 1982);
  CHECK(full.month() == 3);
  CHECK(full.day() == 15);
  CHECK(date("1982-03").day() == 0);
  CHECK(date("1982").month() == 0);
}

TEST_CASE("what is no date gives nothing") {
  for (const char* text : {"",
                           "198",
                           "0000",
                           "0000-01-01",
                           "19820",
                           "-982",
                           "1982-",
                           "1982-3",
                           "1982-00",
                           "1982-13",
                           "1982/03",
                           "1982-03-",
                           "1982-03-1",
                           "1982-03-00",
                           "1982-03-32",
                           "1982-04-31",
                           "1982-02-30",
                           "1982-02-29",
                           "1900-02-29",
                           "1982-03/15",
                           "1982-03-15 ",
                           " 1982",
                           "19x2",
                           "1982-0x",
                           "1982-03-1x",
                           "1982-03-15T00:00",
                           "１９８２",
                           "198X",
                           "1982~",
                           ".."}) {
    INFO("text: " << text);
    CHECK_FALSE(Date::parse(text));
  }
  CHECK_FALSE(Date::parse(std::string_view("1982\0", 5)));
  CHECK_FALSE(Date::parse(std::string_view("198\0", 4)));
}

TEST_CASE("a date stands for all its days") {
  CHECK(iso_date(date("1982").first()) == "1982-01-01");
  CHECK(iso_date(date("1982").last()) == "1982-12-31");
  CHECK(iso_date(date("1982-02").first()) == "1982-02-01");
  CHECK(iso_date(date("1982-02").last()) == "1982-02-28");
  CHECK(iso_date(date("2000-02").last()) == "2000-02-29");
  CHECK(iso_date(date("1982-03-15").first()) == "1982-03-15");
  CHECK(iso_date(date("1982-03-15").last()) == "1982-03-15");
}

TEST_CASE("days count from 1970-01-01") {
  CHECK(day_of(1970, 1, 1) == 0);
  CHECK(day_of(1969, 12, 31) == -1);
  CHECK(day_of(2000, 3, 1) == 11017);
  CHECK(day_of(1, 1, 1) == -719162);
  CHECK(iso_date(-719162) == "0001-01-01");
  CHECK(iso_date(11017) == "2000-03-01");
}

TEST_CASE("dates are ordered when their days do not overlap") {
  struct Row {
    const char* a;
    const char* b;
    Truth before;
    Truth after;
  };
  constexpr Truth F = Truth::kFalse;
  constexpr Truth T = Truth::kTrue;
  constexpr Truth U = Truth::kUnknown;
  const Row rows[] = {
      {"1981", "1982", T, F},
      {"1981-12", "1982", T, F},
      {"1981-12-31", "1982", T, F},
      {"1981-12-31", "1982-01-01", T, F},
      {"1982-02", "1982-03", T, F},
      {"1982-02-28", "1982-03", T, F},
      {"1982-03-14", "1982-03-15", T, F},
      {"0999", "1982", T, F},
      {"1982", "1982", U, U},
      {"1982-03", "1982-03", U, U},
      {"1982-03-15", "1982-03-15", F, F},
      {"1982", "1982-03", U, U},
      {"1982", "1982-01-01", F, U},
      {"1982", "1982-12-31", U, F},
      {"1982-03", "1982-03-01", F, U},
      {"1982-03", "1982-03-31", U, F},
  };
  for (const Row& row : rows) {
    CAPTURE(row.a, row.b);
    CHECK(before(date(row.a), date(row.b)) == row.before);
    CHECK(before(date(row.b), date(row.a)) == row.after);
  }
}

TEST_CASE("dates are equal when they are written alike") {
  CHECK(date("1982") == date("1982"));
  CHECK(date("1982") != date("1982-01"));
  CHECK(date("1982-01") != date("1982-01-01"));
}

TEST_CASE("periods are read") {
  const Period all = period("P1Y6M10D");
  CHECK(all.years == 1);
  CHECK(all.months == 6);
  CHECK(all.days == 10);
  CHECK(period("P6M").months == 6);
  CHECK(period("P90D").days == 90);
  CHECK(period("P1Y3D").days == 3);
  CHECK(period("P9999Y").years == 9999);
  CHECK(period("P0D").days == 0);
  for (const char* text : {"", "P", "6M", "P6", "PM", "P6W", "P6M1Y", "P1M1M", "P-6M", "P1.5Y",
                           "PT6M", "p6m", "P6M ", "P10000D", "P1Y6", "P6MP"}) {
    INFO("text: " << text);
    CHECK_FALSE(Period::parse(text));
  }
}

TEST_CASE("stepping back over months that are shorter") {
  CHECK(back_from("2012-11-08", "P6M") == "2012-05-08");
  CHECK(back_from("2013-03-31", "P1M") == "2013-02-28");
  CHECK(back_from("2012-03-31", "P1M") == "2012-02-29");
  CHECK(back_from("2012-02-29", "P1Y") == "2011-02-28");
  CHECK(back_from("2012-02-29", "P4Y") == "2008-02-29");
  CHECK(back_from("2013-05-31", "P18M") == "2011-11-30");
  CHECK(back_from("2013-01-15", "P1M") == "2012-12-15");
  CHECK(back_from("2013-01-01", "P1D") == "2012-12-31");
  CHECK(back_from("2013-05-31", "P1Y3M2D") == "2012-02-27");
  CHECK(back_from("2013-05-31", "P0D") == "2013-05-31");
}

}  // namespace
}  // namespace cadre
