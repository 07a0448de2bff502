// Terms and patterns in the form in which they are compared with folded text (text/fold.hpp).
#pragma once

#include <string>
#include <string_view>

namespace cadre {

/// A literal term, ready to be looked for.
struct FoldedTerm {
  std::string text;  ///< without spaces at its ends; empty when nothing of the term is left
  bool boundary_before = false;  ///< it begins with a character that joins words
  bool boundary_after = false;   ///< it ends with one, and is not a prefix
  bool prefix = false;           ///< it was written with a trailing *, which is not in `text`
};

/// Folds a term (valid UTF-8).
FoldedTerm fold_term(std::string_view term);

/// A regular expression in RE2's syntax, changed so that it fits folded text: characters beyond
/// ASCII are folded one by one, and a hyphen that stands for itself becomes a space. A character
/// that folds to several becomes a group, or, in a class, several members of the class. Write one
/// space for any run of white space and hyphens. The result is meant to be compiled without regard
/// to case; ASCII letters are left as they are. `pattern` must be valid UTF-8; whether it is a
/// correct regular expression is for RE2 to say of the result.
std::string fold_pattern(std::string_view pattern);

}  // namespace cadre
