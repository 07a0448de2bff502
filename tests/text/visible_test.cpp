#include "cadre/text/visible.hpp"

#include <string>

#include "cadre/text/utf8.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

TEST_CASE("visible: what a terminal obeys is written as its number") {
  CHECK(visible("a\x1b[31mb\a") == "a\\u001b[31mb\\u0007");
  CHECK(visible("over\rwritten") == "over\\u000dwritten");
  CHECK(visible("\x7f") == "\\u007f");
  CHECK(visible("\u009b31m") == "\\u009b31m");
  CHECK(visible("\u202egnp.exe\u202c") == "\\u202egnp.exe\\u202c");
  CHECK(visible(std::string("a\0b", 3)) == "a\\u0000b");
}

TEST_CASE("visible: text is as it was, tabs and line feeds too") {
  const std::string text = "许达哲\tnaïve\n\u3000😀\ufffd \\u001b";
  CHECK(visible(text) == text);
}

TEST_CASE("visible: bytes that are not UTF-8 are written as bytes") {
  CHECK(visible("a\xff\x9b") == "a\\xff\\x9b");
  CHECK(visible("\xe8\xae") == "\\xe8\\xae");
}

TEST_CASE("visible: no control is left of any character, and a second time changes nothing") {
  for (char32_t c = 0; c < 0x3000; ++c) {
    std::string text = "a";
    append_utf8(c, text);
    const std::string shown = visible(text);
    CAPTURE(static_cast<unsigned>(c));
    for (std::size_t at = 0; at < shown.size();)
      REQUIRE_FALSE(is_control(next_code_point(shown, at)));
    REQUIRE(visible(shown) == shown);
    REQUIRE((shown == text) == !is_control(c));
  }
}

}  // namespace
}  // namespace cadre
