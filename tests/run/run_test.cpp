// Opening runs, and asking them things that they must refuse.
#include "cadre/run/run.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "tests/catch.hpp"
#include "tests/support/change_run.hpp"
#include "tests/support/hand_made.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;
using testing::HandMade;
using testing::table_text;
using testing::TemporaryFolder;

HandMade one_person() {
  HandMade made;
  made.label("expert");
  made.post("li", "hunan", "governor", "2001-01", "2002-02");
  return made;
}

/// The kind of error and its message that a call throws.
template <typename Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    const char* kinds[] = {"missing: ", "io: ", "corrupt: ", "limit: ", "usage: "};
    return kinds[static_cast<int>(error.kind())] + std::string(error.what());
  }
  return "no error";
}

std::string open_error(const fs::path& path) {
  return error_of([&] { Run::open(path); });
}

// --- opening ------------------------------------------------------------------------------------

TEST_CASE("a run is opened wherever it lies") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder, "a run?with #50% é.sqlite");
  CHECK(table_text(run, "SELECT id FROM people") == "li\n");
}

TEST_CASE("reading leaves the file and its folder as they were") {
  const TemporaryFolder folder;
  one_person().written(folder, "run.sqlite");
  const fs::path path = folder.path() / "run.sqlite";
  fs::permissions(path, fs::perms::owner_read);
  const std::string before = read_file(path);
  {
    const Run run = Run::open(path);
    run.query("SELECT * FROM people ORDER BY name_en");
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
  }
  CHECK(read_file(path) == before);
}

TEST_CASE("what is no run is told from what is a damaged one") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "run.sqlite";
  const std::string start = ": cannot read the run '" + path.string() + "': ";
  CHECK(open_error(path) == "missing" + start + "there is no such file");
  CHECK(open_error(path / "below") ==
        "missing: cannot read the run '" + (path / "below").string() + "': there is no such file");
  CHECK(open_error(folder.path()) ==
        "io: cannot read the run '" + folder.path().string() + "': it is a folder");
  folder.write("run.sqlite", "");
  CHECK(open_error(path) == "corrupt" + start + "it is empty");
  folder.write("run.sqlite", "person,technocrat\nli,1\n");
  CHECK(open_error(path) == "corrupt" + start + "it is not a SQLite database");
  folder.write("run.sqlite", std::string("SQLite format 3\0", 16));
  CHECK(open_error(path) == "corrupt" + start + "it is not a SQLite database");
}

TEST_CASE("another SQLite database is not a run") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "other.sqlite";
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  sqlite3_exec(database, "CREATE TABLE people (id)", nullptr, nullptr, nullptr);
  sqlite3_close(database);
  CHECK(open_error(path) == "corrupt: cannot read the run '" + path.string() +
                                "': it is a SQLite database, but not a run of cadre");
}

TEST_CASE("a run of another format, and one that was cut short") {
  const TemporaryFolder folder;
  one_person().written(folder, "run.sqlite");
  const fs::path path = folder.path() / "run.sqlite";
  const std::string whole = read_file(path);
  std::string bytes = whole;
  bytes[63] = 1;  // the last byte of user_version
  folder.write("run.sqlite", bytes);
  CHECK(open_error(path) == "corrupt: cannot read the run '" + path.string() +
                                "': its format is 1, and this cadre reads format 2 to 3");
  folder.write("run.sqlite", whole.substr(0, whole.size() - 4096));
  CHECK(open_error(path) ==
        "corrupt: cannot read the run '" + path.string() + "': it was cut short or added to");
  folder.write("run.sqlite", whole.substr(0, 100));
  CHECK(open_error(path) ==
        "corrupt: cannot read the run '" + path.string() + "': it was cut short or added to");
}

TEST_CASE("a run whose pages are damaged says so when they are read") {
  const TemporaryFolder folder;
  one_person().written(folder, "run.sqlite");
  const fs::path path = folder.path() / "run.sqlite";
  std::string bytes = read_file(path);
  for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = '\x5A';
  folder.write("run.sqlite", bytes);
  const std::string message = error_of([&] { Run::open(path).query("SELECT * FROM labels"); });
  CHECK(message.starts_with("corrupt: the run is damaged: "));
}

// --- asking -------------------------------------------------------------------------------------

TEST_CASE("cells have the types of SQL") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  const Result result = run.query(
      "SELECT 1 AS n, 2.5 AS x, 'é' AS text, NULL AS none, X'00ff' AS bytes, '' AS empty");
  CHECK(result.columns == std::vector<std::string>{"n", "x", "text", "none", "bytes", "empty"});
  REQUIRE(result.rows.size() == 1);
  CHECK(result.rows[0] == std::vector<Cell>{std::int64_t{1}, 2.5, std::string("é"),
                                            std::monostate(), std::string("X'00FF'"),
                                            std::string()});
}

