// Dates read by a format of Table Schema.
#include "cadre/data/date_format.hpp"

#include <string>
#include <variant>

#include "tests/catch.hpp"

namespace cadre {
namespace {

/// The date that a cell means, what is wrong with it, or why the format is refused.
std::string read(const std::string& format, const std::string& cell) {
  const auto parsed = DateFormat::parse(format);
  if (const auto* refused = std::get_if<DateFormat::Refused>(&parsed)) return refused->reason;
  const auto& dates = std::get<DateFormat>(parsed);
  const auto date = dates.read(cell);
  if (date) return date->text();
  const std::string why = dates.why_no_date(cell);
  return why.empty() ? "no match" : why;
}

TEST_CASE("a date format puts day, month and year in any order") {
  CHECK(read("%d/%m/%Y", "12/03/1965") == "1965-03-12");
  CHECK(read("%m/%d/%Y", "12/03/1965") == "1965-12-03");
  CHECK(read("%Y-%d-%m", "1965-03-12") == "1965-12-03");
  CHECK(read("%d.%m.%Y", "1.2.1965") == "1965-02-01");
  CHECK(read("%Y年%m月%d日", "1965年3月12日") == "1965-03-12");
  CHECK(read("%F", "1965-03-12") == "1965-03-12");
  CHECK(read("100%% %Y", "100% 1965") == "1965");
}

TEST_CASE("a date format without a day or a month gives partial dates") {
  CHECK(read("%Y", "1965") == "1965");
  CHECK(read("%m/%Y", "3/1965") == "1965-03");
  CHECK(read("%B %Y", "March 1965") == "1965-03");
  CHECK(read("c. %Y", "c. 1965") == "1965");
}

TEST_CASE("a date format reads English names of months, whole or short, in any case") {
  CHECK(read("%d %b %Y", "12 Mar 1965") == "1965-03-12");
  CHECK(read("%d %b %Y", "12 MARCH 1965") == "1965-03-12");
  CHECK(read("%B %e, %Y", "may  5, 1965") == "1965-05-05");
  CHECK(read("%B %e, %Y", "June 15, 1965") == "1965-06-15");
  CHECK(read("%d-%h-%Y", "12-sep-1965") == "1965-09-12");
  CHECK(read("%d %b %Y", "12 Sept 1965") == "no match");
  CHECK(read("%d %b %Y", "12 mars 1965") == "no match");
  CHECK(read("%d %b %Y", "12 03 1965") == "no match");
}

TEST_CASE("a date format reads the day of the year") {
  CHECK(read("%Y-%j", "1965-060") == "1965-03-01");
  CHECK(read("%Y-%j", "1964-60") == "1964-02-29");
  CHECK(read("%j/%Y", "366/1964") == "1964-12-31");
  CHECK(read("%j/%Y", "366/1965") == "1965 has no day 366");
  CHECK(read("%j/%Y", "0/1965") == "1965 has no day 0");
}

TEST_CASE("a date format leaves out a time of day, which must be one") {
  CHECK(read("%Y-%m-%dT%H:%M:%SZ", "1965-03-12T23:59:60Z") == "1965-03-12");
  CHECK(read("%Y-%m-%d %T", "1965-03-12 10:00:00") == "1965-03-12");
  CHECK(read("%d/%m/%Y %I:%M %p", "12/03/1965 10:30 pm") == "1965-03-12");
  CHECK(read("%F %R.%f", "1965-03-12 10:00.123") == "1965-03-12");
  CHECK(read("%F %R", "1965-03-12 24:00") == "no match");
  CHECK(read("%F %R", "1965-03-12") == "no match");
  CHECK(read("%F %I %p", "1965-03-12 10 xm") == "no match");
}

TEST_CASE("a date format asks for the whole cell and nothing else") {
  for (const char* cell :
       {"", "1965-03-12", "12/03/65", "12/03/19655", "12/03/1965 ", " 12/03/1965", "12-03-1965",
        "112/03/1965", "1 2/03/1965", "-1/03/1965", "..", "１２/03/1965", "12/03/196"}) {
    CAPTURE(cell);
    CHECK(read("%d/%m/%Y", cell) == "no match");
  }
}

TEST_CASE("a date format tells which day there is not") {
  CHECK(read("%d/%m/%Y", "31/02/1965") == "1965-02 has no day 31");
  CHECK(read("%d/%m/%Y", "29/02/1964") == "1964-02-29");
  CHECK(read("%d/%m/%Y", "12/13/1965") == "there is no month 13");
  CHECK(read("%d/%m/%Y", "12/00/1965") == "there is no month 0");
  CHECK(read("%d/%m/%Y", "00/12/1965") == "1965-12 has no day 0");
  CHECK(read("%d/%m/%Y", "12/03/0000") == "years begin with 0001");
}

TEST_CASE("numbers of a date format that nothing parts have all their digits") {
  CHECK(read("%Y%m%d", "19650312") == "1965-03-12");
  CHECK(read("%d%m%Y", "12031965") == "1965-03-12");
  CHECK(read("%d%m%Y", "1231965") == "no match");
  CHECK(read("%d%b%Y", "2Mar1965") == "1965-03-02");
  CHECK(read("%Y%j", "196561") == "1965-03-02");
  CHECK(read("%j%Y", "611965") == "no match");
}

TEST_CASE("a date format is refused where its meaning is not exact, with the directive") {
  CHECK(read("%d.%m.%y", "") == "%y does not say the century");
  CHECK(read("%D", "") == "%D does not say the century");
  CHECK(read("%F %z", "") == "%z is a time zone, on which the day may depend");
  CHECK(read("%a %F", "") == "%a is not read");
  CHECK(read("%Y %U", "") == "%U is not read");
  CHECK(read("%-d/%m/%Y", "") == "%-d is not read");
  CHECK(read("%Ey", "") == "%Ey is not read");
  CHECK(read("%Y%年", "") == "%年 is not read");
  CHECK(read("%-年%Y", "") == "%- is not read");
  CHECK(read("%c", "") == "%c is not read");
  CHECK(read("%Y %", "") == "it ends in a single %");
}

TEST_CASE("a date format is refused where it does not make one date") {
  CHECK(read("YYYY-MM-DD", "") == "it has no year (%Y)");
  CHECK(read("%d/%m", "") == "it has no year (%Y)");
  CHECK(read("%d %Y", "") == "it has a day and no month");
  CHECK(read("%Y %F", "") == "it has the year twice");
  CHECK(read("%m %B %Y", "") == "it has the month twice");
  CHECK(read("%d %e %m %Y", "") == "it has the day twice");
  CHECK(read("%j %m %Y", "") ==
        "%j is the day of the year, so that there must be no other day or month");
}

TEST_CASE("a date format is shown with a date") {
  const auto in_words = [](const std::string& format) {
    return std::get<DateFormat>(DateFormat::parse(format)).in_words();
  };
  CHECK(in_words("%d/%m/%Y") == "the format is %d/%m/%Y, such as 15/03/1982");
  CHECK(in_words("%B %e, %Y at %I:%M:%S.%f %p") ==
        "the format is %B %e, %Y at %I:%M:%S.%f %p, such as March 15, 1982 at 10:00:00.000000 AM");
  CHECK(in_words("%b %Y") == "the format is %b %Y, such as Mar 1982");
  CHECK(in_words("%Y%j") == "the format is %Y%j, such as 1982074");
  // What is shown is read.
  for (const char* format : {"%d/%m/%Y", "%B %e, %Y at %I:%M:%S.%f %p", "%Y%j", "%h. %d %Y"}) {
    const auto parsed = DateFormat::parse(format);
    const std::string words = std::get<DateFormat>(parsed).in_words();
    const std::string mark = ", such as ";
    CHECK(read(format, words.substr(words.rfind(mark) + mark.size())) == "1982-03-15");
  }
}

}  // namespace
}  // namespace cadre
