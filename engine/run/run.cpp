#include "cadre/run/run.hpp"

#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/run/build.hpp"
#include "cadre/run/open.hpp"
#include "cadre/run/query.hpp"
#include "cadre/run/sqlite.hpp"

namespace cadre {

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
  database->handle = open_to_read(path, {"run", kRunApplicationId, kRunFormat});
  return Run(std::move(database));
}

Run Run::in_memory(const RunContents& contents) {
  auto database = std::make_unique<Database>();
  database->handle = sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  build_run(database->handle.get(), contents);
  allow_reading_only(database->handle.get());
  return Run(std::move(database));
}

Result Run::query(std::string_view sql, const std::vector<std::string>& arguments,
                  const QueryLimits& limits) const {
  sqlite3* handle = database_->handle.get();
  try {
    const sqlite::Statement statement = prepare_query(handle, sql);
    return run_query(handle, statement.get(), arguments, limits);
  } catch (const Error& error) {
    throw Error(error.kind(), database_->path.string(), error.what());
  }
}

}  // namespace cadre
