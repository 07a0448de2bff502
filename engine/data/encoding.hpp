// What must hold of any text file before its contents are looked at.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "cadre/base/source.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {

/// Replaces or leaves out what is not UTF-8, piece by piece of one file, and counts it.
class Utf8Mender {
 public:
  /// `path` is for the place. Nothing is done when `what` is kRefuse.
  Utf8Mender(InvalidUtf8 what, std::string path) : what_(what), path_(std::move(path)) {}

  /// `text` is the file from byte `begin` on, where line `first_line` begins.
  void mend(std::string& text, std::size_t begin = 0, std::size_t first_line = 1);

  /// Says, as a warning, how many bytes were not UTF-8, and where the first stands.
  void tell(Problems& problems) const;

 private:
  InvalidUtf8 what_;
  std::string path_;
  std::size_t count_ = 0;
  std::size_t first_ = 0;  // its offset in the file
  Place place_;            // of the first
};

/// Whether the file has contents, is UTF-8 and holds no zero bytes; tells of what it is not.
bool check_encoding(const TextFile& file, Problems& problems);

/// Tells of a byte order mark behind the one at the beginning, as joining files leaves it. False
/// when there is none.
bool tell_of_second_mark(const TextFile& file, Problems& problems);

}  // namespace cadre
