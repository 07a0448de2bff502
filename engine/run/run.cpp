#include "cadre/run/run.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdint>
#include <fstream>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/run/build.hpp"
#include "cadre/run/query.hpp"
#include "cadre/run/sqlite.hpp"

namespace cadre {
namespace {

constexpr std::size_t kHeaderBytes = 100;
constexpr std::string_view kMagic("SQLite format 3\0", 16);

/// A big-endian number in a SQLite header (https://www.sqlite.org/fileformat2.html).
std::uint32_t number_at(std::string_view header, std::size_t offset, std::size_t bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    number = number << 8 | static_cast<unsigned char>(header[offset + i]);
  }
  return number;
}

[[noreturn]] void fail(Error::Kind kind, const std::filesystem::path& path,
                       const std::string& why) {
  throw Error(kind, path.string(), fmt::format("cannot read the run '{}': {}", path.string(), why));
}

std::string read_header(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    fail(Error::Kind::kMissing, path, "there is no such file");
  }
  if (status.type() == std::filesystem::file_type::directory) {
    fail(Error::Kind::kIo, path, "it is a folder");
  }
  if (status.type() != std::filesystem::file_type::regular) {
    fail(Error::Kind::kIo, path, error ? error.message() : "it is not a regular file");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) fail(Error::Kind::kIo, path, std::generic_category().message(errno));
  std::string header(kHeaderBytes, '\0');
  file.read(header.data(), static_cast<std::streamsize>(header.size()));
  header.resize(static_cast<std::size_t>(file.gcount()));
  return header;
}

/// Says what is wrong with a file that is no run before SQLite says less.
void check_header(const std::filesystem::path& path) {
  const std::string header = read_header(path);
  const auto fail_with = [&](const std::string& why) { fail(Error::Kind::kCorrupt, path, why); };
  if (header.empty()) fail_with("it is empty");
  if (!std::string_view(header).starts_with(kMagic) || header.size() < kHeaderBytes) {
    fail_with("it is not a SQLite database");
  }
  if (number_at(header, 68, 4) != static_cast<std::uint32_t>(kRunApplicationId)) {
    fail_with("it is a SQLite database, but not a run of cadre");
  }
  if (const std::uint32_t format = number_at(header, 60, 4);
      format != static_cast<std::uint32_t>(kRunFormat)) {
    fail_with(fmt::format("its format is {}, and this cadre reads format {}", format, kRunFormat));
  }
  const std::uint64_t page = number_at(header, 16, 2) == 1 ? 65536 : number_at(header, 16, 2);
  if (std::filesystem::file_size(path) != page * number_at(header, 28, 4)) {
    fail_with("it was cut short or added to");
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

struct Run::Database {
  std::filesystem::path path;
  sqlite::Database handle;
};

Run::Run(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Run::~Run() = default;
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(Run&&) noexcept = default;

Run Run::open(const std::filesystem::path& path) {
  check_header(path);
  auto database = std::make_unique<Database>();
  database->path = path;
  database->handle = sqlite::open(immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  sqlite3* handle = database->handle.get();
  // A run may come from a stranger: nothing in its own views may do what a query may not.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 256 << 20);  // bytes of one value
  allow_reading_only(handle);
  return Run(std::move(database));
}

Run Run::in_memory(const RunContents& contents) {
  auto database = std::make_unique<Database>();
  database->handle = sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  build_run(database->handle.get(), contents);
  allow_reading_only(database->handle.get());
  return Run(std::move(database));
}

Result Run::query(std::string_view sql, const std::vector<std::string>& arguments,
                  const QueryLimits& limits) const {
  sqlite3* handle = database_->handle.get();
  try {
    const sqlite::Statement statement = prepare_query(handle, sql);
    return run_query(handle, statement.get(), arguments, limits);
  } catch (const Error& error) {
    throw Error(error.kind(), database_->path.string(), error.what());
  }
}

}  // namespace cadre
