// Markdown that says what it holds: the one function by which every command escapes text that it
// did not write itself.
#pragma once

#include <string>
#include <string_view>

namespace cadre::cli {

/// Text in which Markdown and HTML have no meaning, on one line, so that it may stand in a
/// paragraph, a heading, a list or a cell. Rendered, it is the text again. It reads well
/// unrendered, too: an underscore within a word and an arrow mean nothing to Markdown and stay. So
/// do backticks around nothing but names: notes of figures name columns in them. Control characters
/// are made visible (text/visible.hpp).
std::string escape_markdown(std::string_view text);

/// A name or a place as code; empty for none.
std::string markdown_code(std::string_view text);

/// Lines as a block of code, which no line of it can end.
std::string markdown_block(std::string_view lines);

}  // namespace cadre::cli
