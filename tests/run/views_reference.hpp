// What the views tenures, post_eras, promotions and province_eras must give, by the convention in
// docs/runs.md: slow, obvious code that goes through every reading of a post and every day of an
// era.
#pragma once

#include <string>
#include <vector>

#include "cadre/data/dataset.hpp"
#include "cadre/rules/model.hpp"

namespace cadre::testing {

/// The rows of the views as texts, cells joined by " | ", NULL as a dash, in sorted order. The
/// columns are those that the queries below name.
struct ViewRows {
  std::vector<std::string> tenures;
  std::vector<std::string> post_eras;
  std::vector<std::string> promotions;
  std::vector<std::string> province_eras;

  friend bool operator==(const ViewRows&, const ViewRows&) = default;
};

inline const std::vector<std::string> kViewQueries = {
    "SELECT post, start_first, start_last, end_first, end_last FROM tenures",
    "SELECT scheme, era, post, person, certain, from_date, to_date FROM post_eras",
    "SELECT scheme, era, person, from_post, to_post, date FROM promotions",
    "SELECT scheme, era, province, from_date, to_date, party_secretary, governor "
    "FROM province_eras"};

/// For posts that begin before 2100. Eras are given to the day.
ViewRows reference_rows(const Dataset& dataset, const Rules& rules);

}  // namespace cadre::testing
