#include "cli/named_rules.hpp"

#include "cadre/classify/classifier.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/run/run.hpp"
#include "cli/command.hpp"
#include "cli/reading.hpp"

namespace cadre::cli {

Run open_run(const std::string& path, const Limits& limits, FilesRead& read) {
  read.add(path);
  return Run::open(path, limits.queries);
}

bool is_run(const std::string& path) {
  return is_database(path);
}

NamedRules load_named_rules(const std::string& path,
                            const std::vector<std::pair<std::string, std::string>>& settings,
                            const Limits& limits, FilesRead& read) {
  NamedRules rules;
  auto all = settings;
  if (is_run(path)) {
    const Run run = open_run(path, limits, read);
    all = restore_settings(run);
    all.insert(all.end(), settings.begin(), settings.end());
    rules.loaded = restore_rules(run, all);
  } else {
    LoadOptions load = limits.rules;
    load.settings = all;
    rules.loaded = load_rules(path, load);
    add_rules(read, *rules.loaded.sources);
  }
  for (const auto& [name, value] : all) rules.options.emplace_back("set", name + "=" + value);
  return rules;
}

bool fits(const Rules& rules, const Schema& schema) {
  const Diagnostics mismatches = check_schema(rules, schema);
  print_diagnostics(mismatches);
  return !has_errors(mismatches);
}

}  // namespace cadre::cli
