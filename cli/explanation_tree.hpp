// An explanation as a tree for the terminal.
#pragma once

#include <string>
#include <vector>

#include "cadre/analyse/explanation.hpp"
#include "cadre/analyse/people.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {

/// TRUE, FALSE, UNKNOWN, or the value of a category, number or date.
std::string verdict(const ExplainedLabel& label);

/// Green for true, red for false, yellow for unknown.
Style style_of(Truth value);

/// "Xu Dazhe 许达哲, b. 1956-09".
std::string names_and_birth(const PersonSummary& person);

/// "rules.yaml:12", or nothing for a place that is not known.
std::string place_text(const RulePlace& place);

/// The cell with the words that met a test marked: by colour, or by brackets where there is none.
std::string marked(const ExplainedCell& cell, const Terminal& terminal);

/// Names, birth and posts, in a line or two.
std::string render_person(const PersonSummary& person, const Terminal& terminal);

/// The first label with its steps; labels that they refer to are unfolded where they are first
/// mentioned. Unless `all`, steps that did not decide are folded to a line, and of many rows only
/// the first few are shown.
std::string render_explanation(const std::vector<ExplainedLabel>& labels, bool all,
                               const Terminal& terminal);

}  // namespace cadre::cli
