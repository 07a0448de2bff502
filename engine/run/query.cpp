#include "cadre/run/query.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <optional>

#include "cadre/base/error.hpp"
#include "cadre/run/functions.hpp"
#include "cadre/run/sqlite_messages.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// Functions that load code or take pointers.
bool reaches_beyond_sql(const char* function) {
  return sqlite3_stricmp(function, "load_extension") == 0 ||
         sqlite3_stricmp(function, "fts3_tokenizer") == 0;
}

int authorize(void*, int action, const char* table, const char* name, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_READ:
      // A PRAGMA in the clothes of a table; newer versions of SQLite do not ask about the PRAGMA.
      return table != nullptr && sqlite3_strnicmp(table, "pragma_", 7) == 0 ? SQLITE_DENY
                                                                            : SQLITE_OK;
    case SQLITE_FUNCTION:
      return reaches_beyond_sql(name) ? SQLITE_DENY : SQLITE_OK;
    default:
      return SQLITE_DENY;
  }
}

/// What SQLite says of something that the authorizer or the connection's settings refuse, in our
/// words; nothing for other messages.
std::optional<std::string> refusal(std::string_view message) {
  struct Pattern {
    std::string_view start;
    std::string_view end;
    const char* ours;  ///< with {} for the name between start and end
  };
  // One of a run's own tables is always allowed, so what is refused is built into SQLite.
  constexpr const char* kNoTable =
      "a query may only read the tables and views of the run, and not '{}', which is built into "
      "SQLite";
  constexpr std::array<Pattern, 6> kPatterns = {{
      {"not authorized to use function: ", "", "a query may not use the function '{}'"},
      {"vtable constructor failed: ", "", kNoTable},
      {"unsafe use of virtual table \"", "\"", kNoTable},
      {"unsafe use of ", "()", "a view of this run may not use the function '{}'"},
      {"unsafe use of ", "", kNoTable},
      {"access to ", " is prohibited", "a query may not read '{}'"},
  }};
  for (const Pattern& pattern : kPatterns) {
    if (!message.starts_with(pattern.start) || !message.ends_with(pattern.end)) continue;
    std::string_view name = message.substr(pattern.start.size());
    name.remove_suffix(pattern.end.size());
    return fmt::format(fmt::runtime(pattern.ours), name);
  }
  if (message == "not authorized" || message == "authorization denied") {
    return "a query may only read the run";
  }
  return std::nullopt;
}

[[noreturn]] void fail(sqlite3* database) {
  const std::string message = sqlite3_errmsg(database);
  if (const auto ours = refusal(message)) throw Error(Error::Kind::kUsage, "", *ours);
  switch (sqlite3_errcode(database) & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error(Error::Kind::kCorrupt, "", "the run is damaged: " + damage(message));
    case SQLITE_IOERR:
      throw Error(Error::Kind::kIo, "", "the run cannot be read: " + message);
    case SQLITE_TOOBIG:
      throw Error(Error::Kind::kLimit, "", "the query needs too much: a value is too big");
    case SQLITE_NOMEM:
      throw Error(Error::Kind::kLimit, "", "the query needs too much memory");
    case SQLITE_AUTH:
    case SQLITE_READONLY:
      throw Error(Error::Kind::kUsage, "", "a query may only read the run");
    default:
      throw Error(Error::Kind::kUsage, "", "the query is wrong: " + query_mistake(message));
  }
}

/// `sql` without the white space, semicolons and comments that it begins with.
std::string_view without_blanks(std::string_view sql) {
  while (!sql.empty()) {
    if (sql.starts_with("--")) {
      sql.remove_prefix(std::min(sql.find('\n'), sql.size()));
    } else if (sql.starts_with("/*")) {
      const std::size_t end = sql.find("*/", 2);
      sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 2);
    } else if (std::string_view(" \t\r\n\f;").find(sql.front()) != std::string_view::npos) {
      sql.remove_prefix(1);
    } else {
      break;
    }
  }
  return sql;
}

/// Stops a query that takes more than its time, or more memory than it may.
class Budget {
 public:
  Budget(sqlite3* database, const QueryLimits& limits)
      : database_(database),
        limits_(limits),
        end_(Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                std::chrono::duration<double>(limits.max_seconds))),
        memory_before_(sqlite3_memory_used()) {
    constexpr int kStepsBetweenLooks = 200;  // one may copy a text of 64 MiB
    sqlite3_progress_handler(database_, kStepsBetweenLooks, &is_spent, this);
  }
  ~Budget() { sqlite3_progress_handler(database_, 0, nullptr, nullptr); }
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  /// What was too much, when the query was stopped.
  std::string what() const {
    return out_of_memory_
               ? fmt::format("the query needs more than {} bytes of memory", limits_.max_memory)
               : fmt::format("the query took longer than {} seconds", limits_.max_seconds);
  }

 private:
  using Clock = std::chrono::steady_clock;

  static int is_spent(void* self) {
    Budget& budget = *static_cast<Budget*>(self);
    budget.out_of_memory_ = budget.too_much_memory();
    return budget.out_of_memory_ || Clock::now() >= budget.end_;
  }

  /// SQLite counts the memory of all its databases together.
  bool too_much_memory() const {
    const sqlite3_int64 taken = sqlite3_memory_used() - memory_before_;
    return taken > 0 && static_cast<std::size_t>(taken) > limits_.max_memory;
  }

  sqlite3* database_;
  const QueryLimits& limits_;
  Clock::time_point end_;
  sqlite3_int64 memory_before_;
  bool out_of_memory_ = false;
};

