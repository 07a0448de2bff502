#include "cadre/run/touched_lines.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>

#include "cadre/text/fold.hpp"
#include "cadre/text/spellings.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// A text has to be folded before it can be searched for folded words. That can be spared where
/// each word has a piece with few spellings.
constexpr std::size_t kMostSpellings = 64;

/// Characters beyond ASCII begin with a byte from kFirst on, nearly all Chinese ones with one of
/// these.
constexpr unsigned char kFirst = 0xC0;
constexpr unsigned char kFirstUsual = 0xE4;
constexpr unsigned char kLastUsual = 0xE9;

/// Whether a character that begins with this byte is neither ASCII nor a usual one. No other byte
/// of a character is unusual.
bool is_unusual(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value >= kFirst && (value < kFirstUsual || value > kLastUsual);
}

/// Sixteen bytes that the machine works on at once (vectors of GCC and Clang).
using Bytes = unsigned char __attribute__((vector_size(16)));

/// Whether one of so many bytes begins an unusual character, or is a space behind a character
/// beyond ASCII, if `spaces` are asked for. A byte stands before them.
template <std::size_t Count>
bool any_unusual(const char* bytes, bool spaces) {
  // Moved down so far, those before the usual ones become the highest of all.
  constexpr auto kFirstMoved = static_cast<unsigned char>(kFirst - kFirstUsual);
  Bytes highest = {};
  Bytes highest_moved = {};
  for (std::size_t i = 0; i < Count; i += sizeof(Bytes)) {
    Bytes some;
    std::memcpy(&some, bytes + i, sizeof(some));
    const Bytes moved = some - kFirstUsual;
    highest = some > highest ? some : highest;
    highest_moved = moved > highest_moved ? moved : highest_moved;
  }
  auto unusual = (highest > kLastUsual) | (highest_moved >= kFirstMoved);
  for (std::size_t i = 0; spaces && i < Count; i += sizeof(Bytes)) {
    Bytes some;
    Bytes before;
    std::memcpy(&some, bytes + i, sizeof(some));
    std::memcpy(&before, bytes + i - 1, sizeof(before));
    unusual |= (some == ' ') & (before >= 0x80);
  }
  std::uint64_t halves[2];
  static_assert(sizeof(halves) == sizeof(unusual));
  std::memcpy(halves, &unusual, sizeof(halves));
  return (halves[0] | halves[1]) != 0;
}

bool is_spaced(std::string_view text, std::size_t at) {
  return text[at] == ' ' && at > 0 && !is_ascii(text[at - 1]);
}

/// Calls `use(offset)` for the first byte of every unusual character and, if `spaces` are asked
/// for, every space behind a character beyond ASCII.
template <typename Use>
void for_each_unusual(std::string_view text, bool spaces, const Use& use) {
  constexpr std::size_t kMany = 128;
  constexpr std::size_t kFew = 16;
  for (std::size_t begin = 0; begin < text.size();) {
    if (begin > 0 && text.size() - begin >= kMany &&
        !any_unusual<kMany>(text.data() + begin, spaces)) {
      begin += kMany;
      continue;
    }
    const std::size_t end = std::min(begin + kMany, text.size());
    for (; begin < end; begin += kFew) {
      const std::string_view some = text.substr(begin, std::min(kFew, end - begin));
      if (begin > 0 && some.size() == kFew && !any_unusual<kFew>(text.data() + begin, spaces)) {
        continue;
      }
      for (std::size_t i = begin; i < begin + some.size(); ++i) {
        if (is_unusual(text[i]) || (spaces && is_spaced(text, i))) use(i);
      }
    }
  }
}

/// Whether white space that begins at `at` stands between two Han characters, so that folding drops
/// it. What folds to a Han character or to nothing is a stand-in, and looked at by itself.
bool parts_han(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  std::size_t before = at - 1;
  while (before > 0 && continues_character(text[before])) --before;
  if (!is_han(next_code_point(text, before))) return false;
  while (at < text.size()) {
    const char32_t c = next_code_point(text, at);
    if (!is_blank(c)) return is_han(c);
  }
  return false;
}

