// The rules that a command line names by a file: a rule set, or a run, which holds those that it
// was made by.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cadre/data/schema.hpp"
#include "cadre/rules/load.hpp"
#include "cli/reading.hpp"

namespace cadre::cli {

/// Whether there is a run under this path.
bool is_run(const std::string& path);

struct NamedRules {
  Loaded loaded;
  /// All parameters that were set from outside, as RunContents::options.
  std::vector<std::pair<std::string, std::string>> options;
};

/// `settings` come on top of those of a run.
NamedRules load_named_rules(const std::string& path,
                            const std::vector<std::pair<std::string, std::string>>& settings,
                            const Limits& limits);

/// Whether the rules go with data of this schema (check_schema); prints what is wrong.
bool fits(const Rules& rules, const Schema& schema);

}  // namespace cadre::cli
