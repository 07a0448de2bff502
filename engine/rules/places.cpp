#include "cadre/rules/places.hpp"

#include <algorithm>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::size_t kStep = 2048;

/// Code points of well-formed UTF-8 that begin in it.
std::size_t count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return !continues_character(byte); }));
}

/// An offset inside a code point stands for that code point.
std::size_t begin_of_character(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  while (at > 0 && at < text.size() && continues_character(text[at])) --at;
  return at;
}

}  // namespace

std::size_t Places::code_points_before(std::uint32_t file, std::size_t offset) const {
  if (counts_.size() <= file) counts_.resize(file + 1);
  const std::string_view text = sources_.text(file);
  std::vector<std::uint32_t>& counts = counts_[file];
  if (counts.empty()) {
    std::size_t before = 0;
    for (std::size_t at = 0; at <= text.size(); at += kStep) {
      counts.push_back(static_cast<std::uint32_t>(before));
      before += count(text.substr(at, kStep));
    }
  }
  const std::size_t step = offset / kStep;
  return counts[step] + count(text.substr(step * kStep, offset - step * kStep));
}

std::size_t Places::begin_of_line(std::uint32_t file, std::uint32_t line, std::size_t at) const {
  const auto [known, is_new] = line_begins_.try_emplace({file, line}, 0);
  if (is_new) {
    const std::string_view text = sources_.text(file);
    known->second = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    if (known->second == 0 && text.starts_with(kByteOrderMark)) {
      known->second = std::min(at, kByteOrderMark.size());
    }
  }
  return known->second;
}

Place Places::place(Range range) const {
  if (!range.known()) return {};
  const std::string_view text = sources_.text(range.file);
  const std::size_t at = begin_of_character(text, range.begin);
  const std::size_t look = at - std::min(at, kLongLine);
  // Whether more than kLongLine bytes of the line lie around the range.
  const std::size_t start_found =
      at == 0 ? std::string_view::npos : text.substr(look, at - look).rfind('\n');
  const bool near_start = look == 0 || start_found != std::string_view::npos;
  const std::size_t near = start_found == std::string_view::npos ? look : look + start_found + 1;
  const std::string_view ahead = text.substr(at, kLongLine + 1);
  const std::size_t end_found = ahead.find('\n');
  const bool near_end = end_found != std::string_view::npos || ahead.size() <= kLongLine;
  const std::size_t line_end = at + std::min(end_found, ahead.size());
  if (near_start && near_end && line_end - near <= kLongLine) return sources_.place(range);

  std::size_t from = at - std::min(at - near, kPartBefore);
  while (from > near && continues_character(text[from])) --from;
  std::size_t to = std::min(line_end, at + kPartAfter);
  while (to < line_end && continues_character(text[to])) ++to;
  if (to == line_end && to > at && text[to - 1] == '\r') --to;
  const std::string_view quote = text.substr(from, to - from);
  if (find_invalid_utf8(quote)) return sources_.place(range);  // of a file that is refused anyway

  Place place;
  place.path = sources_.path(range.file);
  place.line = sources_.line(range.file, range.begin);
  const std::size_t line_begin = begin_of_line(range.file, place.line, at);
  const std::size_t end = std::clamp(begin_of_character(text, range.end), at, to);
  place.excerpt = quote;
  place.excerpt_column = 1 + static_cast<std::uint32_t>(code_points_before(range.file, from) -
                                                        code_points_before(range.file, line_begin));
  place.column =
      place.excerpt_column + static_cast<std::uint32_t>(count(text.substr(from, at - from)));
  place.end_column = place.column + static_cast<std::uint32_t>(count(text.substr(at, end - at)));
  return place;
}

}  // namespace cadre
