// datapackage.json: what tables a data package has, where they are, and what they must look like.
// (Data Package, Table Dialect and Table Schema, version 2, and what version 1 had besides:
// https://datapackage.org. Every property is applied, is only descriptive, or is an error;
// docs/data.md lists them.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/data/cell_rules.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/data/field.hpp"
#include "cadre/data/file_hash.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {

/// Columns of a table whose values, taken together, are those of a row of another one.
struct ForeignKey {
  /// A column of the other table, which may have no schema, and where datapackage.json names it.
  struct Target {
    std::string name;
    Place place;
  };

  std::vector<std::uint32_t> columns;
  std::size_t table = 0;  ///< index into PackageDescription::tables
  std::vector<Target> targets;
};

struct TableDescription {
  struct Path {
    std::string path;  ///< below the folder of the package
    Place place;       ///< where datapackage.json names it
  };

  TableSchema schema;
  const SchemaTable* declared =
      nullptr;                   ///< of the declared schema; null where it has no such table
  std::vector<CellRules> rules;  ///< parallel to the columns
  bool from_header = false;      ///< there is no schema: the header of the file names the columns
  bool derived_ids = false;      ///< the column `id` is not in the file
  std::vector<Path> paths;       ///< the file, or the files that together are the table
  char delimiter = ',';
  std::optional<std::string> null_sequence;  ///< of the dialect: a cell that means "not known"
  MissingValues missing_values;              ///< of columns without a schema
  std::optional<StatedSize> stated_size;     ///< of all files of the table together
  std::optional<StatedHash> stated_hash;
  bool may_have_more = false;  ///< columns of the file that are not in the schema are left out
  bool may_lack = false;       ///< columns of the schema that are not in the file are empty
  std::vector<std::uint32_t> primary_key;
  std::vector<std::vector<std::uint32_t>> unique_keys;
  std::vector<ForeignKey> foreign_keys;
};

struct PackageDescription {
  SchemaPointer declared;  ///< of the options
  std::string name;
  std::string title;
  std::vector<std::string> languages;
  std::optional<Date> as_of;
  std::vector<TableDescription> tables;  ///< in the order of the file

  const TableDescription* find(std::string_view table) const;
};

/// Nothing, and errors in `problems`, when the file is no such description.
std::optional<PackageDescription> read_package(const TextFile& file, const DataOptions& options,
                                               Problems& problems);

/// What holds for tables whose rows belong to people: `id` (and `person`) are there, and in every
/// row. Adds `id` where the file has none. Tells, at `place`, of what is missing, and of a column
/// that seems to be meant for the start or the end of the rows.
void complete_table_of_people(TableDescription& table, const Place& place, Problems& problems);

}  // namespace cadre
