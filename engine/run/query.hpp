// Queries that can only read, on any database.
#pragma once

#include <sqlite3.h>

#include <string_view>

#include "cadre/run/run.hpp"
#include "cadre/run/sqlite.hpp"

namespace cadre {

/// Makes the database fit for queries that nobody vouches for; to be called once for each, before
/// allow_reading_only. No value may be longer than 64 MiB and no pattern of LIKE and GLOB than 200
/// bytes, nothing is attached, what does not fit is kept in memory and not in temporary files, and
/// functions take linear time (run/functions.hpp). Of virtual tables, json_each and json_tree
/// remain.
void bound_queries(sqlite3* database);

/// From now on the database refuses every statement that does more than read its own tables:
/// writing, ATTACH, PRAGMA, VACUUM INTO, load_extension(), transactions.
void allow_reading_only(sqlite3* database);

/// Takes that back, for what we ask ourselves before anybody asks anything.
void forbid_nothing(sqlite3* database);

/// One statement, ready to run. Throws Error kUsage when the SQL is wrong, more than one statement,
/// none, or refused; kCorrupt when the database is damaged.
sqlite::Statement prepare_query(sqlite3* database, std::string_view sql);

/// Where in `sql`, whose first statement is right, the second begins; its size if there is none.
std::size_t second_statement(sqlite3* database, std::string_view sql);

/// The names of the columns that a prepared statement gives.
std::vector<std::string> column_names(sqlite3_stmt* statement);

/// Bytes of memory that a cell of an answer takes, roughly.
std::size_t size_of(const Cell& cell);

/// Runs a prepared statement. Throws Error kUsage, kLimit or kCorrupt.
Result run_query(sqlite3* database, sqlite3_stmt* statement,
                 const std::vector<std::string>& arguments, const QueryLimits& limits);

}  // namespace cadre
