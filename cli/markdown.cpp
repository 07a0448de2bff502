#include "cli/markdown.hpp"

#include <algorithm>
#include <cctype>

#include "cadre/text/visible.hpp"

namespace cadre::cli {
namespace {

bool is_alphanumeric(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

bool joins_words(std::string_view text, std::size_t at) {
  return at > 0 && at + 1 < text.size() && is_alphanumeric(text[at - 1]) &&
         is_alphanumeric(text[at + 1]);
}

/// Whether backticks stand around names alone, such as `share`: as code these are the same text.
bool enclose_names(std::string_view text) {
  bool in_code = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '`') {
      // Two backticks open a longer code, and blanks at both ends are left out.
      if (in_code && (i == begin || text[begin] == ' ')) return false;
      in_code = !in_code;
      begin = i + 1;
    } else if (in_code && !is_alphanumeric(text[i]) && text[i] != '_' && text[i] != ' ') {
      return false;
    }
  }
  return !in_code;
}

}  // namespace

std::string escape_markdown(std::string_view given) {
  const std::string text = visible_line(given);
  const std::string_view special_characters = enclose_names(text) ? "\\*[]|#~" : "\\`*[]|#~";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>' && i == 0) {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      const bool special = special_characters.find(c) != std::string_view::npos;
      if (special || (c == '_' && !joins_words(text, i))) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  std::string plain = visible_line(text);
  // In a table a bar ends the cell even inside code.
  std::replace(plain.begin(), plain.end(), '`', '\'');
  std::replace(plain.begin(), plain.end(), '|', '/');
  return plain.empty() ? "" : "`" + plain + "`";
}

std::string markdown_block(std::string_view lines) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : lines) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(std::max<std::size_t>(3, longest + 1), '`');
  return fence + "\n" + std::string(lines) + fence + "\n";
}

}  // namespace cadre::cli
