// The tests that rule files carry: run by `cadre check`.
#pragma once

#include "cadre/rules/model.hpp"
#include "cadre/rules/test_report.hpp"

namespace cadre {

/// Runs the tests of lexicons, eras and the rule set.
RuleTestReport run_rule_tests(const Rules& rules);

}  // namespace cadre
