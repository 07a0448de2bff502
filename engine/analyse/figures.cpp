#include "cadre/analyse/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "cadre/analyse/cells.hpp"
#include "cadre/base/diagnostic.hpp"
#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/rules/cell_json.hpp"
#include "cadre/run/figure_json.hpp"
#include "cadre/run/rule_places.hpp"

namespace cadre {
namespace {

class FigureComparison {
 public:
  FigureComparison(const Figure& figure, Result result) : key_(key_columns(figure, result)) {
    out_.figure = figure;
    for (const std::string& name : result.columns) {
      numbers_.emplace(name, out_.columns.size());
      out_.columns.push_back({name, false, true, false});
    }
    for (const std::string& name : key_) {
      const auto column = find(name);
      if (column == out_.columns.size()) {
        throw Error(Error::Kind::kUsage, "",
                    fmt::format("figure '{}': its SQL does not give the key column '{}'{}",
                                figure.name, name, did_you_mean(name, result.columns)));
      }
      out_.columns[column].key = true;
      key_numbers_.push_back(column);
    }
    for (std::vector<Cell>& cells : result.rows) {
      out_.rows.push_back({FigureRow::Side::kMeasured, std::move(cells), {}});
    }
    if (figure.published) {
      for (const PublishedRow& row : figure.published->rows) add_columns(row);
    }
    for (FigureRow& row : out_.rows) {
      row.measured.resize(out_.columns.size());
      row.published.resize(out_.columns.size());
    }
    if (!figure.published) return;
    for (std::size_t i = out_.rows.size(); i-- > 0;) {
      measured_[key_of(out_.rows[i].measured)].push_back(i);
    }
    for (const PublishedRow& row : figure.published->rows) add(row);
  }

  ComputedFigure take() { return std::move(out_); }

 private:
  using PublishedRow = std::vector<std::pair<std::string, Cell>>;

  /// The index of a column, or the number of columns.
  std::size_t find(std::string_view name) const {
    const auto found = numbers_.find(std::string(name));
    return found == numbers_.end() ? out_.columns.size() : found->second;
  }

  /// 19 is 19.0 in a key, and "19" as well.
  std::vector<std::string> key_of(const std::vector<Cell>& cells) const {
    std::vector<std::string> key;
    for (const std::size_t column : key_numbers_) {
      const auto* number = std::get_if<double>(&cells[column]);
      key.push_back(number != nullptr && *number == 0 ? "0" : text_of(cells[column]));
    }
    return key;
  }

  void add_columns(const PublishedRow& row) {
    for (const auto& [name, cell] : row) {
      const std::size_t column = find(name);
      if (column == out_.columns.size()) {
        numbers_.emplace(name, column);
        out_.columns.push_back({name, false, false, false});
      }
      out_.columns[column].published = true;
    }
  }

  void add(const PublishedRow& published) {
    std::vector<Cell> cells(out_.columns.size());
    for (const auto& [name, cell] : published) cells[find(name)] = cell;

    // The first row of that key that no other published row has taken.
    const auto row = measured_.find(key_of(cells));
    if (row != measured_.end() && !row->second.empty()) {
      FigureRow& taken = out_.rows[row->second.back()];
      row->second.pop_back();
      taken.side = FigureRow::Side::kBoth;
      taken.published = std::move(cells);
    } else {
      out_.rows.push_back(
          {FigureRow::Side::kPublished, std::vector<Cell>(out_.columns.size()), std::move(cells)});
    }
  }

