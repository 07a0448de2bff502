#include "cadre/match/few_words.hpp"

#include <algorithm>
#include <cctype>
#include <random>

#include "tests/catch.hpp"

namespace cadre {
namespace {

using Places = std::vector<std::size_t>;

Places places(const std::vector<std::string>& words, std::string_view text) {
  Places found;
  FewWords(words).find(text, found);
  std::sort(found.begin(), found.end());
  return found;
}

bool is_alphanumeric(char c) {
  return static_cast<unsigned char>(c) < 0x80 && std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// The same, by looking everywhere.
Places slow_places(const std::vector<std::string>& words, std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (static_cast<unsigned char>(c) < 0x80) {
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  Places found;
  for (const std::string& word : words) {
    for (std::size_t at = lower.find(word); at != std::string::npos;
         at = lower.find(word, at + 1)) {
      const bool inside = at > 0 && is_alphanumeric(lower[at - 1]) && is_alphanumeric(word.front());
      if (!inside) found.push_back(at);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST_CASE("few words: in any case, and not inside of an ASCII word") {
  CHECK(places({"geo"}, "geology GEOLOGY Geo biogeology geo") == Places{0, 8, 16, 31});
  CHECK(places({"航天", "导弹"}, "航天部导弹x航天") == Places{0, 9, 16});
  CHECK(places({"2"}, "2 12 2") == Places{0, 5});
  CHECK(places({"天"}, "a天").size() == 1);  // beyond ASCII nothing is inside of a word
}

TEST_CASE("few words: at both ends of a text, and in texts shorter than a word") {
  for (const char* text : {"", "f", "nz", "fin"}) CHECK(places({"finz"}, text).empty());
  CHECK(places({"finz"}, "finz") == Places{0});
  CHECK(places({"zin"}, "z in zin") == Places{5});
  CHECK(places({"inz"}, "zzzinz inz") == Places{7});
  CHECK(places({}, "anything").empty());
}

TEST_CASE("few words: overlapping places are all found") {
  CHECK(places({"天天"}, "天天天天") == Places{0, 3, 6});
}

TEST_CASE("few words: what looking everywhere finds, whichever byte is rarest") {
  std::mt19937 random(7);
  const std::vector<std::string> parts = {"a", "B", "z", " ", "7", "天", "夫", "航", "é"};
  const auto text = [&](std::size_t most) {
    std::string one;
    const std::size_t count = 1 + random() % most;
    for (std::size_t i = 0; i < count; ++i) one += parts[random() % parts.size()];
    return one;
  };
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < 1 + random() % 6; ++i) {
      std::string word = text(3);
      std::replace(word.begin(), word.end(), 'B', 'b');
      if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
    }
    // Longer than what tells which bytes are rare.
    const std::string all = text(round % 10 == 0 ? 9000 : 60);
    CAPTURE(round, words, all.substr(0, 200));
    const Places some = places(words, all);
    CHECK(some == slow_places(words, all));
    found += some.size();
  }
  CHECK(found > 10'000);
}

}  // namespace
}  // namespace cadre
