#include "cadre/run/query_hint.hpp"

#include <set>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/run/query.hpp"
#include "cadre/run/sql_words.hpp"
#include "cadre/run/sqlite.hpp"

namespace cadre {
namespace {

/// The words of a query, each once, at most as many as a query of people has.
std::set<std::string_view> words_of(std::string_view sql) {
  constexpr std::size_t kMostWords = 1000;
  std::set<std::string_view> words;
  for (std::size_t at = 0; at < sql.size() && words.size() < kMostWords;) {
    const std::size_t end = word_end(sql, at);
    if (end > at) words.insert(sql.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// The columns of all tables and views that the query names.
std::vector<std::string> columns_near(sqlite3* database, std::string_view sql) {
  std::vector<std::string> columns;
  for (const std::string_view word : words_of(sql)) {
    const std::string all = "SELECT * FROM " + sqlite::quoted(word);
    sqlite3_stmt* handle = nullptr;
    const int code =
        sqlite3_prepare_v2(database, all.data(), static_cast<int>(all.size()), &handle, nullptr);
    const sqlite::Statement statement(handle);
    if (code != SQLITE_OK) continue;
    for (std::string& name : column_names(handle)) columns.push_back(std::move(name));
  }
  return columns;
}

}  // namespace

std::string query_hint(sqlite3* database, std::string_view sql, std::string_view message) {
  constexpr std::string_view kMissing = "no such column: ";
  const std::size_t at = message.find(kMissing);
  if (at == std::string_view::npos) return {};
  const std::string_view full = message.substr(at + kMissing.size());
  // What follows the last dot of TABLE.COLUMN.
  const std::string name(full.substr(full.rfind('.') + 1));
  std::string meant = did_you_mean(name, columns_near(database, sql));
  const std::string in_quotes = sqlite::quoted(full);
  if (sql.find(in_quotes) == std::string_view::npos) return meant;
  return meant + (meant.empty() ? "; a" : " A") + " text stands in single quotes: '" +
         std::string(full) + "'";
}

}  // namespace cadre
