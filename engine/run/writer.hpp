// Runs out: what `classify` found, written where other tools can read it.
//
// A run in SQLite holds the dataset's tables, labels, evidence, eras, figures and the provenance;
// its tables and views are described in docs/runs.md. The same inputs give the same bytes: nothing
// of the clock, the machine or the number of threads goes in. (Another version of the SQLite
// library may lay out the same rows in other bytes.)
#pragma once

#include <filesystem>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/classify/classification.hpp"
#include "cadre/data/csv.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Everything that a run is made of.
struct RunContents {
  const Rules& rules;
  const Dataset& dataset;
  std::span<const Classification> classifications;  ///< parallel to dataset.people
  /// Options that had a say in the result, such as {"set", "min_years=3"}.
  std::vector<std::pair<std::string, std::string>> options;
};

/// Writes a SQLite database that appears whole or not at all. Throws Error kIo, also for a dataset
/// that no database can hold (two rows of a table with the same id), and kUsage when the target is
/// one of the files that were `read`.
void write_run_sqlite(const RunContents& run, const std::filesystem::path& target,
                      const FilesRead& read = {});

/// One JSON object a line and person: id, labels with values (true, false, or null for unknown),
/// and evidence with quoted words.
void write_run_jsonl(const RunContents& run, std::ostream& out);

/// One CSV row a person, one column a label: those of the view labels_wide. As in RFC 4180: lines
/// end in CR LF.
void write_run_csv(const RunContents& run, std::ostream& out, CsvCells cells = CsvCells::kPlain);

}  // namespace cadre
