// The tests that rule files carry: run by `cadre check`.
#pragma once

#include <cstddef>

#include "cadre/base/diagnostic.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

struct RuleTestReport {
  std::size_t run = 0;  ///< expectations held against results
  std::size_t failed = 0;
  Diagnostics diagnostics;  ///< an error "test-failed" for every expectation that failed
};

/// Runs the tests of lexicons, eras and the rule set.
RuleTestReport run_rule_tests(const Rules& rules);

}  // namespace cadre
