#include "cadre/match/literal_set.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.hpp"

namespace cadre {
namespace {

using Where = LiteralSet::Where;
using Found = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // word and begin, sorted

Found find(const std::vector<std::string_view>& words, std::string_view text,
           Where where = Where::kWordStarts) {
  LiteralSet::Scratch scratch;
  std::vector<LiteralSet::Hit> hits;
  LiteralSet(words, where).find(text, scratch, hits);
  Found found;
  for (const LiteralSet::Hit& hit : hits) found.emplace_back(hit.word, hit.begin);
  std::sort(found.begin(), found.end());
  return found;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

Found find_slowly(const std::vector<std::string_view>& words, std::string_view text, Where where) {
  Found found;
  for (std::uint32_t word = 0; word < words.size(); ++word) {
    for (std::size_t at = text.find(words[word]); at != std::string_view::npos;
         at = text.find(words[word], at + 1)) {
      const bool inside = at > 0 && is_word_byte(text[at]) && is_word_byte(text[at - 1]);
      if (inside && where == Where::kWordStarts) continue;
      found.emplace_back(word, static_cast<std::uint32_t>(at));
    }
  }
  return found;
}

TEST_CASE("a set of literals finds each word wherever it stands") {
  CHECK(find({"航天", "航天部", "天"}, "航天部天") == Found{{0, 0}, {1, 0}, {2, 3}, {2, 9}});
  CHECK(find({"coal mine"}, "a coal mine, coal mines") == Found{{0, 2}, {0, 13}});
  CHECK(find({"coal"}, "charcoal coal") == Found{{0, 9}});
  CHECK(find({"coal"}, "charcoal coal", Where::kAnywhere) == Found{{0, 4}, {0, 9}});
  CHECK(find({"a", "(a)", "+"}, "(a)+a") == Found{{0, 1}, {0, 4}, {1, 0}, {2, 3}});
  CHECK(find({"a"}, "").empty());
  CHECK(find({}, "a").empty());
}

TEST_CASE("a word does not reach over the end of a text") {
  const std::string_view text = "航天部第一研究院";
  for (std::size_t length = 3; length < text.size(); length += 3) {
    const Found found = find({"航天部第一研究院"}, text.substr(0, length));
    CHECK(found.empty());
  }
  CHECK(find({"航天部第一研究院"}, text).size() == 1);
}

TEST_CASE("random words are found where they stand, and nowhere else") {
  std::mt19937 random(7);
  const std::vector<std::string> letters = {"a", "b", "0", " ", "é", "航", "天", "𠀀", "."};
  const auto number = [&](std::size_t low, std::size_t high) {
    return std::uniform_int_distribution<std::size_t>(low, high)(random);
  };
  const auto random_text = [&](std::size_t longest) {
    std::string text;
    for (std::size_t i = number(1, longest); i > 0; --i) {
      text += letters[number(0, letters.size() - 1)];
    }
    return text;
  };
  std::size_t hits = 0;
  for (int round = 0; round < 300; ++round) {
    std::set<std::string> different;
    for (std::size_t i = number(1, 200); i > 0; --i) different.insert(random_text(1 + i % 12));
    const std::vector<std::string_view> words(different.begin(), different.end());
    // Some texts are longer than what is looked at at once.
    const std::string text = random_text(round % 20 == 0 ? 6000 : 150);
    for (const Where where : {Where::kWordStarts, Where::kAnywhere}) {
      const Found found = find(words, text, where);
      REQUIRE(found == find_slowly(words, text, where));
      hits += found.size();
    }
  }
  CHECK(hits > 10'000);
}

TEST_CASE("hits never go back by more than a stride and a word") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += i % 7 == 0 ? "航天部" : "a 天";
  LiteralSet::Scratch scratch;
  std::vector<LiteralSet::Hit> hits;
  const std::vector<std::string_view> words = {"a", "天", "航天部"};
  LiteralSet(words).find(text, scratch, hits);
  std::uint32_t farthest = 0;
  for (const LiteralSet::Hit& hit : hits) {
    REQUIRE(hit.begin + LiteralSet::kStride + 9 > farthest);
    farthest = std::max(farthest, hit.begin);
  }
  CHECK(farthest > LiteralSet::kStride * 3);
}

}  // namespace
}  // namespace cadre
