// Where output goes and how it may look: colours only on a terminal, and never with NO_COLOR.
//
// All that is printed goes through print, print_data, print_error or print_status, and none of them
// lets a control character of what was read through to a terminal (text/visible.hpp). The colours
// of styled() are marked by bytes that no text holds, and become escape sequences only there.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include "cadre/base/diagnostic.hpp"
#include "cadre/base/files.hpp"

namespace cadre::cli {

enum class Style { kBold, kDim, kRed, kGreen, kYellow, kCyan, kMatch };

/// What is known of one output stream.
struct Terminal {
  bool is_terminal = false;
  bool colour = false;
  std::size_t width = 100;  ///< columns

  static Terminal of(std::FILE* stream);

  /// `text` in a style, or as it is where there is no colour. To be printed, not to be written
  /// elsewhere.
  std::string styled(Style style, std::string_view text) const;
};

/// Whoever read standard output has gone away, as `head` does.
struct ClosedPipe {};

/// Standard error is directed into a file that is read, so that nobody can be told.
struct StandardErrorIsRead {};

/// Writes text for people to standard output, with control characters made visible. Throws
/// ClosedPipe, Error kUsage when standard output is directed into one of the files that were
/// `read`, or Error kIo for any other reason.
void print(std::string_view text, const FilesRead& read);

/// Writes data in a format for programs (JSON, CSV, HTML) to standard output: byte by byte into a
/// file or a pipe; with control characters made visible on a terminal.
void print_data(std::string_view data, const FilesRead& read);

/// As print, to standard error, where failing is of no use.
void print_error(std::string_view text);

/// Diagnostics to standard error, in colour where it has any.
void print_error(const Diagnostics& diagnostics);

/// Shows one line on standard error in place of the one shown before; empty: shows none.
void print_status(std::string_view line);

/// Columns that text takes on a terminal, the marks of styled() left out.
std::size_t styled_width(std::string_view text);

/// `text` cut to `width` columns, with … in place of what is missing.
std::string cut_to_width(std::string_view text, std::size_t width);

/// `text` with blanks behind it up to `width` columns.
std::string padded(std::string_view text, std::size_t width);

/// Text in lines of at most `width` columns, broken at spaces; longer words stay whole. Line feeds
/// in it count as spaces, and there is none at the end.
std::string wrapped(std::string_view text, std::size_t width);

}  // namespace cadre::cli
