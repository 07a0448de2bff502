// The tests that layouts carry: run by `cadre check`.
#pragma once

#include "cadre/rules/model.hpp"
#include "cadre/rules/test_report.hpp"

namespace cadre {

/// Reads the text of each test with the layout that carries it, and holds the tables that the test
/// names against what came out.
RuleTestReport run_layout_tests(const Rules& rules);

}  // namespace cadre
