// How cadre's time grows with the number of terms.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "cadre/data/dataset.hpp"

namespace cadre::bench {

struct Growth {
  std::size_t terms = 0;
  double nanoseconds_per_byte = 0;
  double compile_seconds = 0;
  double mebibytes = 0;
  double hits_per_kilobyte = 0;
};

/// 10 to 100,000 terms in the same folded text. After a thousand names of the dataset come others,
/// put together from the halves of two: they look like names and are hardly ever found, so that
/// what grows is the number of terms and not that of matches.
std::vector<Growth> growth_with_terms(const Dataset& dataset, std::string_view text, int rounds);

}  // namespace cadre::bench
