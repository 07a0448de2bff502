#include "cadre/text/spellings.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "cadre/text/fold.hpp"
#include "cadre/text/utf8.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

using Spellings = std::vector<std::string>;

TEST_CASE("a word is spelled in Simplified and Traditional characters, and a mixture of both") {
  CHECK(spellings_of_piece("航天", 64) == Spellings{"航天"});
  CHECK(spellings_of_piece("机械", 64) == Spellings{"机械", "機械"});
  CHECK(spellings_of_piece("机械", 2).size() == 2);
  CHECK(spellings_of_piece("机械", 1) == Spellings{"械"});
  Spellings written = spellings_of_piece("发电", 64);
  REQUIRE(!written.empty());
  CHECK(written.front() == "发电");
  std::sort(written.begin(), written.end());
  CHECK(written == Spellings{"发电", "发電", "發电", "發電", "髮电", "髮電"});
}

TEST_CASE("of a word of several kinds of characters the longest piece is spelled") {
  CHECK(spellings_of_piece("geophysic", 64) == Spellings{"geophysic"});
  CHECK(spellings_of_piece("launch vehicle", 64) == Spellings{"vehicle"});
  CHECK(spellings_of_piece("航天5院", 64) == Spellings{"航天"});
  CHECK(spellings_of_piece("it航天", 64) == Spellings{"航天"});
  CHECK(spellings_of_piece("c++", 64) == Spellings{"c"});
  CHECK(spellings_of_piece("résumé", 64) == Spellings{"sum"});
  CHECK(spellings_of_piece("", 64).empty());
  CHECK(spellings_of_piece("の", 64).empty());
  CHECK(spellings_of_piece("инженер", 64).empty());
}

TEST_CASE("what folds to a letter is a spelling of it or a stand-in") {
  std::size_t spelled = 0, stand_ins = 0, vanishing = 0;
  std::vector<std::uint32_t> wrong;
  for (char32_t c = 0x80; c <= 0x10FFFF; ++c) {
    if (c == 0xD800) c = 0xE000;
    std::string source;
    append_utf8(c, source);
    const std::string folded = fold(source);
    bool letters = false;
    for (std::size_t at = 0; at < folded.size();) {
      const char32_t to = next_code_point(folded, at);
      letters = is_plain_han(to) || (to < 0x80 && joins_words(to)) || letters;
    }
    if (is_plain_han(c)) {
      // What folds to something beyond these characters is in no piece.
      const Spellings all = spellings_of_piece(folded, 64);
      const bool found = !letters || std::find(all.begin(), all.end(), source) != all.end();
      if (!found || is_stand_in(c)) wrong.push_back(c);
      spelled += all.size() > 1 ? 1 : 0;
    } else {
      // Combining accents vanish behind a letter that loses them.
      const bool accent = u_getCombiningClass(static_cast<UChar32>(c)) != 0;
      if (is_stand_in(c) != (letters || folded.empty() || accent)) wrong.push_back(c);
      stand_ins += letters ? 1 : 0;
      vanishing += folded.empty() ? 1 : 0;
    }
  }
  CHECK(wrong.empty());
  CHECK(spelled > 3000);
  CHECK(stand_ins > 2000);
  CHECK(vanishing > 300);
  CHECK_FALSE(is_stand_in('a'));
  CHECK_FALSE(is_stand_in(U'，'));
}

TEST_CASE("a text that folds to one with a word in it holds a spelling or a stand-in") {
  const std::vector<std::string> parts = {
      "机", "機",     "发", "發",     "a",      "K", "9",       "é",     "e\u0301",
      " ",  "-",      "　", "\u200B", "\u212A", "ﬁ", "㈱",      "⼯",    "Ｋ",
      "の", "\u0323", "İ",  "，",     "ß",      "ø", "q\u0302", "⻓",    "长",
      "研", "硏",     "着", "著",     "’",      "'", "\uFEFF",  "\u3000"};
  std::mt19937 random(7);
  const auto text = [&](std::size_t most) {
    std::string all;
    for (std::size_t i = 0, count = 1 + random() % most; i < count; ++i) {
      all += parts[random() % parts.size()];
    }
    return all;
  };
  std::size_t held = 0;
  for (int round = 0; round < 60'000; ++round) {
    const Folding folding{round % 2 == 0 ? Blanks::kDropped : Blanks::kKept};
    const std::string word = fold(text(3), folding);
    const std::string source = text(6);
    const Spellings spellings = spellings_of_piece(word, round % 5 == 0 ? 2 : 64);
    if (spellings.empty() || fold(source, folding).find(word) == std::string::npos) continue;
    ++held;
    std::string lower = source;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    bool found = std::any_of(spellings.begin(), spellings.end(), [&](const std::string& one) {
      return lower.find(one) != std::string::npos;
    });
    for (std::size_t at = 0; at < source.size() && !found;) {
      found = is_stand_in(next_code_point(source, at));
    }
    // Blanks that folding drops are for whoever searches to see.
    found = found || fold(source, {Blanks::kKept}) != fold(source, folding);
    CAPTURE(word, source);
    CHECK(found);
  }
  CHECK(held > 500);
}

}  // namespace
}  // namespace cadre
