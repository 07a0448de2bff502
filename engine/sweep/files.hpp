// The files of a sweep: what is kept while it runs, and what it leaves.
#pragma once

#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>

#include "cadre/data/dataset.hpp"
#include "cadre/sweep/summary.hpp"
#include "cadre/sweep/sweeper.hpp"

namespace cadre {

/// Marks a SQLite file as the result of a sweep: the application id in its header ("cads").
inline constexpr int kSweepApplicationId = 0x63616473;

/// Results written down as they come, one JSON object a line, so that a sweep which was interrupted
/// or killed can go on. The first line says what was swept; a last line that was cut short is not
/// read.
class SweepJournal {
 public:
  /// Opens the journal at `path`. One that is there is read into `results` when `resume` is set;
  /// without it, its being there is an Error kUsage, since work would be lost. Throws Error kUsage,
  /// too, when it was made from other rules, another sweep or other data, and kCorrupt when it is
  /// no journal.
  SweepJournal(std::filesystem::path path, const RuleSpace& space, const Dataset& dataset,
               bool resume, SweepResults& results);

  /// How many specifications were read from it.
  std::size_t resumed() const { return resumed_; }
  /// Writes one down, safe from then on against the end of the program.
  void add(std::size_t index, const SpecificationResult& result);
  /// Removes the file: its results are written elsewhere.
  void remove();

 private:
  void read(const std::string& head, SweepResults& results);

  std::filesystem::path path_;
  std::ofstream file_;
  std::size_t resumed_ = 0;
};

/// Writes a SQLite database with all specifications and their numbers (docs/sweep.md lists the
/// tables), whole or not at all. The same sweep gives the same bytes, interrupted or not.
void write_sweep_sqlite(const RuleSpace& space, const Dataset& dataset, const SweepResults& results,
                        const SweepSummary& summary, const std::filesystem::path& target);

}  // namespace cadre
