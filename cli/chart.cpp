#include "cli/chart.hpp"

#include <algorithm>
#include <cmath>

#include "cadre/text/utf8.hpp"
#include "cli/table.hpp"

namespace cadre::cli {
namespace {

constexpr std::size_t kWidest = 60;  // columns; longer bars are harder to compare
constexpr const char* kMark = "┆";

/// A bar of so many columns, with the last one filled in eighths.
std::vector<std::string> bar_cells(double columns, std::size_t width) {
  static constexpr const char* kEighths[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
  std::vector<std::string> cells(width, " ");
  for (std::size_t i = 0; i < width; ++i) {
    const double filled = std::clamp(columns - static_cast<double>(i), 0.0, 1.0);
    cells[i] = kEighths[static_cast<std::size_t>(std::lround(filled * 8))];
  }
  return cells;
}

}  // namespace

std::string render_bars(const std::vector<Bar>& bars, const Terminal& terminal) {
  std::size_t name_width = 0;
  double largest = 0;
  bool any_published = false;
  for (const Bar& bar : bars) {
    name_width = std::max(name_width, display_width(bar.name));
    largest = std::max({largest, bar.value.value_or(0), bar.published.value_or(0)});
    any_published = any_published || bar.published.has_value();
  }
  name_width = std::min<std::size_t>(name_width, 30);
  const std::size_t taken = name_width + 12;
  const std::size_t width =
      std::min(kWidest, terminal.width > taken + 10 ? terminal.width - taken : std::size_t{10});
  const double scale = largest > 0 ? static_cast<double>(width) / largest : 0;

  std::string out;
  for (const Bar& bar : bars) {
    std::vector<std::string> cells = bar_cells(bar.value.value_or(0) * scale, width + 1);
    std::string line;
    const double mark = bar.published ? std::floor(*bar.published * scale) : -1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      line += mark == static_cast<double>(i) ? terminal.styled(Style::kYellow, kMark)
                                             : terminal.styled(Style::kCyan, cells[i]);
    }
    out += padded(cut_to_width(bar.name, name_width), name_width) + "  " + line + " " +
           (bar.value ? cell_text(*bar.value) : "not known") + "\n";
  }
  if (any_published) out += std::string(kMark) + " published\n";
  return out;
}

}  // namespace cadre::cli
