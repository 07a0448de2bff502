#include "cadre/text/markup.hpp"

#include "cadre/text/blanks.hpp"

namespace cadre {

std::string escape_markup(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string escape_markup_line(std::string_view text) {
  return escape_markup(
      with_spaces(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
}

}  // namespace cadre
