// The matcher: the terms of all lexicons compiled together, and the spans that they match.
//
// What counts as a match is defined by the slow reference in tests/match/reference.hpp and is the
// same for every implementation:
//   - texts, terms and regular expressions are compared folded (text/fold.hpp, text/term.hpp),
//     with or without the blanks between Han characters and the accents of letters, as the lexicon
//     says;
//   - a literal, or another word that it stands for, such as its plural, matches wherever it stands
//   in the folded text;
//     where its own first or last character joins words (text/fold.hpp), the neighbour must not,
//     except after a term that ends in *; what the * stands for is no part of the match;
//   - a regular expression matches leftmost-longest without overlapping itself; empty matches are
//     ignored;
//   - a match that begins or ends inside a source character does not count: 株 is not in ㈱;
//   - a match of a category equal to or inside a match of one of its `except` terms, or of one of
//     those of the categories above it, does not count, and hides nothing;
//   - unless the lexicon says `overlap: all`, a match strictly inside another one that remains, of
//     the same lexicon, does not count; matches of equal span, and those that overlap without
//     containment, all count;
//   - of the matches that are left, one counts only if every `near` of its category and of those
//     above it finds one of its words in its window (match/context.hpp), and no `not_near` does;
//     one that does not count still hides what lies inside it, as it says what stands there;
//   - a context word is looked for as any literal is, and neither hides matches nor is hidden;
//   - lexicons never hide each other's matches, and terms of another language take no part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/match/literal_set.hpp"
#include "cadre/match/match.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/text/fold.hpp"

namespace cadre {

/// A word that near or not_near of a category looks for, found in a text.
struct ContextWord {
  std::uint32_t context = 0;  ///< index into Lexicon::contexts
  Match word;
};

/// Texts to be matched together, and what is found in them: that is several times quicker than one
/// text after the other. A text that comes again is matched once: careers share their schools and
/// offices. A batch belongs to one thread and one matcher; used again and again it keeps its memory
/// and what it knows.
class MatchBatch {
 public:
  /// What was found in earlier texts is forgotten when it takes more than so many bytes.
  explicit MatchBatch(std::size_t remembered_bytes = std::size_t{8} << 20)
      : remembered_bytes_(remembered_bytes) {}

  /// Begins another batch. Numbers of texts that were given before mean nothing any more.
  void clear();

  /// Adds a text (valid UTF-8, shorter than 1 GiB), of which a copy is kept, and returns its
  /// number: that of the same text in the same language, where it is known.
  std::uint32_t add(std::string_view text, std::string_view language);

  /// What Matcher::find found in a text, in its order. Good until the batch changes.
  std::span<const Match> matches(std::uint32_t text) const {
    return std::span(matches_).subspan(texts_[text].first_match, texts_[text].matches);
  }

 private:
  friend class Matcher;

  struct Text {
    std::size_t begin = 0;  // in bytes_
    std::uint32_t size = 0;
    std::uint32_t hash = 0;            // a part of it
    std::uint32_t language = 0;        // index into languages_
    std::uint32_t next_same_slot = 0;  // another text whose hash falls into the same slot, plus one
    std::size_t first_match = 0;       // in matches_
    std::uint32_t matches = 0;
  };
  struct Hits {  // of one of the two sets of literals, text by text
    std::vector<LiteralSet::Hit> found;
    std::vector<LiteralSet::Hit> by_text;  // begin counts from the beginning of the text
    std::vector<std::uint32_t> first;      // of each text in by_text, and the end
    std::vector<std::uint32_t> text_of;    // of each of found
    std::span<const LiteralSet::Hit> of(std::size_t text) const {
      return std::span(by_text).subspan(first[text], first[text + 1] - first[text]);
    }
    void sort(const FoldedBlock& block);
  };

  std::string_view text(const Text& text) const {
    return std::string_view(bytes_).substr(text.begin, text.size);
  }
  void grow_slots();
  void add_matches(Text& text, std::span<const Match> others);

  std::size_t remembered_bytes_;
  std::vector<std::string> languages_;  // of texts_
  std::vector<Text> texts_;
  std::string bytes_;                 // of texts_, one after the other
  std::size_t known_ = 0;             // so many of texts_ were matched
  std::vector<std::uint32_t> slots_;  // of a hash table over texts_: an index plus one, or 0
  std::vector<Match> matches_;

  FoldedBlock block_;
  LiteralSet::Scratch scratch_;
  Hits terms_;
  Hits atoms_;
  std::vector<Match> found_;
  std::vector<Match> excepts_;
  std::vector<ContextWord> context_words_;
};

/// Compiled once, then safe to share between threads. It does not keep the lexicons.
class Matcher {
 public:
  /// The lexicons must be checked (rules/load.hpp). Throws Error kLimit when a regular expression
  /// does not compile within the memory it may take.
  explicit Matcher(std::span<const Lexicon> lexicons, const MatchLimits& limits = {});
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;

  /// Appends to `out` what the terms for `language` match in `text` (valid UTF-8), ordered by
  /// lexicon, then begin, then the longer first, then term. Terms without a language are always
  /// tried; an empty `language` tries the terms of every language. Throws Error kLimit when the
  /// text has more matches than the limits allow.
  void find(std::string_view text, std::string_view language, std::vector<Match>& out) const;

  /// The same for all the texts of a batch that were added since.
  void find(MatchBatch& batch) const;

 private:
  struct Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace cadre
