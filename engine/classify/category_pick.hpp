// Which of the categories that rows name comes first (`pick` of category_of), and which others may
// come first when what is missing of the record becomes known.
//
// Missing are: how long a row lasted, whether a row counts, the texts of a row. Partial dates count
// as the middle of their days, as all durations do (base/date.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "cadre/classify/years.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// A row that names a category.
struct NamingRow {
  std::pair<Table, std::uint32_t> place;  // rows are in order of their places
  Stretch time;                           // that counts; only `most_years` looks at it
};

/// A category with the rows that name it, in order.
struct NamedCategory {
  std::uint32_t category = 0;
  std::vector<NamingRow> certain;
  std::vector<NamingRow> possible;  // rows that may count
  double years = 0;                 // certain_years of the certain rows
};

/// How many years rows last at least, overlaps once.
double certain_years(const std::vector<NamingRow>& rows);

/// Whether `a` comes before `b` by their certain rows; both have some. Of equals the one whose
/// first row is the earlier comes first, then the one that stands first in the lexicon.
bool comes_before(const NamedCategory& a, const NamedCategory& b, CategoryOf::Pick pick);

/// The category that comes first by what is certain; nullptr where no certain row names one.
const NamedCategory* find_leader(std::span<const NamedCategory> named, CategoryOf::Pick pick);

/// Those of `named` that may come first: the leader and each that it does not beat however the gaps
/// are filled. `silent` are the rows without the texts that are searched: they may name any
/// category. Empty where these may bring any category before the leader.
std::vector<std::uint32_t> find_candidates(const NamedCategory& leader,
                                           std::span<const NamedCategory> named,
                                           const std::vector<NamingRow>& silent,
                                           CategoryOf::Pick pick);

}  // namespace cadre