/// Whatever bytes a query makes, texts that leave it are UTF-8.
std::string well_formed(std::string_view text) {
  if (!find_invalid_utf8(text)) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) append_utf8(next_code_point(text, at), out);
  return out;
}

/// A blob as SQL writes it: X'00FF'.
std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text = "X'";
  text.reserve(2 * bytes.size() + 3);
  for (const char byte : bytes) {
    text += kDigits[static_cast<unsigned char>(byte) >> 4];
    text += kDigits[static_cast<unsigned char>(byte) & 0xF];
  }
  return text + "'";
}

std::string_view bytes_of(sqlite3_stmt* statement, int column) {
  const void* bytes = sqlite3_column_blob(statement, column);
  const int size = sqlite3_column_bytes(statement, column);
  return {static_cast<const char*>(bytes), bytes ? static_cast<std::size_t>(size) : 0};
}

Cell cell_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return std::monostate();
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_BLOB:
      return hexadecimal(bytes_of(statement, column));
    default:
      return well_formed(bytes_of(statement, column));
  }
}

/// SQLite declares these tables when they are first named, which allow_reading_only would refuse.
void declare_json_tables(sqlite3* database) {
  for (const std::string_view sql :
       {"SELECT 1 FROM json_each('[]')", "SELECT 1 FROM json_tree('[]')"}) {
    sqlite3_stmt* handle = nullptr;
    // A database that cannot be read is told when its tables are looked at.
    sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &handle, nullptr);
    const sqlite::Statement statement(handle);
  }
}

}  // namespace

void bound_queries(sqlite3* database) {
  // Virtual tables that read their arguments and nothing else; those of a file that use other
  // modules cannot be read.
  const char* modules[] = {"json_each", "json_tree", nullptr};
  sqlite3_drop_modules(database, modules);
  sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 64 << 20);
  sqlite3_limit(database, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200);
  sqlite::execute(database, "PRAGMA temp_store = MEMORY");
  define_functions(database);
  declare_json_tables(database);
}

void allow_reading_only(sqlite3* database) {
  sqlite3_set_authorizer(database, authorize, nullptr);
}

void forbid_nothing(sqlite3* database) {
  sqlite3_set_authorizer(database, nullptr, nullptr);
}

sqlite::Statement prepare_query(sqlite3* database, std::string_view sql) {
  constexpr std::size_t kMaxBytes = 1'000'000;  // SQLite's own limit
  if (sql.size() > kMaxBytes) {
    throw Error(Error::Kind::kLimit, "", "the query is longer than 1,000,000 bytes");
  }
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &handle, &rest);
  sqlite::Statement statement(handle);
  if (code != SQLITE_OK) fail(database);
  if (!statement) throw Error(Error::Kind::kUsage, "", "the query is empty");
  if (!without_blanks(sql.substr(static_cast<std::size_t>(rest - sql.data()))).empty()) {
    throw Error(Error::Kind::kUsage, "", "the query is more than one statement");
  }
  if (sqlite3_stmt_readonly(handle) == 0) {
    throw Error(Error::Kind::kUsage, "", "a query may only read the run");
  }
  return statement;
}

std::size_t second_statement(sqlite3* database, std::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &handle, &rest);
  const sqlite::Statement statement(handle);
  if (rest == nullptr) return sql.size();
  return sql.size() -
         without_blanks(sql.substr(static_cast<std::size_t>(rest - sql.data()))).size();
}

std::size_t size_of(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return sizeof(Cell) + (text ? text->size() : 0);
}

std::vector<std::string> column_names(sqlite3_stmt* statement) {
  std::vector<std::string> names;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    names.emplace_back(well_formed(sqlite3_column_name(statement, i)));
  }
  return names;
}

Result run_query(sqlite3* database, sqlite3_stmt* statement,
                 const std::vector<std::string>& arguments, const QueryLimits& limits) {
  const auto needed = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
  if (needed != arguments.size()) {
    throw Error(Error::Kind::kUsage, "",
                fmt::format("the query has {} parameters, and {} arguments were given", needed,
                            arguments.size()));
  }
  for (std::size_t i = 0; i < needed; ++i) {
    sqlite3_bind_text64(statement, static_cast<int>(i + 1), arguments[i].data(),
                        arguments[i].size(), SQLITE_STATIC, SQLITE_UTF8);
  }

  Result result;
  result.columns = column_names(statement);
  if (limits.max_seconds <= 0) {
    throw Error(Error::Kind::kLimit, "", "the query has no time left");
  }
  const Budget budget(database, limits);
  std::size_t bytes = 0;
  for (;;) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) return result;
    if (code == SQLITE_INTERRUPT) {
      throw Error(Error::Kind::kLimit, "", budget.what());
    }
    if (code != SQLITE_ROW) fail(database);
    if (result.rows.size() == limits.max_rows) {
      throw Error(Error::Kind::kLimit, "",
                  fmt::format("the query gives more than {} rows", limits.max_rows));
    }
    std::vector<Cell>& row = result.rows.emplace_back();
    row.reserve(result.columns.size());
    for (int i = 0; i < static_cast<int>(result.columns.size()); ++i) {
      row.push_back(cell_of(statement, i));
      bytes += size_of(row.back());
      if (bytes > limits.max_bytes) {
        throw Error(Error::Kind::kLimit, "",
                    fmt::format("the query gives more than {} bytes", limits.max_bytes));
      }
    }
  }
}

}  // namespace cadre
