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

nlohmann::ordered_json vega_lite_json(const Chart& chart) {
  return nlohmann::ordered_json::parse(vega_lite(chart).compact());
}

/// How often a text stands in another.
std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++times;
  return times;
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
  const nlohmann::ordered_json spec = vega_lite_json(*chart_of(promotions()));
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
  CHECK(count(drawing, "<rect") == 3);  // two, and the one of the legend
  CHECK(drawing.find("NaN") == std::string::npos);
  CHECK(drawing.find("href") == std::string::npos);
}

/// Two series over three eras, of which the last was not measured.
Chart two_series(const std::string& mark, const std::string& more = "") {
  ComputedFigure figure = promotions();
  figure.figure.chart_json =
      R"({"mark": ")" + mark + R"(", "x": "era", "y": ["technocrats", "promotions"])" + more + "}";
  const std::optional<Chart> chart = chart_of(figure);
  REQUIRE(chart);
  return *chart;
}

TEST_CASE("every mark is drawn as what it is, in SVG and in Vega-Lite") {
  struct Mark {
    const char* name;
    std::size_t bars, paths, circles;  // beside the two signs of the legend
  };
  for (const Mark& mark :
       {Mark{"bar", 4, 0, 0}, {"line", 0, 2, 4}, {"area", 0, 2, 0}, {"point", 0, 0, 4}}) {
    CAPTURE(mark.name);
    const Chart chart = two_series(mark.name);
    const std::string drawing = svg(chart);
    CHECK(count(drawing, "<rect") == mark.bars + 2);
    CHECK(count(drawing, "<path") == mark.paths);
    CHECK(count(drawing, "<circle") == mark.circles);
    CHECK(count(drawing, "Z\" fill=") == (std::string(mark.name) == "area" ? 2 : 0));
    CHECK(count(drawing, ">technocrats</text>") == 1);

    const nlohmann::ordered_json spec = vega_lite_json(chart);
    CHECK(spec["layer"][0]["mark"]["type"] == mark.name);
    CHECK(spec["layer"][0]["encoding"]["color"]["field"] == "series");
    CHECK(spec["layer"][0]["encoding"].contains("xOffset") == (std::string(mark.name) == "bar"));
    CHECK(spec["data"]["values"][3]["series"] == "promotions");
  }
}

TEST_CASE("bars that stand on each other reach as far as their sum") {
  const Chart chart = two_series("bar", R"(, "stack": true)");
  CHECK(chart.stacked);
  CHECK(axis_of(chart).high >= 25);  // 9 and 16
  const std::string drawing = svg(chart);
  CHECK(count(drawing, "<rect") == 6);
  const nlohmann::ordered_json spec = vega_lite_json(chart);
  CHECK_FALSE(spec["layer"][0]["encoding"].contains("xOffset"));
  CHECK_FALSE(spec["layer"][0]["encoding"]["y"].contains("stack"));
  CHECK_FALSE(axis_of(two_series("bar")).high >= 25);
}

/// People by the dates along x.
Chart by_date(const std::string& mark, const std::vector<Cell>& dates) {
  ComputedFigure figure;
  figure.figure.chart_json = R"({"mark": ")" + mark + R"(", "x": "date", "y": "people"})";
  figure.columns = {{"date", true, true, true}, {"people", false, true, false}};
  std::int64_t people = 0;
  for (const Cell& date : dates) {
    figure.rows.push_back({FigureRow::Side::kMeasured, {date, ++people}, {{}, {}}});
  }
  const std::optional<Chart> chart = chart_of(figure);
  REQUIRE(chart);
  return *chart;
}

const std::vector<Cell> kYears = {std::int64_t{1972}, std::string("1950"), std::int64_t{1952}};

TEST_CASE("years stand where they lie in time") {
  for (const char* mark : {"bar", "line", "area", "point"}) {
    CAPTURE(mark);
    const Chart chart = by_date(mark, kYears);
    CHECK(chart.time);
    CHECK(chart.time_step == 2);
    REQUIRE(chart.categories.size() == 3);
    CHECK(chart.categories[0].name == "1950");
    CHECK(chart.categories[2].name == "1972");
    CHECK(chart.points[0].value == 2.0);
    CHECK(chart.points[2].value == 1.0);
    CHECK(chart.points[2].row == 0);
    CHECK(places_of(chart).size == 12);
    CHECK(places_of(chart).middles == std::vector<double>{0.5, 1.5, 11.5});
  }
}

