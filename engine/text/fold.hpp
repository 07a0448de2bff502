// Folding: the form in which terms and texts are compared, and the way back to the source bytes.
//
// Folded text is the source text after
//   1. NFKC with case folding (Unicode's NFKC_Casefold: full-width ＩＴ is it, ﬁ is fi; soft
//      hyphens and other ignorable characters vanish),
//   2. Traditional to Simplified Chinese, character by character (機 is 机),
//   3. each run of white space, hyphens and dashes (Unicode's White_Space and Dash) read as one
//      space, at the beginning and end of the text too.
// Folding is the same wherever a character stands, so that a folded term is found in a folded text.
// A source character here is a code point with the combining marks and ignorable characters that
// follow it, 64 code points at the most: e and a combining acute accent are one character and fold
// to é, in which the term e is not found. Folding what is folded changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cadre {

/// A folded text that knows where each of its bytes came from. Use it again and again: `assign`
/// keeps the memory.
class FoldedText {
 public:
  FoldedText() = default;
  explicit FoldedText(std::string_view source) { assign(source); }

  /// Folds `source`, which must be valid UTF-8 and shorter than 2 GiB.
  void assign(std::string_view source);

  std::string_view text() const { return text_; }

  /// Whether the folded offset `at` lies between two source characters, or at an end of the text.
  /// It does not when it lies inside what one source character folds to, such as ㈱ to (株).
  bool between_characters(std::size_t at) const {
    return at == 0 || at == text_.size() || begins_[at] >= ends_[at - 1];
  }

  /// The bytes of the source text that the folded bytes [begin, end) stand for; both ends lie on
  /// code-point boundaries of the source. Source characters of which the range holds only a part
  /// are taken whole. An empty range gives an empty span.
  struct SourceSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  SourceSpan source_span(std::size_t begin, std::size_t end) const;

 private:
  void append(char32_t folded, std::uint32_t begin, std::uint32_t end);

  std::string text_;
  std::vector<std::uint32_t> begins_;  // for each folded byte, where its source character begins
  std::vector<std::uint32_t> ends_;    // and where it ends
};

/// The folded form alone.
std::string fold(std::string_view source);

/// Whether a term that begins or ends with this folded character needs a word boundary there: a
/// letter, digit or mark of a script that puts spaces between words. Han, kana, Bopomofo, Hangul,
/// Yi, Thai, Lao, Khmer, Myanmar and Tibetan do not.
bool joins_words(char32_t folded);

}  // namespace cadre
