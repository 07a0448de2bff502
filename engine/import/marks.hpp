// The marks of written text that stand between what an importer reads, and its brackets. Texts are
// UTF-8, places are bytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace cadre {

/// Without blanks and the marks that stand between entries, at both ends.
std::string_view trimmed_marks(std::string_view text);

/// The length of the mark or blank that `text` begins with, or 0.
std::size_t leading_mark(std::string_view text);

/// The length of an opening or closing bracket at `at`, or 0.
std::size_t bracket(std::string_view text, std::size_t at, bool opening);

/// One past the closing bracket of the one at `at`; the end of the text when it is never closed.
std::size_t end_of_bracket(std::string_view text, std::size_t at);

}  // namespace cadre