TEST_CASE("texts that a query makes are UTF-8") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  CHECK(table_text(run, "SELECT CAST(X'61ff62' AS TEXT)") == "a\uFFFDb\n");
}

TEST_CASE("arguments are bound, never spliced") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  CHECK(table_text(run, "SELECT id FROM people WHERE id = ?1", {"li"}) == "li\n");
  CHECK(table_text(run, "SELECT id FROM people WHERE id = ?1", {"li' OR '1"}).empty());
  CHECK(table_text(run, "SELECT ?2 || ?1", {"a", "b"}) == "ba\n");
  CHECK(error_of([&] { run.query("SELECT ?1"); }) ==
        "usage: the query has 1 parameters, and 0 arguments were given");
  CHECK(error_of([&] { run.query("SELECT 1", {"a"}); }) ==
        "usage: the query has 0 parameters, and 1 arguments were given");
}

TEST_CASE("one statement, whatever stands around it") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  CHECK(table_text(run, "-- why\nSELECT 1; -- because\n /* and */ ; ") == "1\n");
  CHECK(table_text(run, "SELECT 1 /* never closed") == "1\n");
  CHECK(error_of([&] { run.query(""); }) == "usage: the query is empty");
  CHECK(error_of([&] { run.query(" -- nothing"); }) == "usage: the query is empty");
  CHECK(error_of([&] { run.query("SELECT 1; SELECT 2"); }) ==
        "usage: the query is more than one statement");
}

TEST_CASE("a query that is wrong is told in our words") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  CHECK(error_of([&] { run.query("SELECT nme FROM people"); }) ==
        "usage: the query is wrong: no such column: nme");
  CHECK(error_of([&] { run.query("SELEC 1"); }) ==
        "usage: the query is wrong: syntax error at 'SELEC'");
  CHECK(error_of([&] { run.query("SELECT abs(-9223372036854775808)"); }) ==
        "usage: the query is wrong: a whole number does not fit into 64 bits");
  const auto mistake = [&](const std::string& sql) {
    const std::string said = error_of([&] { run.query(sql); });
    const std::string start = "usage: the query is wrong: ";
    CHECK(said.starts_with(start));
    return said.substr(std::min(said.size(), start.size()));
  };
  CHECK(mistake("SELECT json('x')") == "a JSON function was given a text that is not JSON");
  CHECK(mistake("SELECT 1 LIMIT 'a'") ==
        "a whole number is needed, as after LIMIT, and the value is another");
  CHECK(mistake("SELECT") == "it ends too early");
  CHECK(mistake("SELECT " + std::string(300, '(') + "1" + std::string(300, ')')) ==
        "it is nested too deeply");
  CHECK(mistake("SELECT RAISE(ABORT, 'x')") == "RAISE() is for triggers only");
  CHECK(mistake("SELECT 'a\nb") == "a text begins at 'a b' and has no closing single quote");
  CHECK(mistake("SELECT count(*) FROM people WHERE count(*) > 1") ==
        "the aggregate count() may not stand here; use HAVING or a subquery");
}

TEST_CASE("what SQLite says of a query beyond that is quoted as SQLite's") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  CHECK(error_of([&] { run.query("SELECT sum(1) OVER w"); }) ==
        "usage: the query is wrong: SQLite says: no such window: w");
}

TEST_CASE("double quotes enclose names, never texts") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  const std::string start = "usage: the query is wrong: no such column: ";
  CHECK(error_of([&] { run.query("SELECT \"nme_en\" FROM people"); }) ==
        start + "nme_en; did you mean 'name_en'? A text stands in single quotes: 'nme_en'");
  CHECK(error_of([&] { run.query("SELECT id FROM people WHERE id = \"li\""); }) ==
        start + "li; a text stands in single quotes: 'li'");
  CHECK(error_of([&] { run.query("SELECT p.nme_en FROM people p"); }) ==
        start + "p.nme_en; did you mean 'name_en'?");
  CHECK(table_text(run, "SELECT \"id\" FROM \"people\"") == "li\n");
}

TEST_CASE("json_each and json_tree may be queried, also beside tables, and within limits") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  CHECK(table_text(run, "SELECT value FROM json_each('[1, 2]')") == "1\n2\n");
  CHECK(table_text(run, "SELECT count(*) FROM json_tree('[1, [2]]')") == "4\n");
  CHECK(table_text(run, "SELECT people.id, value FROM people, json_each('[7]')") == "li | 7\n");
  QueryLimits limits;
  limits.max_seconds = 0.2;
  const std::string many =
      "WITH s(x) AS (SELECT '[' || replace(hex(zeroblob(10000)), '00', '1,') || '1]') "
      "SELECT count(*) FROM s, json_tree(x) a, json_each(x) b";
  CHECK(error_of([&] { run.query(many, {}, limits); }) ==
        "limit: the query took longer than 0.2 seconds");
}

