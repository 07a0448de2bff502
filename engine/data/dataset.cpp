#include "cadre/data/dataset.hpp"

#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/data/compressed.hpp"
#include "cadre/data/encoding.hpp"
#include "cadre/data/jsonl.hpp"
#include "cadre/data/package_dataset.hpp"
#include "cadre/data/person_parser.hpp"
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

/// Whether the name is that of a CSV file, compressed or not.
bool is_csv(const fs::path& path) {
  const fs::path inner = path.extension() == ".csv" ? path : path.stem();
  return inner.extension() == ".csv";
}

std::optional<Dataset> load_json_lines(const std::string& path, const DataOptions& options,
                                       Problems& problems) {
  const bool standard_input = path == "-";
  const std::string shown = standard_input ? options.standard_input_name : path;
  std::string bytes =
      read_file(standard_input ? fs::path("/dev/stdin") : fs::path(path), options.max_file_bytes);
  const InputFile input{standard_input ? shown : fs::path(path).filename().string(), bytes.size(),
                        sha256(bytes)};
  std::string text = decompress(std::move(bytes), shown, options.max_file_bytes);
  Utf8Mender mender(options.invalid_utf8, shown);
  mender.mend(text);
  mender.tell(problems);
  std::optional<Dataset> dataset = read_json_lines(text, shown, options, problems);
  if (dataset) {
    dataset->name = input.path;
    dataset->inputs.push_back(input);
  }
  return dataset;
}

}  // namespace

LoadedDataset load_dataset(const std::string& path, const DataOptions& options) {
  LoadedDataset loaded;
  Problems problems(loaded.diagnostics, options.max_diagnostics);
  const fs::path package = path == "-" ? fs::path() : package_of(path);
  if (!package.empty()) {
    loaded.dataset = load_package(package, options, problems);
  } else if (is_csv(path)) {
    throw Error(Error::Kind::kUsage, path,
                fmt::format("'{}' is one table of a dataset: give the folder with its "
                            "datapackage.json instead",
                            path));
  } else {
    loaded.dataset = load_json_lines(path, options, problems);
  }
  problems.close();
  return loaded;
}

std::optional<Person> parse_person(std::string_view json, const Schema& schema,
                                   std::string_view path, std::size_t line,
                                   Diagnostics& diagnostics, const DataOptions& options) {
  Problems problems(diagnostics, options.max_diagnostics);
  return PersonParser(schema, std::string(path), options).parse(json, line, problems);
}

}  // namespace cadre
