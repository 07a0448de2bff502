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

TEST_CASE("a number reads as a number, with two decimals where they say something") {
  CHECK(number_text(5) == "5");
  CHECK(number_text(-0.0) == "0");
  CHECK(number_text(2.5) == "2.5");
  CHECK(number_text(33.333333) == "33.33");
  CHECK(number_text(0.004) == "0.004");
  CHECK(number_text(5.001) == "5.001");
  CHECK(number_text(-0.001) == "-0.001");
  CHECK(number_text(0.0000047) == "0.000005");
  CHECK(number_text(1e-12) == "1e-12");
  CHECK(number_text(2.9999999999) == "3");
  CHECK(number_text(99.999) == "99.999");
  CHECK(number_text(1e15) == "1000000000000000");
}

}  // namespace
}  // namespace cadre
