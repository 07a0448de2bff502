// Which of the matches in one text count: what `except` terms and longer matches take away
// (match/matcher.hpp has the rules).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cadre/match/matcher.hpp"

namespace cadre {

/// What must be known of a lexicon.
struct LexiconShape {
  bool longest_wins = true;
  std::vector<std::uint32_t> parents;  ///< of each category; that of the root is itself
};

/// Removes the matches that do not count and sorts the others as Matcher::find returns them.
/// `excepts` are the matches of `except` terms; offsets are of one and the same text.
void resolve_overlaps(std::span<const LexiconShape> lexicons, std::vector<Match>& matches,
                      std::vector<Match>& excepts);

}  // namespace cadre
