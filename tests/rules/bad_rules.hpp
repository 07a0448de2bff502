// The rule sets with mistakes of tests/rules/bad.
//
// GROUP/CASE.yaml is the rule set, GROUP/CASE.txt what is said of it. Where there are more files
// they lie in GROUP/CASE/; those of common/ are there in every case. GROUP/CASE.settings has a line
// NAME=VALUE for each --set.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/rules/memory_files.hpp"

namespace cadre::test {

struct BadRules {
  std::string name;  ///< GROUP/CASE
  Files files;       ///< the rule set is rules.yaml
  LoadOptions options;
  std::filesystem::path expected;
};

/// All of them in the order of their names.
std::vector<BadRules> all_bad_rules();

}  // namespace cadre::test
