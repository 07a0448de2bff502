#include "cli/named_people.hpp"

#include <utility>

#include "cadre/run/restore.hpp"
#include "cadre/run/run.hpp"
#include "cli/command.hpp"
#include "cli/language.hpp"
#include "cli/named_rules.hpp"
#include "cli/progress.hpp"

namespace cadre::cli {

NamedPeople load_named_people(const std::string& path, const std::string& language,
                              const Limits& limits) {
  NamedPeople people;
  if (is_run(path)) {
    const Run run = Run::open(path, limits.queries);
    people.dataset = restore_dataset(run);
    people.kept = restore_matches(run);
  } else {
    const ProgressBar bar("reading " + path);
    LoadedDataset loaded = load_dataset(path, limits.data);
    print_diagnostics(loaded.diagnostics);
    people.dataset = std::move(loaded.dataset);
  }
  if (people.dataset && !language.empty()) read_only_language(people.dataset->schema, language);
  return people;
}

}  // namespace cadre::cli
