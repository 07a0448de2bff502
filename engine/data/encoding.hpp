// What must hold of any text file before its contents are looked at.
#pragma once

#include "cadre/data/problems.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {

/// Whether the file has contents, is UTF-8 and holds no zero bytes; tells of what it is not.
bool check_encoding(const TextFile& file, Problems& problems);

}  // namespace cadre
