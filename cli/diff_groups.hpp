// The people of a diff, gathered by what became of their label and why.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cadre/analyse/diff.hpp"

namespace cadre::cli {

struct CauseGroup {
  std::vector<std::vector<std::uint32_t>> causes;  ///< as in ChangedLabel
  bool smallest = true;
  bool all_found = true;
  std::vector<const ChangedLabel*> people;
};

struct DirectionGroup {
  std::string direction;  ///< "true -> false", "more", "same value, other evidence"
  std::size_t people = 0;
  std::vector<CauseGroup> causes;  ///< the one of most people first
};

/// Most people first; those whose value stays come last.
std::vector<DirectionGroup> group_people(const LabelDiff& label);

/// "13 fewer, 2 more", "12 people change".
std::string summary(const LabelDiff& label);

/// What keeps the label from holding, on the side where it does not; may be empty, and is where it
/// holds on both sides or its value stays.
std::string reason(const ChangedLabel& one);

/// "rules/a.yaml:3", "rules/a.yaml:3 -> rules/b.yaml:9", or an empty text.
std::string places(const RuleChange& change);

/// "Xu Dazhe 许达哲".
std::string names(const PersonSummary& person);

/// "1978-03..1982-03", or an empty text.
std::string span(const ChangedWords& words);

/// "lexicons/stem-fields.yaml:88".
std::string rule_place_text(const RulePlace& place);

}  // namespace cadre::cli
