#include "cadre/sweep/specifications.hpp"

#include <numeric>
#include <set>

namespace cadre {

std::uint64_t SplitMix64::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

std::uint64_t SplitMix64::below(std::uint64_t bound) {
  const std::uint64_t favoured = (0 - bound) % bound;  // 2^64 modulo bound
  while (true) {
    const std::uint64_t number = next();
    if (number >= favoured) return number % bound;
  }
}

std::optional<std::uint64_t> count_combinations(const Sweep& sweep) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 63;
  std::uint64_t count = 1;
  for (const Sweep::Axis& axis : sweep.axes) {
    if (count >= kMost / axis.alternatives.size()) return std::nullopt;
    count *= axis.alternatives.size();
  }
  return count;
}

std::vector<std::uint64_t> specification_numbers(const Sweep& sweep) {
  const std::uint64_t all = *count_combinations(sweep);
  if (!sweep.sample || sweep.sample->count >= all) {
    std::vector<std::uint64_t> numbers(all);
    std::iota(numbers.begin(), numbers.end(), std::uint64_t{0});
    return numbers;
  }
  SplitMix64 random(sweep.sample->seed);
  std::set<std::uint64_t> drawn;
  for (std::uint64_t last = all - sweep.sample->count; last < all; ++last) {
    if (!drawn.insert(random.below(last + 1)).second) drawn.insert(last);
  }
  return {drawn.begin(), drawn.end()};
}

std::vector<std::uint32_t> alternatives_of(const Sweep& sweep, std::uint64_t number) {
  std::vector<std::uint32_t> alternatives(sweep.axes.size());
  for (std::size_t axis = sweep.axes.size(); axis-- > 0;) {
    const std::uint64_t count = sweep.axes[axis].alternatives.size();
    alternatives[axis] = static_cast<std::uint32_t>(number % count);
    number /= count;
  }
  return alternatives;
}

}  // namespace cadre
