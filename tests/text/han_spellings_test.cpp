#include "cadre/text/han_spellings.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "cadre/text/fold.hpp"
#include "cadre/text/utf8.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

using Spellings = std::vector<std::string>;

TEST_CASE("a word is spelled in Simplified and Traditional characters, and a mixture of both") {
  CHECK(han_spellings("航天", 64) == Spellings{"航天"});
  CHECK(han_spellings("机械", 64) == Spellings{"机械", "機械"});
  Spellings written = han_spellings("发电", 64);
  REQUIRE(!written.empty());
  CHECK(written.front() == "发电");
  std::sort(written.begin(), written.end());
  CHECK(written == Spellings{"发电", "发電", "發电", "發電", "髮电", "髮電"});
}

TEST_CASE("words of other characters, and those of too many spellings, are not spelled") {
  CHECK(han_spellings("", 64).empty());
  CHECK(han_spellings("it", 64).empty());
  CHECK(han_spellings("航天it", 64).empty());
  CHECK(han_spellings("航 天", 64).empty());
  CHECK(han_spellings("の", 64).empty());
  CHECK(han_spellings("机械", 1).empty());
  CHECK(han_spellings("机械", 2).size() == 2);
}

TEST_CASE("a character that folds to Han is a spelling of it, or one that stands in for it") {
  std::size_t spelled = 0, stand_ins = 0, vanishing = 0;
  std::vector<std::uint32_t> wrong;
  for (char32_t c = 0x80; c <= 0x10FFFF; ++c) {
    if (c == 0xD800) c = 0xE000;
    std::string source;
    append_utf8(c, source);
    const std::string folded = fold(source);
    bool has_han = false;
    for (std::size_t at = 0; at < folded.size();) {
      has_han = is_plain_han(next_code_point(folded, at)) || has_han;
    }
    if (is_plain_han(c)) {
      const Spellings all = han_spellings(folded, 64);
      // What folds to something beyond these characters is no word of theirs.
      const bool found = !has_han || std::find(all.begin(), all.end(), source) != all.end();
      if (!found || stands_in_for_han(c)) wrong.push_back(c);
      spelled += all.size() > 1 ? 1 : 0;
    } else {
      if (stands_in_for_han(c) != (has_han || folded.empty())) wrong.push_back(c);
      stand_ins += has_han ? 1 : 0;
      vanishing += folded.empty() ? 1 : 0;
    }
  }
  CHECK(wrong.empty());
  CHECK(spelled > 3000);
  CHECK(stand_ins > 1000);
  CHECK(vanishing > 300);
  CHECK_FALSE(stands_in_for_han('a'));
}

}  // namespace
}  // namespace cadre
