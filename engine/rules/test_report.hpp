// What came of the tests that rule files carry.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// One expectation held against a result.
struct RuleTestResult {
  std::string name;     ///< "an engineer: technocrat", "fields: '机械制造'"
  Place place;          ///< of the expectation
  std::string failure;  ///< what came out instead; empty: it passed
  std::string reason;   ///< why it did, where that can be told
};

struct RuleTestReport {
  std::size_t run = 0;  ///< expectations held against results
  std::size_t failed = 0;
  Diagnostics diagnostics;  ///< an error "test-failed" for every expectation that failed
  std::vector<RuleTestResult> results;  ///< all of them, in the order in which they were run
};

/// Adds one that passed; or, where `failure` says what came out instead, one that failed.
void note_test(const Rules& rules, Range range, std::string name, std::string failure,
               std::string reason, RuleTestReport& report);

}  // namespace cadre
