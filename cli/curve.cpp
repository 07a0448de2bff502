#include "cli/curve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "cadre/text/markup.hpp"
#include "cadre/text/utf8.hpp"
#include "cli/table.hpp"

namespace cadre::cli {
namespace {

constexpr const char* kAsTheyAre = "the rules as they are";

struct Scale {
  double low = 0;
  double high = 1;
  double at(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

Scale scale_of(const SpecificationCurve& curve) {
  Scale scale{curve.points.front().outcome, curve.points.back().outcome};
  if (curve.baseline) {
    scale.low = std::min(scale.low, *curve.baseline);
    scale.high = std::max(scale.high, *curve.baseline);
  }
  return scale;
}

std::string title_of(const SpecificationCurve& curve) {
  return fmt::format("{}, {}, {}", curve.cell.figure, curve.cell.row, curve.cell.column);
}

}  // namespace

std::string render_curve(const SpecificationCurve& curve, const Sweep& sweep,
                         const Terminal& terminal) {
  if (curve.points.empty()) return {};
  constexpr std::size_t kHeight = 8;
  constexpr std::size_t kNames = 32;
  static constexpr const char* kEighths[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static constexpr const char* kShades[] = {" ", "░", "▒", "▓", "█"};

  std::size_t names = display_width(kAsTheyAre);
  for (const Sweep::Axis& axis : sweep.axes) {
    for (const Sweep::Alternative& one : axis.alternatives) {
      names = std::max(names, display_width(axis.name) + display_width(one.name) + 1);
    }
  }
  names = std::min(names, kNames);
  const std::size_t room = terminal.width > names + 14 ? terminal.width - names - 4 : 10;
  const std::size_t columns = std::min({room, std::size_t{80}, curve.points.size()});
  const auto first_of = [&](std::size_t column) { return column * curve.points.size() / columns; };
  const Scale scale = scale_of(curve);
  const auto name = [&](const std::string& text) {
    return padded(cut_to_width(text, names), names) + "  ";
  };

  std::string out = terminal.styled(Style::kBold, "Specification curve: " + title_of(curve)) + "\n";
  for (std::size_t line = kHeight; line-- > 0;) {
    std::string text;
    for (std::size_t column = 0; column < columns; ++column) {
      const std::size_t middle = (first_of(column) + first_of(column + 1) - 1) / 2;
      // The lowest value still has a sliver, so that no column looks empty.
      const double eighths = 1 + scale.at(curve.points[middle].outcome) * (8.0 * kHeight - 1) -
                             8.0 * static_cast<double>(line);
      text += kEighths[static_cast<std::size_t>(std::lround(std::clamp(eighths, 0.0, 8.0)))];
    }
    const std::string label = line + 1 == kHeight ? cell_text(scale.high)
                              : line == 0         ? cell_text(scale.low)
                                                  : "";
    const std::string padding(names - std::min(names, display_width(label)), ' ');
    out += padding + label + "  " + terminal.styled(Style::kCyan, text) + "\n";
  }
  if (curve.baseline) {
    const auto below = std::count_if(
        curve.points.begin(), curve.points.end(),
        [&](const CurvePoint& point) { return point.outcome < *curve.baseline - 1e-9; });
    const std::size_t at = static_cast<std::size_t>(below) * columns / curve.points.size();
    out += name(kAsTheyAre) + std::string(std::min(at, columns - 1), ' ') +
           terminal.styled(Style::kYellow, "▲ " + cell_text(*curve.baseline)) + "\n";
  }
  for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
    for (std::size_t i = 0; i < sweep.axes[axis].alternatives.size(); ++i) {
      std::string text;
      for (std::size_t column = 0; column < columns; ++column) {
        const std::size_t begin = first_of(column);
        const std::size_t end = first_of(column + 1);
        std::size_t count = 0;
        for (std::size_t at = begin; at < end; ++at) {
          count += curve.points[at].alternatives[axis] == i ? 1 : 0;
        }
        const double share = static_cast<double>(count) / static_cast<double>(end - begin);
        text += kShades[static_cast<std::size_t>(std::ceil(share * 4))];
      }
      out += name(sweep.axes[axis].name + " " + sweep.axes[axis].alternatives[i].name) +
             terminal.styled(Style::kDim, text) + "\n";
    }
  }
  return out;
}

std::string curve_svg(const SpecificationCurve& curve, const Sweep& sweep) {
  constexpr double kNames = 220;
  constexpr double kWide = 640;
  constexpr double kTop = 40;
  constexpr double kHigh = 200;
  constexpr double kLine = 16;
  std::size_t lines = 0;
  for (const Sweep::Axis& axis : sweep.axes) lines += axis.alternatives.size() + 1;
  const double width = kNames + kWide + 30;
  const double height = kTop + kHigh + 30 + kLine * static_cast<double>(lines) + 10;
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n"
      "<title>Specification curve: {2}</title>\n"
      "<style>text {{ fill: #767676 }} .name {{ text-anchor: end }} .point {{ fill: #3f7fbf }} "
      ".axis {{ font-weight: bold }} .base {{ stroke: #c77700; fill: #c77700 }} "
      "line {{ stroke: #999 }}</style>\n"
      "<text x=\"{3:.0f}\" y=\"20\" class=\"axis\">{2}: {4} specifications of {5}</text>\n",
      width, height, escape_markup_line(title_of(curve)), kNames, curve.points.size(),
      escape_markup_line(sweep.name));
  if (curve.points.empty()) return out + "</svg>\n";

