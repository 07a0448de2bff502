#include "cadre/match/trie.hpp"

namespace cadre {

Trie::Trie(std::span<const std::string_view> words) {
  // The words below each node are a run [begin, end) that agrees in the first `depth` bytes.
  struct Run {
    std::size_t begin, end, depth;
  };
  std::vector<Run> runs;
  const auto add_node = [&](char byte, Run run) {
    const bool is_word = run.begin < run.end && words[run.begin].size() == run.depth;
    byte_.push_back(byte);
    word_.push_back(is_word ? static_cast<std::uint32_t>(run.begin) : kNoWord);
    if (is_word) ++run.begin;
    runs.push_back(run);
  };

  add_node(0, {0, words.size(), 0});
  for (std::size_t node = 0; node < runs.size(); ++node) {
    const Run run = runs[node];
    first_child_.push_back(static_cast<std::uint32_t>(runs.size()));
    for (std::size_t begin = run.begin; begin < run.end;) {
      const char byte = words[begin][run.depth];
      std::size_t end = begin + 1;
      while (end < run.end && words[end][run.depth] == byte) ++end;
      add_node(byte, {begin, end, run.depth + 1});
      begin = end;
    }
  }
  first_child_.push_back(static_cast<std::uint32_t>(runs.size()));

  first_child_.shrink_to_fit();
  byte_.shrink_to_fit();
  word_.shrink_to_fit();
}

}  // namespace cadre
