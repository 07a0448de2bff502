// Figures that could not be drawn from any run of their rules.
#include "cadre/run/figure_check.hpp"

#include <fmt/format.h>

#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"
#include "tests/support/hand_made.hpp"

namespace cadre {
namespace {

using testing::HandMade;

/// A rule set with one label, one scheme of eras and one figure.
Rules with_figure(const std::string& sql) {
  HandMade made;
  made.label("technocrat");
  made.eras("cc", {{"cc17", "2007-10-21"}});
  Figure figure;
  figure.name = "shares";
  figure.sql = sql;
  made.rules.figures = {figure};
  return made.rules;
}

/// "error[code] message" of each diagnostic.
std::string check(const Rules& rules) {
  std::string text;
  for (const Diagnostic& one : check_figures(rules)) {
    text += one.severity == Severity::kError ? "error" : "warning";
    text += "[" + one.code + "] " + one.message + "\n";
  }
  return text;
}

TEST_CASE("a figure may use tables, views, labels and the provinces") {
  CHECK(check(with_figure("SELECT era, count(DISTINCT w.person) FROM post_eras p "
                          "JOIN labels_wide w USING (person) JOIN provinces v ON v.id = p.province "
                          "WHERE technocrat GROUP BY era"))
            .empty());
  CHECK(check(with_figure("SELECT era FROM promotions JOIN province_eras USING (era)")).empty());
}

TEST_CASE("wrong SQL is an error") {
  CHECK(check(with_figure("SELECT tecnocrat FROM labels_wide")) ==
        "error[figure-sql] figure 'shares': the query is wrong: no such column: tecnocrat; "
        "did you mean 'technocrat'?\n");
  CHECK(check(with_figure("DELETE FROM people")) ==
        "error[figure-sql] figure 'shares': a query may only read the run\n");
  CHECK(check(with_figure("")) == "error[figure-sql] figure 'shares': the query is empty\n");
}

TEST_CASE("a name in double quotes that is no column is an error, and not a text") {
  CHECK(check(with_figure("SELECT \"techncorat\" AS t, count(*) FROM labels_wide "
                          "GROUP BY \"techncorat\"")) ==
        "error[figure-sql] figure 'shares': the query is wrong: no such column: techncorat; did "
        "you mean 'technocrat'? A text stands in single quotes: 'techncorat'\n");
}

TEST_CASE("figures may use json_each and json_tree") {
  CHECK(check(with_figure("SELECT value FROM json_each('[1]') UNION SELECT value FROM "
                          "json_tree('[2]')"))
            .empty());
}

TEST_CASE("a table that is no run's is an error when it looks like a slip") {
  CHECK(check(with_figure("SELECT * FROM post_era")) ==
        "error[figure-sql] figure 'shares': the query is wrong: no such table: post_era; "
        "did you mean 'post_eras'?\n");
  CHECK(check(with_figure("SELECT * FROM election_results")) ==
        "warning[figure-table] figure 'shares': its SQL reads the table 'election_results', which "
        "only the dataset could bring\n");
}

TEST_CASE("columns of key, chart and published rows are held against the SQL") {
  Rules rules = with_figure("SELECT era, 1 AS share FROM eras JOIN post_eras ON era = id");
  Figure& figure = rules.figures[0];
  figure.key = {"era"};
  figure.chart_json = R"({"mark": "bar", "x": "era", "y": ["share"]})";
  figure.published = Figure::Published{"", "", false, {{{"era", {}}, {"share", 1}}}};
  CHECK(check(rules).empty());

  figure.key = {"eras"};
  figure.chart_json = R"({"mark": "bar", "x": "leader", "y": ["share", "shares"]})";
  figure.published->rows = {{{"era", {}}, {"count", 1}}, {{"era", {}}, {"count", 2}}};
  CHECK(
      check(rules) ==
      "error[figure-column] figure 'shares': its key names the column 'eras', which its SQL does "
      "not give; did you mean 'era'?\n"
      "error[figure-column] figure 'shares': its chart names the column 'leader', which its SQL "
      "does not give\n"
      "error[figure-column] figure 'shares': its chart names the column 'shares', which its SQL "
      "does not give; did you mean 'share'?\n"
      "warning[figure-published] figure 'shares': a published row names the column 'count', which "
      "its SQL does not give\n");
}

TEST_CASE("columns that the rules declare may be used") {
  Rules rules = with_figure("SELECT faction, faction_zh FROM people");
  CHECK(check(rules) ==
        "error[figure-sql] figure 'shares': the query is wrong: no such column: faction\n");
  rules.columns = {{Table::kPerson, "faction", {}}};
  CHECK(check(rules).empty());
}

TEST_CASE("the place is that of the figure") {
  Rules rules = with_figure("SELECT");
  const auto sources = std::make_shared<Sources>();
  sources->add("figures.yaml", "# a figure\nfigure: shares\n");
  rules.sources = sources;
  rules.figures[0].range = {0, 11, 25};
  const Diagnostics diagnostics = check_figures(rules);
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].place.path == "figures.yaml");
  CHECK(diagnostics[0].place.line == 2);
}

