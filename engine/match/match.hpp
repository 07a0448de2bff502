// A term found in a text.
#pragma once

#include <compare>
#include <cstdint>

namespace cadre {

/// One term found in one text.
struct Match {
  std::uint32_t lexicon = 0;
  std::uint32_t category = 0;
  std::uint32_t term = 0;   ///< index into Lexicon::terms
  std::uint32_t begin = 0;  ///< byte offsets into the source text, on code-point boundaries
  std::uint32_t end = 0;

  friend auto operator<=>(const Match&, const Match&) = default;
};

}  // namespace cadre
