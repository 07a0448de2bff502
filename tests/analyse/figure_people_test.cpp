// Whom the numbers of a figure count.
#include "cadre/analyse/figure_people.hpp"
#include "tests/catch.hpp"
#include "tests/support/hand_made.hpp"

namespace cadre {
namespace {

using testing::HandMade;
using testing::TemporaryFolder;

/// Ann is a technocrat, Bo is not, and of Cai nothing is known.
HandMade three_people() {
  HandMade made;
  made.label("technocrat");
  made.post("ann", "hebei", "governor", "1990", "1995");
  made.post("ann", "hunan", "governor", "1996", "1999");
  made.post("bo", "hebei", "party_secretary", "1990", "1999");
  made.post("cai", "hunan", "party_secretary", "1990", "1999");
  made.value("ann", "technocrat").truth = Truth::kTrue;
  made.value("bo", "technocrat").truth = Truth::kFalse;
  return made;
}

std::string people(const Run& run, const std::string& sql, const QueryLimits& limits = {}) {
  Figure figure;
  figure.name = "test";
  figure.sql = sql;
  std::string out;
  for (const auto& row : people_behind(run, compute_figure(run, figure), limits)) {
    for (const auto& cell : row) {
      out += cell ? "[" : "-";
      if (cell) {
        for (const std::string& id : *cell) out += id + " ";
        out += "]";
      }
      out += " ";
    }
    out += "\n";
  }
  return out;
}

TEST_CASE("counts tell whom they count") {
  const TemporaryFolder folder;
  const Run run = three_people().written(folder);
  CHECK(people(run,
               "SELECT province, count(*) AS posts, count(DISTINCT person) AS people "
               "FROM posts GROUP BY province ORDER BY province") ==
        "- [ann bo ] [ann bo ] \n- [ann cai ] [ann cai ] \n");
  CHECK(people(run,
               "SELECT 'all' AS k, COUNT ( * ) AS posts, count( distinct person ) AS people, "
               "count(DISTINCT person) FILTER (WHERE technocrat) AS technocrats "
               "FROM posts JOIN labels_wide USING (person)") ==
        "- [ann ann bo cai ] [ann bo cai ] [ann ] \n");
}

TEST_CASE("a percentage has the people of its part") {
  const TemporaryFolder folder;
  const Run run = three_people().written(folder);
  const char* const sql =
      "SELECT office, count(*) AS posts, count(*) FILTER (WHERE technocrat) AS technocrats, "
      "round(100.0 * count(*) FILTER (WHERE technocrat) / count(*), 1) AS share "
      "FROM posts JOIN labels_wide USING (person) GROUP BY office ORDER BY office DESC";
  CHECK(people(run, sql) ==
        "- [bo cai ] [] [] \n"
        "- [ann ann ] [ann ann ] [ann ann ] \n");
}

TEST_CASE("nothing is claimed of what are no people, or cannot be told") {
  const TemporaryFolder folder;
  const Run run = three_people().written(folder);
  // Provinces are no people.
  CHECK(people(run, "SELECT 'all' AS k, count(DISTINCT province) AS provinces FROM posts") ==
        "- - \n");
  // Nothing here is called person.
  CHECK(people(run, "SELECT 'all' AS k, count(*) AS people FROM people") == "- - \n");
  // A number that only looks like a count, a text that only looks like code.
  CHECK(people(run, "SELECT 'count(*)' AS k, 3 AS n, /* count(*) */ 1 AS m FROM posts LIMIT 1") ==
        "- - - \n");
  // A sum of counts is not one of them.
  CHECK(people(run, "SELECT 'all' AS k, count(*) + 0 AS n FROM posts") == "- - \n");
  CHECK(people(run, "SELECT 'all' AS k, sum(1) AS n FROM posts") == "- - \n");
}

TEST_CASE("lists that are longer than what may be asked are not told") {
  const TemporaryFolder folder;
  const Run run = three_people().written(folder);
  const std::string sql =
      "SELECT 'all' AS k, count(*) AS posts FROM posts JOIN people ON person = people.id";
  QueryLimits limits;
  CHECK(people(run, sql, limits) == "- [ann ann bo cai ] \n");
  limits.max_bytes = 100;  // enough for the answer, but not for its list
  CHECK(people(run, sql, limits) == "- - \n");
}

TEST_CASE("a percentage is explained by one pair of counts or by none") {
  const TemporaryFolder folder;
  const Run run = three_people().written(folder);
  const auto shares = [&](const std::string& sql) {
    Figure figure;
    figure.name = "test";
    figure.sql = sql;
    return shares_of(compute_figure(run, figure));
  };
  const auto found = shares("SELECT 'a' AS k, 33 AS whole, 17 AS part, 51.5 AS share, 9 AS other");
  REQUIRE(found.size() == 1);
  CHECK(found[0].column == 3);
  CHECK(found[0].part == 2);
  CHECK(found[0].whole == 1);
  CHECK(shares("SELECT 'a' AS k, 33 AS whole, 17 AS part, 52.0 AS share").empty());
  CHECK(shares("SELECT 'a' AS k, 4 AS whole, 2 AS part, 2 AS same, 50.0 AS share").empty());
}

}  // namespace
}  // namespace cadre
