// Dates as biographies write them.
#include "cadre/import/written_date.hpp"

#include <string>
#include <utility>

#include "tests/catch.hpp"

namespace cadre {
namespace {

std::string read(std::string_view text, const std::optional<Date>& before = {}) {
  const auto date = read_written_date(text, before);
  return date ? date->text() : "none";
}

TEST_CASE("written dates: every form") {
  const std::pair<std::string, std::string> kForms[] = {
      {"1978", "1978"},
      {"1978.09", "1978-09"},
      {"1978.9", "1978-09"},
      {"1978-09-01", "1978-09-01"},
      {"1978/9", "1978-09"},
      {"197809", "1978-09"},
      {"1978年", "1978"},
      {"1978年9月", "1978-09"},
      {"1978年9月1日", "1978-09-01"},
      {"1978年09", "1978-09"},
      {"1978年底", "1978"},
      {"一九七八年十二月", "1978-12"},
      {"一九七八年十月", "1978-10"},
      {"二〇〇三年一月二十日", "2003-01-20"},
      {"September 1978", "1978-09"},
      {"Sept. 1978", "1978-09"},
      {"1 September 1978", "1978-09-01"},
      {"September 1, 1978", "1978-09-01"},
      {"early 1978", "1978"},
  };
  for (const auto& [text, date] : kForms) {
    INFO(text);
    CHECK(read(text) == date);
  }
}

TEST_CASE("written dates: what is left to the date before") {
  const auto before = Date::parse("1998-03");
  CHECK(read("同年10月", before) == "1998-10");
  CHECK(read("次年2月", before) == "1999-02");
  CHECK(read("7月", before) == "1998-07");
  CHECK(read("July", before) == "1998-07");
  CHECK(read("82", Date::parse("1978")) == "1982");
  CHECK(read("02", Date::parse("1998")) == "1998-02");
  CHECK(read("02年3月", Date::parse("1998")) == "2002-03");  // the century turns
  CHECK(read("7月") == "none");
}

TEST_CASE("written dates: what the calendar does not have") {
  CHECK(read("1978.13") == "none");
  CHECK(read("1978年2月30日") == "none");
  CHECK(read("1492") == "none");
  CHECK(read("") == "none");
  CHECK(read("99999999999999999999") == "none");
}

}  // namespace
}  // namespace cadre
