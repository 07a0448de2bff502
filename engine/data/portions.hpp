// JSON Lines of any length in portions of whole lines.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "cadre/data/dataset.hpp"
#include "cadre/data/encoding.hpp"

namespace cadre {

/// Some whole lines of the input.
struct Portion {
  std::size_t number = 0;
  std::size_t first_line = 1;
  std::string text;
};

/// Cuts an input into portions that end with a line; the same input is always cut the same way.
class PortionReader {
 public:
  /// Fills a part of the bytes it is given and says how many, 0 at the end.
  using Read = std::function<std::size_t(std::span<char>)>;

  /// Portions have about `portion_bytes`; longer lines make longer ones. Compressed input is
  /// decompressed in memory first. `name` is for messages.
  PortionReader(std::string name, Read read, const DataOptions& options, std::size_t portion_bytes);

  /// The next portion, or false at the end. The first one may be empty. Throws what `read` throws,
  /// and Error kLimit for a line that is too long.
  bool next(Portion& portion);

  /// What was not UTF-8 so far.
  const Utf8Mender& mender() const { return mender_; }

 private:
  void fill(std::string& text);
  bool cut(std::string& text, std::size_t from);
  [[noreturn]] void too_long() const;

  std::string name_;
  Read read_;
  DataOptions options_;
  std::size_t portion_bytes_;
  std::string rest_;
  bool ended_ = false;
  std::size_t number_ = 0;
  std::size_t line_ = 1;
  std::size_t begin_ = 0;  // of the next portion: bytes of the file
  Utf8Mender mender_;
};

}  // namespace cadre
