// Regular plurals of English terms, for lexicons that ask for them (`plurals: en`).
//
// Only the last word of a term changes, and only by spelling:
//   -man            -men             chairman, chairmen; but Germans, humans, Romans, shamans, ...
//   consonant, y    -ies             secretary, secretaries; colloquy, colloquies
//   -s -x -z -sh    -es              boss, bosses
//   -ch             -es and -s       coach, coaches; monarch, monarchs
//   consonant, o    -s and -es       photo, photos; hero, heroes
//   anything else   -s               attorney, attorneys
// None has a last word of one letter, one without small letters (IT, MP: its is another word), or
// one that does not end in a letter of the Latin script. Irregular and foreign plurals (children,
// alumni, wives) and those of another word than the last (attorneys general) are not made: they are
// terms of their own. A plural that no text has does no harm.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cadre {

/// Which terms are looked for in the plural too.
enum class Plurals : unsigned char {
  kNone,
  kEnglish,  ///< those of English, and those without a language
};

/// Plurals of a term in its folded form (text/fold.hpp), without a space at its end. `written` is
/// the term before it was folded, which shows its capitals.
std::vector<std::string> english_plurals(std::string_view folded, std::string_view written);

}  // namespace cadre
