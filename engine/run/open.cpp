#include "cadre/run/open.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "cadre/base/error.hpp"
#include "cadre/run/query.hpp"

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
  return database;
}

Result query_database(const sqlite::Database& database, const std::filesystem::path& path,
                      std::string_view sql, const std::vector<std::string>& arguments,
                      const QueryLimits& limits) {
  try {
    const sqlite::Statement statement = prepare_query(database.get(), sql);
    return run_query(database.get(), statement.get(), arguments, limits);
  } catch (const Error& error) {
    throw Error(error.kind(), path.string(), error.what());
  }
}

}  // namespace cadre