/// "PATH:LINE:COLUMN-END" of the one diagnostic of a rule set with this figure.
std::string place_of(const std::string& figure) {
  const Loaded loaded = test::load({{"figure.yaml", figure},
                                    {"rules.yaml",
                                     "ruleset: r\ninclude: [figure.yaml]\nlabels:\n"
                                     "  technocrat: {title: T, posts: {office: governor}}\n"}});
  REQUIRE(loaded.rules);
  const Diagnostics diagnostics = check_figures(*loaded.rules);
  REQUIRE(diagnostics.size() == 1);
  const Place& place = diagnostics.front().place;
  return fmt::format("{}:{}:{}-{}", place.path, place.line, place.column, place.end_column);
}

TEST_CASE("a mistake is told at its place in the SQL") {
  const std::string head = "figure: f\n# not here\nsql: ";
  CHECK(place_of(head + "|\n  SELECT person\n  FROM labels_wide\n  WHERE tecnocrat\n") ==
        "figure.yaml:6:9-18");
  CHECK(place_of(head + "|\n\n    SELECT person\n\n      , tecnocrat\n    FROM labels_wide\n") ==
        "figure.yaml:7:9-18");
  CHECK(place_of(head + "|2-\n  SELECT\n   '工程' AS a, bad(1)\n") == "figure.yaml:5:15-18");
  CHECK(place_of(head + ">\n  SELECT person\n  FROM labels_wide\n  WHERE tecnocrat\n") ==
        "figure.yaml:6:9-18");
  CHECK(place_of(head + "SELECT person FROM labels_wide\n  WHERE tecnocrat\n") ==
        "figure.yaml:4:9-18");
  CHECK(place_of(head + "'SELECT ''a'', tecnocrat FROM labels_wide'\n") == "figure.yaml:3:21-30");
  CHECK(place_of(head + "\"SELECT tecnocrat FROM labels_wide\"\n") == "figure.yaml:3:14-23");
  CHECK(place_of("figure: f\r\nsql: |\r\n  SELECT 1,\r\n    tecnocrat\r\n  FROM people\r\n") ==
        "figure.yaml:4:5-14");
}

TEST_CASE("a name in quotes, a text that is not closed and a second statement have their places") {
  const std::string head = "figure: f\nsql: |\n";
  CHECK(place_of(head + "  SELECT\n    \"techncorat\" FROM labels_wide\n") == "figure.yaml:4:5-17");
  CHECK(place_of(head + "  SELECT 1,\n    'never closed\n") == "figure.yaml:4:5-6");
  CHECK(place_of(head + "  SELECT 1; -- one\n  SELECT 2\n") == "figure.yaml:4:3-9");
}

TEST_CASE("a column that the SQL does not give has the place where the figure names it") {
  const std::string head = "figure: f\nsql: SELECT 1 AS year, 2 AS n\n";
  CHECK(place_of(head + "key: [year, b]\n") == "figure.yaml:3:13-14");
  CHECK(place_of(head + "key: b\n") == "figure.yaml:3:6-7");
  CHECK(place_of(head + "chart: {mark: bar, x: q, y: n}\n") == "figure.yaml:3:23-24");
  CHECK(place_of(head + "chart:\n  mark: bar\n  x: year\n  y: [n, m]\n") == "figure.yaml:6:10-11");
  CHECK(place_of(head + "published:\n  source: s\n  rows:\n    - {year: 1}\n    - {k: 1}\n") ==
        "figure.yaml:7:8-9");
}

TEST_CASE("so is one of which SQLite does not say where it is") {
  const std::string head = "figure: f\nsql: |\n";
  CHECK(place_of(head + "  SELECT person\n  FROM people, post_era\n") == "figure.yaml:4:16-24");
  CHECK(place_of(head + "  SELECT person\n  FROM elections\n") == "figure.yaml:4:8-17");
  CHECK(place_of(head + "  SELECT person\n  FROM people WHERE (\n\n") == "figure.yaml:4:21-22");
  CHECK(place_of(head + "  SELECT 1 UNION\n  SELECT 1, 2\n") == "figure.yaml:3:3-9");
  CHECK(place_of(head + "  DELETE FROM people\n") == "figure.yaml:3:3-9");
}

}  // namespace
}  // namespace cadre
