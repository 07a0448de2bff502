// Opening the SQLite files that cadre writes, to read them. Not for other headers: no public header
// includes sqlite3.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/run/run.hpp"
#include "cadre/run/sqlite.hpp"

namespace cadre {

/// What a file is, by the numbers in its header.
struct DatabaseKind {
  const char* name;  ///< in messages: "run"
  std::uint32_t application_id;
  std::uint32_t oldest_format;  ///< of SQLite's user_version: those from here on are read,
  std::uint32_t format;         ///< up to this one
  std::vector<std::string_view> (*tables)();  ///< what such a file has as plain tables
};

/// Whether the file says that it is of that kind, in whatever format.
bool has_kind(const std::filesystem::path& path, const DatabaseKind& kind);

/// Opens a file under an authorizer that allows reading only. It must not change while it is open.
/// Throws Error: kMissing, kIo, or kCorrupt when it is of another kind, was cut short, has a format
/// that this version cannot read, or lacks plain tables where its kind has them.
sqlite::Database open_to_read(const std::filesystem::path& path, const DatabaseKind& kind);

/// Throws Error kCorrupt when one of these is there and is no plain table: a view, a virtual table,
/// or a table with a column that is computed or has a default. What a plain table holds stands in
/// the file, so that reading it takes no more than the file is large. Names are compared as SQL
/// does, whatever their case.
void check_plain_tables(sqlite3* database, const std::filesystem::path& path, const char* kind,
                        const std::vector<std::string>& names);

/// What queries of our own may take of one opened file: the memory, rows and bytes of the limits
/// each time, or so much as a file of this size can hold, and their time all together.
class ReadBudget {
 public:
  /// `database`: whose size counts.
  ReadBudget(sqlite3* database, const QueryLimits& limits);

  /// Runs one of them. Throws Error as run_query; kCorrupt in place of kUsage.
  Result query(const sqlite::Database& database, const std::filesystem::path& path,
               std::string_view sql, const std::vector<std::string>& arguments);

 private:
  QueryLimits left_;
  double seconds_;
};

/// The answer to a query; what is thrown names the file. Throws as Run::query.
Result query_database(const sqlite::Database& database, const std::filesystem::path& path,
                      std::string_view sql, const std::vector<std::string>& arguments,
                      const QueryLimits& limits);

}  // namespace cadre
