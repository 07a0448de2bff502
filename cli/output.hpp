// Where commands write: a file, or standard output. The one place that knows of -, /dev/stdout and
// what may be written where; base/files.hpp does the writing.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "cadre/base/files.hpp"
#include "cli/command_line.hpp"

namespace cadre::cli {

/// An option that names an output, such as "-o,--output FILE". `-`, /dev/stdout and /dev/fd/1 all
/// set `variable` to `-`.
Option& add_output_option(Command& command, std::string_view names, std::string& variable,
                          std::string_view meaning);

/// Throws Error kUsage when writing `output` would overwrite a file that was read, or when its
/// folder is not there, and StandardErrorIsRead when messages would go into such a file. To be
/// called before anything is written, whenever more of what is read is known; writing checks again.
/// `-` is standard output; an empty output is none.
void check_output(const std::string& output, const FilesRead& read);

/// Throws Error kUsage when the shell has directed standard output into this file, which cadre
/// keeps beside an output while it works, and StandardErrorIsRead when messages would go there. To
/// be called before the file is opened.
void check_kept(const std::string& path);

/// Throws Error kUsage when a SQLite file cannot be written to `output`, which is written as it
/// comes. `what` is its name, such as "a SQLite run"; `remedy` says what to give.
void check_database_output(const std::string& output, std::string_view what,
                           std::string_view remedy);

/// Writes data in a format for programs: byte by byte, but made visible on a terminal.
void write_data(const std::string& output, std::string_view data, const FilesRead& read);

/// Writes text for people, with control characters made visible (text/visible.hpp).
void write_text(const std::string& output, std::string_view text, const FilesRead& read);

/// --spreadsheet-safe, for commands that write CSV.
void add_spreadsheet_option(Command& command, bool& spreadsheet_safe);

/// Throws Error kUsage for --spreadsheet-safe with another format than CSV.
void check_spreadsheet_option(bool spreadsheet_safe, std::string_view format);

}  // namespace cadre::cli
