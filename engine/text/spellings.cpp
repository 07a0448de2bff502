#include "cadre/text/spellings.hpp"

#include <bitset>
#include <utility>

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
  bool any = folded.empty();
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

}  // namespace

std::vector<std::string> spellings_of_piece(std::string_view word, std::size_t most) {
  const std::string_view piece = longest_run(word);
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
    if (longer.size() > most) return {};
    spellings = std::move(longer);
  }
  return spellings;
}

bool is_stand_in(char32_t c) {
  const std::bitset<0x10000>& known = stand_ins();
  return c < known.size() ? known[c] : folds_to_letters_or_nothing(c);
}

}  // namespace cadre
