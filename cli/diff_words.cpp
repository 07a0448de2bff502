#include "cli/diff_words.hpp"

#include <fmt/format.h>

namespace cadre::cli {

std::string rule_place_text(const RulePlace& place) {
  if (place.file.empty()) return {};
  return place.line == 0 ? place.file : fmt::format("{}:{}", place.file, place.line);
}

std::string places(const RuleChange& change) {
  const std::string before = rule_place_text(change.before);
  const std::string after = rule_place_text(change.after);
  if (before.empty() || after.empty() || before == after) return before.empty() ? after : before;
  return before + " -> " + after;
}

std::string names(const PersonSummary& person) {
  std::string latin;
  std::string others;
  for (const PersonName& name : person.names) {
    std::string& text = name.language == "zh" ? others : latin;
    if (!text.empty()) text += " ";
    text += name.text;
  }
  if (latin.empty() && others.empty()) return person.id;
  return latin + (latin.empty() || others.empty() ? "" : " ") + others;
}

std::string span(const ChangedWords& words) {
  if (words.start.empty() && words.end.empty()) return {};
  return fmt::format("{}..{}", words.start.empty() ? "?" : words.start,
                     words.end.empty()   ? "?"
                     : words.end == ".." ? ""
                                         : words.end);
}

}  // namespace cadre::cli
