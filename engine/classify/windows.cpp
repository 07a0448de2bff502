#include "cadre/classify/windows.hpp"

#include <algorithm>
#include <utility>

namespace cadre {

void Windows::append(const Window& window) {
  if (window.empty()) return;
  if (empty()) {
    first_ = window;
    return;
  }
  Window& last = rest_.empty() ? first_ : rest_.back();
  if (window.from <= last.to) {
    last.to = std::max(last.to, window.to);
  } else {
    rest_.push_back(window);
  }
}

void Windows::join(const Windows& other) {
  if (other.empty() || all_of_time() || *this == other) return;
  Windows both = none();
  for (std::size_t i = 0, j = 0; i < size() || j < other.size();) {
    const bool next_is_ours = j == other.size() || (i < size() && (*this)[i].from <= other[j].from);
    both.append(next_is_ours ? (*this)[i++] : other[j++]);
  }
  *this = std::move(both);
}

void Windows::intersect(const Windows& other) {
  if (other.all_of_time() || empty()) return;
  Windows both = none();
  for (std::size_t i = 0, j = 0; i < size() && j < other.size();) {
    const Window& a = (*this)[i];
    const Window& b = other[j];
    both.append({std::max(a.from, b.from), std::min(a.to, b.to)});
    if (a.to < b.to) {
      ++i;
    } else {
      ++j;
    }
  }
  *this = std::move(both);
}

double Windows::length() const {
  double total = 0;
  for (std::size_t i = 0; i < size(); ++i) total += (*this)[i].to - (*this)[i].from;
  return total;
}

void RowWindows::join(const RowWindows& other) {
  certain.join(other.certain);
  possible.join(other.possible);
}

void RowWindows::intersect(const RowWindows& other) {
  certain.intersect(other.certain);
  possible.intersect(other.possible);
}

}  // namespace cadre
