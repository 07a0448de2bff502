// JSON Lines as a dataset: one person a line (https://jsonlines.org). Blank lines are skipped.
#pragma once

#include <optional>
#include <string>

#include "cadre/data/dataset.hpp"
#include "cadre/data/problems.hpp"

namespace cadre {

/// The people in a text that was read from `name`, by Schema::standard(). Nothing when there are
/// errors in `problems`. Does not fill in Dataset::inputs.
std::optional<Dataset> read_json_lines(const std::string& text, const std::string& name,
                                       const DataOptions& options, Problems& problems);

}  // namespace cadre
