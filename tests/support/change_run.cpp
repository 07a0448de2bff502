#include "tests/support/change_run.hpp"

#include <sqlite3.h>

#include "tests/catch.hpp"

namespace cadre::testing {

void change_run(const std::filesystem::path& run, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(run.c_str(), &database) == SQLITE_OK);
  REQUIRE(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

}  // namespace cadre::testing
