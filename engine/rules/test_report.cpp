#include "cadre/rules/test_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace cadre {

RuleTestNotes::RuleTestNotes(const Rules& rules) {
  if (rules.sources) places_.emplace(*rules.sources);
}

void RuleTestNotes::add(Range range, std::string name, std::string failure, std::string reason) {
  ++report_.run;
  RuleTestResult& result = report_.results.emplace_back();
  result.name = std::move(name);
  const bool known = places_ && range.known();
  if (known) {
    result.place.path = places_->sources().path(range.file);
    result.place.line = places_->sources().line(range.file, range.begin);
  }
  if (failure.empty()) return;
  ++report_.failed;
  result.failure = failure;
  result.reason = reason;
  if (report_.diagnostics.size() >= RuleTestReport::kMostFailures) return;
  Diagnostic diagnostic;
  diagnostic.code = "test-failed";
  diagnostic.message = std::move(failure);
  diagnostic.hint = std::move(reason);
  if (known) {
    diagnostic.place = places_->place(range);
    result.place.column = diagnostic.place.column;
  }
  report_.diagnostics.push_back(std::move(diagnostic));
}

RuleTestReport RuleTestNotes::take() {
  if (report_.failed > report_.diagnostics.size()) {
    Diagnostic more;
    more.code = "test-failed";
    more.message = fmt::format("{} more tests failed and are not listed",
                               report_.failed - report_.diagnostics.size());
    more.place.path = report_.diagnostics.front().place.path;
    report_.diagnostics.push_back(std::move(more));
  }
  return std::move(report_);
}

}  // namespace cadre
