// Which of the matches in one text count: what `except` terms and longer matches take away
// (match/matcher.hpp has the rules; match/context.hpp does what near and not_near take away of the
// rest).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cadre/match/matcher.hpp"

namespace cadre {

/// What must be known of a lexicon.
struct LexiconShape {
  bool longest_wins = true;
  std::vector<std::uint32_t> parents;  ///< of each category; that of the root is itself
  std::vector<ContextWindow> windows;  ///< of each near and not_near
  /// By category: the near and not_near that hold for it, its own and those of the categories
  /// above. Empty when the lexicon has none.
  std::vector<std::vector<std::uint32_t>> contexts_of;
};

LexiconShape shape_of(const Lexicon& lexicon);

/// Fills LexiconShape::contexts_of: `contexts` has the category of each near and not_near, or
/// nothing for one that is to be left out.
void set_contexts(LexiconShape& shape, std::span<const std::optional<std::uint32_t>> contexts);

/// Removes the matches that do not count and sorts the others as Matcher::find returns them.
/// `excepts` are the matches of `except` terms; offsets are of one and the same text.
void resolve_overlaps(std::span<const LexiconShape> lexicons, std::vector<Match>& matches,
                      std::vector<Match>& excepts);

}  // namespace cadre
