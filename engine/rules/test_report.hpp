// What came of the tests that rule files carry.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/rules/places.hpp"

namespace cadre {

/// One expectation held against a result.
struct RuleTestResult {
  std::string name;     ///< "an engineer: technocrat", "fields: '机械制造'"
  Place place;          ///< of the expectation, without its line's text; of one that passed or is
                        ///< not among the diagnostics, without a column
  std::string failure;  ///< what came out instead; empty: it passed
  std::string reason;   ///< why it did, where that can be told
};

struct RuleTestReport {
  /// A file with more failures than somebody reads must not fill the memory with them.
  static constexpr std::size_t kMostFailures = 1000;

  std::size_t run = 0;  ///< expectations held against results
  std::size_t failed = 0;
  Diagnostics diagnostics;  ///< an error "test-failed" for every expectation that failed, the
                            ///< first kMostFailures of them
  std::vector<RuleTestResult> results;  ///< all of them, in the order in which they were run
};

/// Where the tests of one rule set note what came of them.
class RuleTestNotes {
 public:
  /// Keeps references to the rules' sources.
  explicit RuleTestNotes(const Rules& rules);

  /// Adds one that passed; or, where `failure` says what came out instead, one that failed.
  void add(Range range, std::string name, std::string failure, std::string reason);

  /// All of it. Says at the end of the diagnostics how many failures are not among them.
  RuleTestReport take();

 private:
  std::optional<Places> places_;  // nothing when the rules have no sources
  RuleTestReport report_;
};

}  // namespace cadre
