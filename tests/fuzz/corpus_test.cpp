// Every file of fuzz/corpus/ goes through its fuzz target: what once broke cadre stays in there,
// and is tried in every build, also those without libFuzzer.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "cadre/base/files.hpp"
#include "fuzz/targets.hpp"
#include "tests/catch.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

const fs::path& corpus() {
  static const fs::path kCorpus = testing::source_dir() / "fuzz/corpus";
  return kCorpus;
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void replay(std::string_view name) {
  for (const fuzz::Target& target : fuzz::targets()) {
    if (target.name != name) continue;
    const std::vector<fs::path> files = files_of(corpus() / name);
    CHECK_FALSE(files.empty());
    for (const fs::path& file : files) {
      INFO(file.string());
      CHECK_NOTHROW(target.run(read_file(file)));
    }
    CHECK_NOTHROW(target.run(""));
  }
}

TEST_CASE("fuzz corpus: each folder has its target") {
  for (const fs::path& folder : files_of(corpus())) {
    INFO(folder.string());
    const auto targets = fuzz::targets();
    CHECK(std::any_of(targets.begin(), targets.end(), [&](const fuzz::Target& target) {
      return target.name == folder.filename().string();
    }));
  }
}

// One case for each, so that they run side by side.
TEST_CASE("fuzz corpus: rule files") {
  replay("rules");
}
TEST_CASE("fuzz corpus: check") {
  replay("check");
}
TEST_CASE("fuzz corpus: terms") {
  replay("terms");
}
TEST_CASE("fuzz corpus: matching") {
  replay("matching");
}
TEST_CASE("fuzz corpus: CSV") {
  replay("csv");
}
TEST_CASE("fuzz corpus: JSON Lines") {
  replay("json_lines");
}
TEST_CASE("fuzz corpus: data packages") {
  replay("package");
}
TEST_CASE("fuzz corpus: compressed files") {
  replay("compressed");
}
TEST_CASE("fuzz corpus: dates") {
  replay("dates");
}
TEST_CASE("fuzz corpus: run files") {
  replay("run");
}
TEST_CASE("fuzz corpus: SQL") {
  replay("sql");
}
TEST_CASE("fuzz corpus: biographies") {
  replay("import");
}

}  // namespace
}  // namespace cadre
