// The specifications of a sweep by number: all combinations, or those that a sample draws.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cadre/rules/sweep.hpp"

namespace cadre {

/// SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"): the
/// same numbers everywhere.
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next();
  /// A number below `bound` (not 0), each as likely as another: numbers that would favour some are
  /// thrown away.
  std::uint64_t below(std::uint64_t bound);

 private:
  std::uint64_t state_;
};

/// How many combinations the axes have; nothing when they are 2^63 or more.
std::optional<std::uint64_t> count_combinations(const Sweep& sweep);

/// The numbers of the combinations to be run, in order: all, or as many as the sample asks for,
/// drawn without replacement by Floyd's method (Bentley and Floyd 1987, "A sample of brilliance").
/// For sweeps whose combinations can be counted.
std::vector<std::uint64_t> specification_numbers(const Sweep& sweep);

/// The alternative of each axis in combination `number`; the last axis changes fastest.
std::vector<std::uint32_t> alternatives_of(const Sweep& sweep, std::uint64_t number);

}  // namespace cadre
