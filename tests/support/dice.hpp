// Random choices that come the same for the same seed, on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace cadre::testing {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}

  /// A number from 0 to `count` - 1; `count` is at least 1.
  std::size_t below(std::size_t count) { return random_() % count; }
  /// True so many times out of a hundred.
  bool chance(unsigned percent) { return below(100) < percent; }

  template <typename Value>
  const Value& pick(const std::vector<Value>& values) {
    return values[below(values.size())];
  }

  template <typename Value>
  void shuffle(std::vector<Value>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  std::mt19937 random_;
};

}  // namespace cadre::testing
