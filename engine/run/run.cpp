#include "cadre/run/run.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/data/text_file.hpp"
#include "cadre/run/build.hpp"
#include "cadre/run/open.hpp"
#include "cadre/run/query.hpp"
#include "cadre/run/sqlite.hpp"
#include "cadre/run/tables.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// Refuses a run in whose list of the dataset's tables something stands twice, or is no table.
void check_listed_tables(const Run& run, sqlite3* database, const std::filesystem::path& path) {
  std::vector<std::string> names;
  std::set<std::string> seen;  // in lower case: to SQL they are the same
  for (const auto& row : run.query("SELECT \"table\" FROM tables").rows) {
    const auto* name = std::get_if<std::string>(&row[0]);
    if (name == nullptr || name->empty()) continue;
    if (!seen.insert(ascii_lower_case(*name)).second) {
      throw Error(Error::Kind::kCorrupt, path.string(),
                  fmt::format("cannot read the run '{}': it lists the table '{}' twice",
                              path.string(), quotable(*name)));
    }
    names.push_back(*name);
  }
  check_plain_tables(database, path, "run", names);
}

}  // namespace

struct Run::Database {
  Database(std::filesystem::path file, sqlite::Database opened, const QueryLimits& limits)
      : path(std::move(file)), handle(std::move(opened)), budget(handle.get(), limits) {}

  std::filesystem::path path;
  sqlite::Database handle;
  ReadBudget budget;
};

Run::Run(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Run::~Run() = default;
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(Run&&) noexcept = default;

Run Run::open(const std::filesystem::path& path, const QueryLimits& limits) {
  const DatabaseKind kind = {"run", kRunApplicationId, kOldestRunFormat, kRunFormat,
                             plain_table_names};
  auto database = std::make_unique<Database>(path, open_to_read(path, kind), limits);
  sqlite3* const handle = database->handle.get();
  Run run(std::move(database));
  check_listed_tables(run, handle, path);
  return run;
}

Run Run::in_memory(const RunContents& contents) {
  sqlite::Database handle = sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  build_run(handle.get(), contents);
  bound_queries(handle.get());
  allow_reading_only(handle.get());
  return Run(std::make_unique<Database>(std::filesystem::path(), std::move(handle), QueryLimits()));
}

Result Run::query(std::string_view sql, const std::vector<std::string>& arguments,
                  const QueryLimits& limits) const {
  return query_database(database_->handle, database_->path, sql, arguments, limits);
}

Result Run::query(std::string_view sql, const std::vector<std::string>& arguments) const {
  return database_->budget.query(database_->handle, database_->path, sql, arguments);
}

}  // namespace cadre
