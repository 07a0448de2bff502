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
};

/// Whether the file says that it is of that kind, in whatever format.
bool has_kind(const std::filesystem::path& path, const DatabaseKind& kind);

/// Opens a file under an authorizer that allows reading only. It must not change while it is open.
/// Throws Error: kMissing, kIo, or kCorrupt when it is of another kind, was cut short, or has a
/// format that this version cannot read.
sqlite::Database open_to_read(const std::filesystem::path& path, const DatabaseKind& kind);

/// The answer to a query; what is thrown names the file. Throws as Run::query.
Result query_database(const sqlite::Database& database, const std::filesystem::path& path,
                      std::string_view sql, const std::vector<std::string>& arguments,
                      const QueryLimits& limits);

}  // namespace cadre
