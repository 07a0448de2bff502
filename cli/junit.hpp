// The tests of rule files as JUnit XML, which CI systems read.
#pragma once

#include <string>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/classify/rule_tests.hpp"

namespace cadre::cli {

/// What was found in one file that was checked.
struct JUnitSuite {
  std::string file;
  Diagnostics diagnostics;
  std::vector<RuleTestResult> results;
};

/// A suite for each file. Its first case is that the file has no errors, then comes one for each
/// test; a failure tells the place, what came out, and why. Well formed for any bytes: what XML
/// cannot hold reads as U+FFFD.
std::string render_junit(const std::vector<JUnitSuite>& suites);

}  // namespace cadre::cli
