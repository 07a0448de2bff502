#include "cadre/run/open.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "cadre/base/error.hpp"
#include "cadre/data/text_file.hpp"
#include "cadre/run/query.hpp"
#include "cadre/run/query_hint.hpp"
#include "cadre/run/sqlite_messages.hpp"

namespace cadre {
namespace {

constexpr std::size_t kHeaderBytes = 100;
constexpr std::size_t kFormatAt = 60;
constexpr std::size_t kApplicationIdAt = 68;
constexpr std::string_view kMagic("SQLite format 3\0", 16);

/// A big-endian number in a SQLite header (https://www.sqlite.org/fileformat2.html).
std::uint32_t number_at(std::string_view header, std::size_t offset, std::size_t bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    number = number << 8 | static_cast<unsigned char>(header[offset + i]);
  }
  return number;
}

bool is_database(std::string_view header) {
  return header.starts_with(kMagic) && header.size() == kHeaderBytes;
}

/// The first bytes of a file; fewer when it is shorter or cannot be read.
std::string first_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string header(kHeaderBytes, '\0');
  file.read(header.data(), static_cast<std::streamsize>(header.size()));
  header.resize(static_cast<std::size_t>(file.gcount()));
  return header;
}

/// Says what is wrong with a file of another kind before SQLite says less.
void check_header(const std::filesystem::path& path, const DatabaseKind& kind) {
  const auto fail = [&](Error::Kind error, const std::string& why) {
    throw Error(error, path.string(),
                fmt::format("cannot read the {} '{}': {}", kind.name, path.string(), why));
  };
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    fail(Error::Kind::kMissing, "there is no such file");
  }
  if (status.type() == std::filesystem::file_type::directory) {
    fail(Error::Kind::kIo, "it is a folder");
  }
  if (status.type() != std::filesystem::file_type::regular) {
    fail(Error::Kind::kIo, error ? error.message() : "it is not a regular file");
  }
  if (!std::ifstream(path, std::ios::binary)) {
    fail(Error::Kind::kIo, std::generic_category().message(errno));
  }
  const std::string header = first_bytes(path);
  const auto corrupt = [&](const std::string& why) { fail(Error::Kind::kCorrupt, why); };
  if (header.empty()) corrupt("it is empty");
  if (!is_database(header)) corrupt("it is not a SQLite database");
  if (number_at(header, kApplicationIdAt, 4) != kind.application_id) {
    corrupt(fmt::format("it is a SQLite database, but not a {} of cadre", kind.name));
  }
  const std::uint32_t format = number_at(header, kFormatAt, 4);
  if (format < kind.oldest_format || format > kind.format) {
    corrupt(fmt::format("its format is {}, and this cadre reads format {}", format,
                        kind.oldest_format == kind.format
                            ? fmt::format("{}", kind.format)
                            : fmt::format("{} to {}", kind.oldest_format, kind.format)));
  }
  const std::uint64_t page = number_at(header, 16, 2) == 1 ? 65536 : number_at(header, 16, 2);
  if (std::filesystem::file_size(path) != page * number_at(header, 28, 4)) {
    corrupt("it was cut short or added to");
  }
}

/// The path as a URI that says that nobody else writes the file.
std::string immutable_uri(const std::filesystem::path& path) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '/' || c == '-' || c == '_' || c == '.';
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri + "?immutable=1";
}

/// Whether there is nothing of that name.
bool is_missing(sqlite3* database, const std::string& name) {
  sqlite3_stmt* handle = nullptr;
  const std::string sql = "SELECT 1 FROM " + sqlite::quoted(name);
  const int code = sqlite3_prepare_v2(database, sql.c_str(), -1, &handle, nullptr);
  const sqlite::Statement statement(handle);
  return code != SQLITE_OK &&
         std::string_view(sqlite3_errmsg(database)).starts_with("no such table: ");
}

/// What is asked here is a PRAGMA, which no query may use.
bool has_plain_columns(sqlite3* database, const std::string& table) {
  forbid_nothing(database);
  sqlite3_stmt* handle = nullptr;
  const std::string sql = "PRAGMA table_xinfo(" + sqlite::quoted(table) + ")";
  const int code = sqlite3_prepare_v2(database, sql.c_str(), -1, &handle, nullptr);
  const sqlite::Statement statement(handle);
  constexpr int kDefault = 4;  // columns of the answer
  constexpr int kHidden = 6;
  bool plain = code == SQLITE_OK;
  bool any = false;
  while (plain && sqlite3_step(handle) == SQLITE_ROW) {
    any = true;
    plain = sqlite3_column_type(handle, kDefault) == SQLITE_NULL &&
            sqlite3_column_int(handle, kHidden) == 0;
  }
  allow_reading_only(database);
  return plain && any;
}

