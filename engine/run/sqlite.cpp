#include "cadre/run/sqlite.hpp"

#include "cadre/base/error.hpp"

namespace cadre::sqlite {
namespace {

[[noreturn]] void fail(sqlite3* database) {
  throw Error(Error::Kind::kIo, "", std::string("SQLite: ") + sqlite3_errmsg(database));
}

Statement prepare(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    fail(database);
  }
  return Statement(statement);
}

std::string insert_sql(std::string_view table, std::size_t columns) {
  std::string sql = "INSERT INTO " + sqlite::quoted(table) + " VALUES (?";
  for (std::size_t i = 1; i < columns; ++i) sql += ", ?";
  return sql + ")";
}

}  // namespace

Database open(const std::string& name, int flags) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(handle);
  if (code != SQLITE_OK) fail(handle);
  sqlite3_extended_result_codes(handle, 1);
  // Otherwise a misspelt name in double quotes is taken for a text.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  return database;
}

void execute(sqlite3* database, const std::string& sql) {
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(database);
}

std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text += c;
    text += c;
  }
  return text + "\"";
}

Insert::Insert(sqlite3* database, std::string_view table, std::size_t columns)
    : database_(database), statement_(prepare(database, insert_sql(table, columns))) {}

void Insert::bind(std::string_view text) {
  const int code = text.empty() ? sqlite3_bind_null(statement_.get(), next_)
                                : sqlite3_bind_text64(statement_.get(), next_, text.data(),
                                                      text.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) fail(database_);
  ++next_;
}

void Insert::bind(Blob blob) {
  const int code = sqlite3_bind_blob64(statement_.get(), next_, blob.bytes.data(),
                                       blob.bytes.size(), SQLITE_STATIC);
  if (code != SQLITE_OK) fail(database_);
  ++next_;
}

void Insert::bind(double number) {
  if (sqlite3_bind_double(statement_.get(), next_, number) != SQLITE_OK) fail(database_);
  ++next_;
}

void Insert::bind(std::int64_t number) {
  if (sqlite3_bind_int64(statement_.get(), next_, number) != SQLITE_OK) fail(database_);
  ++next_;
}

void Insert::finish() {
  if (sqlite3_step(statement_.get()) != SQLITE_DONE) fail(database_);
  sqlite3_reset(statement_.get());
  next_ = 1;
}

}  // namespace cadre::sqlite
