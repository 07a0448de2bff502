// cadre beside the engines that people would pick instead.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cadre/data/dataset.hpp"

namespace cadre::bench {

/// What one engine did in one task.
struct Measured {
  std::string task;   ///< "match" (words in folded texts) or "end to end" (bench/end_to_end.hpp)
  std::string terms;  ///< "small", "medium", "large"
  /// "cadre", "vectorscan" or "re2_set". End to end there is "cadre_each_time" too: cadre's
  /// matching without its memory of texts that came before.
  std::string engine;
  double megabytes_per_second = 0;  ///< of folded texts, or of JSON; the median of the rounds
  std::uint64_t checksum = 0;       ///< of all spans, or of what was written
};

/// One thread; engines take turns, round after round. `lines` are people as JSON.
std::vector<Measured> compare_engines(const Dataset& dataset, std::span<const std::string> lines,
                                      int rounds);

}  // namespace cadre::bench
