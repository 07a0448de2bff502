// White space of ASCII at the ends of a text, and in the middle of a line.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace cadre {

/// The text without the bytes of `blanks` at both ends.
constexpr std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r\n") {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// The text with a space for each byte of which `is_blank` is true: with line ends among them, a
/// text on one line.
template <typename IsBlank>
std::string with_spaces(std::string_view text, const IsBlank& is_blank) {
  std::string line(text);
  std::replace_if(line.begin(), line.end(), is_blank, ' ');
  return line;
}

}  // namespace cadre
