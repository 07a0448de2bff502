// Charts for the terminal: one bar a row, drawn in eighths of a character.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace cadre::cli {

struct Bar {
  std::string name;
  std::optional<double> value;      ///< nothing: no bar
  std::optional<double> published;  ///< marked on the bar's line, where a study gives a number
};

/// A chart of bars that begin at zero, the longest as wide as the terminal allows. Negative values
/// have no bar but their number. With published values a closing line explains the mark.
std::string render_bars(const std::vector<Bar>& bars, const Terminal& terminal);

}  // namespace cadre::cli
