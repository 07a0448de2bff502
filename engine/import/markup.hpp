// Taking markup out of a text: HTML tags and entities, control characters, footnote marks.
#pragma once

#include "cadre/import/mapped_text.hpp"

namespace cadre {

/// The text as a reader of the page sees it. Where the text has HTML tags, those that part blocks
/// (p, br, li, tr, ...) end a line and cells of tables are parted by " | "; contents of script,
/// style and comments are left out, and entities are read. In any text, control characters and
/// footnote marks such as [4] are left out, white space of all kinds reads as a blank, carriage
/// returns vanish, and full-width digits, dots and hyphens read as the usual ones. A `<` that
/// begins no tag is itself. `source` of the result leads to bytes of `text`.
MappedText strip_markup(const std::string& text);

}  // namespace cadre
