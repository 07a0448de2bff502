// What may have been meant by a column that a query names and the run does not have.
#pragma once

#include <sqlite3.h>

#include <string>
#include <string_view>

namespace cadre {

/// What to append to `message`, with which prepare_query refused `sql`: "; did you mean
/// 'technocrat'?" if a table that the query names has a column of nearly that name, and how texts
/// are written if the name stands in double quotes. Empty for other messages. `database` must allow
/// to read; its last error is lost.
std::string query_hint(sqlite3* database, std::string_view sql, std::string_view message);

}  // namespace cadre