TEST_CASE("a run of format 2 opens, and its views answer") {
  const TemporaryFolder folder;
  one_person().written(folder, "run.sqlite");
  const fs::path path = folder.path() / "run.sqlite";
  testing::change_run(path, "PRAGMA user_version = 2");
  const Run run = Run::open(path);
  for (const auto& row : run.query("SELECT name FROM sqlite_schema WHERE type = 'view'").rows) {
    const auto& view = std::get<std::string>(row.front());
    CHECK_NOTHROW(run.query("SELECT * FROM " + view));
  }
}

TEST_CASE("a run with a damaged list of tables says where, in our words") {
  const TemporaryFolder folder;
  one_person().written(folder, "run.sqlite");
  const fs::path path = folder.path() / "run.sqlite";
  testing::change_run(path,
                      "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET tbl_name = 'gone', "
                      "name = 'sqlite_autoindex_gone_1' WHERE name = (SELECT name FROM "
                      "sqlite_schema WHERE name LIKE 'sqlite_autoindex%' LIMIT 1)");
  CHECK(error_of([&] { Run::open(path); }) ==
        "corrupt: the run is damaged: the list of its tables is wrong at "
        "'sqlite_autoindex_gone_1'");
}

TEST_CASE("everything but reading is refused") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  const std::string target = (folder.path() / "made.sqlite").string();
  const std::string sql = GENERATE_COPY(
      as<std::string>(), "INSERT INTO people (id) VALUES ('x')", "UPDATE people SET id = 'x'",
      "DELETE FROM people", "DROP TABLE people", "CREATE TABLE t (x)", "CREATE TEMP TABLE t (x)",
      "CREATE VIEW v AS SELECT 1", "ALTER TABLE people ADD x", "ATTACH '" + target + "' AS other",
      "VACUUM", "VACUUM INTO '" + target + "'", "PRAGMA user_version = 7",
      "PRAGMA writable_schema = 1", "PRAGMA table_info(people)",
      "SELECT * FROM pragma_table_info('people')", "BEGIN", "COMMIT", "SAVEPOINT s", "REINDEX",
      "ANALYZE", "DETACH main", "SELECT load_extension('x')",
      "WITH t AS (SELECT 1) INSERT INTO people (id) SELECT 'x'",
      "SELECT writefile('" + target + "', 'x')", "SELECT readfile('/etc/passwd')",
      "SELECT edit('x')", "SELECT fts3_tokenizer('simple')");
  CAPTURE(sql);
  CHECK(error_of([&] { run.query(sql); }).starts_with("usage: "));
  CHECK_FALSE(fs::exists(target));
  CHECK(table_text(run, "SELECT count(*) FROM people") == "1\n");
}

TEST_CASE("a query that never ends is stopped, and the run goes on") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  QueryLimits limits;
  limits.max_seconds = 0.05;
  const std::string endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  CHECK(error_of([&] { run.query(endless, {}, limits); }) ==
        "limit: the query took longer than 0.05 seconds");
  CHECK(table_text(run, "SELECT id FROM people") == "li\n");
}

TEST_CASE("an answer that is too long or too large is refused") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  const std::string five =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5) SELECT i FROM n";
  QueryLimits limits;
  limits.max_rows = 5;
  CHECK(run.query(five, {}, limits).rows.size() == 5);
  limits.max_rows = 4;
  CHECK(error_of([&] { run.query(five, {}, limits); }) ==
        "limit: the query gives more than 4 rows");
  limits.max_bytes = 100'000;
  CHECK(error_of([&] { run.query("SELECT printf('%.*c', 200000, 'x')", {}, limits); }) ==
        "limit: the query gives more than 100000 bytes");
  CHECK(error_of([&] { run.query("SELECT length(zeroblob(1000000000))"); }) ==
        "limit: the query needs too much: a value is too big");
  CHECK(error_of([&] { run.query("SELECT 1 -- " + std::string(1'000'000, 'x')); }) ==
        "limit: the query is longer than 1,000,000 bytes");
}

TEST_CASE("the views keep their descriptions") {
  const TemporaryFolder folder;
  const Run run = one_person().written(folder);
  CHECK(table_text(run,
                   "SELECT name FROM sqlite_schema WHERE type = 'view' "
                   "AND sql LIKE '%' || char(10) || '-- %' ORDER BY name") ==
        "labels_wide\npost_eras\npromotions\nprovince_eras\ntenures\n");
}

}  // namespace
}  // namespace cadre
