#include "cadre/report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

#include "cadre/text/markup.hpp"

namespace cadre {
namespace {

// Units of the drawing, which are pixels at its natural size.
constexpr double kWidth = 640;
constexpr double kHeight = 372;
constexpr double kLeft = 48;
constexpr double kRight = 12;
constexpr double kTop = 76;
constexpr double kBottom = 52;
constexpr double kBand = 0.74;        // of the room of a category
constexpr double kBearsLabel = 0.12;  // of the height: higher bars bear their number

class Drawing {
 public:
  explicit Drawing(const Chart& chart)
      : chart_(chart), axis_(axis_of(chart)), places_(places_of(chart)) {}

  std::string draw() {
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
        "height=\"{1}\" role=\"img\" font-family=\"system-ui, 'Helvetica Neue', Arial, "
        "'PingFang SC', 'Noto Sans CJK SC', sans-serif\" font-size=\"12\">\n<title>{2}</title>\n",
        kWidth, kHeight, escape_markup_line(chart_.title));
    title();
    text(0, kTop - 12, chart_.unit.empty() ? chart_.y : chart_.y + ", " + chart_.unit,
         {.colour = ChartColours::kMuted});
    legend();
    grid();
    measured();
    published();
    categories();
    return out_ + "</svg>\n";
  }

 private:
  struct Style {
    const char* colour = ChartColours::kInk;
    const char* anchor = "start";
    double size = 12;
    int weight = 400;
  };

  void text(double x, double y, std::string_view words, const Style& style) {
    if (words.empty()) return;
    out_ += fmt::format(
        "<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\" text-anchor=\"{}\" font-size=\"{}\" "
        "font-weight=\"{}\">{}</text>\n",
        x, y, style.colour, style.anchor, style.size, style.weight, escape_markup_line(words));
  }

  void line(double x1, double y1, double x2, double y2, const char* colour, double width) {
    out_ += fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
        "stroke-width=\"{}\"/>\n",
        x1, y1, x2, y2, colour, width);
  }

  double y_of(double value) const {
    const double share = (value - axis_.low) / (axis_.high - axis_.low);
    return kHeight - kBottom - share * (kHeight - kTop - kBottom);
  }

  double room() const { return (kWidth - kLeft - kRight) / places_.size; }

  double middle(std::size_t category) const { return kLeft + room() * places_.middles[category]; }

  bool grouped() const { return chart_.series.size() > 1 && !chart_.stacked; }

  double bar_width() const {
    const double band = room() * kBand;
    return grouped() ? band / static_cast<double>(chart_.series.size()) : band;
  }

  /// The left edge of a bar.
  double bar_left(const ChartPoint& point) const {
    const double left = middle(point.category) - room() * kBand / 2;
    return grouped() ? left + bar_width() * static_cast<double>(point.series) : left;
  }

  double mark_middle(const ChartPoint& point) const {
    if (chart_.mark != Chart::Mark::kBar) return middle(point.category);
    return bar_left(point) + bar_width() / 2;
  }

  static const char* colour_of(std::size_t series) {
    return ChartColours::kSeries[series % std::size(ChartColours::kSeries)];
  }

