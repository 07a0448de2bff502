#include "cadre/report/vega_lite.hpp"

#include <fmt/format.h>

#include <string>

#include "cadre/base/json.hpp"

namespace cadre {
namespace {

/// The bars that are high enough to bear their number; those of others stand above them.
bool bears_label(const Chart& chart, const ChartPoint& point, const Axis& axis) {
  return chart.mark == Chart::Mark::kBar && chart.series.size() == 1 && point.value &&
         *point.value > 0.12 * (axis.high - axis.low);
}

/// Whether the published number stands on the bar of the measured one.
bool lies_in_bar(const Chart& chart, const ChartPoint& point) {
  return chart.mark == Chart::Mark::kBar && point.value && point.published &&
         *point.published < *point.value;
}

Json values_of(const Chart& chart, const Axis& axis) {
  Json values = Json::array();
  for (const ChartPoint& point : chart.points) {
    const ChartCategory& category = chart.categories[point.category];
    Json one;
    one["x"] = category.detail.empty() ? category.name : category.name + "\n" + category.detail;
    one["series"] = chart.series[point.series];
    if (point.value) {
      one["value"] = *point.value;
      one["text"] = chart_number(*point.value) + chart.unit;
      one["inside"] = bears_label(chart, point, axis);
    }
    if (point.published) {
      one["published"] = *point.published;
      one["published_text"] = chart_number(*point.published) + chart.unit;
      one["covered"] = lies_in_bar(chart, point);
    }
    one["row"] = point.row;
    one["column"] = point.column;
    values.push_back(std::move(one));
  }
  return values;
}

/// Bars need a place for each year, and one that no bar takes where a year has none.
Json years_of(const Chart& chart) {
  Json years = Json::array();
  const double last = chart.categories.back().time;
  for (double year = chart.categories.front().time; year <= last; year += chart.time_step) {
    years.push_back(fmt::format("{:.0f}", year));
  }
  return {{"field", "x"},
          {"type", "ordinal"},
          {"scale", {{"domain", std::move(years)}}},
          {"title", nullptr},
          {"axis", {{"labelAngle", 0}, {"labelOverlap", "greedy"}}}};
}

/// The reader's time zone must not move a day into the year before.
Json time_of(const Chart& chart) {
  const bool years = chart.time_step > 0;
  const double span = chart.categories.back().time - chart.categories.front().time;
  Json axis = {
      {"format", years ? "%Y" : "%Y-%m-%d"}, {"labelAngle", 0}, {"labelOverlap", "greedy"}};
  if (years) {
    int step = 1;
    for (int i = 0; span / step > 10; ++i) step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    axis["tickCount"] = {{"interval", "year"}, {"step", step}};
  }
  return {{"field", "x"},
          {"type", "temporal"},
          {"scale", {{"type", "utc"}}},
          {"title", nullptr},
          {"axis", std::move(axis)}};
}

Json x_of(const Chart& chart) {
  if (chart.time) return chart.mark == Chart::Mark::kBar ? years_of(chart) : time_of(chart);
  Json x = {{"field", "x"}, {"type", "nominal"}, {"sort", nullptr}, {"title", nullptr}};
  x["axis"] = {{"labelAngle", 0},
               {"labelExpr", "split(datum.label, '\\n')"},
               {"labelLimit", 120},
               {"labelOverlap", chart.categories.size() > 12 ? Json("greedy") : Json(false)}};
  return x;
}

Json y_of(const Chart& chart, const Axis& axis, const char* field) {
  Json y = {{"field", field}, {"type", "quantitative"}};
  y["scale"] = {{"domain", Json::array({axis.low, axis.high})}, {"nice", false}};
  y["title"] = chart.unit.empty() ? chart.y : chart.y + ", " + chart.unit;
  y["axis"] = {{"tickCount", 5}};
  if (!chart.stacked) y["stack"] = nullptr;
  return y;
}

/// A layer that draws `field` where there is a value.
Json layer(const Chart& chart, const Axis& axis, Json mark, const char* field) {
  Json encoding = {{"x", x_of(chart)}, {"y", y_of(chart, axis, field)}};
  const bool grouped = chart.mark == Chart::Mark::kBar && !chart.stacked && chart.series.size() > 1;
  if (grouped) encoding["xOffset"] = {{"field", "series"}, {"sort", nullptr}};
  return {{"transform", Json::array({{{"filter", "isValid(datum." + std::string(field) + ")"}}})},
          {"mark", std::move(mark)},
          {"encoding", std::move(encoding)}};
}

Json with_text(Json layer, const char* field, const char* filter = nullptr) {
  layer["encoding"]["text"] = {{"field", field}};
  if (filter != nullptr) layer["transform"].push_back({{"filter", filter}});
  return layer;
}

Json series_colour(const Chart& chart) {
  return {{"field", "series"},
          {"type", "nominal"},
          {"sort", nullptr},
          {"scale", {{"domain", chart.series}}},
          {"title", nullptr}};
}

Json measured(const Chart& chart, const Axis& axis) {
  Json mark;
  switch (chart.mark) {
    case Chart::Mark::kBar:
      mark = {{"type", "bar"}};
      break;
    case Chart::Mark::kLine:
      mark = {{"type", "line"}, {"point", true}, {"strokeWidth", 2}};
      break;
    case Chart::Mark::kArea:
      mark = {{"type", "area"}, {"opacity", 0.7}};
      break;
    case Chart::Mark::kPoint:
      mark = {{"type", "point"}, {"filled", true}, {"size", 60}};
      break;
  }
  mark["style"] = "measured";
  Json out = layer(chart, axis, std::move(mark), "value");
  if (chart.series.size() > 1) out["encoding"]["color"] = series_colour(chart);
  return out;
}

Json config() {
  const Json muted = ChartColours::kMuted;
  Json series = Json::array();
  for (const char* colour : ChartColours::kSeries) series.push_back(colour);
  return {
      {"font", "system-ui, 'Helvetica Neue', Arial, 'PingFang SC', 'Noto Sans CJK SC', sans-serif"},
      {"background", "transparent"},
      {"view", {{"stroke", nullptr}}},
      {"bar", {{"discreteBandSize", {{"band", 0.74}}}}},
      {"range", {{"category", series}}},
      {"axis",
       {{"labelColor", muted},
        {"titleColor", muted},
        {"titleFontWeight", "normal"},
        {"labelFontSize", 12},
        {"titleFontSize", 12},
        {"gridColor", ChartColours::kGrid},
        {"domainColor", muted},
        {"ticks", false},
        {"labelPadding", 6}}},
      {"axisY",
       {{"domain", false},
        {"titleAngle", 0},
        {"titleAlign", "left"},
        {"titleAnchor", "end"},
        {"titleX", 0},
        {"titleY", -14}}},
      {"axisX", {{"grid", false}}},
      {"legend", {{"orient", "top"}, {"labelColor", muted}, {"labelFontSize", 12}}},
      {"style",
       {{"measured", {{"color", ChartColours::kAccent}}},
        {"measured-label", {{"color", ChartColours::kInk}, {"fontSize", 12}, {"fontWeight", 600}}},
        {"measured-inside", {{"color", "#ffffff"}, {"fontSize", 12}, {"fontWeight", 600}}},
        {"published", {{"color", ChartColours::kInk}}},
        {"published-label", {{"color", ChartColours::kInk}, {"fontSize", 11}}},
        {"published-inside", {{"color", "#ffffff"}, {"fontSize", 11}}}}},
  };
}

bool has_published(const Chart& chart) {
  for (const ChartPoint& point : chart.points) {
    if (point.published) return true;
  }
  return false;
}

}  // namespace

Json vega_lite(const Chart& chart) {
  const Axis axis = axis_of(chart);
  const bool drawn_wide = chart.mark == Chart::Mark::kBar;
  Json layers = Json::array({measured(chart, axis)});
  if (!chart.stacked && chart.series.size() == 1) {
    Json above = layer(
        chart, axis, {{"type", "text"}, {"dy", drawn_wide ? -8 : -12}, {"style", "measured-label"}},
        "value");
    layers.push_back(with_text(std::move(above), "text", "!datum.inside"));
    Json inside =
        layer(chart, axis, {{"type", "text"}, {"baseline", "bottom"}, {"style", "measured-inside"}},
              "value");
    inside["encoding"]["y"] = {{"datum", axis.low > 0 ? axis.low : 0}};
    inside["mark"]["dy"] = -5;
    layers.push_back(with_text(std::move(inside), "text", "datum.inside"));
  }
  if (has_published(chart)) {
    Json tick = drawn_wide ? Json{{"type", "tick"}, {"orient", "horizontal"}, {"thickness", 2.5}}
                           : Json{{"type", "point"}, {"shape", "diamond"}, {"size", 60}};
    tick["style"] = "published";
    layers.push_back(layer(chart, axis, std::move(tick), "published"));
    for (const bool covered : {false, true}) {
      const Json mark = {{"type", "text"},
                         {"dy", -8},
                         {"style", covered ? "published-inside" : "published-label"}};
      layers.push_back(with_text(layer(chart, axis, mark, "published"), "published_text",
                                 covered ? "datum.covered" : "!datum.covered"));
    }
  }
  return {{"$schema", "https://vega.github.io/schema/vega-lite/v5.json"},
          {"title", chart.title},
          {"width", 560},
          {"height", 280},
          {"data", {{"values", values_of(chart, axis)}}},
          {"layer", std::move(layers)},
          {"config", config()}};
}

}  // namespace cadre
