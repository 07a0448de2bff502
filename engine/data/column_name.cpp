#include "cadre/data/column_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "cadre/data/text_file.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr char32_t kMark = U'\uFEFF';

bool is_blank(char32_t letter) {
  return (letter >= 0x09 && letter <= 0x0D) || letter == 0x20 || letter == 0x85 || letter == 0xA0 ||
         letter == 0x1680 || (letter >= 0x2000 && letter <= 0x200A) || letter == 0x2028 ||
         letter == 0x2029 || letter == 0x202F || letter == 0x205F || letter == 0x3000;
}

bool is_invisible(char32_t letter) {
  return letter < 0x20 || letter == 0x7F || letter == 0xAD ||
         (letter >= 0x200B && letter <= 0x200F) || (letter >= 0x202A && letter <= 0x202E) ||
         (letter >= 0x2060 && letter <= 0x2064) || letter == kMark;
}

bool shows(char32_t letter) {
  return !is_blank(letter) && !is_invisible(letter);
}

std::string_view in_words(std::string_view hidden) {
  std::string_view words = "a blank";
  for (std::size_t at = 0; at < hidden.size();) {
    const char32_t letter = next_code_point(hidden, at);
    if (letter == kMark) return "a byte order mark";
    if (!is_blank(letter)) words = "an invisible character";
  }
  return words;
}

}  // namespace

std::string_view shown_name(std::string_view name) {
  std::size_t begin = name.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t start = at;
    if (!shows(next_code_point(name, at))) continue;
    begin = std::min(begin, start);
    end = at;
  }
  return begin < end ? name.substr(begin, end - begin) : std::string_view();
}

std::optional<CellProblem> check_column_name(std::string_view name) {
  const std::string_view shown = shown_name(name);
  if (shown.empty() || shown.size() == name.size()) return std::nullopt;
  const auto begin = static_cast<std::size_t>(shown.data() - name.data());
  const bool before = begin > 0;
  const std::string_view hidden =
      before ? name.substr(0, begin) : name.substr(begin + shown.size());
  return CellProblem{"blank-in-name",
                     fmt::format("the column '{}' has {} at its {}", quotable(name),
                                 in_words(hidden), before ? "beginning" : "end"),
                     fmt::format("write '{}'", quotable(shown))};
}

}  // namespace cadre
