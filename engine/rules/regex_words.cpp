#include "cadre/rules/regex_words.hpp"

namespace cadre {
namespace {

std::string_view in_words(re2::RE2::ErrorCode code) {
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

}  // namespace

std::string regex_mistake(const re2::RE2& regex) {
  constexpr std::size_t kLongestPart = 40;
  std::string words(in_words(regex.error_code()));
  const std::string& part = regex.error_arg();
  if (!part.empty() && part.size() <= kLongestPart && part != regex.pattern()) words += ": " + part;
  return words;
}

std::string_view regex_hint(re2::RE2::ErrorCode code) {
  if (is_missing_in_re2(code)) {
    return "look-ahead, look-behind and back references do not exist in RE2";
  }
  switch (code) {
    case re2::RE2::ErrorPatternTooLarge:
      return "shorten it, or write smaller repeats";
    case re2::RE2::ErrorMissingParen:
    case re2::RE2::ErrorUnexpectedParen:
      return "a bracket that stands for itself is written \\( or \\)";
    default:
      return "";
  }
}

bool is_missing_in_re2(re2::RE2::ErrorCode code) {
  return code == re2::RE2::ErrorBadPerlOp || code == re2::RE2::ErrorBadEscape;
}

}  // namespace cadre
