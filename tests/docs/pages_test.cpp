// Pages that show commands are run from their first line to their last: their files are written,
// their commands carried out, and what these print is what the page shows.
//
// CADRE_UPDATE_DOCS=1 writes the pages anew with what the commands print now.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "cadre/base/files.hpp"
#include "tests/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

/// What a shell prints for a command, both streams together.
std::string shell(const std::string& command, const fs::path& folder) {
  const std::string bin = testing::cadre_binary().parent_path().string();
  const std::string line =
      "cd '" + folder.string() + "' && PATH='" + bin + "':\"$PATH\" && { " + command + "\n} 2>&1";
  std::FILE* pipe = popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  char buffer[4096];
  std::size_t got = 0;
  while ((got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0) output.append(buffer, got);
  pclose(pipe);
  return output;
}

/// Carries out a block of `$ command` lines with what they print, and returns it as it is now.
std::string run_console(const std::string& block, const fs::path& folder) {
  std::string now;
  std::size_t at = 0;
  while (at < block.size()) {
    const std::size_t end = block.find('\n', at);
    const std::string line = block.substr(at, end - at);
    at = end + 1;
    if (!line.starts_with("$ ")) continue;
    now += line + "\n" + shell(line.substr(2), folder);
  }
  return now;
}

/// Runs a page of the repository in `folder` and returns how many blocks of commands it has.
std::size_t run_page(const std::string& name, const fs::path& folder) {
  const fs::path path = testing::source_dir() / name;
  const std::string page = read_file(path);
  std::string updated;
  std::size_t blocks = 0;
  std::size_t at = 0;
  while (true) {
    const std::size_t fence = page.find("```", at);
    if (fence == std::string::npos) break;
    const std::size_t body = page.find('\n', fence) + 1;
    const std::size_t end = page.find("```\n", body);
    REQUIRE(end != std::string::npos);
    const std::string kind = page.substr(fence + 3, body - fence - 4);
    std::string block = page.substr(body, end - body);

    if (kind == "console") {
      const std::string now = run_console(block, folder);
      CHECK(now == block);
      block = now;
      ++blocks;
    } else if (const std::size_t space = kind.find(' '); space != std::string::npos) {
      // A file: the fence names its kind and its name.
      const fs::path file = folder / kind.substr(space + 1);
      fs::create_directories(file.parent_path());
      write_file(file, block);
    }
    updated += page.substr(at, body - at) + block + "```\n";
    at = end + 4;
  }
  updated += page.substr(at);
  if (std::getenv("CADRE_UPDATE_DOCS") != nullptr) write_file(path, updated);
  return blocks;
}

/// Puts cadre's own rules and data into a folder, as a checkout has them.
void lay_out(const fs::path& folder) {
  for (const char* const name : {"rules", "datasets"}) {
    fs::create_directory_symlink(testing::source_dir() / name, folder / name);
  }
}

TEST_CASE("the guide does what it says") {
  const testing::TemporaryFolder folder;
  lay_out(folder.path());
  // The guide works in an empty folder beside which cadre's own files lie.
  fs::create_directory(folder.path() / "study");
  CHECK(run_page("docs/guide.md", folder.path() / "study") > 5);
}

TEST_CASE("the README shows what cadre prints") {
  const testing::TemporaryFolder folder;
  lay_out(folder.path());
  CHECK(run_page("README.md", folder.path()) == 4);
}

TEST_CASE("the page of definitions shows whom each one takes in and leaves out") {
  const testing::TemporaryFolder folder;
  lay_out(folder.path());
  CHECK(run_page("docs/definitions.md", folder.path()) == 6);
}

TEST_CASE("the pages on other definitions show what cadre prints") {
  const auto [page, blocks] = GENERATE(table<std::string, std::size_t>(
      {{"docs/diff.md", 4}, {"docs/sweep.md", 4}, {"docs/robustness.md", 3}}));
  CAPTURE(page);
  const testing::TemporaryFolder folder;
  lay_out(folder.path());
  CHECK(run_page(page, folder.path()) == blocks);
}

TEST_CASE("the page of lexicons shows how they are included") {
  const testing::TemporaryFolder folder;
  lay_out(folder.path());
  fs::create_directory(folder.path() / "study");
  CHECK(run_page("docs/lexicons.md", folder.path() / "study") == 2);
}

TEST_CASE("the page of limits shows what passing one says") {
  const testing::TemporaryFolder folder;
  lay_out(folder.path());
  CHECK(run_page("docs/limits.md", folder.path()) == 1);
}

TEST_CASE("the page of schemas leads from tables of one's own to figures") {
  const testing::TemporaryFolder folder;
  CHECK(run_page("docs/schemas.md", folder.path()) == 1);
}

TEST_CASE("the page of streams shows what cadre prints") {
  const testing::TemporaryFolder folder;
  CHECK(run_page("docs/streams.md", folder.path()) == 4);
}

TEST_CASE("the pages on agreement show what cadre prints") {
  for (const char* const page :
       {"docs/evaluate.md", "docs/languages.md", "docs/continuous-integration.md"}) {
    CAPTURE(page);
    const testing::TemporaryFolder folder;
    lay_out(folder.path());
    CHECK(run_page(page, folder.path()) >= 1);
  }
}

}  // namespace
}  // namespace cadre
