#include "cadre/base/source.hpp"

#include <string>

#include "tests/catch.hpp"

namespace cadre {
namespace {

/// The place of the bytes [begin, end) of a file with this text.
Place place(std::string text, std::uint32_t begin, std::uint32_t end) {
  Sources sources;
  const std::uint32_t file = sources.add("rules/a.yaml", std::move(text));
  return sources.place({file, begin, end});
}

TEST_CASE("a place has the line, the columns and the text of the line") {
  const Place p = place("a: 1\nlabel: x\nb: 2\n", 12, 13);
  CHECK(p.path == "rules/a.yaml");
  CHECK(p.line == 2);
  CHECK(p.column == 8);
  CHECK(p.end_column == 9);
  CHECK(p.excerpt == "label: x");
}

TEST_CASE("columns count code points") {
  const Place p = place("zh: [航天, 𝒜b]\n", 13, 18);
  CHECK(p.column == 10);
  CHECK(p.end_column == 12);
  CHECK(p.excerpt == "zh: [航天, 𝒜b]");
}

TEST_CASE("an offset inside a code point stands for that code point") {
  CHECK(place("航天", 1, 3).column == 1);
  CHECK(place("航天", 4, 6).column == 2);
}

TEST_CASE("carriage returns are part of the line's end") {
  const Place p = place("a: 1\r\nb: 2\r\n", 9, 10);
  CHECK(p.line == 2);
  CHECK(p.column == 4);
  CHECK(p.excerpt == "b: 2");
  CHECK(place("a: 1\r\nb: 2\r\n", 3, 12).end_column == 5);
}

TEST_CASE("a range over several lines is cut at the end of the first") {
  const Place p = place("ab\ncd\nef", 1, 8);
  CHECK(p.line == 1);
  CHECK(p.column == 2);
  CHECK(p.end_column == 3);
}

TEST_CASE("places at the end of a file") {
  SECTION("without a last newline") {
    const Place p = place("ab\ncd", 5, 5);
    CHECK(p.line == 2);
    CHECK(p.column == 3);
    CHECK(p.end_column == 3);
    CHECK(p.excerpt == "cd");
  }
  SECTION("after the last newline") {
    const Place p = place("ab\n", 3, 3);
    CHECK(p.line == 2);
    CHECK(p.column == 1);
    CHECK(p.excerpt.empty());
  }
  SECTION("on a newline") {
    const Place p = place("ab\ncd", 2, 3);
    CHECK(p.line == 1);
    CHECK(p.column == 3);
    CHECK(p.end_column == 3);
  }
  SECTION("past the end") {
    const Place p = place("ab\ncd", 90, 99);
    CHECK(p.line == 2);
    CHECK(p.column == 3);
    CHECK(p.end_column == 3);
  }
  SECTION("in an empty file") {
    const Place p = place("", 0, 0);
    CHECK(p.line == 1);
    CHECK(p.column == 1);
    CHECK(p.excerpt.empty());
  }
  SECTION("with the end before the begin") {
    const Place p = place("abcdef", 4, 2);
    CHECK(p.column == 5);
    CHECK(p.end_column == 5);
  }
}

TEST_CASE("a byte order mark is no column") {
  const std::string text = "\xEF\xBB\xBFkey: 1\n";
  const Place p = place(text, 3, 6);
  CHECK(p.line == 1);
  CHECK(p.column == 1);
  CHECK(p.end_column == 4);
  CHECK(p.excerpt == "key: 1");
  CHECK(place(text, 0, 3).line == 1);
  CHECK(place(text, 0, 3).column == 1);
}

TEST_CASE("bytes that are not UTF-8 have places too") {
  SECTION("in the middle") {
    const Place p = place("ab\xFF\xFE cd", 3, 4);
    CHECK(p.column == 4);
    CHECK(p.end_column == 5);
    CHECK(p.excerpt == "ab\uFFFD\uFFFD cd");
  }
  SECTION("cut off at the end of the file") {
    const Place p = place("ab\xE8\x88", 2, 4);
    CHECK(p.column == 3);
    CHECK(p.end_column == 4);
    CHECK(p.excerpt == "ab\uFFFD");
  }
  SECTION("cut off at the end of a line") {
    const Place p = place("ab\xE8\x88\ncd", 2, 4);
    CHECK(p.excerpt == "ab\uFFFD");
    CHECK(p.end_column == 4);
  }
}

TEST_CASE("lines and several files") {
  Sources sources;
  CHECK(sources.size() == 0);
  const std::uint32_t first = sources.add("a.yaml", "x\ny\n");
  const std::uint32_t second = sources.add("b.yaml", "\n\n");
  CHECK(sources.size() == 2);
  CHECK(sources.text(first) == "x\ny\n");
  CHECK(sources.path(second) == "b.yaml");
  CHECK(sources.line(first, 0) == 1);
  CHECK(sources.line(first, 1) == 1);
  CHECK(sources.line(first, 2) == 2);
  CHECK(sources.line(second, 1) == 2);
  CHECK(sources.path_and_line({first, 2, 3}) == "a.yaml:2");
  CHECK(sources.path_and_line({second, 2, 2}) == "b.yaml:3");
}

TEST_CASE("an unknown range has no place") {
  const Sources sources;
  CHECK_FALSE(Range{}.known());
  CHECK(sources.path_and_line(Range{}).empty());
  CHECK(sources.place(Range{}).line == 0);
  CHECK(sources.place(Range{}).path.empty());
}

}  // namespace
}  // namespace cadre
