// Text that is to stand in HTML or XML.
#pragma once

#include <string>
#include <string_view>

namespace cadre {

/// `text` with & < > and " as character references, so that it may stand between tags and within
/// double quotes. Control characters, most of which XML does not have, stay as they are.
std::string escape_markup(std::string_view text);

/// The same for one line of XML: each control character, line ends and tabs too, becomes a space.
std::string escape_markup_line(std::string_view text);

}  // namespace cadre
