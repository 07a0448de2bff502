// Whether a regular expression can match any folded text: folding leaves no capitals, no
// Traditional characters, never two spaces in a row. What can never match is a mistake that nobody
// would see.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cadre/text/fold.hpp"

namespace cadre {

struct PatternFinding {
  enum class Kind {
    kNever,         ///< no folded text matches
    kNeverPart,     ///< no text matches by this alternative, or by this part because of (?-i)
    kBoundary,      ///< \b beside é: matches only where é touches an ASCII letter
    kCapitals,      ///< a class of capitals, which finds small letters too
    kCaseSwitch,    ///< (?-i), where it changes nothing
    kSpaceForDash,  ///< a space that parts Han characters, where only dashes become one
  };
  Kind kind = Kind::kNever;
  std::string part;  ///< of the pattern, or empty
  std::string why;   ///< a clause, for kNever and kNeverPart
  std::string hint;
};

/// What is wrong with a pattern that RE2 can read, as it is written and as fold_pattern() folds it
/// for texts that are folded so. At most one kNever, and then nothing else. A pattern too large to
/// be looked at is taken for good. What is found is certain, as every text that folding can give is
/// among those that are thought of, but for two things: \b beside a Han character at an end of the
/// pattern is taken never to match, though a Latin letter may stand there in a text; and so is
/// (?-i)\p{Lu}, though Cherokee folds to capitals.
std::vector<PatternFinding> check_pattern(std::string_view written, const Folding& folding);

}  // namespace cadre
