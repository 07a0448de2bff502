// Runs in: opening a run that was written before, and asking it things in SQL.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/rules/model.hpp"

namespace cadre {

struct RunContents;

/// The format of the run files that are written. Runs from the oldest format on are read. Format 2
/// had two tables more, with matches for whoever classified again; they are ignored.
inline constexpr int kRunFormat = 3;
inline constexpr int kOldestRunFormat = 2;

/// The answer to a query. Texts are valid UTF-8; a blob is given as SQL writes it, X'00FF'.
struct Result {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

struct QueryLimits {
  std::size_t max_rows = 10'000'000;
  std::size_t max_bytes = std::size_t{1} << 30;   ///< of the answer in memory
  std::size_t max_memory = std::size_t{1} << 30;  ///< that SQLite may take while it works, in bytes
  double max_seconds = 60;
};

/// A run file, opened for reading. Queries cannot write, attach, load or set anything: they run
/// under an authorizer that allows reading only. The file must not change while it is open.
/// Not to be shared between threads; each opens its own.
class Run {
 public:
  /// Throws Error: kMissing, kIo, or kCorrupt when the file is no run, was cut short, was made by a
  /// version whose runs this one cannot read, or holds something else where a run has plain tables:
  /// views, virtual tables, columns that are computed or have defaults. `limits`: of what is asked
  /// without limits of its own.
  static Run open(const std::filesystem::path& path, const QueryLimits& limits = {});

  /// A run in memory only, for figures of rules that somebody is trying out. Throws as
  /// write_run_sqlite does.
  static Run in_memory(const RunContents& contents);

  ~Run();
  Run(Run&&) noexcept;
  Run& operator=(Run&&) noexcept;

  /// A query that somebody else wrote. Throws Error kUsage with SQLite's message when the query is
  /// wrong or does more than read, kLimit when it passes a limit, kCorrupt when the file turns out
  /// to be damaged. `arguments` are bound to ?1, ?2, ..., one for each.
  Result query(std::string_view sql, const std::vector<std::string>& arguments,
               const QueryLimits& limits) const;

  /// A query of our own. It may take what the limits of the run leave: their memory, rows and bytes
  /// each time, more of a large file, and their time all such queries together (docs/limits.md).
  /// Throws as the other, but kCorrupt where the tables are not those of a run.
  Result query(std::string_view sql, const std::vector<std::string>& arguments = {}) const;

 private:
  struct Database;
  explicit Run(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace cadre
