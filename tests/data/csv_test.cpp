#include "cadre/data/csv.hpp"

#include <string>
#include <vector>

#include "tests/catch.hpp"

namespace cadre {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows;
  std::vector<CsvMistake> mistakes;
};

Read read(const std::string& text, char delimiter = ',') {
  CsvReader reader(text, delimiter);
  Read out;
  std::vector<CsvCell> cells;
  while (reader.next(cells)) {
    auto& row = out.rows.emplace_back();
    for (const CsvCell& cell : cells) row.emplace_back(cell.text);
    out.mistakes.insert(out.mistakes.end(), reader.mistakes().begin(), reader.mistakes().end());
  }
  return out;
}

Rows rows(const std::string& text, char delimiter = ',') {
  Read out = read(text, delimiter);
  CHECK(out.mistakes.empty());
  return out.rows;
}

TEST_CASE("csv: cells are parted by commas and rows by line ends") {
  CHECK(rows("a,b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows("a,b\r\n1,2\r\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows("a,b\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows("a\tb\n1,5\t2\n", '\t') == Rows{{"a", "b"}, {"1,5", "2"}});
}

TEST_CASE("csv: empty cells count, empty lines do not") {
  CHECK(rows(",\n,b\na,\n") == Rows{{"", ""}, {"", "b"}, {"a", ""}});
  CHECK(rows("a,b\n\n\r\n1,2\n\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows("a,") == Rows{{"a", ""}});
  CHECK(rows("").empty());
  CHECK(rows("\n\n").empty());
}

TEST_CASE("csv: quoted cells hold commas, line ends and doubled quotes") {
  CHECK(rows("\"a,b\",c\n") == Rows{{"a,b", "c"}});
  CHECK(rows("\"a\nb\r\nc\",d\n") == Rows{{"a\nb\r\nc", "d"}});
  CHECK(rows("\"the \"\"Red Flag\"\" works\",x\n") == Rows{{"the \"Red Flag\" works", "x"}});
  CHECK(rows("\"\",\"\"\"\"\n") == Rows{{"", "\""}});
  CHECK(rows("\"a\"") == Rows{{"a"}});
}

TEST_CASE("csv: a byte order mark is no part of the first cell") {
  CHECK(rows("\xEF\xBB\xBF"
             "id,name\n") == Rows{{"id", "name"}});
  CHECK(rows("\xEF\xBB\xBF\"id\",name\n") == Rows{{"id", "name"}});
}

TEST_CASE("csv: cells know the bytes where they stand") {
  const std::string text = "id,name\n1,\"a\"\"b\"\n";
  CsvReader reader(text);
  std::vector<CsvCell> cells;
  REQUIRE(reader.next(cells));
  CHECK(cells[1].begin == 3);
  CHECK(cells[1].end == 7);
  CHECK(reader.position() == 8);
  REQUIRE(reader.next(cells));
  CHECK(cells[1].text == "a\"b");
  CHECK(cells[1].begin == 10);
  CHECK(cells[1].end == 16);
  CHECK_FALSE(reader.next(cells));
}

TEST_CASE("csv: a reader may begin at any row") {
  const std::string text = "id,name\n1,a\n2,b\n";
  CsvReader reader(text, ',', 12);
  std::vector<CsvCell> cells;
  REQUIRE(reader.next(cells));
  CHECK(cells[0].text == "2");
}

TEST_CASE("csv: mistakes are told with their place, and the reader goes on") {
  SECTION("a quote inside a cell, once for each cell") {
    const Read out = read("a \"b\",c\nd,e\n");
    REQUIRE(out.mistakes.size() == 1);
    CHECK(out.mistakes[0].kind == CsvMistake::Kind::kStrayQuote);
    CHECK(out.mistakes[0].begin == 2);
    CHECK(out.rows == Rows{{"a \"b\"", "c"}, {"d", "e"}});
  }
  SECTION("text behind a closing quote") {
    const Read out = read("\"a\"b,c\nd,e\n");
    REQUIRE(out.mistakes.size() == 1);
    CHECK(out.mistakes[0].kind == CsvMistake::Kind::kTextAfterQuote);
    CHECK(out.mistakes[0].begin == 3);
    CHECK(out.rows == Rows{{"a", "c"}, {"d", "e"}});
  }
  SECTION("a quote that is never closed") {
    const Read out = read("a,b\nc,\"d\ne,f\n");
    REQUIRE(out.mistakes.size() == 1);
    CHECK(out.mistakes[0].kind == CsvMistake::Kind::kUnclosedQuote);
    CHECK(out.mistakes[0].begin == 6);
    CHECK(out.rows == Rows{{"a", "b"}, {"c", "d\ne,f\n"}});
  }
  SECTION("a carriage return alone") {
    const Read out = read("a,b\rc,d\n");
    REQUIRE(out.mistakes.size() == 1);
    CHECK(out.mistakes[0].kind == CsvMistake::Kind::kStrayReturn);
    CHECK(out.mistakes[0].begin == 3);
  }
  SECTION("each of two cells") {
    CHECK(read("a\",b\"\n").mistakes.size() == 2);
  }
}

TEST_CASE("csv: a field is written so that it is read as it was") {
  CHECK(csv_field("plain") == "plain");
  CHECK(csv_field("a \"b\"") == "\"a \"\"b\"\"\"");
  for (const std::string text :
       {"", "a,b", "\"", "\"\"", "a\nb", "a\rb", "a\r\nb", "航天", " a ", ","}) {
    CAPTURE(text);
    CHECK(rows("x," + csv_field(text) + ",y\r\n") == Rows{{"x", text, "y"}});
  }
}

TEST_CASE("CSV: no text is a formula to a spreadsheet, and numbers stay numbers") {
  for (const char* formula : {"=1+1", "+1 2", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1",
                              "＋a", "－a", "＠a", "=cmd|' /C calc'!A0"}) {
    CHECK(spreadsheet_safe(formula) == "'" + std::string(formula));
  }
  for (const char* text : {"", "a=1", "-5", "+3.5", "-1e3", "'=1", "许达哲", " =1"}) {
    CHECK(spreadsheet_safe(text) == text);
  }
}

}  // namespace
}  // namespace cadre
