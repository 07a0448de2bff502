// SQLite's handles as values that close themselves, and rows put in with one call. For the files
// of this folder only: no public header includes sqlite3.h.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cadre::sqlite {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// Opens `name` (a path, a URI with SQLITE_OPEN_URI, or ":memory:"). Double quotes enclose names
/// only, never texts. Throws Error kIo.
Database open(const std::string& name, int flags);

/// Runs statements that give no rows. Throws Error kIo with SQLite's message.
void execute(sqlite3* database, const std::string& sql);

/// `name` in double quotes, as an identifier.
std::string quoted(std::string_view name);

/// Bytes that are no text; not empty.
struct Blob {
  std::string_view bytes;
};

/// An INSERT into all columns of a table, carried out once for each call of row().
class Insert {
 public:
  Insert(sqlite3* database, std::string_view table, std::size_t columns);

  /// One value for each column. Empty texts and empty optionals become NULL.
  template <typename... Values>
  void row(const Values&... values) {
    (bind(values), ...);
    finish();
  }

  /// The same, value by value: bind() for each column, then finish(). A text must live until then.
  void bind(std::string_view text);
  void bind(Blob blob);
  void bind(double number);
  void bind(std::int64_t number);
  template <typename Value>
  void bind(const std::optional<Value>& value) {
    if (value) {
      bind(*value);
    } else {
      bind(std::string_view());
    }
  }
  void bind(const std::string& text) { bind(std::string_view(text)); }
  void bind(const char* text) { bind(std::string_view(text)); }
  void bind(std::uint32_t number) { bind(static_cast<std::int64_t>(number)); }
  void bind(int number) { bind(static_cast<std::int64_t>(number)); }
  void bind(std::size_t number) { bind(static_cast<std::int64_t>(number)); }
  void bind(bool) = delete;  // say 1 or 0
  void finish();

 private:
  sqlite3* database_;
  Statement statement_;
  int next_ = 1;
};

}  // namespace cadre::sqlite
