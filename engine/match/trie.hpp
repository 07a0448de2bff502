// A set of words as a tree of bytes, to find all words that a text goes on with at some place.
//
// Nodes are numbered level by level, so that the children of a node stand side by side: a node
// takes nine bytes, and a step is one search among neighbours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace cadre {

class Trie {
 public:
  /// `words` are sorted, not empty and all different; they are not kept.
  explicit Trie(std::span<const std::string_view> words = {});

  /// Calls `found(word, end)` with the index of each word that stands in `text` from `begin` to
  /// `end`, the shortest first.
  template <typename Found>
  void find_at(std::string_view text, std::size_t begin, const Found& found) const {
    std::size_t node = 0;
    for (std::size_t at = begin; at < text.size(); ++at) {
      const std::size_t first = first_child_[node];
      const std::size_t count = first_child_[node + 1] - first;
      if (count == 0) return;
      const void* child = std::memchr(byte_.data() + first, text[at], count);
      if (child == nullptr) return;
      node = static_cast<std::size_t>(static_cast<const char*>(child) - byte_.data());
      if (word_[node] != kNoWord) found(word_[node], at + 1);
    }
  }

 private:
  static constexpr std::uint32_t kNoWord = 0xFFFFFFFF;

  // One entry a node, the root first; of first_child_ one more, which ends the last one's children.
  std::vector<std::uint32_t> first_child_;
  std::vector<char> byte_;  // the byte that leads to the node
  std::vector<std::uint32_t> word_;
};

}  // namespace cadre
