// The definition of what matches: slow, and as plain as it can be made. Every matcher must give
// exactly this.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cadre/match/matcher.hpp"
#include "cadre/rules/model.hpp"

namespace cadre::testing {

/// What Matcher(lexicons).find(text, language, ...) must append.
std::vector<Match> reference_find(std::span<const Lexicon> lexicons, std::string_view text,
                                  std::string_view language);

}  // namespace cadre::testing
