#include "cadre/data/cell_check.hpp"

#include <string>

#include "tests/catch.hpp"

namespace cadre {
namespace {

Column date_column(const std::string& name) {
  Column column = make_column(name, {"zh", "en"});
  column.kind = Column::Kind::kDate;
  return column;
}

std::string hint_for(const std::string& name, const std::string& value) {
  const auto problem = check_cell(date_column(name), value);
  return problem ? problem->hint : "no problem";
}

TEST_CASE("cells: dates of any precision are dates, and .. is one where a row ends") {
  for (const char* value : {"1982", "1982-03", "1982-03-15", "2000-02-29", "0001"}) {
    CAPTURE(value);
    CHECK_FALSE(check_cell(date_column("start"), value));
  }
  CHECK_FALSE(check_cell(date_column("end"), ".."));
  CHECK(check_cell(date_column("start"), ".."));
  CHECK(check_cell(date_column("start"), "1900-02-29"));
}

TEST_CASE("cells: a date in another form is answered with the right one") {
  CHECK(hint_for("start", "1982-3") == "write 1982-03");
  CHECK(hint_for("start", "1982/3/5") == "write 1982-03-05");
  CHECK(hint_for("start", "1982.03") == "write 1982-03");
  CHECK(hint_for("start", "1982年3月") == "write 1982-03");
  CHECK(hint_for("start", "1982年") == "write 1982");
  CHECK(hint_for("end", "至今") == "write .. for a row that still runs");
  CHECK(hint_for("end", "present") == "write .. for a row that still runs");
}

TEST_CASE("cells: nothing is guessed where a date is not clear") {
  const std::string forms = "write 1982, 1982-03 or 1982-03-15, and nothing when it is not known";
  for (const char* value :
       {"3/1982", "15/03/1982", "198203", "1982-1984", "spring of 1982", "82", "1982-03-15-01",
        "present", "1982 to 1984", "-1982", "1982-03-15T10:00"}) {
    CAPTURE(value);
    CHECK(hint_for("start", value) == forms);
  }
}

TEST_CASE("cells: numbers are written with digits") {
  Column column = make_column("height", {});
  column.kind = Column::Kind::kNumber;
  for (const char* text : {"0", "12", "-3.5", "1e3", "007"}) {
    CAPTURE(text);
    CHECK_FALSE(check_cell(column, text));
  }
  for (const char* text : {" 1", "1 ", "1,000", "inf", "nan", "0x10", "1e999", "一"}) {
    CAPTURE(text);
    CHECK(check_cell(column, text));
  }
}

TEST_CASE("cells: a list of values is kept to, letter by letter") {
  Column column = make_column("degree", {});
  column.kind = Column::Kind::kName;
  column.values = {"bachelor", "master"};
  CHECK_FALSE(check_cell(column, "master"));
  CHECK(check_cell(column, "Master"));
  CHECK(check_cell(column, "master "));
}

TEST_CASE("cells: long lists are not told whole") {
  Column column = make_column("code", {});
  for (int i = 0; i < 40; ++i) column.values.push_back("c" + std::to_string(i));
  CHECK(check_cell(column, "x")->hint ==
        "one of c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and 28 more");
}

TEST_CASE("cells: the end of a row must not lie before its start, when that is certain") {
  const auto problem = [](const char* start, const char* end) {
    RowSpan span;
    span.start = Date::parse(start);
    span.end = Date::parse(end);
    return check_span(span).has_value();
  };
  CHECK(problem("1982", "1981"));
  CHECK(problem("1982-03", "1982-02"));
  CHECK(problem("1982-03", "1981"));
  CHECK(problem("1982-03-15", "1982-03-14"));
  CHECK_FALSE(problem("1982-03", "1982"));
  CHECK_FALSE(problem("1982", "1982-01"));
  CHECK_FALSE(problem("1982", "1982"));
  CHECK_FALSE(problem("", "1982"));
  CHECK_FALSE(problem("1982", ""));
}

TEST_CASE("cells: a row's span comes from its columns start and end") {
  TableSchema table;
  table.columns = {date_column("end"), date_column("start")};
  CHECK(SpanColumns(table).of({"1984", "1982-03"}).start == Date::parse("1982-03"));
  CHECK(SpanColumns(table).of({"1984", "1982-03"}).end == Date::parse("1984"));
  CHECK_FALSE(SpanColumns(table).of({"1984", "1982-03"}).open);
  CHECK(SpanColumns(table).of({"..", ""}).open);
  CHECK_FALSE(SpanColumns(table).of({"..", ""}).end);
  CHECK_FALSE(SpanColumns(table).of({"..", ""}).start);
  CHECK_FALSE(SpanColumns(TableSchema()).of({}).open);
}

}  // namespace
}  // namespace cadre