  /// About how wide a text is: Chinese characters are twice as wide as others.
  static double width_of(std::string_view words) {
    double width = 0;
    for (const char c : words) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x80) width += 6.6;
      if (byte >= 0xC0) width += byte >= 0xE0 ? 12.5 : 6.6;
    }
    return width;
  }

  /// The title, in two lines where it is too long for one.
  void title() {
    constexpr double kScale = 15.0 / 12.0 * 1.12;  // larger and bolder than other texts
    const Style style{.size = 15, .weight = 600};
    std::string_view rest = chart_.title;
    for (double y = 16; !rest.empty() && y < 40; y += 19) {
      std::size_t end = rest.size();
      while (y < 20 && width_of(rest.substr(0, end)) * kScale > kWidth) {
        const std::size_t space = rest.rfind(' ', end - 1);
        if (space == std::string_view::npos || space == 0) break;
        end = space;
      }
      text(0, y, rest.substr(0, end), style);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  void legend() {
    double x = kWidth - kRight;
    const auto entry = [&](const std::string& words, const auto& draw_sign) {
      x -= width_of(words) + 20;
      draw_sign(x);
      text(x + 18, kTop - 12, words, {.colour = ChartColours::kMuted});
      x -= 12;
    };
    const bool any = std::any_of(chart_.points.begin(), chart_.points.end(),
                                 [](const ChartPoint& point) { return point.published; });
    if (any) {
      entry("published",
            [&](double at) { line(at, kTop - 16, at + 13, kTop - 16, ChartColours::kInk, 2.5); });
    }
    if (chart_.series.size() == 1 && !any) return;
    for (std::size_t i = chart_.series.size(); i-- > 0;) {
      entry(chart_.series.size() == 1 ? "measured" : chart_.series[i], [&](double at) {
        out_ +=
            fmt::format("<rect x=\"{:.1f}\" y=\"{}\" width=\"12\" height=\"12\" fill=\"{}\"/>\n",
                        at, kTop - 22, colour_of(i));
      });
    }
  }

  void grid() {
    const auto steps = static_cast<int>(std::lround((axis_.high - axis_.low) / axis_.step));
    for (int i = 0; i <= steps; ++i) {
      const double value = axis_.low + i * axis_.step;
      const bool zero = std::abs(value) < axis_.step / 1000;
      line(kLeft, y_of(value), kWidth - kRight, y_of(value),
           zero ? ChartColours::kMuted : ChartColours::kGrid, 1);
      text(kLeft - 8, y_of(value) + 4, chart_number(value),
           {.colour = ChartColours::kMuted, .anchor = "end"});
    }
  }

  void measured() {
    switch (chart_.mark) {
      case Chart::Mark::kBar:
        bars();
        break;
      case Chart::Mark::kArea:
        lines(true);
        break;
      case Chart::Mark::kLine:
        lines(false);
        points();
        break;
      case Chart::Mark::kPoint:
        points();
        break;
    }
  }

  void bars() {
    std::vector<double> tops(chart_.categories.size());
    for (const ChartPoint& point : chart_.points) {
      if (!point.value) continue;
      const double from = chart_.stacked ? tops[point.category] : 0;
      const double to = from + *point.value;
      tops[point.category] = to;
      out_ += fmt::format(
          "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n",
          bar_left(point), y_of(std::max(from, to)), bar_width(), std::abs(y_of(from) - y_of(to)),
          colour_of(point.series));
      if (!chart_.stacked && chart_.series.size() == 1) bar_label(point);
    }
  }

  void bar_label(const ChartPoint& point) {
    const std::string words = chart_number(*point.value) + chart_.unit;
    const bool inside = *point.value > kBearsLabel * (axis_.high - axis_.low);
    const double y = inside ? y_of(0) - 6 : y_of(std::max(0.0, *point.value)) - 5;
    text(mark_middle(point), y, words,
         {.colour = inside ? "#ffffff" : ChartColours::kInk, .anchor = "middle", .weight = 600});
  }

  void lines(bool filled) {
    for (std::size_t series = 0; series < chart_.series.size(); ++series) {
      std::string path;
      double first = 0;
      double last = 0;
      for (const ChartPoint& point : chart_.points) {
        if (point.series != series || !point.value) continue;
        last = middle(point.category);
        if (path.empty()) first = last;
        path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", last, y_of(*point.value));
      }
      if (path.empty()) continue;
      if (filled)
        path += fmt::format("L{:.1f} {:.1f}L{:.1f} {:.1f}Z", last, y_of(0), first, y_of(0));
      out_ += fmt::format("<path d=\"{}\" {}=\"{}\" {}/>\n", path, filled ? "fill" : "stroke",
                          colour_of(series),
                          filled ? "fill-opacity=\"0.7\"" : "fill=\"none\" stroke-width=\"2\"");
    }
  }

  void points() {
    for (const ChartPoint& point : chart_.points) {
      if (!point.value) continue;
      out_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"{}\"/>\n",
                          middle(point.category), y_of(*point.value), colour_of(point.series));
      if (chart_.series.size() > 1) continue;
      text(middle(point.category), y_of(*point.value) - 9, chart_number(*point.value) + chart_.unit,
           {.anchor = "middle", .weight = 600});
    }
  }

  void published() {
    for (const ChartPoint& point : chart_.points) {
      if (!point.published) continue;
      const double y = y_of(*point.published);
      const double half = chart_.mark == Chart::Mark::kBar ? bar_width() / 2 : 9;
      line(mark_middle(point) - half, y, mark_middle(point) + half, y, ChartColours::kInk, 2.5);
      const bool covered =
          chart_.mark == Chart::Mark::kBar && point.value && *point.published < *point.value;
      text(mark_middle(point), y - 5, chart_number(*point.published) + chart_.unit,
           {.colour = covered ? "#ffffff" : ChartColours::kInk, .anchor = "middle", .size = 11});
    }
  }

  /// The names below the axis; every second or third one only, where they would meet.
  void categories() {
    if (chart_.time) return dates();
    double widest = 0;
    for (const ChartCategory& category : chart_.categories) {
      widest = std::max({widest, width_of(category.name), width_of(category.detail)});
    }
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil((widest + 6) / room())));
    for (std::size_t i = 0; i < chart_.categories.size(); i += every) {
      text(middle(i), kHeight - kBottom + 20, chart_.categories[i].name, {.anchor = "middle"});
      text(middle(i), kHeight - kBottom + 36, chart_.categories[i].detail,
           {.colour = ChartColours::kMuted, .anchor = "middle", .size = 11});
    }
  }

  /// The dates below a time axis, as many as do not meet.
  void dates() {
    double free = 0;
    for (std::size_t i = 0; i < chart_.categories.size(); ++i) {
      const double half = width_of(chart_.categories[i].name) / 2 + 3;
      if (middle(i) - half < free) continue;
      free = middle(i) + half;
      text(middle(i), kHeight - kBottom + 20, chart_.categories[i].name, {.anchor = "middle"});
    }
  }

  const Chart& chart_;
  Axis axis_;
  ChartPlaces places_;
  std::string out_;
};

}  // namespace

std::string svg(const Chart& chart) {
  return Drawing(chart).draw();
}

}  // namespace cadre
