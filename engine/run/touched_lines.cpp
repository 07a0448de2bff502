#include "cadre/run/touched_lines.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

#include "cadre/text/fold.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

bool all_han(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    if (!is_plain_han(next_code_point(word, at))) return false;
  }
  return true;
}

bool is_ascii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

/// The parts of a text that are not ASCII, one a line, and the way back.
class BeyondAscii {
 public:
  explicit BeyondAscii(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      at = skip_ascii(text, at);
      std::size_t end = at;
      while (end < text.size() && !is_ascii(text[end])) ++end;
      if (end == at) break;
      parts_.push_back({text_.size(), at});
      text_.append(text, at, end - at);
      text_ += '\n';
      at = end;
    }
  }

  const std::string& text() const { return text_; }

  /// Where in the whole text the byte at `offset` stands.
  std::size_t source(std::size_t offset) const {
    const auto after =
        std::upper_bound(parts_.begin(), parts_.end(), offset,
                         [](std::size_t place, const Part& part) { return place < part.begin; });
    const Part& part = *(after - 1);
    return part.source + (offset - part.begin);
  }

 private:
  struct Part {
    std::size_t begin = 0;
    std::size_t source = 0;
  };

  static std::size_t skip_ascii(std::string_view text, std::size_t at) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080;
    for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & kHighBits) != 0) break;
    }
    while (at < text.size() && is_ascii(text[at])) ++at;
    return at;
  }

  std::string text_;
  std::vector<Part> parts_;
};

}  // namespace

TouchedLines::TouchedLines(const Edit& edit, std::size_t max_line_bytes)
    : all_(edit.touches_anybody()), max_line_bytes_(max_line_bytes) {
  const std::vector<std::string_view> words(edit.words().begin(), edit.words().end());
  words_ = LiteralSet(words);
  only_han_ = std::all_of(words.begin(), words.end(), all_han);
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
  // No ASCII folds to a Han character or to nothing, so that words of these alone stand between it.
  std::optional<BeyondAscii> parts;
  if (only_han_) parts.emplace(text);
  const FoldedText folded(parts ? parts->text() : text);
  words_.find(folded.text(), scratch, hits);
  for (const LiteralSet::Hit& hit : hits) {
    const std::size_t at = folded.source_span(hit.begin, hit.begin + 1).begin;
    places.push_back(parts ? parts->source(at) : at);
  }
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace cadre
