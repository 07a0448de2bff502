// Names of columns that look like others: with blanks or invisible characters at an end, as
// spreadsheets and second byte order marks leave them.
#pragma once

#include <optional>
#include <string_view>

#include "cadre/data/cell_check.hpp"

namespace cadre {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// What to do about a byte order mark in the middle of a file.
inline constexpr const char* kTakeOutByteOrderMarks =
    "one may stand at the very beginning only; take the others out: sed -i "
    "'s/\\xEF\\xBB\\xBF//g' FILE";

/// The name without what does not show at its ends.
std::string_view shown_name(std::string_view name);

/// That a name begins or ends with what does not show, and how to write it.
std::optional<CellProblem> check_column_name(std::string_view name);

}  // namespace cadre
