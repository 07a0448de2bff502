#include "cadre/text/plural.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <iterator>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// Words in -man that are no compounds of man.
constexpr std::string_view kNoMen[] = {"human",    "german",  "roman",   "norman", "shaman",
                                       "talisman", "ottoman", "brahman", "caiman"};

bool is_letter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}

bool is_latin_letter(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return is_letter(c) && uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_LATIN;
}

/// The letters at the end of a text.
struct LastWord {
  std::size_t begin = 0;
  std::size_t letters = 0;
  bool ends_text = false;
  bool latin = false;  // its last letter is
  bool small = false;  // it has a small letter
};

LastWord last_word(std::string_view text) {
  LastWord word;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (!is_letter(c)) {
      inside = false;
      continue;
    }
    if (!inside) word = {begin};
    inside = true;
    ++word.letters;
    word.latin = is_latin_letter(c);
    word.small = word.small || u_islower(static_cast<UChar32>(c)) != 0;
  }
  word.ends_text = inside;
  return word;
}

bool ends_in_any(std::string_view word, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return word.ends_with(end); });
}

/// Whether the letter before the last is an ASCII consonant.
bool consonant_before_last(std::string_view word) {
  if (word.size() < 2) return false;
  const char c = word[word.size() - 2];
  return c >= 'a' && c <= 'z' && std::string_view("aeiou").find(c) == std::string_view::npos;
}

}  // namespace

std::vector<std::string> english_plurals(std::string_view folded, std::string_view written) {
  const LastWord last = last_word(folded);
  if (last.letters < 2 || !last.ends_text || !last.latin || !last_word(written).small) return {};
  const std::string_view word = folded.substr(last.begin);
  const auto with = [&](std::size_t without, std::string_view ending) {
    return std::string(folded.substr(0, folded.size() - without)).append(ending);
  };
  const bool no_men = std::any_of(std::begin(kNoMen), std::end(kNoMen),
                                  [&](std::string_view end) { return word.ends_with(end); });
  if (word.ends_with("man") && !no_men) return {with(2, "en")};
  if (word.ends_with('y') && (consonant_before_last(word) || word.ends_with("quy"))) {
    return {with(1, "ies")};
  }
  if (ends_in_any(word, {"s", "x", "z", "sh"})) return {with(0, "es")};
  const bool two = word.ends_with("ch") || (word.ends_with('o') && consonant_before_last(word));
  if (two) return {with(0, "es"), with(0, "s")};
  return {with(0, "s")};
}

}  // namespace cadre
