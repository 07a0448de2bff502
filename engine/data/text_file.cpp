#include "cadre/data/text_file.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "cadre/data/column_name.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::size_t kLongestExcerpt = 240;
constexpr std::size_t kLettersBefore = 60;  // the mistake, when only a part is quoted

/// Finds the columns of a range of bytes in a line, and the part of the line to quote, in one walk
/// that remembers a few letters only: lines of many MiB have places too.
class LineWalk {
 public:
  LineWalk(std::string_view line, std::size_t from, std::size_t to) : line_(line) {
    const std::size_t begin = walk_to(from);
    walk_over(begin, to);
  }

  std::size_t column() const { return before_ + 1; }
  std::size_t end_column() const { return std::max(end_column_, column()); }

  /// The index of the first letter to quote.
  std::size_t first_letter() const {
    if (ended_ && letters_ <= kLongestExcerpt) return 0;
    const std::size_t first = column() > kLettersBefore ? column() - kLettersBefore : 0;
    return ended_ ? std::min(first, letters_ - kLongestExcerpt) : first;
  }

  std::string_view excerpt() const {
    const std::size_t first = first_letter();
    const std::size_t begin = offset(first);
    return line_.substr(begin, offset(first + kLongestExcerpt) - begin);
  }

 private:
  /// Counts the letters that end at or before `from`. Returns where they end.
  std::size_t walk_to(std::size_t from) {
    std::size_t end = 0;
    for (std::size_t at = 0; at < line_.size(); end = at) {
      next_code_point(line_, at);
      if (at > from) break;
      last_starts_[before_++ % last_starts_.size()] = end;
    }
    return end;
  }

  /// Looks for the first letter at or behind `to`, and at all that may be quoted.
  void walk_over(std::size_t at, std::size_t to) {
    letters_ = before_;
    while (at < line_.size() && !(end_column_ != 0 && next_starts_.size() > kLongestExcerpt)) {
      if (next_starts_.size() <= kLongestExcerpt) next_starts_.push_back(at);
      ++letters_;
      if (end_column_ == 0 && at >= to) end_column_ = letters_;
      next_code_point(line_, at);
    }
    ended_ = at >= line_.size();
    if (end_column_ == 0) end_column_ = letters_ + 1;
  }

  /// Where a letter begins that may be the first to quote, or the first behind the quoted part.
  std::size_t offset(std::size_t letter) const {
    if (letter < before_) return last_starts_[letter % last_starts_.size()];
    const std::size_t next = letter - before_;
    return next < next_starts_.size() ? next_starts_[next] : line_.size();
  }

  std::string_view line_;
  std::size_t before_ = 0;   // letters before the range
  std::size_t letters_ = 0;  // that were walked over
  std::size_t end_column_ = 0;
  bool ended_ = false;                                          // the whole line was walked over
  std::array<std::size_t, kLongestExcerpt + 1> last_starts_{};  // of letters before the range
  std::vector<std::size_t> next_starts_;                        // of letters from there on
};

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

  const LineWalk walk(line, begin - line_begin_, std::max(end, begin) - line_begin_);
  Place place;
  place.path = path_;
  place.line = static_cast<std::uint32_t>(line_);
  place.column = static_cast<std::uint32_t>(walk.column());
  place.end_column = static_cast<std::uint32_t>(walk.end_column());
  place.excerpt_column = static_cast<std::uint32_t>(walk.first_letter() + 1);
  place.excerpt = quotable(walk.excerpt(), kLongestExcerpt);
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
