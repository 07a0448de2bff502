// Where output goes and how it may look: colours only on a terminal, and never with NO_COLOR.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace cadre::cli {

enum class Style { kBold, kDim, kRed, kGreen, kYellow, kCyan, kMatch };

/// What is known of one output stream.
struct Terminal {
  bool is_terminal = false;
  bool colour = false;
  std::size_t width = 100;  ///< columns

  static Terminal of(std::FILE* stream);

  /// `text` in a style, or as it is where there is no colour.
  std::string styled(Style style, std::string_view text) const;
};

/// Whoever read standard output has gone away, as `head` does.
struct ClosedPipe {};

/// Writes all of `text` to standard output. Throws ClosedPipe, or Error kIo for any other reason.
void print(std::string_view text);

/// The same to standard error, where failing is of no use.
void print_error(std::string_view text);

/// `text` cut to `width` columns, with … in place of what is missing.
std::string cut_to_width(std::string_view text, std::size_t width);

/// `text` with blanks behind it up to `width` columns.
std::string padded(std::string_view text, std::size_t width);

/// Text in lines of at most `width` columns, broken at spaces; longer words stay whole. Line feeds
/// in it count as spaces, and there is none at the end.
std::string wrapped(std::string_view text, std::size_t width);

}  // namespace cadre::cli
