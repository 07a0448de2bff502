#include "cadre/text/utf8.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace cadre {
namespace {

/// The code point at `offset`, or a negative value where the bytes are ill-formed.
UChar32 decode(std::string_view text, std::size_t& offset) {
  // ICU's macro works on signed offsets; no code point is longer than four bytes.
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data() + offset);
  const auto length =
      static_cast<std::int32_t>(text.size() - offset < 4 ? text.size() - offset : 4);
  std::int32_t at = 0;
  UChar32 c;
  U8_NEXT(bytes, at, length, c);
  offset += static_cast<std::size_t>(at);
  return c;
}

std::size_t width(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  // The vowels and final consonants of conjoining Hangul stand on the first consonant.
  const int hangul = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
  if (hangul == U_HST_VOWEL_JAMO || hangul == U_HST_TRAILING_JAMO) return 0;
  const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_ascii(text[at])) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    if (decode(text, at) < 0) return start;
  }
  return std::nullopt;
}

char32_t next_code_point(std::string_view text, std::size_t& offset) {
  if (is_ascii(text[offset])) return static_cast<unsigned char>(text[offset++]);
  const UChar32 c = decode(text, offset);
  return c < 0 ? kReplacementCharacter : static_cast<char32_t>(c);
}

void append_utf8(char32_t code_point, std::string& out) {
  std::uint8_t bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, code_point);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next_code_point(text, at);
  return count;
}

std::string ascii_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = ascii_lower_case(c);
  return lower;
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c < 0x80) {
      columns += c >= 0x20 && c != 0x7F ? 1 : 0;
    } else {
      columns += width(c);
    }
  }
  return columns;
}

}  // namespace cadre
