// The rules that a command line names by a file: a rule set, or a run, which holds those that it
// was made by.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/run/run.hpp"
#include "cli/reading.hpp"

namespace cadre::cli {

/// A run, which no output may then overwrite.
Run open_run(const std::string& path, const Limits& limits, FilesRead& read);

/// Whether there is a run under this path.
bool is_run(const std::string& path);

struct NamedRules {
  Loaded loaded;
  /// All parameters that were set from outside, as RunContents::options.
  std::vector<std::pair<std::string, std::string>> options;
};

/// `settings` come on top of those of a run. Adds the files that are read to `read`.
NamedRules load_named_rules(const std::string& path,
                            const std::vector<std::pair<std::string, std::string>>& settings,
                            const Limits& limits, FilesRead& read);

/// Whether the rules go with data of this schema (check_schema); prints what is wrong.
bool fits(const Rules& rules, const Schema& schema);

}  // namespace cadre::cli
