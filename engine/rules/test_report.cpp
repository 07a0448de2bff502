#include "cadre/rules/test_report.hpp"

#include <utility>

namespace cadre {

void note_test(const Rules& rules, Range range, std::string name, std::string failure,
               std::string reason, RuleTestReport& report) {
  ++report.run;
  RuleTestResult& result = report.results.emplace_back();
  result.name = std::move(name);
  if (rules.sources && range.known()) result.place = rules.sources->place(range);
  if (failure.empty()) return;
  ++report.failed;
  result.failure = failure;
  result.reason = reason;
  Diagnostic diagnostic;
  diagnostic.code = "test-failed";
  diagnostic.message = std::move(failure);
  diagnostic.hint = std::move(reason);
  diagnostic.place = result.place;
  report.diagnostics.push_back(std::move(diagnostic));
}

}  // namespace cadre
