#include "cadre/text/han_variants.hpp"

#include <string>
#include <utility>

#include "cadre/text/fold.hpp"
#include "cadre/text/utf8.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

TEST_CASE("Traditional characters become Simplified ones") {
  const std::u32string traditional = U"機國學業電後發髮麵裏裡線綫於臺灣龍龜纔乾薴";
  const std::u32string expected = U"机国学业电后发发面里里线线于台湾龙龟才干苎";
  REQUIRE(traditional.size() == expected.size());
  for (std::size_t i = 0; i < traditional.size(); ++i) {
    CAPTURE(i);
    CHECK(simplified(traditional[i]) == expected[i]);
  }
}

TEST_CASE("variants become the form that is standard in China") {
  const std::u32string variants = U"硏塲祕衞粧敍菓舘擧髙黒兪峯裡鷄⻓⻋⽉⽣⺝㇐⾭靑淸顚";
  const std::u32string expected = U"研场秘卫妆叙果馆举高黑俞峰里鸡长车月生月一青青清颠";
  REQUIRE(variants.size() == expected.size());
  for (std::size_t i = 0; i < variants.size(); ++i) {
    CAPTURE(i);
    CHECK(simplified(variants[i]) == expected[i]);
  }
}

TEST_CASE("characters that China writes in different words stay apart") {
  for (const char32_t c : U"着著托讬妳你她他牠") {
    if (c == 0) continue;
    CAPTURE(static_cast<std::uint32_t>(c));
    CHECK(simplified(c) == c);
  }
}

TEST_CASE("other characters stay") {
  for (const char32_t c : U"a航天机のé\U0010FFFF") CHECK(simplified(c) == c);
}

TEST_CASE("the table is sorted, final and made of folded characters") {
  std::size_t changed = 0;
  char32_t last_changed = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const char32_t to = simplified(c);
    if (to == c) continue;
    ++changed;
    last_changed = c;
    CAPTURE(static_cast<std::uint32_t>(c), static_cast<std::uint32_t>(to));
    CHECK(simplified(to) == to);
    std::string source, target;
    append_utf8(c, source);
    append_utf8(to, target);
    CHECK(fold(target) == target);
    CHECK(fold(source) == target);
  }
  // An unsorted table would hide entries from the search.
  CHECK(changed > 4000);
  CHECK(last_changed > 0x20000);
}

}  // namespace
}  // namespace cadre
