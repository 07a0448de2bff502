#include "cadre/analyse/rule_change.hpp"

#include <array>

namespace cadre {

std::string_view name(RuleChange::Kind kind) {
  constexpr std::array<std::string_view, 19> kNames = {
      "term",  "regex",      "except", "category",   "group",         "overlap",   "lexicon",
      "order", "parameter",  "label",  "unknown_as", "category_rule", "condition", "era",
      "as_of", "transition", "figure", "column",     "near"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view name(RuleChange::Action action) {
  constexpr std::array<std::string_view, 3> kNames = {"added", "removed", "changed"};
  return kNames.at(static_cast<std::size_t>(action));
}

}  // namespace cadre
