// One difference between two rule sets, as small as the rule language allows: a term, a threshold,
// a value of a condition, a boundary of an era.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cadre/analyse/explanation.hpp"

namespace cadre {

struct RuleChange {
  enum class Kind : std::uint8_t {
    kTerm,      ///< of a category, in one language
    kRegex,     ///< likewise
    kExcept,    ///< likewise
    kCategory,  ///< a whole category comes, goes, or has few terms in common with its old self
    kGroup,     ///< of a category and those below that take it from it
    kOverlap,
    kLexicon,    ///< a whole lexicon comes, goes, or has few terms in common with its old self
    kOrder,      ///< of the categories of a lexicon, or of conditions
    kParameter,  ///< its value, with everything that depends on it
    kLabel,      ///< a label comes, goes, or is of another kind
    kUnknownAs,
    kCategoryRule,  ///< category_of, pick or columns of a category label
    kCondition,     ///< a condition or a part of one
    kEra,           ///< an era or one of its boundaries
    kAsOf,
    kTransition,
    kFigure,
    kColumn,  ///< a column that the rule set declares
    kNear,    ///< near or not_near of a category, its window or one of its words
  };
  enum class Action : std::uint8_t { kAdded, kRemoved, kChanged };

  Kind kind = Kind::kCondition;
  Action action = Action::kChanged;
  std::string text;  ///< in words: "min_years 1 -> 5", "term 航天 added to industries/aerospace"
  std::string language;  ///< of a term, regex, except or context word; empty for all columns
  /// Where it stands in either rule set; for what only one has, the place in the other where it was
  /// taken away, or where it would stand. "--set" stands for a file when a parameter was set from
  /// outside. Not known: an empty file.
  RulePlace before;
  RulePlace after;
  /// Whether it can change the label of anybody; others change figures at most.
  bool decides_labels = true;
};

/// "term", "unknown_as", ...
std::string_view name(RuleChange::Kind kind);
/// "added", "removed" or "changed".
std::string_view name(RuleChange::Action action);

}  // namespace cadre
