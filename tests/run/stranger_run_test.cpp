// Runs that somebody made to be too much: what they hold in place of plain tables is refused before
// it is read, and reading the rest has an end.
#include <string>
#include <vector>

#include "cadre/analyse/explanation.hpp"
#include "cadre/base/error.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/run/run.hpp"
#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/change_run.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/sanitizers.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
using testing::change_run;
using testing::HandMade;
using testing::Outcome;
using testing::Study;
using testing::TemporaryFolder;

/// Rows that never end.
const std::string kEndless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n";

/// A run with a label, changed by these statements.
class ChangedRun {
 public:
  explicit ChangedRun(const std::string& statements) {
    HandMade made;
    made.row("li", kCareer, {{"org_en", "space"}});
    made.label("x");
    LabelValue& value = made.value("li", "x");
    value.truth = Truth::kTrue;
    value.steps = {Step()};
    made.written(folder_);
    change_run(path(), statements);
  }

  fs::path path() const { return folder_.path() / "run.sqlite"; }
  Run open() const { return Run::open(path()); }

 private:
  TemporaryFolder folder_;
};

TEST_CASE("a run with a view in place of a table is not opened, whatever the case of its name") {
  const ChangedRun run("DROP TABLE labels; CREATE VIEW LaBeLs AS " + kEndless);
  CHECK_THROWS_WITH(run.open(), EndsWith("its 'labels' is not a table"));
}

TEST_CASE("a run whose list of tables names a view is not opened") {
  const ChangedRun run("CREATE VIEW evil AS " + kEndless +
                       "; INSERT INTO tables VALUES ('EVIL', 'evil', 9)");
  CHECK_THROWS_WITH(run.open(), EndsWith("its 'EVIL' is not a table"));
}

TEST_CASE("a run whose list of tables names one twice is not opened") {
  const ChangedRun run("INSERT INTO tables VALUES ('PEOPLE', 'people', 9)");
  CHECK_THROWS_WITH(run.open(), EndsWith("it lists the table 'people' twice") ||
                                    EndsWith("it lists the table 'PEOPLE' twice"));
}

TEST_CASE("a run with columns that hold more than the file is not opened") {
  const std::string column = GENERATE(
      "big TEXT GENERATED ALWAYS AS (hex(zeroblob(30000000))) VIRTUAL",
      "big TEXT AS (id || id) STORED", "big TEXT DEFAULT 'a text that every row seems to hold'");
  CAPTURE(column);
  // A stored column comes with the table.
  const std::string statements =
      column.ends_with("STORED")
          ? "DROP TABLE people; CREATE TABLE people (id TEXT PRIMARY KEY, " + column + ")"
          : "ALTER TABLE people ADD COLUMN " + column;
  CHECK_THROWS_WITH(ChangedRun(statements).open(), EndsWith("its 'people' is not a plain table"));
}

TEST_CASE("a run with a virtual table in place of a table is not opened") {
  const ChangedRun run("DROP TABLE career; CREATE VIRTUAL TABLE career USING fts5(id, person)");
  CHECK_THROWS_WITH(run.open(), EndsWith("its 'career' is not a plain table"));
}

TEST_CASE("views and triggers that nobody asks do no harm") {
  const ChangedRun run("CREATE VIEW evil AS " + kEndless +
                       "; CREATE TRIGGER t AFTER INSERT ON people BEGIN DELETE FROM labels; END");
  CHECK(restore_dataset(run.open()).people.size() == 1);
  CHECK(explain(run.open(), "li", "x").size() == 1);
}

TEST_CASE("cadre's own questions to a run have its time all together") {
  // Looking up a row takes as long as the table when its key is no key.
  const ChangedRun changed("DROP VIEW tenures; CREATE VIEW tenures AS SELECT * FROM (" + kEndless +
                           ") WHERE id < 0");
  QueryLimits limits;
  limits.max_seconds = 0.2;
  const Run run = Run::open(changed.path(), limits);
  CHECK_THROWS_WITH(run.query("SELECT * FROM tenures"), Contains("took longer than 0 seconds"));
  CHECK_NOTHROW(run.query("SELECT 1", {}, QueryLimits()));
}

