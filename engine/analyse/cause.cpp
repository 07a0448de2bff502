#include "cadre/analyse/cause.hpp"

#include <algorithm>
#include <numeric>

namespace cadre {
namespace {

using Set = std::vector<std::uint32_t>;
using DoesIt = std::function<bool(const Set&)>;

/// How many sets of `size` there are, or `limit` if there are more.
std::size_t number_of_sets(std::size_t among, std::size_t size, std::size_t limit) {
  std::size_t number = 1;
  for (std::size_t i = 0; i < size; ++i) {
    number = number * (among - i) / (i + 1);
    if (number >= limit) return limit;
  }
  return number;
}

/// Goes on to the next set of indices below `among`, in order; false after the last.
bool advance(std::vector<std::size_t>& indices, std::size_t among) {
  const std::size_t size = indices.size();
  for (std::size_t i = size; i-- > 0;) {
    if (indices[i] + (size - i) >= among) continue;
    ++indices[i];
    for (std::size_t j = i + 1; j < size; ++j) indices[j] = indices[j - 1] + 1;
    return true;
  }
  return false;
}

/// Leaves out what can be left out, one after the other, until nothing can.
Set reduce(Set set, const DoesIt& does_it) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (std::size_t i = set.size(); i-- > 0 && set.size() > 1;) {
      Set without = set;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      if (!does_it(without)) continue;
      set = std::move(without);
      smaller = true;
    }
  }
  return set;
}

}  // namespace

Causes find_causes(const Set& changes, const DoesIt& does_it, std::size_t tries) {
  Causes causes;
  if (changes.empty() || !does_it(changes)) return causes;
  for (std::size_t size = 1; size <= changes.size(); ++size) {
    const std::size_t sets = number_of_sets(changes.size(), size, tries + 1);
    if (sets > tries && size > 1) {
      causes.sets = {reduce(changes, does_it)};
      causes.smallest = causes.sets.front().size() == size;
      causes.all_found = false;
      return causes;
    }
    tries -= std::min(tries, sets);
    std::vector<std::size_t> indices(size);
    std::iota(indices.begin(), indices.end(), std::size_t{0});
    do {
      Set set;
      for (const std::size_t index : indices) set.push_back(changes[index]);
      // That all of them do it is known already.
      if (set.size() == changes.size() || does_it(set)) causes.sets.push_back(std::move(set));
    } while (advance(indices, changes.size()));
    if (!causes.sets.empty()) return causes;
  }
  return causes;
}

}  // namespace cadre
