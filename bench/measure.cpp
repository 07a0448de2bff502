#include "bench/measure.hpp"

#include <algorithm>
#include <cstddef>
#include <ctime>

namespace cadre::bench {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

}  // namespace

double cpu_seconds(const std::function<void()>& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::uint64_t mix(std::uint64_t record, std::uint64_t word, std::uint64_t begin) {
  std::uint64_t h = (record << 40) ^ (word << 20) ^ begin;
  h *= 0x9E3779B97F4A7C15;
  return h ^ (h >> 29);
}

bool inside_word(std::string_view text, std::size_t begin) {
  return begin > 0 && is_word_byte(text[begin]) && is_word_byte(text[begin - 1]);
}

}  // namespace cadre::bench
