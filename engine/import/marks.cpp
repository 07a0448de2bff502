#include "cadre/import/marks.hpp"

#include <array>

#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::array<std::string_view, 17> kLoose = {
    " ", ",", ";", "，", "、", "；", "。", "：", ":", ".", "—", "–", "-", "·", "●", "|", "*"};

}  // namespace

std::string_view trimmed_marks(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : kLoose) {
      while (text.starts_with(mark)) {
        text.remove_prefix(mark.size());
        again = true;
      }
      while (text.ends_with(mark)) {
        text.remove_suffix(mark.size());
        again = true;
      }
    }
  }
  return text;
}

std::size_t leading_mark(std::string_view text) {
  for (const std::string_view mark : kLoose) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

std::size_t bracket(std::string_view text, std::size_t at, bool opening) {
  const std::string_view rest = text.substr(at);
  for (const std::string_view one : opening ? std::array<std::string_view, 3>{"（", "(", "〔"}
                                            : std::array<std::string_view, 3>{"）", ")", "〕"}) {
    if (rest.starts_with(one)) return one.size();
  }
  return 0;
}

std::size_t end_of_bracket(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    if (const std::size_t size = bracket(text, at, true)) {
      ++depth;
      at += size;
    } else if (const std::size_t close = bracket(text, at, false)) {
      at += close;
      if (--depth <= 0) return at;
    } else {
      next_code_point(text, at);
    }
  }
  return text.size();
}

}  // namespace cadre