TEST_CASE("tables that are not those of a run are damage, not a wrong query") {
  const ChangedRun run(
      "DROP TABLE career; CREATE TABLE career (id TEXT PRIMARY KEY, person TEXT) WITHOUT ROWID");
  CHECK_THROWS_WITH(restore_dataset(run.open()),
                    Contains("the run is damaged: its tables are not those of a run"));
}

TEST_CASE("rows of nothing do not fill the memory when a run is read back") {
  if (testing::kSanitized) return;
  const Study study;
  study.classify("run.sqlite");
  std::string statements;
  for (int i = 0; i < 1900; ++i) {
    statements += "ALTER TABLE people ADD COLUMN c" + std::to_string(i) + " TEXT;";
    statements +=
        "INSERT INTO columns (\"table\", \"column\", logical, kind, position, name, "
        "ordered) VALUES ('people', 'c" +
        std::to_string(i) + "', 'c" + std::to_string(i) + "', 'text', " + std::to_string(100 + i) +
        ", 'c" + std::to_string(i) + "', 0);";
  }
  change_run(study.path() / "run.sqlite",
             statements +
                 "INSERT INTO people (id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                 "SELECT i + 1 FROM n LIMIT 20000) SELECT 'z' || i FROM n");
  const Outcome outcome = study.run({"diff", "run.sqlite", "--set", "min_years=7", "--limit",
                                     "query-bytes=16MiB", "--limit", "memory=1GiB"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, Contains("the query gives more than") || Contains("out of memory"));
}

// --- evidence -----------------------------------------------------------------------------------

/// Steps of the label x, each so deep as `depth`, an expression of its number x, says.
ChangedRun run_with_steps(int steps, const std::string& depth) {
  return ChangedRun(
      "DELETE FROM evidence; WITH RECURSIVE c(x) AS (SELECT 0 UNION ALL SELECT x + 1 "
      "FROM c LIMIT " +
      std::to_string(steps) +
      ") INSERT INTO evidence (person, label, step, depth, value, text) "
      "SELECT 'li', 'x', x, " +
      depth + ", 'true', 't' FROM c");
}

TEST_CASE("steps that are nested too deep, or too many, are refused") {
  CHECK_THROWS_WITH(explain(run_with_steps(50'000, "x").open(), "li", "x"),
                    Contains("more than 1000 nested steps for the label 'x'"));
  CHECK_THROWS_WITH(explain(run_with_steps(100'001, "x > 0").open(), "li", "x"),
                    Contains("more than 100000 steps for the label 'x'"));
  CHECK(explain(run_with_steps(1001, "x").open(), "li", "x")[0].steps.size() == 1001);
}

TEST_CASE("steps that are no tree are damage") {
  for (const std::string depth : {"1", "-x", "0", "2 * x"}) {
    CAPTURE(depth);
    CHECK_THROWS_WITH(explain(run_with_steps(3, depth).open(), "li", "x"),
                      Contains("its evidence does not fit together"));
  }
}

TEST_CASE("an explanation shows reasons as deep as somebody reads") {
  const ChangedRun run = run_with_steps(1001, "x");
  const TemporaryFolder folder;
  const Outcome tree =
      testing::run_cadre({"explain", run.path().string(), "li", "x"}, folder.path());
  CHECK(tree.status == 0);
  CHECK_THAT(tree.out, Contains("...and deeper reasons (--format json)"));
  const Outcome json = testing::run_cadre(
      {"explain", run.path().string(), "li", "x", "--format", "json"}, folder.path());
  CHECK(json.status == 0);
  CHECK_THAT(json.out, Contains("\"depth\": 1000"));
}

}  // namespace
}  // namespace cadre