  const Scale scale = scale_of(curve);
  const auto x = [&](std::size_t at) {
    return kNames +
           kWide * (static_cast<double>(at) + 0.5) / static_cast<double>(curve.points.size());
  };
  const auto y = [&](double value) { return kTop + kHigh * (1 - scale.at(value)); };
  const double dot = std::clamp(kWide / static_cast<double>(curve.points.size()), 0.6, 6.0);
  out += fmt::format(
      "<line x1=\"{0:.0f}\" y1=\"{1:.0f}\" x2=\"{0:.0f}\" y2=\"{2:.0f}\"/>\n"
      "<text class=\"name\" x=\"{3:.0f}\" y=\"{4:.0f}\">{5}</text>\n"
      "<text class=\"name\" x=\"{3:.0f}\" y=\"{6:.0f}\">{7}</text>\n",
      kNames - 4, kTop - 4, kTop + kHigh + 4, kNames - 10, kTop + 4,
      escape_markup_line(cell_text(scale.high)), kTop + kHigh + 4,
      escape_markup_line(cell_text(scale.low)));
  if (curve.baseline) {
    out += fmt::format(
        "<line class=\"base\" stroke-dasharray=\"4 3\" x1=\"{:.0f}\" y1=\"{:.1f}\" x2=\"{:.0f}\" "
        "y2=\"{:.1f}\"/>\n<text x=\"{:.0f}\" y=\"{:.1f}\">the rules as they are: {}</text>\n",
        kNames, y(*curve.baseline), kNames + kWide, y(*curve.baseline), kNames + 6,
        y(*curve.baseline) - 5, escape_markup_line(cell_text(*curve.baseline)));
  }
  out += "<g class=\"point\">\n";
  for (std::size_t at = 0; at < curve.points.size(); ++at) {
    out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"/>\n", x(at),
                       y(curve.points[at].outcome), std::max(dot / 2, 1.2));
  }
  out += "</g>\n";
  double top = kTop + kHigh + 30;
  for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
    const Sweep::Axis& choice = sweep.axes[axis];
    out += fmt::format("<text class=\"name axis\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n",
                       kNames - 10, top + 10, escape_markup_line(choice.name));
    top += kLine;
    for (std::size_t i = 0; i < choice.alternatives.size(); ++i) {
      out += fmt::format(
          "<text class=\"name\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n<path "
          "class=\"point\" d=\"",
          kNames - 10, top + 10, escape_markup_line(choice.alternatives[i].name));
      for (std::size_t at = 0; at < curve.points.size(); ++at) {
        if (curve.points[at].alternatives[axis] != i) continue;
        out += fmt::format("M{:.1f} {:.1f}h{:.1f}v10h-{:.1f}z", x(at) - dot / 2, top + 1, dot, dot);
      }
      out += "\"/>\n";
      top += kLine;
    }
  }
  return out + "</svg>\n";
}

}  // namespace cadre::cli
