#include "cadre/rules/yaml_slips.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::string_view kFullWidthColon = "：";

bool is_one_of(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

/// A line without its indentation, the dashes of list items before its first word, and its end.
struct Line {
  std::size_t begin = 0;    // of the line, in the text
  std::size_t content = 0;  // of the first word
  std::string_view words;
  bool item = false;  // a dash stands before them

  std::size_t column() const { return content - begin; }
  bool is_empty() const { return words.empty() || words.front() == '#'; }
};

Line line_at(std::string_view text, std::size_t at) {
  Line line;
  if (at > 0) line.begin = text.rfind('\n', at - 1);
  line.begin = at == 0 || line.begin == std::string_view::npos ? 0 : line.begin + 1;
  if (line.begin == 0 && text.starts_with(kByteOrderMark)) line.begin = kByteOrderMark.size();
  std::size_t end = std::min(text.find('\n', line.begin), text.size());
  line.content = line.begin;
  for (; line.content < end; ++line.content) {
    const char c = text[line.content];
    const bool dash = c == '-' && line.content + 1 < end && text[line.content + 1] == ' ';
    if (c != ' ' && !dash) break;
    line.item = line.item || dash;
  }
  while (end > line.content && is_one_of(text[end - 1], " \t\r")) --end;
  line.words = text.substr(line.content, end - line.content);
  return line;
}

std::optional<Line> line_before(std::string_view text, const Line& line) {
  for (std::size_t at = line.begin; at > 0 && text[at - 1] == '\n';) {
    const Line before = line_at(text, at - 1);
    if (!before.is_empty()) return before;
    at = before.begin;
  }
  return std::nullopt;
}

bool has_key(std::string_view words) {
  return words.ends_with(':') || words.find(": ") != std::string_view::npos ||
         words.find(":\t") != std::string_view::npos;
}

/// `key:value` as it is to be written.
std::string with_space(std::string_view words, std::size_t colon) {
  constexpr std::size_t kLongest = 40;
  std::string_view rest = words.substr(colon + 1);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.size() > kLongest) rest = "...";
  if (rest.starts_with('{')) rest = "{...}";
  if (rest.starts_with('[')) rest = "[...]";
  return fmt::format("`{}: {}`", words.substr(0, colon), rest);
}

/// What is wrong with words that stand alone where `key: value` is to stand.
YamlSlip no_key(std::size_t begin, std::string_view words) {
  if (const auto colon = colon_without_space(words)) {
    return {begin + *colon, begin + *colon + 1, "a space is missing after this colon",
            "write " + with_space(words, *colon) + ", or put text that is meant so in quotes"};
  }
  if (const std::size_t colon = words.find(kFullWidthColon); colon != std::string_view::npos) {
    return {begin + colon, begin + colon + kFullWidthColon.size(),
            "this full-width colon does not end a key", "write ': ' after a key"};
  }
  return {begin, begin + words.size(), "a ': ' is missing here",
          "an entry is written `key: value`"};
}

}  // namespace

std::optional<std::size_t> colon_without_space(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == text.size()) return {};
  if (text.substr(0, colon).find_first_of(" \t\n'\"[]{},#&*!|>%@`/") != std::string_view::npos) {
    return {};
  }
  if (is_one_of(text[colon + 1], " \t\n:")) return {};
  if (text.substr(colon + 1).starts_with("//")) return {};
  return colon;
}

std::string missing_space_hint(std::string_view value) {
  if (const auto colon = colon_without_space(value)) {
    return "a space is missing after the colon: write " + with_space(value, *colon);
  }
  const bool item = value.size() > 1 && value[0] == '-' && value[1] != '-' &&
                    value.find('\n') == std::string_view::npos;
  return item ? "a space is missing after the dash: a list item is written `- item`" : "";
}

std::optional<YamlSlip> explain_colon(std::string_view text, std::size_t at) {
  const Line line = line_at(text, at);
  if (at < line.content || has_key(text.substr(line.content, at - line.content))) return {};
  bool first = true;
  for (auto above = line_before(text, line); above; above = line_before(text, *above)) {
    const bool aligned = above->column() == line.column();
    if (has_key(above->words)) {
      if (!aligned && above->column() < line.column()) {
        return YamlSlip{line.content, at, "this does not fit the indentation of the lines above",
                        fmt::format("entries of one map start in the same column; the one above "
                                    "starts in column {}",
                                    above->column() + 1)};
      }
      return std::nullopt;
    }
    const bool keyed = colon_without_space(above->words) ||
                       above->words.find(kFullWidthColon) != std::string_view::npos;
    if (aligned && (keyed || (first && !above->item))) return no_key(above->content, above->words);
    first = false;
  }
  return std::nullopt;
}

std::optional<YamlSlip> explain_key(std::string_view text, std::size_t begin, std::size_t end,
                                    bool in_brackets) {
  std::string_view words = text.substr(begin, end - begin);
  words = words.substr(0, words.find('\n'));
  const auto inside = colon_without_space(words);
  const std::size_t next = text.find_first_not_of(" \t\r\n", end);
  if (next != std::string_view::npos && text[next] == ':') {
    const bool opens = inside && is_one_of(words[*inside + 1], "{[\"'");
    return opens && !in_brackets ? std::optional(no_key(begin, words)) : std::nullopt;
  }
  const std::size_t before =
      begin == 0 ? std::string_view::npos : text.find_last_not_of(" \t\r\n", begin - 1);
  if (before != std::string_view::npos && text[before] == '?') return std::nullopt;  // `? key`
  if (in_brackets && !inside) return std::nullopt;
  return no_key(begin, words);
}

std::optional<YamlSlip> explain_bracket(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size() || !is_one_of(text[at], "{[") || text[at - 1] != ':') return {};
  const std::size_t before = text.substr(0, at).find_last_of(" \t\r\n{}[],");
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::string_view words = text.substr(begin, at + 1 - begin);
  return colon_without_space(words) ? std::optional(no_key(begin, words)) : std::nullopt;
}

std::optional<YamlSlip> explain_dash(std::string_view text, std::size_t at) {
  const Line line = line_at(text, at);
  if (at != line.content || line.words.size() < 2 || line.words[0] != '-') return std::nullopt;
  const auto above = line_before(text, line);
  if (!above || !above->item) return std::nullopt;
  return YamlSlip{at, at + 1, "a space is missing after this dash",
                  "a list item is written `- item`"};
}

}  // namespace cadre
