#include "cadre/text/utf8.hpp"

#include <string>
#include <vector>

#include "tests/catch.hpp"

namespace cadre {
namespace {

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> out;
  for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
  return out;
}

TEST_CASE("valid UTF-8 has no invalid byte") {
  for (const std::string& text :
       {std::string(), std::string("plain\n\x7F"), std::string("a\0b", 3), std::string("é航𝒜"),
        std::string("\xC2\x80"), std::string("\xDF\xBF"), std::string("\xE0\xA0\x80"),
        std::string("\xED\x9F\xBF"), std::string("\xEE\x80\x80"), std::string("\xEF\xBF\xBF"),
        std::string("\xF0\x90\x80\x80"), std::string("\xF4\x8F\xBF\xBF")}) {
    CAPTURE(text);
    CHECK_FALSE(find_invalid_utf8(text));
  }
}

TEST_CASE("the first invalid byte is found") {
  struct Row {
    const char* what;
    std::string text;
    std::size_t offset;
  };
  const Row rows[] = {
      {"a continuation byte alone", "ab\x80", 2},
      {"two bytes cut off", "ab\xC3", 2},
      {"three bytes cut off", "ab\xE8\x88", 2},
      {"four bytes cut off", "ab\xF0\x9D\x92", 2},
      {"cut off by ASCII", "\xE8\x88z", 0},
      {"overlong slash", "a\xC0\xAF", 1},
      {"overlong in three bytes", "\xE0\x9F\xBF", 0},
      {"overlong in four bytes", "\xF0\x8F\xBF\xBF", 0},
      {"the first surrogate", "\xED\xA0\x80", 0},
      {"the last surrogate", "\xED\xBF\xBF", 0},
      {"above U+10FFFF", "\xF4\x90\x80\x80", 0},
      {"far above", "\xF5\x80\x80\x80", 0},
      {"no lead byte", "航\xFE", 3},
      {"no lead byte either", "航\xFF天", 3},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const auto found = find_invalid_utf8(row.text);
    REQUIRE(found);
    CHECK(*found == row.offset);
  }
}

TEST_CASE("code points are read and written") {
  const std::string text = "aé航𝒜\x7F";
  const std::vector<char32_t> expected = {U'a', U'é', U'航', U'𝒜', 0x7F};
  CHECK(code_points(text) == expected);
  CHECK(count_code_points(text) == 5);
  std::string out;
  for (const char32_t c : expected) append_utf8(c, out);
  CHECK(out == text);

  for (const char32_t c :
       {U'\0', U'\x7F', U'\x80', U'\u07FF', U'\u0800', U'\uFFFF', U'\U00010000', U'\U0010FFFF'}) {
    std::string one;
    append_utf8(c, one);
    CHECK(code_points(one) == std::vector<char32_t>{c});
  }
}

TEST_CASE("ill-formed bytes read as U+FFFD and never past the end") {
  constexpr char32_t kBad = kReplacementCharacter;
  CHECK(code_points("a\xFFz") == std::vector<char32_t>{U'a', kBad, U'z'});
  CHECK(code_points("\xE8\x88z") == std::vector<char32_t>{kBad, U'z'});
  CHECK(code_points(std::string_view("航天").substr(0, 5)) == std::vector<char32_t>{U'航', kBad});
  CHECK(count_code_points("\x80\x80") == 2);
}

TEST_CASE("display width") {
  struct Row {
    const char* text;
    std::size_t columns;
  };
  const Row rows[] = {
      {"", 0},
      {"abc", 3},
      {"a\tb\n\x7F", 2},
      {"é", 1},
      {"e\u0301", 1},             // a combining accent
      {"航天", 4},                //
      {"ＩＴ", 4},                // full width
      {"ﾊﾝ", 2},                  // half width
      {"。、（", 6},              //
      {"한국", 4},                //
      {"\u1112\u1161\u11ab", 2},  // the same as conjoining letters: 한
      {"𠀀", 2},
      {"🚀", 2},
      {"a\u200Bb\u200D", 2},  // zero width space and joiner
      {"·—", 2},              // ambiguous characters are narrow
      {"\u0085", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(display_width(row.text) == row.columns);
  }
}

TEST_CASE("lower case is of the letters of ASCII alone") {
  CHECK(ascii_lower_case("@AZ[ az ÀÉ 中") == "@az[ az ÀÉ 中");
  CHECK(ascii_lower_case("").empty());
}

}  // namespace
}  // namespace cadre
