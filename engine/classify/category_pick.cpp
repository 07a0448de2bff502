#include "cadre/classify/category_pick.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace cadre {
namespace {

/// Equal years may differ in their last digits when they were added up otherwise.
constexpr double kSameYears = 1e-9;

using Rows = std::vector<NamingRow>;

std::vector<Stretch> times_of(const Rows& rows) {
  std::vector<Stretch> times;
  times.reserve(rows.size());
  for (const NamingRow& row : rows) times.push_back(row.time);
  return times;
}

bool all_before(const Rows& rows, const NamingRow& limit) {
  return std::all_of(rows.begin(), rows.end(),
                     [&](const NamingRow& row) { return row.place < limit.place; });
}

bool all_after(const Rows& rows, const NamingRow& limit) {
  return std::all_of(rows.begin(), rows.end(),
                     [&](const NamingRow& row) { return limit.place < row.place; });
}

/// The rows of a category that is set against the leader. A row that names both counts for both or
/// for neither, and for the same time.
struct Rival {
  Rows own;     // rows that do not name the leader, as if all of them counted
  Rows shared;  // rows that name both
  std::size_t shared_certain = 0;
  bool stands_later = false;  // in the lexicon
};

bool contains(const Rows& rows, const NamingRow& wanted) {
  return std::binary_search(
      rows.begin(), rows.end(), wanted,
      [](const NamingRow& a, const NamingRow& b) { return a.place < b.place; });
}

Rival rival_of(const NamedCategory& leader, const NamedCategory& other, const Rows& silent) {
  Rival rival;
  rival.own = silent;
  rival.stands_later = leader.category < other.category;
  for (const Rows* rows : {&other.certain, &other.possible}) {
    for (const NamingRow& row : *rows) {
      const bool shared = contains(leader.certain, row) || contains(leader.possible, row);
      (shared ? rival.shared : rival.own).push_back(row);
      if (shared && rows == &other.certain) ++rival.shared_certain;
    }
  }
  return rival;
}

/// How many years the leader has more than a rival, at least. The time that both have makes no
/// difference, however long it is.
double least_lead(const NamedCategory& leader, const Rival& rival) {
  const std::vector<Stretch> leading = times_of(leader.certain);
  const std::vector<Stretch> own = times_of(rival.own);
  std::vector<Stretch> all = times_of(rival.shared);
  all.insert(all.end(), own.begin(), own.end());
  return certain_outside(leading, all) - possible_outside(own, leading);
}

/// Whether the leader comes before a rival however the gaps are filled.
bool surely_before(const NamedCategory& leader, const Rival& rival, CategoryOf::Pick pick) {
  switch (pick) {
    case CategoryOf::Pick::kMostYears: {
      const double lead = least_lead(leader, rival);
      if (std::abs(lead) > kSameYears) return lead > 0;
      break;
    }
    case CategoryOf::Pick::kMostRows: {
      const std::size_t own = leader.certain.size() - rival.shared_certain;
      if (own != rival.own.size()) return own > rival.own.size();
      break;
    }
    case CategoryOf::Pick::kFirst:
      break;
    case CategoryOf::Pick::kLast:
      if (!all_before(rival.own, leader.certain.back())) return false;
      if (all_before(rival.shared, leader.certain.back())) return true;
      break;
  }
  // They may come to the same.
  const NamingRow& first = leader.certain.front();
  return all_after(rival.own, first) && (rival.stands_later || all_after(rival.shared, first));
}

}  // namespace

double certain_years(const std::vector<NamingRow>& rows) {
  return union_length(times_of(rows)).low;
}

bool comes_before(const NamedCategory& a, const NamedCategory& b, CategoryOf::Pick pick) {
  switch (pick) {
    case CategoryOf::Pick::kMostYears: {
      const double lead = a.years - b.years;
      if (std::abs(lead) > kSameYears) return lead > 0;
      break;
    }
    case CategoryOf::Pick::kMostRows:
      if (a.certain.size() != b.certain.size()) return a.certain.size() > b.certain.size();
      break;
    case CategoryOf::Pick::kFirst:
      break;
    case CategoryOf::Pick::kLast:
      if (a.certain.back().place != b.certain.back().place) {
        return b.certain.back().place < a.certain.back().place;
      }
      break;
  }
  return std::pair(a.certain.front().place, a.category) <
         std::pair(b.certain.front().place, b.category);
}

const NamedCategory* find_leader(std::span<const NamedCategory> named, CategoryOf::Pick pick) {
  const NamedCategory* leader = nullptr;
  for (const NamedCategory& one : named) {
    if (one.certain.empty()) continue;
    if (leader == nullptr || comes_before(one, *leader, pick)) leader = &one;
  }
  return leader;
}

std::vector<std::uint32_t> find_candidates(const NamedCategory& leader,
                                           std::span<const NamedCategory> named,
                                           const std::vector<NamingRow>& silent,
                                           CategoryOf::Pick pick) {
  if (!silent.empty() && !surely_before(leader, Rival{silent, {}, 0, false}, pick)) return {};
  std::vector<std::uint32_t> candidates;
  for (const NamedCategory& one : named) {
    const bool leads = one.category == leader.category;
    if (leads || !surely_before(leader, rival_of(leader, one, silent), pick)) {
      candidates.push_back(one.category);
    }
  }
  return candidates;
}

}  // namespace cadre
