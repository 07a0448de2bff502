// Figures: what their SQL measures, beside what a study has published.
#include "cadre/analyse/figures.hpp"

#include "cadre/base/error.hpp"
#include "tests/catch.hpp"
#include "tests/support/hand_made.hpp"

namespace cadre {
namespace {

using testing::cell_text;
using testing::HandMade;
using testing::TemporaryFolder;

using Row = std::vector<std::pair<std::string, Cell>>;

Figure figure_of(const std::string& sql, std::vector<Row> published = {}) {
  Figure figure;
  figure.name = "shares";
  figure.sql = sql;
  if (!published.empty()) figure.published = Figure::Published{"A study", "", false, published};
  return figure;
}

ComputedFigure compute(const Figure& figure) {
  HandMade made;
  made.rules.figures = {figure};
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  return compute_figure(run, find_figure(list_figures(run), figure.name));
}

/// The rows as text: side, then "measured/published" for each column.
std::string rows_of(const ComputedFigure& figure) {
  static const char* const kSides[] = {"both", "measured", "published"};
  std::string text;
  for (const FigureRow& row : figure.rows) {
    text += kSides[static_cast<int>(row.side)];
    for (std::size_t i = 0; i < figure.columns.size(); ++i) {
      text += " " + cell_text(row.measured[i]) + "/" + cell_text(row.published[i]);
    }
    text += "\n";
  }
  return text;
}

std::string table_of(const ComputedFigure& figure) {
  const Result table = as_table(figure);
  std::string text;
  for (const std::string& column : table.columns) text += column + " ";
  text += "\n";
  for (const auto& row : table.rows) {
    for (const Cell& cell : row) text += cell_text(cell) + " ";
    text += "\n";
  }
  return text;
}

const char* const kThreeEras =
    "SELECT 'cc17' AS era, 7 AS n UNION ALL SELECT 'cc18', 8 UNION ALL SELECT 'cc19', 9";

TEST_CASE("a figure goes into a run and comes back") {
  HandMade made;
  Figure figure = figure_of("SELECT 1 AS a", {{{"a", std::string("x")}, {"n", 17}, {"share", 0.5}},
                                              {{"a", std::monostate()}}});
  figure.title = "Title";
  figure.note = "Note";
  figure.key = {"a"};
  figure.chart_json = R"({"mark":"bar","x":"a"})";
  figure.published->note = "As a picture";
  figure.published->approximate = true;
  Figure plain = figure_of("SELECT 2");
  plain.name = "plain";
  made.rules.figures = {figure, plain};
  const TemporaryFolder folder;
  const std::vector<Figure> figures = list_figures(made.written(folder));
  REQUIRE(figures.size() == 2);
  const Figure& back = figures[0];
  CHECK(back.name == "shares");
  CHECK(back.title == "Title");
  CHECK(back.note == "Note");
  CHECK(back.sql == "SELECT 1 AS a");
  CHECK(back.key == figure.key);
  CHECK(back.chart_json == figure.chart_json);
  REQUIRE(back.published.has_value());
  CHECK(back.published->source == "A study");
  CHECK(back.published->note == "As a picture");
  CHECK(back.published->approximate);
  CHECK(back.published->rows == figure.published->rows);
  CHECK(figures[1].name == "plain");
  CHECK_FALSE(figures[1].published.has_value());
}

TEST_CASE("an unknown figure is told with the nearest name") {
  HandMade made;
  made.rules.figures = {figure_of("SELECT 1")};
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK_THROWS_WITH(find_figure(list_figures(run), "share"),
                    "the run has no figure 'share'; did you mean 'shares'?");
  CHECK_THROWS_WITH(find_figure(list_figures(run), "x"), "the run has no figure 'x'");
}

TEST_CASE("published rows meet measured ones by the key") {
  const ComputedFigure figure =
      compute(figure_of(kThreeEras, {{{"era", std::string("cc19")}, {"n", 10}},
                                     {{"era", std::string("cc17")}, {"n", 7}},
                                     {{"era", std::string("cc20")}, {"n", 3}}}));
  CHECK(rows_of(figure) ==
        "both cc17/cc17 7/7\n"
        "measured cc18/- 8/-\n"
        "both cc19/cc19 9/10\n"
        "published -/cc20 -/3\n");
  CHECK(figure.columns[0].key);
  CHECK_FALSE(figure.columns[1].key);
  CHECK(table_of(figure) ==
        "era n n_published n_difference \n"
        "cc17 7 7 0 \n"
        "cc18 8 - - \n"
        "cc19 9 10 -1 \n"
        "cc20 - 3 - \n");
}

TEST_CASE("columns that only one side has") {
  const ComputedFigure figure = compute(figure_of(
      kThreeEras, {{{"era", std::string("cc18")}, {"share", 0.25}, {"of", std::string("x")}}}));
  REQUIRE(figure.columns.size() == 4);
  CHECK_FALSE(figure.columns[1].published);
  CHECK(figure.columns[2].name == "share");
  CHECK_FALSE(figure.columns[2].measured);
  CHECK(table_of(figure) ==
        "era n share_published of_published \n"
        "cc17 7 - - \n"
        "cc18 8 0.25 x \n"
        "cc19 9 - - \n");
}

TEST_CASE("the key is what the figure says, else the chart's x, else the first column") {
  const std::string sql = "SELECT 1 AS a, 2 AS b UNION ALL SELECT 3, 4";
  const auto key = [&](const std::vector<std::string>& named, const std::string& chart) {
    Figure figure = figure_of(sql);
    figure.key = named;
    figure.chart_json = chart;
    const ComputedFigure computed = compute(figure);
    return std::string(computed.columns[0].key ? "a" : "") + (computed.columns[1].key ? "b" : "");
  };
  CHECK(key({}, "") == "a");
  CHECK(key({}, R"({"mark": "bar"})") == "a");
  CHECK(key({}, R"({"mark": "bar", "x": "b"})") == "b");
  CHECK(key({"a", "b"}, R"({"mark": "bar", "x": "b"})") == "ab");
}

TEST_CASE("a key of two columns, and numbers written in two ways") {
  Figure figure =
      figure_of("SELECT 2012 AS year, 'x' AS kind, 1.5 AS n UNION ALL SELECT 2012, 'y', 2.5",
                {{{"year", std::string("2012")}, {"kind", std::string("y")}, {"n", 2}}});
  figure.key = {"year", "kind"};
  CHECK(table_of(compute(figure)) ==
        "year kind n n_published n_difference \n"
        "2012 x 1.5 - - \n"
        "2012 y 2.5 2 0.5 \n");
  figure = figure_of("SELECT 19.0 AS era", {{{"era", 19}}});
  CHECK(rows_of(compute(figure)) == "both 19/19\n");
}

TEST_CASE("the first of equal rows meets the first published, the second the second") {
  CHECK(rows_of(compute(figure_of("SELECT 'a' AS k, 1 AS n UNION ALL SELECT 'a', 2",
                                  {{{"k", std::string("a")}, {"n", 5}},
                                   {{"k", std::string("a")}, {"n", 6}},
                                   {{"k", std::string("a")}, {"n", 7}}}))) ==
        "both a/a 1/5\nboth a/a 2/6\npublished -/a -/7\n");
}

TEST_CASE("a figure without rows, published or measured") {
  CHECK(rows_of(compute(figure_of("SELECT 1 AS n WHERE false"))).empty());
  CHECK(rows_of(compute(figure_of("SELECT 1 AS n WHERE false", {{{"n", 4}}}))) ==
        "published -/4\n");
}

TEST_CASE("errors name the figure") {
  CHECK_THROWS_WITH(compute(figure_of("SELECT x")),
                    "figure 'shares': the query is wrong: no such column: x");
  Figure figure = figure_of("SELECT 1 AS era");
  figure.key = {"eras"};
  CHECK_THROWS_WITH(compute(figure),
                    "figure 'shares': its SQL does not give the key column 'eras'; did you mean "
                    "'era'?");
}

TEST_CASE("limits hold for figures") {
  HandMade made;
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  QueryLimits limits;
  limits.max_rows = 2;
  CHECK_THROWS_WITH(compute_figure(run, figure_of(kThreeEras), limits),
                    "figure 'shares': the query gives more than 2 rows");
}

TEST_CASE("difference is of numbers only") {
  CHECK(difference(std::int64_t{9}, 9.5) == -0.5);
  CHECK(difference(2.0, std::int64_t{2}) == 0.0);
  CHECK_FALSE(difference(std::string("9"), std::int64_t{9}).has_value());
  CHECK_FALSE(difference(std::monostate(), std::int64_t{9}).has_value());
}

}  // namespace
}  // namespace cadre
