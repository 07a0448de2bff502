// An engine as a program of its own, its driver, so that all are measured in one way, whatever
// language they come from. bench/peers/table.py runs the drivers and has them take turns.
//
//   DRIVER TERMS TEXTS      both files folded, one a line (cadre_bench --export writes them)
//
// It compiles the terms, matches all texts once, and prints a line of JSON:
//   version, compile_seconds (CPU time), count, and checksum of what was found (bench/measure.hpp;
//   lines and terms are counted from 0, the place in a line is in bytes), and what kind that is:
//   finds  spans     every place where a term stands, other than inside of a word of ASCII
//          anywhere  every place where a term stands
//          leftmost  of these the first, and of those that begin there the longest; then on after
//                    its end
//          lines     texts that hold a term: their count, and no checksum
//          tokens    what another rule says
// Then, for each line of standard input, it matches all texts again and prints the seconds of CPU
// time that took.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cadre::bench {

std::string read_file(const std::string& path);

std::vector<std::string_view> lines_of(std::string_view text);

/// Where the block ends that begins at `begin` and has at least `size` bytes: after a line.
std::size_t block_end(std::string_view text, std::size_t begin, std::size_t size);

/// A count and a checksum of spans.
struct Found {
  std::size_t count = 0;
  std::uint64_t checksum = 0;

  void add(std::size_t line, std::size_t term, std::size_t begin);
  nlohmann::json json() const { return {{"count", count}, {"checksum", checksum}}; }
};

/// Prints the first answer, then takes the time of `match` whenever it is asked to.
void answer(const nlohmann::json& first, const std::function<void()>& match);

}  // namespace cadre::bench
