// What one lexicon finds in the texts of a dataset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "cadre/match/matcher.hpp"

namespace cadre {

class LexiconMatches {
 public:
  /// Nothing is known of any of so many texts.
  explicit LexiconMatches(std::size_t texts) : first_(texts + 1), known_(texts) {}

  /// The matches are of the lexicon of this number.
  void set_lexicon(std::uint32_t number);

  /// Whether the lexicon was looked for in a text.
  bool knows(std::uint32_t text) const { return known_[text]; }

  /// What was found there, ordered by place as by Matcher::find; nothing where it is not known.
  std::span<const Match> in(std::uint32_t text) const {
    return std::span(matches_).subspan(first_[text], first_[text + 1] - first_[text]);
  }

  /// From now on the texts of these numbers, which ascend, are known. `found` says what is in each
  /// of them, by its place in `texts`, whatever was known before; the span must last until the next
  /// call.
  void set(std::span<const std::uint32_t> texts,
           const std::function<std::span<const Match>(std::size_t)>& found);

 private:
  std::vector<std::uint32_t> first_;  // of each text in matches_, and the end
  std::vector<bool> known_;
  std::vector<Match> matches_;
};

}  // namespace cadre