/// A piece of a word in few spellings, if two Chinese characters of it or more have so few: these
/// are rare enough.
std::vector<std::string> few_spellings(std::string_view word) {
  constexpr std::size_t kRare = 6;  // bytes
  std::vector<std::string> few = spellings_of_piece(word, FewWords::kMost);
  if (!few.empty() && few.front().size() >= kRare) return few;
  return spellings_of_piece(word, kMostSpellings);
}

}  // namespace

TouchedLines::TouchedLines(const Edit& edit, std::size_t max_line_bytes)
    : all_(edit.touches_anybody()), max_line_bytes_(max_line_bytes) {
  words_ = LiteralSet(std::vector<std::string_view>(edit.words().begin(), edit.words().end()));
  std::set<std::string> spellings;  // words may share a piece
  for (const std::string& word : edit.words()) {
    const std::vector<std::string> some = few_spellings(word);
    if (some.empty()) return;
    spellings.insert(some.begin(), some.end());
    const bool ascii = is_ascii(some.front().front());
    any_ascii_ = any_ascii_ || ascii;
    any_han_ = any_han_ || !ascii;
  }
  if (spellings.size() <= FewWords::kMost) {
    by_ = By::kFewSpellings;
    few_spellings_ = FewWords({spellings.begin(), spellings.end()});
  } else {
    by_ = By::kManySpellings;
    spellings_ = LiteralSet(std::vector<std::string_view>(spellings.begin(), spellings.end()));
  }
}

TouchedLines::Found TouchedLines::find(const Portion& portion) const {
  const std::string& text = portion.text;
  const std::vector<std::size_t> found_at = all_ ? std::vector<std::size_t>() : places(text);
  auto place = found_at.begin();
  Found found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t first = text.find_first_not_of(" \t\r\n", at);
    const bool blank = first == std::string::npos || first >= end;
    const bool is_first = portion.number == 0 && found.people == 0;
    place = std::lower_bound(place, found_at.end(), at);
    const bool touched =
        all_ || is_first || end - at > max_line_bytes_ || (place != found_at.end() && *place < end);
    if (!blank) ++found.people;
    if (touched) found.text.append(text, at, end - at);
    if (end < text.size()) found.text += '\n';
    at = end + 1;
  }
  return found;
}

/// Where the words and escapes stand, in order; of escapes the first of a line.
std::vector<std::size_t> TouchedLines::places(std::string_view text) const {
  std::vector<std::size_t> places;
  for (std::size_t at = text.find('\\'); at != std::string_view::npos;
       at = text.find('\\', text.find('\n', at))) {
    places.push_back(at);
  }
  if (words_.empty()) return places;
  LiteralSet::Scratch scratch;
  std::vector<LiteralSet::Hit> hits;
  if (by_ == By::kFolding) {
    const FoldedText folded(text);
    words_.find(folded.text(), scratch, hits);
    for (const LiteralSet::Hit& hit : hits) {
      places.push_back(folded.source_span(hit.begin, hit.begin + 1).begin);
    }
  } else {
    if (by_ == By::kFewSpellings) {
      few_spellings_.find(text, places);
    } else if (any_ascii_) {
      spellings_.find(ascii_lower_case(text), scratch, hits);
    } else {
      spellings_.find(text, scratch, hits);
    }
    for (const LiteralSet::Hit& hit : hits) places.push_back(hit.begin);
    // A stand-in may be a part of a word, and a blank may part one, so that the string of JSON that
    // they stand in is folded.
    std::size_t known = 0;  // where the strings that were not yet looked at begin
    for_each_unusual(text, any_han_, [&](std::size_t at) {
      if (at < known) return;
      std::size_t after = at;
      const char32_t c = next_code_point(text, after);
      if (!is_stand_in(c) && !(any_han_ && is_blank(c) && parts_han(text, at))) return;
      const std::size_t begin = text.find_last_of("\"\n", at) + 1;
      known = std::min(text.find_first_of("\"\n", at), text.size());
      if (holds_word(text.substr(begin, known - begin))) places.push_back(at);
    });
  }
  std::sort(places.begin(), places.end());
  return places;
}

bool TouchedLines::holds_word(std::string_view text) const {
  LiteralSet::Scratch scratch;
  std::vector<LiteralSet::Hit> hits;
  words_.find(fold(text), scratch, hits, 0);
  return !hits.empty();
}

}  // namespace cadre
