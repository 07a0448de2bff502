// How the output of a diff calls places, people and times.
#pragma once

#include <string>

#include "cadre/analyse/diff.hpp"

namespace cadre::cli {

/// "rules/a.yaml:3", "rules/a.yaml:3 -> rules/b.yaml:9", or an empty text.
std::string places(const RuleChange& change);

/// "Xu Dazhe 许达哲".
std::string names(const PersonSummary& person);

/// "1978-03..1982-03", or an empty text.
std::string span(const ChangedWords& words);

/// "lexicons/stem-fields.yaml:88".
std::string rule_place_text(const RulePlace& place);

}  // namespace cadre::cli
