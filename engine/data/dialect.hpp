// How the CSV files of a table are written: the `dialect` of a resource (Table Dialect, version 2,
// and CSV Dialect, version 1).
#pragma once

#include <optional>
#include <string>

#include "cadre/data/property_reader.hpp"

namespace cadre {

struct Dialect {
  char delimiter = ',';
  std::optional<std::string> null_sequence;  ///< a cell that means "not known"
};

/// Reads `json` into `dialect`. Settings that say what cadre does anyway are taken; any other, and
/// any that is not known, is an error, since the file would be read wrongly.
void read_dialect(const JsonNode& json, PropertyReader& reader, Dialect& dialect);

}  // namespace cadre
