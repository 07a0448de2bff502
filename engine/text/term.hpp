// Terms and patterns in the form in which they are compared with folded text (text/fold.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cadre/text/fold.hpp"
#include "cadre/text/plural.hpp"

namespace cadre {

/// A literal term, ready to be looked for.
struct FoldedTerm {
  std::string text;  ///< without spaces at its ends; empty when nothing of the term is left
  /// Other words that it stands for. 着 is written 著 in Taiwan, where 著 is also what China writes
  /// for it: the 著 of 著作. In a text nobody can tell, and 带着作品 must not become a 著作. So a
  /// term with 着 is looked for with 著 too, and one with 著 with 着 too, unless that 著 belongs to
  /// one of the words that China writes so (or stands alone). And its plurals, where it is looked
  /// for in these too (text/plural.hpp).
  std::vector<std::string> also;
  bool boundary_before = false;  ///< it begins with a character that joins words
  bool boundary_after = false;   ///< it ends with one, and is not a prefix
  bool prefix = false;           ///< it was written with a trailing *, which is not in `text`
};

/// Folds a term (valid UTF-8), as texts are folded in which it is looked for.
FoldedTerm fold_term(std::string_view term, const Folding& folding = {},
                     Plurals plurals = Plurals::kNone);

/// A regular expression in RE2's syntax, changed so that it fits folded text: characters beyond
/// ASCII are folded one by one, an accent that follows a letter goes with it where accents are
/// folded, and a hyphen that stands for itself becomes a space. A character
/// that folds to several becomes a group, or, in a class, several members of the class; 着 becomes
/// 着 or 著 (see FoldedTerm); the ends of a range in a class stay. Write one space for any run of
/// white space and hyphens; between two Han characters that stand for themselves blanks are left
/// out, unless they are kept. The result is meant to be compiled without regard to case; ASCII
/// letters are left as they are. `pattern` must be valid UTF-8; whether it is a correct regular
/// expression is for RE2 to say of the result.
std::string fold_pattern(std::string_view pattern, const Folding& folding = {});

}  // namespace cadre
