// A text that is being read, and the places in it that people are told of.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cadre/base/source.hpp"

namespace cadre {

class TextFile {
 public:
  /// Keeps a reference to the bytes of `text`, which must outlive it. `path` is what people are
  /// shown; `first_line` is the number of the line that `text` begins with.
  TextFile(std::string path, std::string_view text, std::size_t first_line = 1);

  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }

  /// The place of the bytes [begin, end), cut at the end of the first line. Of lines of more than
  /// 240 letters only a part is quoted. Not to be called by two threads at once; quick when the
  /// places that are asked for follow each other.
  Place place(std::size_t begin, std::size_t end) const;

  /// The place of the file as a whole.
  Place whole() const;

 private:
  std::string path_;
  std::string_view text_;
  // A line that was looked up before, from where the next ones are counted.
  mutable std::size_t line_;
  mutable std::size_t line_begin_;
  std::size_t first_line_;
  std::size_t first_begin_;
};

/// `text` with U+FFFD for every ill-formed byte, cut to `max_letters` with … at the end: a value as
/// it can be quoted in a message. Line breaks and other controls become blanks.
std::string quotable(std::string_view text, std::size_t max_letters = 60);

}  // namespace cadre
