// What is drawn of a figure, and how it is written down.
#include <nlohmann/json.hpp>

#include "cadre/report/chart.hpp"
#include "cadre/report/svg.hpp"
#include "cadre/report/vega_lite.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

/// A share of promotions in three eras, the last of which only the study has.
ComputedFigure promotions() {
  ComputedFigure figure;
  figure.figure.name = "promotions";
  figure.figure.title = "Promotions <of> technocrats & others";
  figure.figure.chart_json = R"({"mark": "bar", "x": "era", "y": "share", "unit": "%"})";
  figure.columns = {{"era", true, true, true},
                    {"promotions", false, true, false},
                    {"technocrats", false, true, false},
                    {"share", false, true, true}};
  const auto row = [](const char* era, std::int64_t all, std::int64_t part, double share) {
    return std::vector<Cell>{std::string(era), all, part, share};
  };
  figure.rows.push_back({FigureRow::Side::kBoth,
                         row("14th", 16, 9, 56.3),
                         {std::string("14th"), {}, {}, std::int64_t{88}}});
  figure.rows.push_back({FigureRow::Side::kMeasured, row("15th", 16, 8, 50), {{}, {}, {}, {}}});
  figure.rows.push_back({FigureRow::Side::kPublished,
                         {{}, {}, {}, {}},
                         {std::string("16th"), {}, {}, std::int64_t{14}}});
  return figure;
}

TEST_CASE("a chart has the rows of its figure, measured beside published") {
  const std::optional<Chart> chart = chart_of(promotions());
  REQUIRE(chart);
  CHECK(chart->unit == "%");
  REQUIRE(chart->categories.size() == 3);
  CHECK(chart->categories[0].name == "14th");
  CHECK(chart->categories[0].detail == "9 of 16");
  CHECK(chart->categories[2].name == "16th");
  CHECK(chart->categories[2].detail.empty());
  REQUIRE(chart->points.size() == 3);
  CHECK(chart->points[0].value == 56.3);
  CHECK(chart->points[0].published == 88.0);
  CHECK_FALSE(chart->points[1].published);
  CHECK_FALSE(chart->points[2].value);
}

TEST_CASE("a figure without a chart, or with axes that it lacks, has none") {
  ComputedFigure figure = promotions();
  for (const char* json : {"", "{", "[]", R"({"mark": "table"})", R"({"mark": "bar", "x": "era"})",
                           R"({"mark": "bar", "x": "nothing", "y": "share"})"}) {
    figure.figure.chart_json = json;
    CHECK_FALSE(chart_of(figure));
  }
}

TEST_CASE("several columns are several series, and so are the values of a colour") {
  ComputedFigure figure = promotions();
  figure.figure.chart_json = R"({"mark": "line", "x": "era", "y": ["technocrats", "promotions"]})";
  std::optional<Chart> chart = chart_of(figure);
  REQUIRE(chart);
  CHECK(chart->series == std::vector<std::string>{"technocrats", "promotions"});
  CHECK(chart->points.size() == 6);
  CHECK(chart->y == "technocrats, promotions");
}

TEST_CASE("an axis holds all numbers, begins at zero and has even steps") {
  Chart chart;
  chart.categories = {{"a", ""}};
  chart.series = {"s"};
  const auto axis = [&](double value) {
    chart.points = {{0, 0, 0, 0, value, std::nullopt}};
    return axis_of(chart);
  };
  for (const double value : {0.003, 0.7, 1.0, 3.0, 57.0, 88.0, 1234.0, 99999.0}) {
    const Axis one = axis(value);
    CHECK(one.low == 0);
    CHECK(one.high >= value);
    CHECK(one.high < value + one.step * 1.001);
    CHECK(one.high / one.step <= 10.5);
  }
  CHECK(axis(57).step == 20);
  CHECK(axis(-5).low <= -5);
  CHECK(axis(0).high == 1);
}

TEST_CASE("Vega-Lite has the data, and says which cell of the figure each mark is") {
  const nlohmann::ordered_json spec = vega_lite(*chart_of(promotions()));
  CHECK(spec["$schema"] == "https://vega.github.io/schema/vega-lite/v5.json");
  const auto& values = spec["data"]["values"];
  REQUIRE(values.size() == 3);
  CHECK(values[0]["x"] == "14th\n9 of 16");
  CHECK(values[0]["value"] == 56.3);
  CHECK(values[0]["published"] == 88.0);
  CHECK(values[0]["row"] == 0);
  CHECK(values[0]["column"] == 3);
  CHECK_FALSE(values[1].contains("published"));
  CHECK_FALSE(values[2].contains("value"));
}

TEST_CASE("SVG writes names as text and draws a bar for each number") {
  const std::string drawing = svg(*chart_of(promotions()));
  CHECK(drawing.find("Promotions &lt;of&gt; technocrats &amp; others") != std::string::npos);
  CHECK(drawing.find(">56.3%</text>") != std::string::npos);
  CHECK(drawing.find(">9 of 16</text>") != std::string::npos);
  CHECK(drawing.find(">88%</text>") != std::string::npos);
  std::size_t bars = 0;
  for (std::size_t at = 0; (at = drawing.find("<rect", at)) != std::string::npos; ++at) ++bars;
  CHECK(bars == 3);  // two, and the one of the legend
  CHECK(drawing.find("NaN") == std::string::npos);
  CHECK(drawing.find("href") == std::string::npos);
}

TEST_CASE("numbers of charts have no needless zeros") {
  CHECK(chart_number(50) == "50");
  CHECK(chart_number(56.3) == "56.3");
  CHECK(chart_number(0.125) == "0.12");
  CHECK(chart_number(-0.001) == "0");
  CHECK(chart_number(1200) == "1200");
}

}  // namespace
}  // namespace cadre
