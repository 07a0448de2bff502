// Who cannot be judged, and what is missing.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cadre/run/run.hpp"

namespace cadre {

/// One thing that the record lacks and the people for whom that leaves a label unknown.
struct Missing {
  std::string what;                 ///< "no education rows", "degree not known"
  std::vector<std::string> people;  ///< ids, sorted
};

struct UnknownLabel {
  std::string label;
  std::vector<Missing> missing;  ///< the most frequent first
};

/// The labels that are unknown of somebody, in the order of the rules. What is missing is looked
/// for in the labels that a label asks for, down to the rows of the dataset.
std::vector<UnknownLabel> find_unknowns(const Run& run);

}  // namespace cadre
