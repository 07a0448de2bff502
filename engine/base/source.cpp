#include "cadre/base/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// The column of byte `offset` of a line.
std::uint32_t column_of(std::string_view line, std::size_t offset) {
  std::uint32_t column = 1;
  for (std::size_t at = 0; at < line.size();) {
    next_code_point(line, at);
    if (at > offset) break;
    ++column;
  }
  return column;
}

std::string well_formed(std::string_view text) {
  if (!find_invalid_utf8(text)) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) append_utf8(next_code_point(text, at), out);
  return out;
}

}  // namespace

std::uint32_t Sources::add(std::string path, std::string text) {
  File file{std::move(path), std::move(text), {}};
  const std::string_view bytes = file.text;
  file.line_starts.push_back(
      bytes.starts_with(kByteOrderMark) ? static_cast<std::uint32_t>(kByteOrderMark.size()) : 0);
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
       at = bytes.find('\n', at + 1)) {
    file.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  files_.push_back(std::move(file));
  return static_cast<std::uint32_t>(files_.size() - 1);
}

std::uint32_t Sources::line(std::uint32_t file, std::uint32_t offset) const {
  const auto& starts = files_[file].line_starts;
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  return std::max(std::uint32_t{1}, static_cast<std::uint32_t>(after - starts.begin()));
}

Place Sources::place(Range range) const {
  if (!range.known()) return {};
  const File& file = files_[range.file];
  const std::uint32_t number = line(range.file, range.begin);
  const std::size_t start = file.line_starts[number - 1];
  std::string_view text = std::string_view(file.text).substr(start);
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);

  const std::size_t begin = range.begin > start ? range.begin - start : 0;
  const std::size_t end = range.end > start ? range.end - start : 0;
  Place place;
  place.path = file.path;
  place.line = number;
  place.column = column_of(text, begin);
  place.end_column = std::max(place.column, column_of(text, end));
  place.excerpt = well_formed(text);
  return place;
}

std::string Sources::path_and_line(Range range) const {
  if (!range.known()) return {};
  return fmt::format("{}:{}", files_[range.file].path, line(range.file, range.begin));
}

}  // namespace cadre
