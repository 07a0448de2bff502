#include "cadre/text/spellings.hpp"

#include <algorithm>
#include <bitset>
#include <utility>

#include "cadre/text/accents.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/han_variants.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

enum class Kind : char { kHan, kAscii, kOther };

Kind kind_of(char32_t c) {
  if (is_plain_han(c)) return Kind::kHan;
  return c < 0x80 && joins_words(c) ? Kind::kAscii : Kind::kOther;
}

/// The longest run of characters of one kind that is not kOther.
std::string_view longest_run(std::string_view word) {
  std::string_view longest;
  std::size_t begin = 0;
  Kind kind = Kind::kOther;
  for (std::size_t at = 0; at < word.size();) {
    std::size_t after = at;
    const Kind next = kind_of(next_code_point(word, after));
    if (next != kind) begin = at;
    kind = next;
    at = after;
    if (kind != Kind::kOther && at - begin > longest.size())
      longest = word.substr(begin, at - begin);
  }
  return longest;
}

bool folds_to_letters_or_nothing(char32_t c) {
  std::string source;
  append_utf8(c, source);
  const std::string folded = fold(source);
  bool any = folded.empty() || is_accent(c);
  for (std::size_t at = 0; at < folded.size() && !any;) {
    any = kind_of(next_code_point(folded, at)) != Kind::kOther;
  }
  return any;
}

/// The stand-ins of the BMP, which every text is full of candidates for: 、 and “ are none.
const std::bitset<0x10000>& stand_ins() {
  static const std::bitset<0x10000> kStandIns = [] {
    std::bitset<0x10000> all;
    for (char32_t c = 0x80; c < all.size(); ++c) {
      const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
      all[c] = !surrogate && !is_plain_han(c) && folds_to_letters_or_nothing(c);
    }
    return all;
  }();
  return kStandIns;
}

std::size_t ways_to_write(char32_t c) {
  const std::vector<char32_t> forms = forms_of(c);
  return static_cast<std::size_t>(std::count_if(
      forms.begin(), forms.end(), [](char32_t form) { return kind_of(form) != Kind::kOther; }));
}

/// The longest part of a piece that is written in no more than `most` ways.
std::string_view longest_part(std::string_view piece, std::size_t most) {
  std::vector<std::size_t> starts;  // of the characters, and the end
  std::vector<std::size_t> ways;
  for (std::size_t at = 0; at < piece.size();) {
    starts.push_back(at);
    ways.push_back(ways_to_write(next_code_point(piece, at)));
  }
  starts.push_back(piece.size());
  std::string_view longest;
  for (std::size_t begin = 0; begin < ways.size(); ++begin) {
    std::size_t all = 1;
    for (std::size_t end = begin; end < ways.size() && all * ways[end] <= most; ++end) {
      all *= ways[end];
      const std::size_t length = starts[end + 1] - starts[begin];
      if (length > longest.size()) longest = piece.substr(starts[begin], length);
    }
  }
  return longest;
}

}  // namespace

std::vector<std::string> spellings_of_piece(std::string_view word, std::size_t most) {
  const std::string_view piece = longest_part(longest_run(word), most);
  if (piece.empty()) return {};
  std::vector<std::string> spellings = {""};
  for (std::size_t at = 0; at < piece.size();) {
    std::vector<std::string> longer;
    for (const char32_t form : forms_of(next_code_point(piece, at))) {
      if (kind_of(form) == Kind::kOther) continue;
      for (const std::string& spelling : spellings) {
        longer.push_back(spelling);
        append_utf8(form, longer.back());
      }
    }
    spellings = std::move(longer);
  }
  return spellings;
}

bool is_stand_in(char32_t c) {
  const std::bitset<0x10000>& known = stand_ins();
  return c < known.size() ? known[c] : folds_to_letters_or_nothing(c);
}

}  // namespace cadre
