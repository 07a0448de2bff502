// What one lexicon finds in the texts of a dataset, and the few bytes in which a run keeps it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/classify/distinct_texts.hpp"
#include "cadre/match/matcher.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

class LexiconMatches {
 public:
  /// Nothing is known of any of so many texts.
  explicit LexiconMatches(std::size_t texts) : first_(texts + 1), known_(texts) {}

  std::size_t texts() const { return known_.size(); }

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

  /// All of it but the number of the lexicon. Numbers are written seven bits a byte, the lowest
  /// first, the eighth bit set while more follow (LEB128): that of the texts, then 0 and how many
  /// texts in a row are not known, or for a known one the number of matches plus one, and each
  /// match as begin, length and term.
  std::string pack() const;

  /// What was packed, as matches of the lexicon of that number. Throws Error kCorrupt when the
  /// bytes are not in this form or name what cannot be: another number of texts, matches out of
  /// order, outside of the text or inside of a character, terms that the lexicon lacks or does not
  /// look for in the language of the text.
  static LexiconMatches unpack(std::string_view packed, const Lexicon& lexicon,
                               std::uint32_t number, std::span<const DistinctTexts::Text> texts);

 private:
  std::vector<std::size_t> first_;  // of each text in matches_, and the end
  std::vector<bool> known_;
  std::vector<Match> matches_;
};

}  // namespace cadre
