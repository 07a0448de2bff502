// The tables of a run that hold what was found of people: labels and evidence.
#pragma once

#include <sqlite3.h>

#include <vector>

#include "cadre/run/dataset_tables.hpp"
#include "cadre/run/rule_places.hpp"
#include "cadre/run/writer.hpp"

namespace cadre {

/// Fills label_definitions and labels.
void write_labels(sqlite3* database, const RunContents& run, const RulePlaces& places);

/// Fills evidence, evidence_rows and evidence_words. `names` are those of write_dataset.
void write_evidence(sqlite3* database, const RunContents& run, const RulePlaces& places,
                    const std::vector<StoredNames>& names);

}  // namespace cadre
