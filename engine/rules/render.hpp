// Diagnostics for people, programs and code hosts.
#pragma once

#include <string>

#include "cadre/base/diagnostic.hpp"

namespace cadre {

/// As a compiler prints them, one after the other with an empty line between:
///
///     rules/a.yaml:14:23: error[unknown-lexicon]: no lexicon named 'stem_feilds'; did you mean ...
///        14 |   education: {field: {in: stem_feilds}}
///           |                           ^^^^^^^^^^^
///           = hint: ...
///     rules/a.yaml:3:1: note: ...
///
/// Long lines are cut around the place, and the caret stands right under wide characters as a
/// terminal shows them. Ends in a line feed unless there is nothing to say. Control
/// characters are made visible (text/visible.hpp); `colour` adds ANSI escapes.
std::string render_text(const Diagnostics& diagnostics, bool colour = false);

/// A JSON array of objects {severity, code, message, path, line, column, end_column, excerpt, hint,
/// notes}, indented by two spaces. Lines and columns count from 1, columns in code points.
std::string render_json(const Diagnostics& diagnostics);

/// A SARIF 2.1.0 log with one run, which GitHub, GitLab and editors read.
std::string render_sarif(const Diagnostics& diagnostics);

}  // namespace cadre
