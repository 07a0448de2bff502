// Datasets in: Frictionless Data Packages (a folder with datapackage.json and CSV files) and JSON
// Lines, plain or compressed with gzip or zstd.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"

namespace cadre {

/// A table whose rows belong to nobody: rules do not speak of it, figures may (`provinces`).
struct ExtraTable {
  TableSchema schema;
  std::vector<std::vector<std::string>> rows;
};

/// A file that was read, for the provenance of a run.
struct InputFile {
  std::string path;  ///< relative to the dataset's folder, with / between parts
  std::size_t bytes = 0;
  std::string sha256;
};

struct Dataset {
  std::string name;  ///< of the package, or the file's name
  std::string title;
  Schema schema;
  std::vector<Person> people;  ///< in the order of the people table
  std::vector<ExtraTable> extra;
  std::vector<InputFile> inputs;
};

struct LoadedDataset {
  std::optional<Dataset> dataset;  ///< nothing when there are errors
  Diagnostics diagnostics;
};

/// What to do with bytes that are not UTF-8. Whatever is done is told with the place of the first
/// of them and their number. A file in UTF-16 is always refused.
enum class InvalidUtf8 {
  kRefuse,
  kReplace,  ///< each reads as U+FFFD, which no term matches
  kSkip,     ///< they are left out, so that what stood around them stands together
};

struct DataOptions {
  std::size_t max_file_bytes = std::size_t{4} << 30;   ///< after decompression
  std::size_t max_line_bytes = std::size_t{64} << 20;  ///< of JSON Lines: of one person
  std::size_t max_text_bytes = std::size_t{1} << 20;   ///< of one cell
  std::size_t max_resources = 100;                     ///< of a data package
  std::size_t max_columns = 1000;                      ///< of a table of one
  std::size_t max_values = 100'000;                    ///< in all its lists of values together
  InvalidUtf8 invalid_utf8 = InvalidUtf8::kRefuse;     ///< in tables and JSON Lines
  std::size_t max_diagnostics = 100;                   ///< then the rest are counted, not listed
  std::string standard_input_name = "<standard input>";
  SchemaPointer schema = default_schema();  ///< what tables there are; never null
};

/// Reads a data package (a folder, or the path of its datapackage.json) or a JSON Lines file
/// (.jsonl, .jsonl.gz, .jsonl.zst; `-` for standard input, compressed or not).
/// Checked: encoding, columns, types, enumerations, dates, order of start and end, unique keys,
/// foreign keys; a table whose file is missing is a diagnostic too. Throws Error when the folder or
/// file that `path` names is missing, or any file cannot be read or decompressed.
LoadedDataset load_dataset(const std::string& path, const DataOptions& options = {});

/// One line of JSON Lines: a person with nested `education`, `career` and `posts`, by the columns
/// of `schema`. Nothing, and diagnostics, when the line is not such a person. `path` and `line`
/// are for the places in diagnostics. For many lines data/person_parser.hpp is quicker.
std::optional<Person> parse_person(std::string_view json, const Schema& schema,
                                   std::string_view path, std::size_t line,
                                   Diagnostics& diagnostics, const DataOptions& options = {});

}  // namespace cadre
