#include "tests/cli/study.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "cadre/base/files.hpp"
#include "tests/catch.hpp"
#include "tests/support/change_run.hpp"
#include "tests/support/paths.hpp"

namespace cadre::testing {

namespace fs = std::filesystem;

Study::Study() {
  fs::copy(testing::source_dir() / "tests/cli/study", path(),
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

void Study::classify(const std::string& output, const std::vector<std::string>& more) const {
  std::vector<std::string> arguments = {"classify", "technocrats.yaml", "package", "-o", output};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = run(arguments);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
}

std::string Study::read(const std::string& file) const {
  return read_file(path() / file);
}

void Study::change(const std::string& file, const std::string& from, const std::string& to) const {
  std::string text = read(file);
  const std::size_t at = text.find(from);
  INFO(file << " has no " << from);
  REQUIRE(at != std::string::npos);
  write(file, text.replace(at, from.size(), to));
}

std::set<std::string> Study::files() const {
  std::set<std::string> found;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path())) {
    if (entry.is_regular_file()) found.insert(fs::relative(entry.path(), path()).string());
  }
  return found;
}

void check_golden(const std::string& name, const std::string& text) {
  const fs::path path = testing::source_dir() / "tests/cli/golden" / name;
  if (std::getenv("CADRE_UPDATE_GOLDEN") != nullptr) write_file(path, text);
  INFO("CADRE_UPDATE_GOLDEN=1 writes what cadre prints now to " << path.string());
  CHECK(text == read_file(path));
}

}  // namespace cadre::testing
