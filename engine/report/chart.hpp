// What is drawn of a figure, whoever draws it: the report and papers as Vega-Lite
// (report/vega_lite.hpp), files as SVG (report/svg.hpp), so that all of them look the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cadre/analyse/figure_people.hpp"
#include "cadre/analyse/figures.hpp"

namespace cadre {

/// A place along the x axis.
struct ChartCategory {
  std::string name;
  std::string detail;  ///< the counts behind a percentage, "17 of 33"; or empty
  double time = 0;     ///< on a time axis: the year and the part of it before that day
};

/// One bar, or one point of a line.
struct ChartPoint {
  std::size_t category = 0;         ///< index into Chart::categories
  std::size_t series = 0;           ///< index into Chart::series
  std::size_t row = 0;              ///< of the figure
  std::size_t column = 0;           ///< of the figure: the one that is drawn
  std::optional<double> value;      ///< measured; nothing where only the study has a number
  std::optional<double> published;  ///< what the study says
};

struct Chart {
  enum class Mark : std::uint8_t { kBar, kLine, kArea, kPoint };

  Mark mark = Mark::kBar;
  std::string title;
  std::string x;     ///< the name of the column along the x axis
  std::string y;     ///< what is measured: the column, or the columns
  std::string unit;  ///< such as %
  bool stacked = false;
  /// Whether x are dates, so that categories stand where they lie in time. Bars have a time axis
  /// for years only; a chart of one date has none. Rows without a date are not drawn then, and the
  /// title says how many.
  bool time = false;
  double time_step = 0;  ///< of a time axis of years: how many years a place stands for; or 0
  std::vector<ChartCategory> categories;  ///< in the order of time, or of the figure's rows
  std::vector<std::string> series;        ///< at least one
  std::vector<ChartPoint> points;         ///< by row, on a time axis by category; then by series
};

/// More columns on an axis, or more points, than this make no chart that anybody can read.
inline constexpr std::size_t kMostChartColumns = 100;
inline constexpr std::size_t kMostChartPoints = 100'000;

/// The chart that the figure asks for, or nothing: for `mark: table`, without a chart, when its
/// axes name no columns of the figure, or when it would be too large.
std::optional<Chart> chart_of(const ComputedFigure& figure);

/// Where categories stand: `size` places in a row, and for each category the place of its middle.
struct ChartPlaces {
  double size = 1;
  std::vector<double> middles;
};
ChartPlaces places_of(const Chart& chart);

/// From zero (or below) to above the largest value, in even steps of 1, 2 or 5 times a power of
/// ten.
struct Axis {
  double low = 0;
  double high = 1;
  double step = 1;
};
Axis axis_of(const Chart& chart);

/// A number as charts write it: without needless zeros, at most two decimals.
std::string chart_number(double value);

/// The colours of charts on white paper.
struct ChartColours {
  static constexpr const char* kInk = "#1c1e21";
  static constexpr const char* kMuted = "#5b6068";
  static constexpr const char* kGrid = "#e3e5e8";
  static constexpr const char* kAccent = "#0f6b78";
  static constexpr const char* kSeries[] = {"#0f6b78", "#b8862f", "#7a4f8c",
                                            "#5b6068", "#9c3d2e", "#4f7a3a"};
};

}  // namespace cadre
