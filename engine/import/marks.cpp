#include "cadre/import/marks.hpp"

#include <algorithm>
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

Brackets::Brackets(std::string_view text) {
  std::vector<std::size_t> open;  // which of the pairs
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t size = bracket(text, at, true)) {
      open.push_back(pairs_.size());
      pairs_.emplace_back(at, std::string_view::npos);
      at += size;
    } else if (const std::size_t close = bracket(text, at, false)) {
      at += close;
      if (open.empty()) continue;
      pairs_[open.back()].second = at;
      open.pop_back();
    } else {
      next_code_point(text, at);
    }
  }
}

std::size_t Brackets::end(std::size_t at, std::size_t limit) const {
  const auto found = std::lower_bound(pairs_.begin(), pairs_.end(), std::pair(at, std::size_t{0}));
  return found == pairs_.end() || found->first != at ? limit : std::min(found->second, limit);
}

}  // namespace cadre
