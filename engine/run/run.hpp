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

/// The answer to a query.
struct Result {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

struct QueryLimits {
  std::size_t max_rows = 10'000'000;
  double max_seconds = 60;
};

/// A run file, opened for reading. Queries cannot write, attach, load or set anything: they run
/// under an authorizer that allows reading only.
class Run {
 public:
  /// Throws Error: kMissing, kIo, or kCorrupt when the file is no run or was made by a version
  /// whose runs this one cannot read.
  static Run open(const std::filesystem::path& path);

  ~Run();
  Run(Run&&) noexcept;
  Run& operator=(Run&&) noexcept;

  /// Throws Error kUsage with SQLite's message when the query is wrong or does more than read, and
  /// kLimit when it passes a limit. `arguments` are bound to ?1, ?2, ...
  Result query(std::string_view sql, const std::vector<std::string>& arguments = {},
               const QueryLimits& limits = {}) const;

 private:
  struct Database;
  explicit Run(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace cadre
