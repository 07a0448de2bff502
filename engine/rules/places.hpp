// Places of many ranges: line and column of each, in time that does not grow with the length of the
// lines. A machine may have written all of a file on one line, and be wrong on it a thousand times.
//
//     Places places(sources);
//     diagnostic.place = places.place(range);
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "cadre/base/source.hpp"

namespace cadre {

class Places {
 public:
  /// Of a line that is longer a place quotes only the part around its range: at most kPartBefore
  /// bytes in front of it and kPartAfter from its first byte on.
  static constexpr std::size_t kLongLine = 4000;
  static constexpr std::size_t kPartBefore = 100;
  static constexpr std::size_t kPartAfter = 300;

  /// Keeps a reference to the sources. Files may be added to them later.
  explicit Places(const Sources& sources) : sources_(sources) {}

  const Sources& sources() const { return sources_; }

  /// As Sources::place, but for the quote of long lines. The first place in a long line of a file
  /// reads that file once; all others cost at most a few thousand bytes. Not for two threads at
  /// once.
  Place place(Range range) const;

 private:
  /// How many code points end before byte `offset` of a file.
  std::size_t code_points_before(std::uint32_t file, std::size_t offset) const;

  /// Where a long line begins; `at` lies in it.
  std::size_t begin_of_line(std::uint32_t file, std::uint32_t line, std::size_t at) const;

  const Sources& sources_;
  mutable std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> line_begins_;
  // By file: the code points before every kStep-th byte; empty until they are asked for.
  mutable std::vector<std::vector<std::uint32_t>> counts_;
};

}  // namespace cadre
