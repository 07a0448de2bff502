#include "cadre/base/number.hpp"

#include "tests/catch.hpp"

namespace cadre {
namespace {

TEST_CASE("numbers as people write them") {
  CHECK(parse_number("12") == 12.0);
  CHECK(parse_number("-3.5") == -3.5);
  CHECK(parse_number("+3.5") == 3.5);
  CHECK(parse_number(".5") == 0.5);
  CHECK(parse_number("007") == 7.0);
  CHECK(parse_number("1e3") == 1000.0);
}

TEST_CASE("what is no number") {
  for (const char* text : {"", "+", "-", "+-1", "++1", " 1", "1 ", "1,5", "0x10", "12a", "inf",
                           "-inf", "Infinity", "nan", "NaN", "1e999", "１"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_number(text));
  }
}

}  // namespace
}  // namespace cadre
