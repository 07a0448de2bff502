// Imported biographies as a dataset (docs/data.md), written person by person.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "cadre/base/date.hpp"
#include "cadre/import/biography.hpp"

namespace cadre {

/// The person as a line of JSON Lines, with the line's end. `file` is what `source_file` says,
/// `as_of` the day on which rows that still run end.
std::string json_line(const Biography& biography, const std::string& file,
                      const std::optional<Date>& as_of = std::nullopt);

/// A data package: a folder with a CSV file for each table, and datapackage.json at the end.
class PackageWriter {
 public:
  /// Makes the files in `folder`, which must be there. Throws Error kIo.
  explicit PackageWriter(std::filesystem::path folder);
  ~PackageWriter();
  PackageWriter(const PackageWriter&) = delete;
  PackageWriter& operator=(const PackageWriter&) = delete;

  void write(const Biography& biography, const std::string& file);

  /// Writes datapackage.json and closes all files. `as_of` is the day on which rows without an end
  /// end. Throws Error kIo when anything could not be written.
  void close(const std::string& name, const std::optional<Date>& as_of);

 private:
  struct Tables;
  std::filesystem::path folder_;
  std::unique_ptr<Tables> tables_;
};

}  // namespace cadre
