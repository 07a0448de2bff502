#include "cli/named_people.hpp"

#include <optional>
#include <utility>

#include "cadre/run/restore.hpp"
#include "cadre/run/run.hpp"
#include "cli/command.hpp"
#include "cli/language.hpp"
#include "cli/named_rules.hpp"
#include "cli/progress.hpp"
#include "cli/reading.hpp"

namespace cadre::cli {

std::shared_ptr<const Dataset> load_named_people(const std::string& path,
                                                 const std::string& language, const Limits& limits,
                                                 FilesRead& read) {
  std::optional<Dataset> dataset;
  if (is_run(path)) {
    dataset = restore_dataset(open_run(path, limits, read));
  } else {
    const ProgressBar bar("reading " + path);
    LoadedDataset loaded = load_dataset(path, limits.data);
    print_diagnostics(loaded.diagnostics);
    dataset = std::move(loaded.dataset);
    if (dataset) add_data(read, path, *dataset);
  }
  if (!dataset) return nullptr;
  if (!language.empty()) read_only_language(dataset->schema, language);
  return std::make_shared<const Dataset>(std::move(*dataset));
}

}  // namespace cadre::cli
