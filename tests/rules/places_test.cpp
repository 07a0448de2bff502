#include "cadre/rules/places.hpp"

#include <string>

#include "tests/catch.hpp"

namespace cadre {
namespace {

/// Lines of all lengths and letters, the first after a byte order mark.
std::string long_text() {
  std::string text = "\xEF\xBB\xBF";
  for (int line = 0; line < 6; ++line) {
    for (int i = 0; i < 700 * line; ++i) {
      text += i % 7 == line ? "航" : i % 11 == 0 ? "𝒜" : "ab";
    }
    text += line % 2 == 0 ? "\n" : "\r\n";
  }
  return text + "the end";
}

TEST_CASE("a place among many is the place that the sources give") {
  Sources sources;
  const std::string text = long_text();
  sources.add("short.yaml", "a: 1");
  const std::uint32_t file = sources.add("long.yaml", text);
  const Places places(sources);
  std::size_t cut = 0;
  for (std::uint32_t at = 0; at <= text.size(); at += 13) {
    const Range range{file, at, at + 20};
    const Place found = places.place(range);
    const Place expected = sources.place(range);
    CAPTURE(at);
    CHECK(found.path == expected.path);
    CHECK(found.line == expected.line);
    CHECK(found.column == expected.column);
    CHECK(found.end_column == expected.end_column);
    if (found.excerpt == expected.excerpt) continue;
    ++cut;
    CHECK(expected.excerpt.size() > Places::kLongLine / 2);
    CHECK(found.excerpt.size() <= Places::kPartBefore + Places::kPartAfter + 6);
    CHECK(expected.excerpt.find(found.excerpt) != std::string::npos);
  }
  CHECK(cut > 100);
}

TEST_CASE("a range that is not known has no place") {
  const Sources sources;
  CHECK(Places(sources).place({}).path.empty());
}

}  // namespace
}  // namespace cadre
