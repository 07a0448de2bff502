// The people that a command line names by a path: a dataset, or a run, which holds those whom it
// was made of.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cadre/base/files.hpp"
#include "cadre/data/dataset.hpp"
#include "cli/reading.hpp"

namespace cadre::cli {

/// Whether a path names data: what load_dataset reads, and no rule file can be.
bool is_dataset(const std::string& path);

/// Throws Error kUsage when the rules of a command line are data and its data is a rule file: the
/// two were given the other way round. `usage` is the right order.
void check_order(const std::string& rules, const std::string& data, std::string_view usage);

/// A dataset is read by `schema`; a run has its own. `language`: rules will read the columns of
/// this one only; empty: of all. Nothing when the data has mistakes, which are printed. Adds the
/// files that are read to `read`.
std::shared_ptr<const Dataset> load_named_people(const std::string& path,
                                                 const SchemaPointer& schema,
                                                 const std::string& language, const Limits& limits,
                                                 FilesRead& read);

}  // namespace cadre::cli
