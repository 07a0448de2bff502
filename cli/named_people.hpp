// The people that a command line names by a path: a dataset, or a run, which holds those whom it
// was made of.
#pragma once

#include <optional>
#include <string>

#include "cadre/classify/kept_matches.hpp"
#include "cadre/data/dataset.hpp"
#include "cli/reading.hpp"

namespace cadre::cli {

struct NamedPeople {
  std::optional<Dataset> dataset;  ///< nothing when the data has mistakes, which are printed
  KeptMatches kept;                ///< what a run keeps of their texts
};

/// `language`: rules will read the columns of this one only; empty: of all.
NamedPeople load_named_people(const std::string& path, const std::string& language,
                              const Limits& limits);

}  // namespace cadre::cli
