// The engines that look for words in folded texts: cadre's own, and those that people would pick
// instead. Each is used as its manual says is quickest.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/terms.hpp"

namespace cadre::bench {

/// A word in a text.
struct Span {
  std::uint32_t record = 0;  ///< index of the text
  std::uint32_t word = 0;    ///< index of the word
  std::uint32_t begin = 0;   ///< byte of the text
};

class Engine {
 public:
  virtual ~Engine() = default;

  /// Appends all places where words stand, other than inside of a word of ASCII letters, in any
  /// order.
  virtual void find(std::span<const std::string_view> records, std::vector<Span>& spans) = 0;
};

struct NamedEngine {
  std::string name;  ///< "cadre", "vectorscan", "re2_set"
  std::unique_ptr<Engine> engine;
};

/// All that are installed, cadre first. They keep a reference to the words.
std::vector<NamedEngine> engines(const Words& words);

}  // namespace cadre::bench
