// The figures of a run: what their SQL measures, beside what a study has published.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/rules/model.hpp"
#include "cadre/run/run.hpp"
#include "cadre/run/study_figures.hpp"

namespace cadre {

/// The figures of a run in the order of the rules. Their `range` is not known.
std::vector<Figure> list_figures(const Run& run);

/// The figure of that name. Throws Error kUsage, with the nearest name, when there is none.
const Figure& find_figure(const std::vector<Figure>& figures, std::string_view name);

struct FigureColumn {
  std::string name;
  bool key = false;        ///< tells rows apart
  bool measured = false;   ///< the SQL gives it
  bool published = false;  ///< a published row names it
};

struct FigureRow {
  enum class Side : std::uint8_t {
    kBoth,       ///< measured and published
    kMeasured,   ///< the study says nothing of it
    kPublished,  ///< only the study has it
  };
  Side side = Side::kMeasured;
  std::vector<Cell> measured;   ///< parallel to the columns; empty cells where there is nothing
  std::vector<Cell> published;  ///< likewise
};

struct ComputedFigure {
  Figure figure;
  std::vector<FigureColumn> columns;  ///< those of the SQL, then those that only the study has
  std::vector<FigureRow> rows;  ///< as the SQL orders them, then those that only the study has
};

/// Runs the SQL of a figure and lays the published rows beside its own, by the figure's key: the
/// columns it names, else the chart's x, else the first column. Of several measured rows with the
/// same key the first meets the published one. Throws Error kUsage for wrong SQL or a key column
/// that it does not give, kLimit when it passes a limit.
ComputedFigure compute_figure(const Run& run, const Figure& figure, const QueryLimits& limits = {});
/// The same over a study; `figure` is one of the rules that are asked.
ComputedFigure compute_figure(StudyFigures::Answers& answers, const Figure& figure);

/// The columns by which the rows of the figure's answer are told apart: the key that it names, else
/// the chart's x, else the first column.
std::vector<std::string> key_columns(const Figure& figure, const Result& result);

/// Measured minus published, where both are numbers.
std::optional<double> difference(const Cell& measured, const Cell& published);

/// The figure as one table, for files and programs. Each published column NAME other than the key
/// is followed by NAME_published and, where a row has both as numbers, NAME_difference.
Result as_table(const ComputedFigure& figure);

}  // namespace cadre