TEST_CASE(
    "Vega-Lite has a time axis for years, and places without bars for those that are missing") {
  const auto x = [](const char* mark) {
    return vega_lite_json(by_date(mark, kYears))["layer"][0]["encoding"]["x"];
  };
  CHECK(x("line")["type"] == "temporal");
  CHECK(x("line")["scale"]["type"] == "utc");
  CHECK(x("line")["axis"]["tickCount"]["step"] == 5);
  CHECK(x("bar")["type"] == "ordinal");
  CHECK(x("bar")["scale"]["domain"].size() == 12);
  CHECK(x("bar")["scale"]["domain"][1] == "1952");
  CHECK(vega_lite_json(two_series("line"))["layer"][0]["encoding"]["x"]["type"] == "nominal");
}

TEST_CASE("rows without a year leave a time axis as it is, and the title counts them") {
  for (const char* mark : {"bar", "line", "area", "point"}) {
    CAPTURE(mark);
    std::vector<Cell> dates = kYears;
    dates.insert(dates.begin() + 1, Cell());
    const Chart chart = by_date(mark, dates);
    CHECK(chart.time);
    REQUIRE(chart.categories.size() == 3);
    REQUIRE(chart.points.size() == 3);
    CHECK(chart.categories[0].name == "1950");
    CHECK(chart.points[0].row == 2);
    CHECK(chart.title == " (not drawn: 1 row without 'date')");
    dates.push_back(Cell());
    CHECK(by_date(mark, dates).title == " (not drawn: 2 rows without 'date')");
  }
  CHECK(by_date("line", kYears).title.empty());
}

TEST_CASE("rows without a name stay on an axis of names") {
  const Chart chart = by_date("bar", {std::string("north"), Cell(), std::string("south")});
  CHECK_FALSE(chart.time);
  CHECK(chart.categories.size() == 3);
  CHECK(chart.title.empty());
}

TEST_CASE("months and days have a time axis too, but under bars") {
  const std::vector<Cell> months = {std::string("2012-11"), std::string("2012-12-31"),
                                    std::string("2013")};
  CHECK(by_date("line", months).time);
  CHECK(by_date("line", months).time_step == 0);
  CHECK_FALSE(by_date("bar", months).time);
}

TEST_CASE("one date is no time axis, nor are numbers and names") {
  CHECK_FALSE(by_date("line", {std::int64_t{1950}}).time);
  CHECK_FALSE(by_date("line", {std::int64_t{1950}, std::string("1950-01-01")}).time);
  CHECK_FALSE(by_date("line", {std::int64_t{1950}, std::string("later")}).time);
  CHECK_FALSE(by_date("line", {std::int64_t{14}, std::int64_t{15}}).time);
  CHECK_FALSE(by_date("line", {std::int64_t{1950}, Cell()}).time);
}

TEST_CASE("SVG leaves room for the years that are missing, and names as many as do not meet") {
  const auto x_of = [](const std::string& drawing, const std::string& words) {
    const std::size_t end = drawing.find(">" + words + "</text>");
    const std::size_t begin = drawing.rfind("x=\"", end) + 3;
    return std::stod(drawing.substr(begin));
  };
  const std::string drawing = svg(by_date("line", kYears));
  const double step = x_of(drawing, "1952") - x_of(drawing, "1950");
  CHECK(step > 0);
  CHECK(x_of(drawing, "1972") - x_of(drawing, "1952") == Catch::Approx(10 * step).margin(1));

  std::vector<Cell> many;
  for (std::int64_t year = 1900; year < 2000; ++year) many.emplace_back(year);
  const std::string crowded = svg(by_date("bar", many));
  CHECK(count(crowded, ">1900</text>") == 1);
  CHECK(count(crowded, ">1901</text>") == 0);
}

TEST_CASE("numbers of charts have no needless zeros") {
  CHECK(chart_number(50) == "50");
  CHECK(chart_number(56.3) == "56.3");
  CHECK(chart_number(0.125) == "0.12");
  CHECK(chart_number(-0.001) == "-0.001");
  CHECK(chart_number(1200) == "1200");
}

}  // namespace
}  // namespace cadre
