#include "cadre/data/text_file.hpp"

#include <string>

#include "tests/catch.hpp"

namespace cadre {
namespace {

TEST_CASE("text file: places have line, columns in code points, and the line") {
  const std::string text = "id,name\r\n1,许达哲\r\n2,x\r\n";
  const TextFile file("people.csv", text);
  const Place place = file.place(text.find("许"), text.find("\r\n2"));
  CHECK(place.path == "people.csv");
  CHECK(place.line == 2);
  CHECK(place.column == 3);
  CHECK(place.end_column == 6);
  CHECK(place.excerpt == "1,许达哲");
  CHECK(place.excerpt_column == 1);
}

TEST_CASE("text file: places may be asked for in any order") {
  const std::string text = "a\nb\nc\nd\n";
  const TextFile file("x", text);
  for (const int line : {4, 1, 3, 3, 2, 1, 4}) {
    CAPTURE(line);
    const auto at = static_cast<std::size_t>(2 * (line - 1));
    CHECK(file.place(at, at + 1).line == static_cast<std::uint32_t>(line));
    CHECK(file.place(at, at + 1).excerpt == text.substr(at, 1));
  }
}

TEST_CASE("text file: the first line may have another number, and a byte order mark no column") {
  const TextFile file("x",
                      "\xEF\xBB\xBF"
                      "ab\ncd",
                      7);
  CHECK(file.place(4, 5).line == 7);
  CHECK(file.place(4, 5).column == 2);
  CHECK(file.place(0, 1).column == 1);
  CHECK(file.place(6, 7).line == 8);
}

TEST_CASE("text file: a range is cut at the end of its first line") {
  const Place place = TextFile("x", "a \"b\nc\" d\n").place(2, 7);
  CHECK(place.line == 1);
  CHECK(place.column == 3);
  CHECK(place.end_column == 5);
}

TEST_CASE("text file: the end of a line belongs to that line") {
  const Place place = TextFile("x", "ab\ncd\n").place(2, 3);
  CHECK(place.line == 1);
  CHECK(place.column == 3);
  CHECK(place.excerpt == "ab");
}

TEST_CASE("text file: the end of the text is a place") {
  const Place place = TextFile("x", "abc").place(3, 4);
  CHECK(place.line == 1);
  CHECK(place.column == 4);
  CHECK(place.end_column == 4);
  CHECK(TextFile("x", "abc\n").place(4, 4).line == 2);
}

TEST_CASE("text file: of a long line only the part around the mistake is quoted") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "年";
  text += "X";
  for (int i = 0; i < 1000; ++i) text += "月";
  const Place place = TextFile("x", text).place(3000, 3001);
  CHECK(place.column == 1001);
  CHECK(place.end_column == 1002);
  CHECK(place.excerpt_column == 942);
  const std::string before(place.excerpt, 0, std::size_t{3} * (1001 - 942));
  CHECK(before.find_first_not_of("年") == std::string::npos);
  CHECK(place.excerpt.at(before.size()) == 'X');
  CHECK(place.excerpt.size() == std::size_t{3} * 239 + 1);

  CHECK(TextFile("x", text).place(0, 3).excerpt_column == 1);
  CHECK(TextFile("x", text).place(6000, 6003).excerpt_column == 2001 - 240 + 1);
}

TEST_CASE("text file: values are quoted without controls and cut when they are long") {
  CHECK(quotable("a\tb\nc") == "a b c");
  CHECK(quotable("a\xFF"
                 "b") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(quotable(std::string(61, 'x'), 60) == std::string(60, 'x') + "…");
  CHECK(quotable(std::string(60, 'x'), 60) == std::string(60, 'x'));
}

}  // namespace
}  // namespace cadre
