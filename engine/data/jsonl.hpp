// JSON Lines as a dataset: one person a line (https://jsonlines.org). Blank lines are skipped.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "cadre/data/dataset.hpp"
#include "cadre/data/plausibility.hpp"
#include "cadre/data/problems.hpp"

namespace cadre {

/// The people in a text that was read from `name`, by Schema::standard() or, when they were
/// imported, Schema::imported(). Nothing when there are errors in `problems`. Does not fill in
/// Dataset::inputs. A text that begins with another line than the first is the middle of a file: it
/// may be empty.
/// What is hardly true goes to `findings` or, without them, to `problems`. The `as_of` of people
/// becomes that of the schema when all have the same; otherwise it stays theirs, and is a column of
/// `people` too.
std::optional<Dataset> read_json_lines(const std::string& text, const std::string& name,
                                       const DataOptions& options, Problems& problems,
                                       std::size_t first_line = 1, Findings* findings = nullptr);

}  // namespace cadre
