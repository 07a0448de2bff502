// The files of a sweep: what is kept while it runs, and what it leaves.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/run/journal.hpp"
#include "cadre/run/run.hpp"
#include "cadre/sweep/summary.hpp"
#include "cadre/sweep/sweeper.hpp"

namespace cadre {

/// Marks a SQLite file as the result of a sweep: the application id in its header ("cads").
inline constexpr int kSweepApplicationId = 0x63616473;

/// The number of the format of these files; another number means other tables.
inline constexpr int kSweepFormat = 2;

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
  void remove() { journal_.remove(); }

 private:
  std::size_t resumed_ = 0;
  Journal journal_;
};

/// Writes a SQLite database with all specifications and their numbers (docs/sweep.md lists the
/// tables), whole or not at all. `published` is what published_numbers gives. The same sweep gives
/// the same bytes, interrupted or not. Throws Error kIo, and kUsage when the target is one of the
/// files that were `read`.
void write_sweep_sqlite(const RuleSpace& space, const Dataset& dataset, const SweepResults& results,
                        const SweepSummary& summary, const std::vector<FigureNumbers>& published,
                        const std::filesystem::path& target, const FilesRead& read = {});

/// Whether a file is the result of a sweep, in whatever format.
bool is_sweep(const std::filesystem::path& path);

/// The result of a sweep, opened for reading. Not to be shared between threads.
class SweepFile {
 public:
  /// Throws Error: kMissing, kIo, or kCorrupt when the file is no result of a sweep, was cut short,
  /// or was made by a version whose files this one cannot read. `limits`: as of Run::open.
  static SweepFile open(const std::filesystem::path& path, const QueryLimits& limits = {});

  ~SweepFile();
  SweepFile(SweepFile&&) noexcept;

  /// As Run::query: one of somebody else, and one of our own.
  Result query(std::string_view sql, const std::vector<std::string>& arguments,
               const QueryLimits& limits) const;
  Result query(std::string_view sql, const std::vector<std::string>& arguments = {}) const;

 private:
  struct Database;
  explicit SweepFile(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace cadre
