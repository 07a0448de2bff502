// Regular expressions, compiled while rules are loaded so that their mistakes have a place.
#include <fmt/format.h>
#include <re2/re2.h>

#include <optional>
#include <string>

#include "cadre/rules/loading.hpp"
#include "cadre/text/term.hpp"

namespace cadre {

namespace {

std::string explain(re2::RE2::ErrorCode code) {
  switch (code) {
    case re2::RE2::ErrorBadEscape:
      return "unknown escape";
    case re2::RE2::ErrorBadCharClass:
      return "bad character class";
    case re2::RE2::ErrorBadCharRange:
      return "the range of characters runs backwards";
    case re2::RE2::ErrorMissingBracket:
      return "a ']' is missing";
    case re2::RE2::ErrorMissingParen:
      return "a ')' is missing";
    case re2::RE2::ErrorUnexpectedParen:
      return "this ')' closes nothing";
    case re2::RE2::ErrorTrailingBackslash:
      return "a backslash at the end";
    case re2::RE2::ErrorRepeatArgument:
      return "there is nothing to repeat before this";
    case re2::RE2::ErrorRepeatSize:
      return "the number of repeats is too large or runs backwards";
    case re2::RE2::ErrorRepeatOp:
      return "two repeats follow each other";
    case re2::RE2::ErrorBadPerlOp:
      return "RE2 does not know this group";
    case re2::RE2::ErrorBadUTF8:
      return "not valid UTF-8";
    case re2::RE2::ErrorBadNamedCapture:
      return "bad name of a group";
    case re2::RE2::ErrorPatternTooLarge:
      return "the pattern needs too much memory";
    default:
      return "RE2 cannot read it";
  }
}

std::string_view hint(re2::RE2::ErrorCode code) {
  switch (code) {
    case re2::RE2::ErrorBadPerlOp:
    case re2::RE2::ErrorBadEscape:
      return "look-ahead, look-behind and back references do not exist in RE2; use `except` to "
             "rule "
             "out what stands around";
    case re2::RE2::ErrorPatternTooLarge:
      return "shorten it, or write smaller repeats";
    case re2::RE2::ErrorMissingParen:
    case re2::RE2::ErrorUnexpectedParen:
      return "a bracket that stands for itself is written \\( or \\)";
    default:
      return "";
  }
}

/// Where the offending part of the pattern stands, if that can be told.
Range part_of(const Node& node, const std::string& part, const Report& report) {
  if (part.empty() || node.parameter != 0 || !node.range.known()) return node.range;
  const std::string_view source = report.sources().text(node.range.file);
  const std::string_view written =
      source.substr(node.range.begin, node.range.end - node.range.begin);
  const std::size_t at = written.find(part);
  if (at == std::string_view::npos || part == node.text) return node.range;
  const auto begin = static_cast<std::uint32_t>(node.range.begin + at);
  return {node.range.file, begin, begin + static_cast<std::uint32_t>(part.size())};
}

/// Whether the pattern has \C, which matches single bytes and so half a character.
bool has_byte_escape(std::string_view pattern) {
  for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
    if (pattern[i] != '\\') continue;
    if (pattern[i + 1] == 'C') return true;
    ++i;
  }
  return false;
}

}  // namespace

bool check_regex(const Node& node, Loading& loading) {
  const LoadOptions& limits = loading.options;
  if (node.text.size() > limits.max_regex_bytes) {
    loading.reader.error(
        node, "regex-too-long",
        fmt::format("the pattern is longer than {} bytes", limits.max_regex_bytes));
    return false;
  }
  if (has_byte_escape(node.text)) {
    loading.reader.error(node, "bad-regex",
                         "bad regular expression: \\C would match a part of a character",
                         "use . for any character");
    return false;
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(false);
  options.set_longest_match(true);
  options.set_max_mem(static_cast<std::int64_t>(limits.max_regex_memory));

  // As written first, for messages that speak of what was written.
  const re2::RE2 written(node.text, options);
  std::optional<re2::RE2> folded;
  if (written.ok()) {
    if (const std::string text = fold_pattern(node.text); text != node.text) {
      folded.emplace(text, options);
    }
  }
  const re2::RE2& regex = folded ? *folded : written;
  if (!regex.ok()) {
    std::string message = "bad regular expression: " + explain(regex.error_code());
    const std::string& part = regex.error_arg();
    const bool show = !part.empty() && part.size() <= 40 && part != node.text;
    if (show) message += ": " + part;
    Diagnostic& diagnostic = loading.reader.error(node, "bad-regex", std::move(message),
                                                  std::string(hint(regex.error_code())));
    diagnostic.place = loading.report().place(part_of(node, part, loading.report()));
    return false;
  }
  if (re2::RE2::PartialMatch("", regex)) {
    loading.report().warning(node.range, "regex-matches-empty",
                             fmt::format("the pattern '{}' can match nothing at all", node.text),
                             "such matches do not count; use + in place of *");
  }
  return true;
}

}  // namespace cadre