  std::vector<std::string> key_;
  std::vector<std::size_t> key_numbers_;        // the columns of the key
  std::map<std::string, std::size_t> numbers_;  // of columns, the first of each name
  std::map<std::vector<std::string>, std::vector<std::size_t>> measured_;  // rows left, last first
  ComputedFigure out_;
};

/// " (figures.yaml:7)", or nothing where the run does not say.
std::string place_in(const Run& run, const std::string& figure) {
  try {
    const Result result =
        run.query("SELECT rule_file, rule_line FROM figures WHERE figure = ?1", {figure});
    if (result.rows.empty() || text_of(result.rows[0][0]).empty()) return "";
    return fmt::format(" ({}:{})", text_of(result.rows[0][0]), text_of(result.rows[0][1]));
  } catch (const Error&) {  // a damaged run: the first error says more
    return "";
  }
}

std::string place_in(const Rules& rules, const Figure& figure) {
  const RulePlaces places(rules);
  const std::optional<std::uint32_t> line = places.line(figure.range);
  return line ? fmt::format(" ({}:{})", places.file(figure.range), *line) : "";
}

/// Lays out what `ask` answers; an error gets the name of the figure and its place.
template <typename Ask, typename Place>
ComputedFigure compute(const Figure& figure, const Ask& ask, const Place& place) {
  try {
    return FigureComparison(figure, ask()).take();
  } catch (const Error& error) {
    const std::string start = fmt::format("figure '{}'", figure.name);
    std::string what = error.what();
    if (what.starts_with(start)) what.erase(0, start.size() + 2);
    throw Error(error.kind(), error.path(), fmt::format("{}{}: {}", start, place(), what));
  }
}

}  // namespace

std::vector<std::string> key_columns(const Figure& figure, const Result& result) {
  if (!figure.key.empty()) return figure.key;
  const Json chart = Json::parse(figure.chart_json).value_or(nullptr);
  if (const Json* x = chart.find("x"); x != nullptr && x->is_string()) return {x->string()};
  if (result.columns.empty()) return {};
  return {result.columns.front()};
}

std::vector<Figure> list_figures(const Run& run) {
  std::vector<Figure> figures;
  const Result result = run.query(
      "SELECT figure, title, note, sql, key, chart, published FROM figures ORDER BY position");
  for (const std::vector<Cell>& row : result.rows) {
    Figure figure;
    figure.name = text_of(row[0]);
    figure.title = text_of(row[1]);
    figure.note = text_of(row[2]);
    figure.sql = text_of(row[3]);
    figure.chart_json = text_of(row[5]);
    read_key_json(text_of(row[4]), figure);
    read_published_json(text_of(row[6]), figure);
    figures.push_back(std::move(figure));
  }
  return figures;
}

const Figure& find_figure(const std::vector<Figure>& figures, std::string_view name) {
  std::vector<std::string> names;
  for (const Figure& figure : figures) {
    if (figure.name == name) return figure;
    names.push_back(figure.name);
  }
  throw Error(Error::Kind::kUsage, "",
              fmt::format("the run has no figure '{}'{}", name, did_you_mean(name, names)));
}

ComputedFigure compute_figure(const Run& run, const Figure& figure, const QueryLimits& limits) {
  return compute(
      figure, [&] { return run.query(figure.sql, {}, limits); },
      [&] { return place_in(run, figure.name); });
}

ComputedFigure compute_figure(StudyFigures::Answers& answers, const Figure& figure) {
  return compute(
      figure, [&] { return *answers.query(figure.sql); },
      [&] { return place_in(answers.rules(), figure); });
}

std::optional<double> difference(const Cell& measured, const Cell& published) {
  const std::optional<double> a = number_of(measured);
  const std::optional<double> b = number_of(published);
  if (!a || !b) return std::nullopt;
  return *a - *b;
}

Result as_table(const ComputedFigure& figure) {
  Result table;
  const auto compared = [](const FigureColumn& column) { return column.published && !column.key; };
  const auto has_difference = [&](std::size_t i) {
    return std::any_of(figure.rows.begin(), figure.rows.end(), [i](const FigureRow& row) {
      return difference(row.measured[i], row.published[i]).has_value();
    });
  };
  std::vector<bool> differs;
  for (std::size_t i = 0; i < figure.columns.size(); ++i) {
    const FigureColumn& column = figure.columns[i];
    differs.push_back(compared(column) && has_difference(i));
    if (column.measured) table.columns.push_back(column.name);
    if (compared(column)) table.columns.push_back(column.name + "_published");
    if (differs.back()) table.columns.push_back(column.name + "_difference");
  }
  for (const FigureRow& row : figure.rows) {
    std::vector<Cell>& cells = table.rows.emplace_back();
    for (std::size_t i = 0; i < figure.columns.size(); ++i) {
      const FigureColumn& column = figure.columns[i];
      const bool from_study = column.key && row.side == FigureRow::Side::kPublished;
      if (column.measured) cells.push_back(from_study ? row.published[i] : row.measured[i]);
      if (compared(column)) cells.push_back(row.published[i]);
      if (!differs[i]) continue;
      const std::optional<double> delta = difference(row.measured[i], row.published[i]);
      const bool whole = std::holds_alternative<std::int64_t>(row.measured[i]) &&
                         std::holds_alternative<std::int64_t>(row.published[i]);
      if (!delta) {
        cells.emplace_back();
      } else if (whole) {
        cells.emplace_back(static_cast<std::int64_t>(*delta));
      } else {
        cells.emplace_back(*delta);
      }
    }
  }
  return table;
}

}  // namespace cadre
