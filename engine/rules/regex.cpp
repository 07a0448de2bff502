// Regular expressions, compiled while rules are loaded so that their mistakes have a place.
#include <fmt/format.h>
#include <re2/re2.h>

#include <optional>
#include <string>

#include "cadre/rules/loading.hpp"
#include "cadre/rules/pattern_check.hpp"
#include "cadre/rules/regex_words.hpp"
#include "cadre/text/term.hpp"

namespace cadre {

namespace {

std::string hint(re2::RE2::ErrorCode code) {
  std::string hint(regex_hint(code));
  if (is_missing_in_re2(code)) hint += "; use `except` to rule out what stands around";
  return hint;
}

/// Where the offending part of the pattern stands, if that can be told.
Range part_of(const Node& node, const std::string& part, const DiagnosticSink& sink) {
  if (part.empty() || node.parameter != 0 || !node.range.known()) return node.range;
  const std::string_view source = sink.sources().text(node.range.file);
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

/// Tells what check_pattern() finds; false if the pattern can never match.
bool can_match(const Node& node, const Folding& folding, Loading& loading) {
  using Kind = PatternFinding::Kind;
  DiagnosticSink& sink = loading.sink();
  const std::string& pattern = node.text;
  for (const PatternFinding& finding : check_pattern(pattern, folding)) {
    const Range range = part_of(node, finding.part, sink);
    switch (finding.kind) {
      case Kind::kNever:
        loading.reader
            .error(node, "regex-never-matches",
                   fmt::format("the pattern '{}' can never match: {}", pattern, finding.why),
                   finding.hint)
            .place = sink.place(range);
        return false;
      case Kind::kNeverPart:
        sink.warning(range, "regex-part-never-matches",
                     fmt::format("'{}' in the pattern '{}' can never match: {}", finding.part,
                                 pattern, finding.why),
                     finding.hint);
        break;
      case Kind::kBoundary:
        sink.warning(
            range, "regex-word-boundary",
            fmt::format("the pattern '{}' matches only where a letter beyond ASCII touches an "
                        "ASCII one: \\b knows no other letters",
                        pattern),
            "leave out the \\b beside such a letter, or list the words under `terms`, which begin "
            "and end at words of any script");
        break;
      case Kind::kCapitals:
        sink.warning(range, "regex-capitals",
                     fmt::format("'{}' in the pattern '{}' finds small letters too: texts are "
                                 "compared in lower case",
                                 finding.part, pattern),
                     "list the words that are meant, or say what stands around them");
        break;
      case Kind::kCaseSwitch:
        sink.warning(range, "regex-case",
                     fmt::format("(?-i) in the pattern '{}' changes nothing: texts are compared "
                                 "in lower case",
                                 pattern),
                     "leave it out");
        break;
      case Kind::kSpaceForDash:
        sink.warning(
            range, "regex-blank-in-han",
            fmt::format("the pattern '{}' matches only with a dash between Chinese characters: "
                        "blanks there are left out when texts are compared",
                        pattern),
            "leave out the space, or write a dash if one is meant; `blanks: keep` at the top of a "
            "lexicon keeps blanks");
        break;
    }
  }
  return true;
}

}  // namespace

bool check_regex(const Node& node, const Folding& folding, Loading& loading) {
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
    if (const std::string text = fold_pattern(node.text, folding); text != node.text) {
      folded.emplace(text, options);
    }
  }
  const re2::RE2& regex = folded ? *folded : written;
  if (!regex.ok()) {
    Diagnostic& diagnostic =
        loading.reader.error(node, "bad-regex", "bad regular expression: " + regex_mistake(regex),
                             hint(regex.error_code()));
    diagnostic.place = loading.sink().place(part_of(node, regex.error_arg(), loading.sink()));
    return false;
  }
  if (re2::RE2::PartialMatch("", regex)) {
    loading.sink().warning(node.range, "regex-matches-empty",
                           fmt::format("the pattern '{}' can match nothing at all", node.text),
                           "such matches do not count; use + in place of *");
  }
  return can_match(node, folding, loading);
}

}  // namespace cadre
