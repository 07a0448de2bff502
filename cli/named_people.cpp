#include "cli/named_people.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/run/run.hpp"
#include "cli/command.hpp"
#include "cli/language.hpp"
#include "cli/named_rules.hpp"
#include "cli/progress.hpp"
#include "cli/reading.hpp"

namespace cadre::cli {

bool is_dataset(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code none;
  if (path == "-" || fs::is_directory(path, none)) return true;
  fs::path name = fs::path(path).filename();
  if (name == "datapackage.json") return true;
  if (name.extension() == ".gz" || name.extension() == ".zst") name = name.stem();
  return name.extension() == ".jsonl" || name.extension() == ".ndjson";
}

void check_order(const std::string& rules, const std::string& data, std::string_view usage) {
  if (!is_dataset(rules) || !(data.ends_with(".yaml") || data.ends_with(".yml"))) return;
  std::error_code none;
  const bool folder = std::filesystem::is_directory(rules, none);
  throw Error(Error::Kind::kUsage, rules,
              fmt::format("cannot read '{}' as rules: it is {}; the rules come first, and the data "
                          "last: {}",
                          rules, folder ? "a folder, not a file" : "data", usage));
}

std::shared_ptr<const Dataset> load_named_people(const std::string& path,
                                                 const SchemaPointer& schema,
                                                 const std::string& language, const Limits& limits,
                                                 FilesRead& read) {
  std::optional<Dataset> dataset;
  if (is_run(path)) {
    dataset = restore_dataset(open_run(path, limits, read));
  } else {
    const ProgressBar bar("reading " + path);
    DataOptions options = limits.data;
    options.schema = schema;
    LoadedDataset loaded = load_dataset(path, options);
    print_diagnostics(loaded.diagnostics);
    dataset = std::move(loaded.dataset);
    if (dataset) add_data(read, path, *dataset);
  }
  if (!dataset) return nullptr;
  if (!language.empty()) read_only_language(dataset->schema, language);
  return std::make_shared<const Dataset>(std::move(*dataset));
}

}  // namespace cadre::cli
