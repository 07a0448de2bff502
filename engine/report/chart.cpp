#include "cadre/report/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "cadre/analyse/cells.hpp"
#include "cadre/base/date.hpp"
#include "cadre/base/json.hpp"
#include "cadre/base/number.hpp"
#include "cadre/rules/cell_json.hpp"

namespace cadre {
namespace {

/// The columns that an axis names, as indices; those that the figure lacks are left out.
std::vector<std::size_t> columns_of(const ComputedFigure& figure, const Json& axis) {
  std::vector<std::size_t> found;
  const auto add = [&](const Json& name) {
    if (!name.is_string()) return;
    const std::string& wanted = name.string();
    for (std::size_t i = 0; i < figure.columns.size(); ++i) {
      if (figure.columns[i].name == wanted) found.push_back(i);
    }
  };
  if (axis.is_array() && axis.size() > kMostChartColumns) return found;
  if (axis.is_array()) {
    for (const Json& name : axis) add(name);
  } else {
    add(axis);
  }
  return found;
}

std::optional<Chart::Mark> mark_of(const std::string& name) {
  if (name == "bar") return Chart::Mark::kBar;
  if (name == "line") return Chart::Mark::kLine;
  if (name == "area") return Chart::Mark::kArea;
  if (name == "point") return Chart::Mark::kPoint;
  return std::nullopt;
}

/// Fills categories, series and points from the rows of a figure.
class Plot {
 public:
  enum class Nulls : std::uint8_t { kAreCategory, kAreLeftOut };

  Plot(const ComputedFigure& figure, Chart& chart) : figure_(figure), chart_(chart) {}

  /// Returns how many rows were left out because their x is NULL.
  std::size_t add(std::size_t x, const std::vector<std::size_t>& ys,
                  std::optional<std::size_t> colour, Nulls nulls) {
    std::size_t left_out = 0;
    for (std::size_t row = 0; row < figure_.rows.size(); ++row) {
      const Cell& x_cell = own_cell(row, x);
      if (nulls == Nulls::kAreLeftOut && std::holds_alternative<std::monostate>(x_cell)) {
        ++left_out;
        continue;
      }
      const std::size_t category = category_of(x_cell);
      for (const std::size_t y : ys) {
        const std::string series =
            colour ? text_of(own_cell(row, *colour)) : figure_.columns[y].name;
        chart_.points.push_back({category, series_of(series), row, y,
                                 number_of(figure_.rows[row].measured[y]),
                                 number_of(figure_.rows[row].published[y])});
      }
    }
    return left_out;
  }

  /// Says under each category of what the percentage is one.
  void add_counts(std::size_t y) {
    for (const Share& share : shares_of(figure_)) {
      if (share.column != y) continue;
      for (const ChartPoint& point : chart_.points) {
        const std::vector<Cell>& cells = figure_.rows[point.row].measured;
        if (!point.value) continue;
        chart_.categories[point.category].detail =
            fmt::format("{} of {}", text_of(cells[share.part]), text_of(cells[share.whole]));
      }
    }
  }

 private:
  /// A cell that names the row: measured, or the study's where only the study has the row.
  const Cell& own_cell(std::size_t row, std::size_t column) const {
    const FigureRow& one = figure_.rows[row];
    const bool only_published = one.side == FigureRow::Side::kPublished;
    return only_published ? one.published[column] : one.measured[column];
  }

  std::size_t category_of(const Cell& cell) {
    const auto [found, is_new] = categories_.emplace(text_of(cell), chart_.categories.size());
    if (is_new) chart_.categories.push_back({found->first, ""});
    return found->second;
  }

  std::size_t series_of(const std::string& name) {
    const auto [found, is_new] = series_.emplace(name, chart_.series.size());
    if (is_new) chart_.series.push_back(name);
    return found->second;
  }

