// What every engine is measured by: its CPU time, and a checksum of the spans that it found.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace cadre::bench {

/// Seconds of CPU time, of which other programs take none.
double cpu_seconds(const std::function<void()>& work);

/// The middle one; of an even number the greater of the two.
double median(std::vector<double> values);

/// A number for the span of `word` at byte `begin` of `record`. The sum of these numbers, modulo
/// 2^64, is the checksum: the order of spans does not matter.
std::uint64_t mix(std::uint64_t record, std::uint64_t word, std::uint64_t begin);

/// The rule of LiteralSet, for engines that know nothing of it: whether `begin` is a letter or
/// digit of ASCII and follows one. `text` is folded.
bool inside_word(std::string_view text, std::size_t begin);

}  // namespace cadre::bench
