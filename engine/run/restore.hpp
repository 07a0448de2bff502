// The way back: the rules and the people that a run was made of, read out of the run itself, so
// that they can be classified again without the files that they came from. What is read back gives
// the same run, byte for byte (with the same engine).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cadre/data/dataset.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

/// The options that had a say in the run, as RunContents::options.
std::vector<std::pair<std::string, std::string>> restore_options(const Run& run);

/// The parameters that were set from outside when the run was made: name and YAML text.
std::vector<std::pair<std::string, std::string>> restore_settings(const Run& run);

/// Loads the rule files that the run holds. `settings` take the place of the rule set's parameters,
/// as LoadOptions::settings; for the run's own rules give what restore_settings gives. Files are
/// called by their paths relative to the folder of the rule set. Throws Error kCorrupt when the run
/// holds no rule files.
Loaded restore_rules(const Run& run,
                     const std::vector<std::pair<std::string, std::string>>& settings);

/// The schema that the run was made by. Throws Error kCorrupt when it has mistakes.
SchemaPointer schema_of(const Run& run);

/// The dataset: schema, people with all their rows, and the other tables. Rules look at the columns
/// that they looked at when the run was made (data/schema.hpp: read_language). Throws Error
/// kCorrupt when the tables of the run contradict each other.
Dataset restore_dataset(const Run& run);

}  // namespace cadre
