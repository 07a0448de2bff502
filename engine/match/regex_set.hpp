// Regular expressions that are run only on texts where they can match.
//
// RE2 works out of each pattern which words every match must contain (its prefilter: Cox, "Regular
// Expression Matching with a Trigram Index", 2012, describes the method). These words, the atoms,
// are looked for in all texts at once; a pattern is run over a text only when enough of its atoms
// are in there, or when it has none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/match/literal_set.hpp"
#include "cadre/text/fold.hpp"

namespace re2 {
class FilteredRE2;
class RE2;
}  // namespace re2

namespace cadre {

class RegexSet {
 public:
  /// For texts that are folded so.
  explicit RegexSet(const Folding& folding = {});
  ~RegexSet();
  RegexSet(RegexSet&&) noexcept;
  RegexSet& operator=(RegexSet&&) noexcept;

  /// Adds a pattern as an analyst wrote it; patterns are numbered from 0. `memory` bounds the bytes
  /// that its compiled form may take, and again those of the states that RE2 keeps while it
  /// matches. Throws Error kLimit when the pattern does not compile within them.
  void add(const std::string& pattern, std::size_t memory);

  /// To be called once, after the last add().
  void compile();

  bool empty() const { return count_ == 0; }

  /// Words of which some must be in a text; to be looked for anywhere.
  const LiteralSet& atoms() const { return atoms_; }

  /// The patterns, by number in ascending order, that can match a text which holds these atoms.
  void candidates(std::span<const LiteralSet::Hit> atoms, std::vector<int>& patterns) const;

  /// Calls `found(begin, end)` for every match in `text` that is not empty: leftmost-longest, none
  /// overlapping another. RE2 may look at all the rest of the text to tell how long one match is.
  /// Returns false, and stops, when the rests of all searches come to more than `most_bytes`.
  template <typename Found>
  bool find(int pattern, std::string_view text, std::size_t most_bytes, const Found& found) const {
    for (Span span; next(pattern, text, span);) {
      if (span.begin < span.end) found(span.begin, span.end);
      const std::size_t rest = span.from < text.size() ? text.size() - span.from : 0;
      if (rest > most_bytes) return false;
      most_bytes -= rest;
    }
    return true;
  }

 private:
  struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t from = 0;  // where the search goes on
  };
  bool next(int pattern, std::string_view text, Span& span) const;
  /// The patterns that can match a text with the atoms of these numbers of RE2's.
  std::vector<int> potentials(std::vector<int> numbers) const;

  Folding folding_;
  std::unique_ptr<re2::FilteredRE2> filter_;
  std::size_t count_ = 0;
  LiteralSet atoms_;
  std::vector<std::vector<int>> atom_numbers_;  // RE2's numbers of each of atoms_
  std::vector<int> certain_;                    // atoms that folding leaves nothing of
  std::vector<int> always_;                     // candidates in a text without atoms
  std::vector<std::vector<int>> alone_;         // in a text with this of atoms_ alone
};

}  // namespace cadre
