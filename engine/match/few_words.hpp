// A few words in a text as it stands, each found by its rarest byte: the C library looks for a byte
// in vectors of the machine, several times quicker than any set of words is looked for. What a
// search costs grows with the number of words; for many there is LiteralSet.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cadre {

/// Safe to share between threads.
class FewWords {
 public:
  /// About so many words take as long as a LiteralSet of them.
  static constexpr std::size_t kMost = 6;

  /// Words are not empty, their ASCII letters in lower case.
  explicit FewWords(std::vector<std::string> words = {}) : words_(std::move(words)) {}

  /// Appends every place in `text`, in any order, where a word stands, with its ASCII letters in
  /// any case; one that begins with an ASCII letter or digit only where none stands before.
  void find(std::string_view text, std::vector<std::size_t>& places) const;

 private:
  std::vector<std::string> words_;
};

}  // namespace cadre
