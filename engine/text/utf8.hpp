// UTF-8: checking it, stepping through it, its ASCII letters, and how wide it prints.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cadre {

/// What stands for bytes that are not UTF-8 (U+FFFD).
inline constexpr char32_t kReplacementCharacter = 0xFFFD;

/// U+FEFF in UTF-8, which may stand at the beginning of a file.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// The byte offset of the first byte that is not valid UTF-8 (overlong forms, surrogates and values
/// above U+10FFFF included), or nothing when all of it is valid.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// The code point that starts at `offset`, which is moved past it. `offset` must lie before the end
/// of `text`. Ill-formed bytes read as U+FFFD, so that a walk over any text comes to its end.
char32_t next_code_point(std::string_view text, std::size_t& offset);

/// Appends one code point to `out`.
void append_utf8(char32_t code_point, std::string& out);

/// The number of code points, counted with next_code_point.
std::size_t count_code_points(std::string_view text);

/// Whether a byte stands for a character of its own, one of the 128 of ASCII.
constexpr bool is_ascii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

/// Whether a byte is one of the second to the last of a character.
constexpr bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// A to Z in lower case; any other byte as it is.
constexpr char ascii_lower_case(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

/// The text with the letters A to Z in lower case, and no others.
std::string ascii_lower_case(std::string_view text);

/// Columns that the text takes in a terminal: 2 for wide East Asian characters, 0 for combining
/// marks and controls (Unicode Standard Annex #11).
std::size_t display_width(std::string_view text);

}  // namespace cadre
