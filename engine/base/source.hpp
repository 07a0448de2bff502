// Source files and places in them. The syntax tree and the checked model remember where everything
// stood as byte ranges; places that a person reads (line, column) are worked out when asked for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cadre {

/// A place that a person can look up. Lines and columns count from 1; columns count code points, as
/// editors do, and leave out a byte order mark. Line 0 means the file as a whole.
struct Place {
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_column = 0;  ///< one past the last column of the range on `line`
  std::string excerpt;  ///< the text of the line, without its end; ill-formed bytes read as U+FFFD
  std::uint32_t excerpt_column = 1;  ///< of the excerpt's first letter: of long lines only a part
};

/// A half-open range of bytes in one of the files of a Sources.
struct Range {
  static constexpr std::uint32_t kNoFile = 0xFFFFFFFF;
  std::uint32_t file = kNoFile;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool known() const { return file != kNoFile; }
  friend bool operator==(const Range&, const Range&) = default;
};

/// The texts that rules were loaded from, kept as long as anything points into them.
class Sources {
 public:
  /// Adds a file and returns its number. `path` is shown to people as it is given.
  std::uint32_t add(std::string path, std::string text);

  std::size_t size() const { return files_.size(); }
  const std::string& path(std::uint32_t file) const { return files_[file].path; }
  std::string_view text(std::uint32_t file) const { return files_[file].text; }

  /// The line of a byte offset, from 1. Lines end with a line feed or a carriage return and line
  /// feed; what follows the last of these is a line too, even if it is empty.
  std::uint32_t line(std::uint32_t file, std::uint32_t offset) const;

  /// The place of a range; a range that runs over the end of its first line is cut there, and one
  /// that lies past the end of the file stands at the end. The place of an unknown range is empty.
  Place place(Range range) const;

  /// `path:line`, or an empty text for an unknown range.
  std::string path_and_line(Range range) const;

 private:
  struct File {
    std::string path;
    std::string text;
    std::vector<std::uint32_t> line_starts;  // of line 1 the first byte after a byte order mark
  };
  std::vector<File> files_;
};

}  // namespace cadre
