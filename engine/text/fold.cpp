#include "cadre/text/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <iterator>

#include "cadre/text/han_variants.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// ICU's tables for NFKC_Casefold; they live as long as the program.
const icu::Normalizer2& nfkc_casefold() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFKCCasefoldInstance(status);
}

bool is_separator(char32_t c) {
  if (c < 0x80) return c == ' ' || c == '-' || (c >= '\t' && c <= '\r');
  const auto code = static_cast<UChar32>(c);
  return u_isUWhiteSpace(code) || u_hasBinaryProperty(code, UCHAR_DASH);
}

/// Unified ideographs, which NFKC_Casefold leaves alone.
bool is_plain_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF);
}

/// A run of combining marks ends here, so that hostile text costs no more than its length.
constexpr int kLongestCharacter = 64;

/// Scripts whose words are written without spaces between them, or, as in Korean, with endings and
/// particles attached.
bool is_written_without_spaces(UChar32 c) {
  constexpr UScriptCode kScripts[] = {USCRIPT_HAN,      USCRIPT_HIRAGANA, USCRIPT_KATAKANA,
                                      USCRIPT_BOPOMOFO, USCRIPT_HANGUL,   USCRIPT_YI,
                                      USCRIPT_THAI,     USCRIPT_LAO,      USCRIPT_KHMER,
                                      USCRIPT_MYANMAR,  USCRIPT_TIBETAN};
  // Script extensions, as ー and 〆 belong to no single script. What Latin uses too joins words:
  // since Unicode 16 the apostrophe letter ʼ lists Thai among many others.
  if (uscript_hasScript(c, USCRIPT_LATIN)) return false;
  return std::any_of(std::begin(kScripts), std::end(kScripts),
                     [c](UScriptCode script) { return uscript_hasScript(c, script); });
}

}  // namespace

void FoldedText::append(char32_t folded, std::uint32_t begin, std::uint32_t end) {
  if (is_separator(folded)) {
    if (text_.ends_with(' ')) {
      ends_.back() = end;
      return;
    }
    folded = ' ';
  }
  append_utf8(folded, text_);
  begins_.resize(text_.size(), begin);
  ends_.resize(text_.size(), end);
}

void FoldedText::assign(std::string_view source) {
  text_.clear();
  begins_.clear();
  ends_.clear();
  text_.reserve(source.size());
  begins_.reserve(source.size());
  ends_.reserve(source.size());

  const icu::Normalizer2& normalizer = nfkc_casefold();
  icu::UnicodeString character;
  icu::UnicodeString normal;
  for (std::size_t at = 0; at < source.size();) {
    const std::size_t start = at;
    const char32_t first = next_code_point(source, at);
    // A source character goes on as long as normalisation may join the next code point to it.
    std::size_t end = at;
    for (int length = 1; length < kLongestCharacter && end < source.size() &&
                         static_cast<unsigned char>(source[end]) >= 0x80;
         ++length) {
      std::size_t after = end;
      const char32_t next = next_code_point(source, after);
      if (is_plain_han(next) || normalizer.hasBoundaryBefore(static_cast<UChar32>(next))) break;
      end = after;
    }
    const auto begin_offset = static_cast<std::uint32_t>(start);
    const auto end_offset = static_cast<std::uint32_t>(end);

    if (end == at && first < 0x80) {
      const bool upper = first >= 'A' && first <= 'Z';
      append(upper ? first + ('a' - 'A') : first, begin_offset, end_offset);
    } else if (end == at && is_plain_han(first)) {
      append(simplified(first), begin_offset, end_offset);
    } else {
      character.setTo(static_cast<UChar32>(first));
      while (at < end) character.append(static_cast<UChar32>(next_code_point(source, at)));
      UErrorCode status = U_ZERO_ERROR;
      normalizer.normalize(character, normal, status);
      for (std::int32_t i = 0; i < normal.length(); i = normal.moveIndex32(i, 1)) {
        append(simplified(static_cast<char32_t>(normal.char32At(i))), begin_offset, end_offset);
      }
    }
    at = end;
  }
}

FoldedText::SourceSpan FoldedText::source_span(std::size_t begin, std::size_t end) const {
  if (begin < end) return {begins_[begin], ends_[end - 1]};
  const std::uint32_t at =
      begin < begins_.size() ? begins_[begin] : (ends_.empty() ? 0 : ends_.back());
  return {at, at};
}

std::string fold(std::string_view source) {
  return std::string(FoldedText(source).text());
}

bool joins_words(char32_t folded) {
  if (folded < 0x80) {
    return (folded >= 'a' && folded <= 'z') || (folded >= '0' && folded <= '9') ||
           (folded >= 'A' && folded <= 'Z');
  }
  if (is_plain_han(folded)) return false;
  const auto c = static_cast<UChar32>(folded);
  constexpr std::uint32_t kLettersDigitsMarks = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK;
  return (U_GET_GC_MASK(c) & kLettersDigitsMarks) != 0 && !is_written_without_spaces(c);
}

}  // namespace cadre
