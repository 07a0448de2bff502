// The matcher beside the engines that people would pick instead.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/data/dataset.hpp"
#include "cadre/text/fold.hpp"

namespace cadre::bench {

/// Terms to look for: names of institutions and organisations, folded, sorted, each once.
struct TermSet {
  std::string size;  ///< "small" (200), "medium" (2,000), "large" (all)
  std::vector<std::string> terms;
};
std::vector<TermSet> term_sets(const Dataset& dataset);

/// All texts of people, who come as JSON.
FoldedBlock fold_texts(std::span<const std::string> lines);

/// What one engine did in one task.
struct Measured {
  std::string task;                 ///< "match" or "end to end"
  std::string terms;                ///< "small", "medium", "large"
  std::string engine;               ///< "cadre", "vectorscan", "re2_set"
  double megabytes_per_second = 0;  ///< the median of the rounds
  std::uint64_t checksum = 0;       ///< of all spans
};

/// Spans in folded records and evidence out of JSON Lines, one thread; engines take turns, round
/// after round. `lines` are people as JSON.
std::vector<Measured> compare_engines(const Dataset& dataset, std::span<const std::string> lines,
                                      int rounds);

/// How cadre's time grows with the number of terms: nanoseconds a byte, compile time and memory.
struct Growth {
  std::size_t terms = 0;
  double nanoseconds_per_byte = 0;
  double compile_seconds = 0;
  double mebibytes = 0;
  double hits_per_kilobyte = 0;
};
std::vector<Growth> growth_with_terms(const Dataset& dataset, std::span<const std::string> lines,
                                      int rounds);

}  // namespace cadre::bench
