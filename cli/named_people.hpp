// The people that a command line names by a path: a dataset, or a run, which holds those whom it
// was made of.
#pragma once

#include <memory>
#include <string>

#include "cadre/base/files.hpp"
#include "cadre/data/dataset.hpp"
#include "cli/reading.hpp"

namespace cadre::cli {

/// `language`: rules will read the columns of this one only; empty: of all. Nothing when the data
/// has mistakes, which are printed. Adds the files that are read to `read`.
std::shared_ptr<const Dataset> load_named_people(const std::string& path,
                                                 const std::string& language, const Limits& limits,
                                                 FilesRead& read);

}  // namespace cadre::cli
