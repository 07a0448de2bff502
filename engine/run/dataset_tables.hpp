// The tables of the dataset in a run: people, education, career, posts, and the extra ones.
//
// Columns are those of the dataset in its order. Empty cells are NULL, numbers are numbers,
// everything else is text. Three things are added:
//   - the columns that views and `explain` read, empty, where the dataset lacks them;
//   - in posts: start_first, start_last, end_first and end_last, the days (YYYY-MM-DD) that the
//     dates may stand for; of an end `..` the day after the dataset's as_of, or 9999-12-31;
//   - a number at the end of a name that SQL could not tell from another one.
#pragma once

#include <sqlite3.h>

#include <string>
#include <vector>

#include "cadre/data/dataset.hpp"

namespace cadre {

/// The names under which the columns of a table are stored, parallel to its schema's columns.
using StoredNames = std::vector<std::string>;

/// Creates and fills them. Gives the names of the columns, by Table.
std::vector<StoredNames> write_dataset(sqlite3* database, const Dataset& dataset);

}  // namespace cadre