  const ComputedFigure& figure_;
  Chart& chart_;
  std::map<std::string, std::size_t> categories_;  // their numbers, by name
  std::map<std::string, std::size_t> series_;
};

double time_of(const Date& date) {
  const Day year = day_of(date.year(), 1, 1);
  return date.year() + (date.first() - year) / 366.0;
}

/// Gives the chart a time axis if all its categories are dates.
void use_time(Chart& chart) {
  std::vector<ChartCategory>& categories = chart.categories;
  if (categories.size() < 2) return;
  bool years = true;
  for (ChartCategory& category : categories) {
    const std::optional<Date> date = Date::parse(category.name);
    if (!date || date->year() < 1000) return;
    category.time = time_of(*date);
    years = years && date->month() == 0;
  }
  const auto [first, last] = std::minmax_element(
      categories.begin(), categories.end(),
      [](const ChartCategory& a, const ChartCategory& b) { return a.time < b.time; });
  if (first->time == last->time || (!years && chart.mark == Chart::Mark::kBar)) return;
  chart.time = true;

  std::vector<std::size_t> order(categories.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return categories[a].time < categories[b].time;
  });
  std::vector<ChartCategory> sorted;
  std::vector<std::size_t> place(order.size());
  for (const std::size_t category : order) {
    place[category] = sorted.size();
    sorted.push_back(std::move(categories[category]));
  }
  categories = std::move(sorted);
  for (ChartPoint& point : chart.points) point.category = place[point.category];
  std::stable_sort(
      chart.points.begin(), chart.points.end(),
      [](const ChartPoint& a, const ChartPoint& b) { return a.category < b.category; });
  if (!years) return;
  int step = 0;
  for (const ChartCategory& category : categories) {
    step = std::gcd(step, static_cast<int>(category.time - categories.front().time));
  }
  chart.time_step = step;
}

/// The largest and smallest sums of what stands on top of each other.
void stack_bounds(const Chart& chart, double& low, double& high) {
  std::vector<double> sums(chart.categories.size());
  for (const ChartPoint& point : chart.points) sums[point.category] += point.value.value_or(0);
  for (const double sum : sums) {
    low = std::min(low, sum);
    high = std::max(high, sum);
  }
}

}  // namespace

std::optional<Chart> chart_of(const ComputedFigure& figure) {
  const Json json = Json::parse(figure.figure.chart_json).value_or(nullptr);
  if (!json.is_object() || figure.rows.empty()) return std::nullopt;
  const std::optional<Chart::Mark> mark = mark_of(json.text_or("mark", ""));
  const auto axis = [&](const char* name) {
    const Json* column = json.find(name);
    return column != nullptr ? columns_of(figure, *column) : std::vector<std::size_t>();
  };
  const std::vector<std::size_t> x = axis("x");
  const std::vector<std::size_t> y = axis("y");
  const std::vector<std::size_t> colour = axis("color");
  if (!mark || x.empty() || y.empty()) return std::nullopt;
  if (y.size() * figure.rows.size() > kMostChartPoints) return std::nullopt;

  Chart chart;
  chart.mark = *mark;
  chart.title = json.text_or("title", "");
  if (chart.title.empty()) chart.title = figure.figure.title;
  chart.x = figure.columns[x.front()].name;
  chart.unit = json.text_or("unit", "");
  const Json* stack = json.find("stack");
  chart.stacked = stack != nullptr && stack->is_bool() && stack->boolean();
  for (const std::size_t column : y) {
    chart.y += (chart.y.empty() ? "" : ", ") + figure.columns[column].name;
  }
  const auto series_column =
      colour.empty() ? std::nullopt : std::optional<std::size_t>(colour.front());
  Chart dated = chart;
  const std::size_t undated =
      Plot(figure, dated).add(x.front(), y, series_column, Plot::Nulls::kAreLeftOut);
  use_time(dated);
  if (dated.time) {
    if (undated != 0) {
      dated.title += fmt::format(" (not drawn: {} {} without '{}')", undated,
                                 undated == 1 ? "row" : "rows", dated.x);
    }
    return dated;
  }
  Plot plot(figure, chart);
  plot.add(x.front(), y, series_column, Plot::Nulls::kAreCategory);
  if (chart.series.size() == 1) plot.add_counts(y.front());
  return chart;
}

ChartPlaces places_of(const Chart& chart) {
  ChartPlaces places;
  places.size = static_cast<double>(chart.categories.size());
  const double first = chart.categories.empty() ? 0 : chart.categories.front().time;
  const double span = chart.categories.empty() ? 0 : chart.categories.back().time - first;
  if (chart.time && chart.time_step > 0) places.size = span / chart.time_step + 1;
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    const double place = chart.time ? (chart.categories[i].time - first) / span * (places.size - 1)
                                    : static_cast<double>(i);
    places.middles.push_back(place + 0.5);
  }
  return places;
}

Axis axis_of(const Chart& chart) {
  double low = 0;
  double high = 0;
  for (const ChartPoint& point : chart.points) {
    low = std::min({low, point.value.value_or(0), point.published.value_or(0)});
    high = std::max({high, point.value.value_or(0), point.published.value_or(0)});
  }
  if (chart.stacked) stack_bounds(chart, low, high);
  if (high - low <= 0) high = low + 1;
  const double rough = (high - low) / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double lead = rough / power;
  const double step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  return {std::floor(low / step) * step, std::ceil(high / step) * step, step};
}

std::string chart_number(double value) {
  return number_text(value);
}

}  // namespace cadre
