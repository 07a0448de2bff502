#include "cadre/text/visible.hpp"

#include <algorithm>

#include "cadre/text/blanks.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// The lowest digits of a number in base 16.
void append_hexadecimal(char32_t number, int digits, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    out += kDigits[(number >> shift) & 0xF];
}

}  // namespace

bool is_control(char32_t c) {
  if (c < 0x20) return c != U'\t' && c != U'\n';
  return (c >= 0x7F && c <= 0x9F) || c == 0x61C || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    const std::string_view bytes = text.substr(begin, at - begin);
    if (c == kReplacementCharacter && find_invalid_utf8(bytes)) {
      for (const char byte : bytes) {
        out += "\\x";
        append_hexadecimal(static_cast<unsigned char>(byte), 2, out);
      }
    } else if (is_control(c)) {
      out += "\\u";
      append_hexadecimal(c, 4, out);
    } else {
      out += bytes;
    }
  }
  return out;
}

std::string visible_data(std::string_view data) {
  std::string out;
  while (!data.empty()) {
    const std::size_t end = std::min(data.find("\r\n"), data.size());
    out += visible(data.substr(0, end));
    if (end < data.size()) out += "\n";
    data.remove_prefix(std::min(data.size(), end + 2));
  }
  return out;
}

std::string visible_line(std::string_view text) {
  return visible(with_spaces(text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }));
}

}  // namespace cadre
