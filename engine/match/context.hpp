// near and not_near: how far a match is from a context word, and which matches their context lets
// count.
//
// Distance is measured in folded text. What lies wholly between a match and a context word is
// counted: each letter or digit of a script that puts no spaces between words is one, and so is
// each word of another script. "never really an engineer" has two between never and engineer,
// 从未担任过工程师 three between 从未 and 工程师. Spaces and punctuation count nothing. An
// apostrophe or a full stop between two letters or digits belongs to the word (didn't, v2.0), and
// so does a comma between two digits.
//
// A mark that ends a clause (, . ; ! ? and 。) ends the window, unless it belongs to a word. 、 :
// and brackets do not. The full stop of an abbreviation at its end (Dr. Li) is taken for one that
// ends a clause; line breaks fold to blanks and are not seen. A context word that overlaps the
// match stands neither before nor after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cadre/match/matcher.hpp"
#include "cadre/match/overlap.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Where the words and clauses of one folded text lie. Made in one pass over the text, asked in
/// logarithmic time.
class ClauseMap {
 public:
  explicit ClauseMap(std::string_view folded);

  /// The characters and words that lie wholly inside [begin, end).
  std::size_t units(std::size_t begin, std::size_t end) const;
  /// Whether a mark in [begin, end) ends a clause.
  bool clause_ends(std::size_t begin, std::size_t end) const;

 private:
  std::vector<std::uint32_t> begins_;  // of the units, in order
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint32_t> marks_;
};

/// A context word and its place in the folded text.
struct PlacedWord {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Match word;  ///< with whatever offsets whoever asks knows it by
};

/// The words that one near or not_near looks for in a text.
class ContextWords {
 public:
  explicit ContextWords(std::vector<PlacedWord> words);

  /// The nearest one inside the window of a match at [begin, end), or nullptr. Of two that are
  /// equally near it is the one before, of two that end there the longer.
  const Match* nearest(const ContextWindow& window, std::uint32_t begin, std::uint32_t end,
                       const ClauseMap& clauses) const;

 private:
  const PlacedWord* before(std::uint32_t begin) const;
  const PlacedWord* after(std::uint32_t end) const;

  std::vector<PlacedWord> by_begin_;
  std::vector<PlacedWord> by_end_;
};

/// What one near or not_near of a category said of a match.
struct ContextReason {
  Match match;
  std::uint32_t context = 0;  ///< index into Lexicon::contexts
  bool counts = true;         ///< what it decided
  bool has_word = false;
  Match word;  ///< the context word, where there is one
};

/// Removes the matches that a near or not_near of their category, or of one above it, does not let
/// count. Offsets are those of the folded text. With `reasons`, appends what was decided and why,
/// for each match in order; of a match that does not count only the first reason.
void keep_in_context(std::span<const LexiconShape> lexicons, std::string_view folded,
                     std::vector<Match>& matches, std::span<const ContextWord> words,
                     std::vector<ContextReason>* reasons = nullptr);

/// The same with offsets of the source text. (Whether the lexicons read it with or without the
/// blanks between Han characters, or accents, makes no difference to distances.)
void keep_in_context_of_source(std::span<const LexiconShape> lexicons, std::string_view source,
                               std::vector<Match>& matches, std::span<const ContextWord> words,
                               std::vector<ContextReason>* reasons = nullptr);

}  // namespace cadre
