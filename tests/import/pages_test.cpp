// Whole pages as they come, of invented people, and all that is read of them. What is read was
// compared with the pages by eye; a change shows here.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/import/biography_reader.hpp"
#include "tests/catch.hpp"
#include "tests/import/layouts.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

std::string in_words(const ImportedRow& row) {
  std::string out = fmt::format("{}..{}", row.start ? row.start->text() : "",
                                row.open  ? "now"
                                : row.end ? row.end->text()
                                          : "");
  for (const auto& [column, value] : row.cells) out += fmt::format(" {}={};", column, value);
  if (!row.guesses.empty()) out += " guessed:";
  for (const std::string& one : row.guesses) out += " " + one;
  return out;
}

/// Everything in the order of the page.
std::string in_words(const Biography& read) {
  std::string out;
  for (const auto& [column, value] : read.facts) out += fmt::format("{}: {}\n", column, value);
  std::vector<std::tuple<std::size_t, std::size_t, std::string>> lines;
  const auto add = [&](const SourceSpan& source, const std::string& text) {
    lines.emplace_back(source.begin, lines.size(), fmt::format("{:3}  {}\n", source.line, text));
  };
  for (const ImportedRow& row : read.education) add(row.source, "study " + in_words(row));
  for (const ImportedRow& row : read.career) add(row.source, "job   " + in_words(row));
  for (const Unparsed& one : read.unparsed) {
    add(one.source, fmt::format("--    {}: {}", one.reason, one.text));
  }
  std::sort(lines.begin(), lines.end());
  for (const auto& [begin, index, text] : lines) out += text;
  for (const ImportedRow& row : read.posts) out += "post  " + in_words(row) + "\n";
  return out;
}

TEST_CASE("import: whole pages") {
  const fs::path folder = testing::source_dir() / "tests/import";
  const BiographyReader reader(testing::layouts());
  std::size_t pages = 0;
  for (const auto& entry : fs::directory_iterator(folder / "pages")) {
    ++pages;
    const fs::path& page = entry.path();
    const std::string text = in_words(reader.read(page.stem().string(), read_file(page)));
    const fs::path golden = folder / "golden" / (page.stem().string() + ".txt");
    if (std::getenv("CADRE_UPDATE_GOLDEN") != nullptr) write_file(golden, text);
    INFO("CADRE_UPDATE_GOLDEN=1 writes what is read now to " << golden.string());
    CHECK(text == read_file(golden));
  }
  CHECK(pages == 16);
}

}  // namespace
}  // namespace cadre
