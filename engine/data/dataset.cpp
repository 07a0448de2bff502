#include "cadre/data/dataset.hpp"

#include <fmt/format.h>

#include <system_error>

#include "cadre/base/error.hpp"
#include "cadre/data/package_dataset.hpp"
#include "cadre/data/problems.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

/// The datapackage.json that `path` means, or an empty path when it means a file of people.
fs::path package_of(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return path.extension() == ".json" ? path : fs::path();
  const fs::path description = path / "datapackage.json";
  if (fs::exists(description, error)) return description;
  throw Error(Error::Kind::kMissing, path.string(),
              fmt::format("cannot read '{}': the folder has no datapackage.json", path.string()));
}

}  // namespace

LoadedDataset load_dataset(const std::string& path, const DataOptions& options) {
  LoadedDataset loaded;
  Problems problems(loaded.diagnostics, options.max_diagnostics);
  const fs::path package = path == "-" ? fs::path() : package_of(path);
  if (!package.empty()) loaded.dataset = load_package(package, options, problems);
  problems.close();
  return loaded;
}

}  // namespace cadre
