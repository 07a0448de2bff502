// near and not_near beside `in` and `not_in`, asked of the matches in one cell.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/match/context.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/text/fold.hpp"

namespace cadre {

/// Offsets are bytes of the cell. Keeps references to the first two.
class CellContexts {
 public:
  /// `words`: for each test what its branches found in the cell.
  CellContexts(std::string_view cell, std::span<const ContextTest> tests,
               const std::vector<std::vector<Match>>& words);

  struct Verdict {
    bool counts = true;
    const ContextTest* test = nullptr;  ///< which says that the match does not count
    std::vector<Match> words;           ///< why it counts, or why not
  };
  Verdict ask(const Match& match) const;

 private:
  std::pair<std::uint32_t, std::uint32_t> place(const Match& match) const;

  std::span<const ContextTest> tests_;
  std::vector<ContextWords> words_;  // by test
  // Nothing when no test has words.
  std::optional<FoldedText> text_;
  std::optional<ClauseMap> clauses_;
};

}  // namespace cadre
