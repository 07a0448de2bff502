// SQL functions that take no longer than their texts are long.
//
// SQLite stops a query between two steps only, and some of its functions take time that grows with
// the product of the lengths of two texts: instr() of two megabytes takes a minute, of two hundred
// a week, in one step. Those are replaced by our own, which give the same answers, or refused.
#pragma once

#include <sqlite3.h>

namespace cadre {

/// Replaces instr(X, Y), replace(X, Y, Z), trim(X, Y), ltrim(X, Y) and rtrim(X, Y), and lets
/// json_patch(X, Y), jsonb_patch(X, Y) and unhex(X, Y) fail.
void define_functions(sqlite3* database);

}  // namespace cadre
