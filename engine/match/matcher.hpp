// The matcher: the terms of all lexicons compiled together, and the spans that they match.
//
// What counts as a match is defined by the slow reference in tests/match/reference.hpp and is the
// same for every implementation:
//   - texts, terms and regular expressions are compared folded (text/fold.hpp, text/term.hpp);
//   - a literal matches wherever it stands in the folded text; where its own first or last
//     character joins words (text/fold.hpp), the neighbour must not, except after a term that ends
//     in *; what the * stands for is no part of the match;
//   - a regular expression matches leftmost-longest without overlapping itself; empty matches are
//     ignored;
//   - a match that begins or ends inside a source character does not count: 株 is not in ㈱;
//   - a match of a category equal to or inside a match of one of its `except` terms, or of one of
//     those of the categories above it, does not count, and hides nothing;
//   - unless the lexicon says `overlap: all`, a match strictly inside another one that remains, of
//     the same lexicon, does not count; matches of equal span, and those that overlap without
//     containment, all count;
//   - lexicons never hide each other's matches, and terms of another language take no part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "cadre/rules/model.hpp"

namespace cadre {

class FoldedText;

/// One term found in one text.
struct Match {
  std::uint32_t lexicon = 0;
  std::uint32_t category = 0;
  std::uint32_t term = 0;   ///< index into Lexicon::terms
  std::uint32_t begin = 0;  ///< byte offsets into the source text, on code-point boundaries
  std::uint32_t end = 0;

  friend auto operator<=>(const Match&, const Match&) = default;
};

struct MatcherOptions {
  /// Memory that the compiled form of one regular expression may take, in bytes (RE2's max_mem).
  std::size_t regex_memory = std::size_t{8} << 20;
};

/// Compiled once, then safe to share between threads. It does not keep the lexicons.
class Matcher {
 public:
  /// The lexicons must be checked (rules/load.hpp). Throws Error kLimit when a regular expression
  /// does not compile within the memory it may take.
  explicit Matcher(std::span<const Lexicon> lexicons, MatcherOptions options = {});
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;

  /// Appends to `out` what the terms for `language` match in `text` (valid UTF-8), ordered by
  /// lexicon, then begin, then the longer first, then term. Terms without a language are always
  /// tried; an empty `language` tries the terms of every language.
  void find(std::string_view text, std::string_view language, std::vector<Match>& out) const;

  /// The same for a text that is folded already.
  void find(const FoldedText& text, std::string_view language, std::vector<Match>& out) const;

 private:
  struct Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace cadre
