#include "cadre/base/seeded_hash.hpp"

#include <set>
#include <string>
#include <unordered_map>

#include "catch.hpp"

namespace cadre {
namespace {

TEST_CASE("The seeded hash of a text is the same wherever the text lies") {
  const std::string first = "a text that is longer than eight bytes";
  const std::string second = "x" + first;
  CHECK(SeededHash()(first) == SeededHash()(std::string_view(second).substr(1)));
}

TEST_CASE("The seeded hash tells texts apart that differ in a byte or in their length") {
  std::set<std::size_t> hashes;
  std::string text;
  for (int length = 0; length < 40; ++length) {
    hashes.insert(SeededHash()(text));
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::string other = text;
      other[i] = 'b';
      hashes.insert(SeededHash()(other));
    }
    text += 'a';
  }
  CHECK(hashes.size() == 40 + 39 * 40 / 2);
}

TEST_CASE("A table with the seeded hash finds strings by views of them") {
  std::unordered_map<std::string, int, SeededHash, std::equal_to<>> table;
  table.emplace("xu-dazhe", 1);
  CHECK(table.find(std::string_view("xu-dazhe")) != table.end());
  CHECK(table.find(std::string_view("xu-dazh")) == table.end());
}

}  // namespace
}  // namespace cadre