std::size_t size_of(sqlite3* database) {
  forbid_nothing(database);
  std::size_t pages[2] = {0, 0};
  const char* const pragmas[2] = {"PRAGMA page_count", "PRAGMA page_size"};
  for (std::size_t i = 0; i < 2; ++i) {
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v2(database, pragmas[i], -1, &handle, nullptr);
    const sqlite::Statement statement(handle);
    if (code == SQLITE_OK && sqlite3_step(handle) == SQLITE_ROW) {
      pages[i] = static_cast<std::size_t>(sqlite3_column_int64(handle, 0));
    }
  }
  allow_reading_only(database);
  return pages[0] * pages[1];
}

}  // namespace

bool has_kind(const std::filesystem::path& path, const DatabaseKind& kind) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none)) return false;
  const std::string header = first_bytes(path);
  return is_database(header) && number_at(header, kApplicationIdAt, 4) == kind.application_id;
}

sqlite::Database open_to_read(const std::filesystem::path& path, const DatabaseKind& kind) {
  check_header(path, kind);
  sqlite::Database database =
      sqlite::open(immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  sqlite3* handle = database.get();
  // It may come from a stranger: nothing in its own views may do what a query may not.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  bound_queries(handle);
  allow_reading_only(handle);
  const std::vector<std::string_view> tables = kind.tables();
  check_plain_tables(handle, path, kind.name, {tables.begin(), tables.end()});
  return database;
}

void check_plain_tables(sqlite3* database, const std::filesystem::path& path, const char* kind,
                        const std::vector<std::string>& names) {
  const auto fail = [&](const std::string& name, const char* why) {
    throw Error(Error::Kind::kCorrupt, path.string(),
                fmt::format("cannot read the {} '{}': its '{}' {}", kind, path.string(),
                            quotable(name), why));
  };
  for (const std::string& name : names) {
    // This looks at tables only, and asks no view what it is made of.
    if (sqlite3_table_column_metadata(database, "main", name.c_str(), nullptr, nullptr, nullptr,
                                      nullptr, nullptr, nullptr) != SQLITE_OK) {
      if (is_missing(database, name)) continue;
      if ((sqlite3_errcode(database) & 0xFF) == SQLITE_CORRUPT) {
        throw Error(Error::Kind::kCorrupt, path.string(),
                    fmt::format("the {} is damaged: {}", kind, damage(sqlite3_errmsg(database))));
      }
      fail(name, "is not a table");
    }
    if (!has_plain_columns(database, name)) {
      fail(name, "is not a plain table");
    }
  }
}

ReadBudget::ReadBudget(sqlite3* database, const QueryLimits& limits) : left_(limits) {
  // A cell takes at least a byte in the file and this much in memory.
  constexpr std::size_t kBytesOfCell = 64;
  constexpr double kBytesInSecond = 2e6;  // of the slowest reader, many times over
  const std::size_t bytes = size_of(database);
  left_.max_rows = std::max(left_.max_rows, bytes);
  left_.max_bytes = std::max(left_.max_bytes, kBytesOfCell * bytes);
  seconds_ = std::max(limits.max_seconds, static_cast<double>(bytes) / kBytesInSecond);
  left_.max_seconds = seconds_;
}

Result ReadBudget::query(const sqlite::Database& database, const std::filesystem::path& path,
                         std::string_view sql, const std::vector<std::string>& arguments) {
  const auto begin = std::chrono::steady_clock::now();
  try {
    Result result = query_database(database, path, sql, arguments, left_);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    left_.max_seconds = std::max(0.0, left_.max_seconds - taken.count());
    return result;
  } catch (const Error& error) {
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    if (error.kind() == Error::Kind::kLimit && taken.count() >= left_.max_seconds) {
      throw Error(error.kind(), path.string(),
                  fmt::format("reading the run took longer than {:.0f} seconds; --limit "
                              "query-time=N allows more",
                              seconds_));
    }
    throw;
  }
}

Result query_database(const sqlite::Database& database, const std::filesystem::path& path,
                      std::string_view sql, const std::vector<std::string>& arguments,
                      const QueryLimits& limits) {
  try {
    const sqlite::Statement statement = prepare_query(database.get(), sql);
    return run_query(database.get(), statement.get(), arguments, limits);
  } catch (const Error& error) {
    throw Error(error.kind(), path.string(),
                error.what() + query_hint(database.get(), sql, error.what()));
  }
}

}  // namespace cadre
