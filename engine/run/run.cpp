#include "cadre/run/run.hpp"

#include <fmt/format.h>

#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/run/build.hpp"
#include "cadre/run/open.hpp"
#include "cadre/run/query.hpp"
#include "cadre/run/sqlite.hpp"
#include "cadre/run/tables.hpp"

namespace cadre {
namespace {

/// Refuses a run whose tables somebody has replaced by views: those can take any time.
void check_tables(const Run& run, const std::filesystem::path& path) {
  for (const auto& row : run.query("SELECT name, sql FROM sqlite_schema ORDER BY rowid").rows) {
    const auto* name = std::get_if<std::string>(&row[0]);
    const auto* sql = std::get_if<std::string>(&row[1]);
    if (name == nullptr || !is_table_of_run(*name)) continue;
    if (sql == nullptr || !sql->starts_with("CREATE TABLE")) {
      throw Error(
          Error::Kind::kCorrupt, path.string(),
          fmt::format("cannot read the run '{}': its '{}' is not a table", path.string(), *name));
    }
  }
}

}  // namespace

struct Run::Database {
  std::filesystem::path path;
  sqlite::Database handle;
};

Run::Run(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Run::~Run() = default;
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(Run&&) noexcept = default;

Run Run::open(const std::filesystem::path& path) {
  auto database = std::make_unique<Database>();
  database->path = path;
  database->handle = open_to_read(path, {"run", kRunApplicationId, kOldestRunFormat, kRunFormat});
  Run run(std::move(database));
  check_tables(run, path);
  return run;
}

Run Run::in_memory(const RunContents& contents) {
  auto database = std::make_unique<Database>();
  database->handle = sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  build_run(database->handle.get(), contents);
  bound_queries(database->handle.get());
  allow_reading_only(database->handle.get());
  return Run(std::move(database));
}

Result Run::query(std::string_view sql, const std::vector<std::string>& arguments,
                  const QueryLimits& limits) const {
  return query_database(database_->handle, database_->path, sql, arguments, limits);
}

}  // namespace cadre
