// Folding: the form in which terms and texts are compared, and the way back to the source bytes.
//
// Folded text is the source text after
//   1. NFKC with case folding (Unicode's NFKC_Casefold: full-width ＩＴ is it, ﬁ is fi; soft
//      hyphens and other ignorable characters vanish), and every apostrophe as ',
//   2. one form for the variants of a Han character, character by character: Simplified for
//      Traditional, 机 for 機, 研 for 硏, 长 for the radical ⻓ (text/han_variants.hpp),
//   3. each run of white space, hyphens and dashes (Unicode's White_Space and Dash) read as one
//      space, at the beginning and end of the text too,
//   4. unless accents are kept: letters of the Latin and Greek scripts without their accents: é is
//      e, ø is o, æ is ae; й is й (text/accents.hpp has the rule and its sources),
//   5. unless blanks are kept: a run of nothing but white space between two Han characters
//      dropped (省　长 is 省长). A dash there still reads as a space.
// But for the last step folding is the same wherever a character stands; a term is folded as a text
// is, so that it is found in the folded text. A source character here is a code point with the
// combining marks and ignorable characters that follow it, 64 code points at the most: и and a
// combining breve are one character and fold to й, in which the term и is not found; nor is a in
// æ, which is one character and folds to ae. Folding what is folded with its blanks kept changes
// nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cadre {

/// What becomes of white space between Han characters.
enum class Blanks : std::uint8_t {
  kDropped,
  kKept,  ///< a space, as elsewhere
};

/// What becomes of the accents of Latin and Greek letters.
enum class Accents : std::uint8_t {
  kFolded,  ///< é is e
  kKept,    ///< é is é, for languages in which it is another letter
};

/// The choices in folding.
struct Folding {
  Blanks blanks = Blanks::kDropped;
  Accents accents = Accents::kFolded;
  friend bool operator==(const Folding&, const Folding&) = default;
};

/// A place where folded text and source text do not run in step: one source character, or a run of
/// separators, that folds to another number of bytes or to several characters, or to none. Between
/// these places every source character folds to one character of as many bytes. Offsets are bytes
/// from the beginning of the text.
struct FoldStep {
  std::uint32_t folded_begin = 0;
  std::uint32_t folded_end = 0;
  std::uint32_t source_begin = 0;
  std::uint32_t source_end = 0;
};

/// A folded text that lies somewhere else, with the way back to its source.
class FoldedView {
 public:
  FoldedView(std::string_view text, std::span<const FoldStep> steps) : text_(text), steps_(steps) {}

  std::string_view text() const { return text_; }

  /// Whether the folded offset `at` lies between two source characters, or at an end of the text.
  /// It does not when it lies inside what one source character folds to, such as ㈱ to (株).
  bool between_characters(std::size_t at) const;

  /// The bytes of the source text that the folded bytes [begin, end) stand for; both ends lie on
  /// code-point boundaries of the source. Source characters of which the range holds only a part
  /// are taken whole. An empty range gives an empty span.
  struct SourceSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  SourceSpan source_span(std::size_t begin, std::size_t end) const;

  /// The way there: where in the folded text the source bytes from `source` on begin. `source` lies
  /// between two source characters.
  std::size_t folded_offset(std::size_t source) const;

 private:
  SourceSpan character_at(std::size_t at) const;

  std::string_view text_;
  std::span<const FoldStep> steps_;
};

/// One folded text. Use it again and again: `assign` keeps the memory.
class FoldedText {
 public:
  using SourceSpan = FoldedView::SourceSpan;

  FoldedText() = default;
  explicit FoldedText(std::string_view source, const Folding& folding = {}) {
    assign(source, folding);
  }

  /// Folds `source`, which must be valid UTF-8 and shorter than 2 GiB.
  void assign(std::string_view source, const Folding& folding = {});

  std::string_view text() const { return text_; }
  FoldedView view() const { return {text_, steps_}; }
  bool between_characters(std::size_t at) const { return view().between_characters(at); }
  SourceSpan source_span(std::size_t begin, std::size_t end) const {
    return view().source_span(begin, end);
  }
  std::size_t folded_offset(std::size_t source) const { return view().folded_offset(source); }

 private:
  std::string text_;
  std::vector<FoldStep> steps_;
};

/// Many texts folded into one block, so that what is looked for in all of them is looked for once.
/// Each is followed by a line feed, which no folded text and no folded term holds.
class FoldedBlock {
 public:
  /// Forgets the texts and keeps the memory.
  void clear();

  /// Folds `source` as FoldedText does and appends it. A block must stay below 2 GiB.
  void add(std::string_view source, const Folding& folding = {});

  std::size_t size() const { return texts_.size(); }  ///< texts
  std::string_view text() const { return text_; }     ///< the whole block

  /// Where in the block a text begins; it ends one byte before the next one.
  std::size_t begin(std::size_t index) const { return texts_[index].begin; }
  std::size_t end(std::size_t index) const { return texts_[index].end; }

  /// Good until the block changes.
  FoldedView operator[](std::size_t index) const;

 private:
  struct Text {
    std::uint32_t begin = 0, end = 0;
    std::uint32_t first_step = 0, end_step = 0;
  };
  std::string text_;
  std::vector<FoldStep> steps_;
  std::vector<Text> texts_;
};

/// The folded form alone.
std::string fold(std::string_view source, const Folding& folding = {});

/// Whether this is one of the unified ideographs of the BMP, U+3400 to U+4DBF and U+4E00 to U+9FFF.
/// NFKC with case folding leaves them alone, and no ASCII folds to one.
constexpr bool is_plain_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF);
}

/// Whether this is a character of the script Han, other than a mark: also 〇, 々 and those beyond
/// the BMP.
bool is_han(char32_t c);

/// Whether this is white space (Unicode's White_Space).
bool is_blank(char32_t c);

/// Whether a term that begins or ends with this folded character needs a word boundary there: a
/// letter, digit or mark of a script that puts spaces between words. Han, kana, Bopomofo, Hangul,
/// Yi, Thai, Lao, Khmer, Myanmar and Tibetan do not.
bool joins_words(char32_t folded);

/// Whether the character of a folded text that begins at `at`, or the one that ends there, joins
/// words; false where there is none.
bool joins_words_at(std::string_view text, std::size_t at);
bool joins_words_before(std::string_view text, std::size_t at);

}  // namespace cadre
