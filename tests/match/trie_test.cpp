#include "cadre/match/trie.hpp"

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.hpp"

namespace cadre {
namespace {

using Found = std::vector<std::pair<std::uint32_t, std::size_t>>;  // word and end

Found find_at(const Trie& trie, std::string_view text, std::size_t begin) {
  Found found;
  trie.find_at(text, begin,
               [&](std::uint32_t word, std::size_t end) { found.emplace_back(word, end); });
  return found;
}

TEST_CASE("all words that begin at a place are found, the shortest first") {
  const std::vector<std::string_view> words = {"a", "ab", "abcd", "b", "航", "航天"};
  const Trie trie(words);
  CHECK(find_at(trie, "abcd", 0) == Found{{0, 1}, {1, 2}, {2, 4}});
  CHECK(find_at(trie, "abcx", 0) == Found{{0, 1}, {1, 2}});
  CHECK(find_at(trie, "abc", 1) == Found{{3, 2}});
  CHECK(find_at(trie, "x航天", 1) == Found{{4, 4}, {5, 7}});
  CHECK(find_at(trie, "航空", 0) == Found{{4, 3}});
  CHECK(find_at(trie, "xyz", 0).empty());
  CHECK(find_at(trie, "", 0).empty());
  CHECK(find_at(trie, "a", 1).empty());
}

TEST_CASE("a trie of no words finds none") {
  CHECK(find_at(Trie(), "abc", 0).empty());
  CHECK(find_at(Trie(std::vector<std::string_view>{}), "abc", 0).empty());
}

TEST_CASE("all bytes can be part of words") {
  std::set<std::string> sorted;
  for (int first = 0; first < 256; ++first) {
    sorted.insert({static_cast<char>(first)});
    sorted.insert({static_cast<char>(first), static_cast<char>(255 - first)});
  }
  const std::vector<std::string_view> words(sorted.begin(), sorted.end());
  const Trie trie(words);
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const Found found = find_at(trie, words[i], 0);
    REQUIRE_FALSE(found.empty());
    REQUIRE(found.back() == std::pair(i, words[i].size()));
  }
}

TEST_CASE("random words are found where they stand, and nowhere else") {
  std::mt19937 random(7);
  const auto random_text = [&](std::size_t longest) {
    std::string text(std::uniform_int_distribution<std::size_t>(1, longest)(random), ' ');
    for (char& c : text) c = "ab\xE8\x88"[std::uniform_int_distribution<int>(0, 3)(random)];
    return text;
  };
  std::size_t hits = 0;
  for (int round = 0; round < 200; ++round) {
    std::set<std::string> sorted;
    for (int i = 0; i < 60; ++i) sorted.insert(random_text(6));
    const std::vector<std::string_view> words(sorted.begin(), sorted.end());
    const Trie trie(words);
    const std::string text = random_text(40);
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
      Found expected;
      for (std::uint32_t i = 0; i < words.size(); ++i) {
        if (std::string_view(text).substr(begin).starts_with(words[i])) {
          expected.emplace_back(i, begin + words[i].size());
        }
      }
      REQUIRE(find_at(trie, text, begin) == expected);
      hits += expected.size();
    }
  }
  CHECK(hits > 1000);
}

}  // namespace
}  // namespace cadre
