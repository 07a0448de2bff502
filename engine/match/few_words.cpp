#include "cadre/match/few_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "cadre/text/fold.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// How much of a text tells which bytes are rare in it.
constexpr std::size_t kSample = std::size_t{8} << 10;

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool joins_ascii(char c) {
  return is_ascii(c) && joins_words(static_cast<unsigned char>(c));
}

/// How often each byte stands in the beginning of a text.
class Frequencies {
 public:
  explicit Frequencies(std::string_view text) {
    for (const char c : text.substr(0, kSample)) ++counts_[static_cast<unsigned char>(c)];
  }

  /// Where the byte of a word stands that is rarest, in either case.
  std::size_t rarest(std::string_view word) const {
    const auto rarer = [this](char a, char b) { return of(a) < of(b); };
    return static_cast<std::size_t>(std::min_element(word.begin(), word.end(), rarer) -
                                    word.begin());
  }

 private:
  std::uint32_t of(char c) const {
    const std::uint32_t count = counts_[static_cast<unsigned char>(c)];
    return c == upper(c) ? count : count + counts_[static_cast<unsigned char>(upper(c))];
  }

  std::array<std::uint32_t, 256> counts_ = {};
};

bool stands_at(std::string_view word, std::string_view text, std::size_t begin) {
  if (text.size() - begin < word.size()) return false;
  const bool inside = begin > 0 && joins_ascii(text[begin - 1]) && joins_ascii(word.front());
  return !inside &&
         std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(begin),
                    [](char of_word, char c) { return of_word == ascii_lower_case(c); });
}

}  // namespace

void FewWords::find(std::string_view text, std::vector<std::size_t>& places) const {
  const Frequencies frequencies(text);
  for (const std::string& word : words_) {
    const std::size_t offset = frequencies.rarest(word);
    const auto find_by = [&](char byte) {
      for (std::size_t at = text.find(byte, offset); at != std::string_view::npos;
           at = text.find(byte, at + 1)) {
        if (stands_at(word, text, at - offset)) places.push_back(at - offset);
      }
    };
    find_by(word[offset]);
    if (upper(word[offset]) != word[offset]) find_by(upper(word[offset]));
  }
}

}  // namespace cadre
