// SQLite's messages in cadre's words. What is not in the tables of sqlite_messages.cpp is quoted as
// SQLite's.
#pragma once

#include <string>
#include <string_view>

namespace cadre {

/// What is wrong with a query of which SQLite says `message`, without "the query is wrong: ". A
/// missing table, column or function is "no such column: NAME" whatever the version of SQLite, with
/// the name as it stands in the query, but without quotes.
std::string query_mistake(std::string_view message);

/// What is damaged in a database of which SQLite says `message`.
std::string damage(std::string_view message);

}  // namespace cadre
