// A data package as a dataset: its tables brought together by person.
#pragma once

#include <filesystem>
#include <optional>

#include "cadre/data/dataset.hpp"
#include "cadre/data/problems.hpp"

namespace cadre {

/// `description` is the path of a datapackage.json. Nothing when there are errors in `problems`.
/// Throws Error as load_dataset does.
std::optional<Dataset> load_package(const std::filesystem::path& description,
                                    const DataOptions& options, Problems& problems);

}  // namespace cadre
