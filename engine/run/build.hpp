// Filling an open, empty database with a run.
#pragma once

#include <sqlite3.h>

#include "cadre/run/writer.hpp"

namespace cadre {

/// Marks a file as a run: the application id in a SQLite header ("cadr").
inline constexpr int kRunApplicationId = 0x63616472;

/// Creates all tables and views and fills them. Throws Error kIo with SQLite's message.
void build_run(sqlite3* database, const RunContents& run);

}  // namespace cadre
