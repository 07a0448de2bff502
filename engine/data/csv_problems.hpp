// What is said of rows that CSV does not allow.
#pragma once

#include "cadre/data/csv.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {

/// Tells of one mistake, at its place in `file`, with what to do about it.
void tell(const CsvMistake& mistake, const TextFile& file, Problems& problems);

}  // namespace cadre
