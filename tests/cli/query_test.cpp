// cadre query, as a user runs it.
#include <nlohmann/json.hpp>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"

namespace cadre {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::Study;

constexpr const char* kPeople = "SELECT id, name_zh, length(birth) AS long FROM people LIMIT 2";

TEST_CASE("query prints tables in four formats") {
  const Study study;
  study.classify("run.sqlite");
  const auto ask = [&](const std::string& format) {
    const Outcome outcome = study.run({"query", "run.sqlite", kPeople, "--format", format});
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    return outcome.out;
  };
  CHECK(ask("table") ==
        "id      name_zh  long\n"
        "an-min  安敏        4\n"
        "bo-lin  薄林        7\n");
  CHECK(ask("csv") == "id,name_zh,long\r\nan-min,安敏,4\r\nbo-lin,薄林,7\r\n");
  CHECK(ask("markdown") ==
        "| id | name_zh | long |\n| --- | --- | --- |\n| an-min | 安敏 | 4 |\n"
        "| bo-lin | 薄林 | 7 |\n");
  CHECK(json::parse(ask("json"))[1] == json{{"id", "bo-lin"}, {"name_zh", "薄林"}, {"long", 7}});
}

TEST_CASE("query asks the result of a sweep too") {
  const Study study;
  REQUIRE(
      study.run({"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o", "s.sqlite"}).status ==
      0);
  const Outcome outcome =
      study.run({"query", "s.sqlite", "SELECT count(*) > 1 AS several FROM specifications"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "several\n      1\n");
  const Outcome wrong = study.run({"query", "s.sqlite", "SELECT * FROM specification"});
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Catch::Matchers::ContainsSubstring("did you mean 'specifications'?"));
}

TEST_CASE("query quotes what the formats need quoted") {
  const Study study;
  study.classify("run.sqlite");
  const std::string sql = "SELECT 'a,\"b\"' AS x, 'c|d' AS y, NULL AS z, 0.1 + 0.2 AS n";
  CHECK(study.run({"query", "run.sqlite", sql, "--format", "csv"}).out ==
        "x,y,z,n\r\n\"a,\"\"b\"\"\",c|d,,0.30000000000000004\r\n");
  CHECK(study.run({"query", "run.sqlite", sql, "--format", "markdown"}).out ==
        "| x | y | z | n |\n| --- | --- | --- | --- |\n| a,\"b\" | c\\|d |  | 0.3 |\n");
  CHECK(json::parse(study.run({"query", "run.sqlite", sql, "--format", "json"}).out)[0]["z"]
            .is_null());
}

TEST_CASE("query reads SQL from standard input") {
  const Study study;
  study.classify("run.sqlite");
  const Outcome outcome =
      study.run({"query", "run.sqlite", "-"}, "SELECT count(*) AS people FROM people;\n");
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "people\n     5\n");
}

TEST_CASE("query changes nothing") {
  const Study study;
  study.classify("run.sqlite");
  const std::string before = study.read("run.sqlite");
  const std::string sql =
      GENERATE(as<std::string>{}, "INSERT INTO people (id) VALUES ('x')", "DELETE FROM people",
               "UPDATE people SET birth = '1900'", "DROP TABLE people", "CREATE TABLE t (a)",
               "ATTACH 'other.sqlite' AS other", "PRAGMA journal_mode = DELETE", "VACUUM",
               "SELECT load_extension('x')", "BEGIN");
  CAPTURE(sql);
  const Outcome outcome = study.run({"query", "run.sqlite", sql});
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK_FALSE(outcome.err.empty());
  CHECK(study.read("run.sqlite") == before);
  CHECK(study.files().count("other.sqlite") == 0);
}

}  // namespace
}  // namespace cadre
