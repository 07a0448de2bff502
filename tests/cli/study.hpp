// A small study in a folder of its own, and cadre run in it as a user would.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/support/command.hpp"

namespace cadre::testing {

/// A copy of tests/cli/study: rules (technocrats.yaml, strict.yaml and what they include), five
/// people as a data package (package) and three as JSON Lines (people.jsonl), and a sweep.
class Study {
 public:
  Study();

  const std::filesystem::path& path() const { return folder_.path(); }

  Outcome run(const std::vector<std::string>& arguments, const std::string& input = "") const {
    return run_cadre(arguments, path(), input);
  }

  /// Classifies the package by technocrats.yaml, with more arguments or none, and requires that it
  /// works.
  void classify(const std::string& output, const std::vector<std::string>& more = {}) const;

  void write(const std::string& file, const std::string& text) const { folder_.write(file, text); }
  std::string read(const std::string& file) const;

  /// Replaces the first `from` in a file; fails the test when there is none.
  void change(const std::string& file, const std::string& from, const std::string& to) const;

  /// All files below the folder, hidden ones included, by their relative paths.
  std::set<std::string> files() const;

 private:
  TemporaryFolder folder_;
};

/// Compares with tests/cli/golden/NAME; CADRE_UPDATE_GOLDEN=1 writes that file instead.
void check_golden(const std::string& name, const std::string& text);

}  // namespace cadre::testing
