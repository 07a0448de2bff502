// What one lexicon finds in each distinct text of a dataset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "cadre/match/match.hpp"

namespace cadre {

/// Match::lexicon means nothing here: lexicons of equal content share their matches, whatever
/// numbers they have in their rule sets.
class LexiconMatches {
 public:
  /// `first`: where the matches of each text begin, and the end.
  LexiconMatches(std::vector<std::uint32_t> first, std::vector<Match> matches)
      : first_(std::move(first)), matches_(std::move(matches)) {}

  /// In the text of that number, ordered by place as by Matcher::find.
  std::span<const Match> in(std::uint32_t text) const {
    return std::span(matches_).subspan(first_[text], first_[text + 1] - first_[text]);
  }

  /// Bytes of memory.
  std::size_t size() const {
    return first_.size() * sizeof first_[0] + matches_.size() * sizeof(Match);
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<Match> matches_;
};

}  // namespace cadre
