#include "cadre/data/text_file.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "cadre/data/column_name.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::size_t kLongestExcerpt = 240;
constexpr std::size_t kLettersBefore = 60;  // the mistake, when only a part is quoted

}  // namespace

TextFile::TextFile(std::string path, std::string_view text, std::size_t first_line)
    : path_(std::move(path)),
      text_(text),
      line_(first_line),
      line_begin_(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0),
      first_line_(first_line),
      first_begin_(line_begin_) {}

Place TextFile::place(std::size_t begin, std::size_t end) const {
  if (begin < line_begin_) {
    line_ = first_line_;
    line_begin_ = first_begin_;
  }
  begin = std::max(begin, line_begin_);
  for (;;) {
    const std::size_t feed = text_.find('\n', line_begin_);
    if (feed >= begin) break;  // also when there is none
    ++line_;
    line_begin_ = feed + 1;
  }

  std::string_view line = text_.substr(line_begin_);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);

  // One walk over the line finds the columns of the range and the offsets where a part may begin.
  const std::size_t from = begin - line_begin_;
  const std::size_t to = std::max(end, begin) - line_begin_;
  std::uint32_t column = 1;
  Place place;
  std::size_t at = 0;
  std::vector<std::size_t> starts;
  while (at < line.size()) {
    starts.push_back(at);
    const std::size_t start = at;
    next_code_point(line, at);
    if (at <= from) ++column;
    if (place.end_column == 0 && start >= to) {
      place.end_column = static_cast<std::uint32_t>(starts.size());
    }
  }
  place.path = path_;
  place.line = static_cast<std::uint32_t>(line_);
  place.column = column;
  if (place.end_column == 0) place.end_column = static_cast<std::uint32_t>(starts.size() + 1);
  place.end_column = std::max(place.end_column, place.column);

  if (starts.size() > kLongestExcerpt) {
    const std::size_t first = std::min(column > kLettersBefore ? column - kLettersBefore : 0,
                                       starts.size() - kLongestExcerpt);
    const std::size_t last = first + kLongestExcerpt;
    const std::size_t cut_end = last < starts.size() ? starts[last] : line.size();
    line = line.substr(starts[first], cut_end - starts[first]);
    place.excerpt_column = static_cast<std::uint32_t>(first + 1);
  }
  place.excerpt = quotable(line, kLongestExcerpt);
  return place;
}

Place TextFile::whole() const {
  Place place;
  place.path = path_;
  return place;
}

std::string quotable(std::string_view text, std::size_t max_letters) {
  std::string out;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < text.size(); ++letters) {
    if (letters == max_letters) return out + "…";
    const char32_t letter = next_code_point(text, at);
    append_utf8(letter < 0x20 || letter == 0x7F ? U' ' : letter, out);
  }
  return out;
}

}  // namespace cadre
