// cadre figures: the figures of a run, measured beside published.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cadre/analyse/figures.hpp"
#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/base/json.hpp"
#include "cadre/classify/study.hpp"
#include "cadre/report/chart.hpp"
#include "cadre/report/svg.hpp"
#include "cadre/report/vega_lite.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/run/run.hpp"
#include "cadre/run/study_figures.hpp"
#include "cli/chart.hpp"
#include "cli/command.hpp"
#include "cli/markdown.hpp"
#include "cli/named_rules.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::string run;
  std::vector<std::string> settings;
  std::vector<std::string> figures;
  std::string format = "table";
  bool chart = false;
  std::string charts_into;  ///< a folder; empty: charts are drawn in the terminal
  bool list = false;
  bool spreadsheet_safe = false;
  Limits limits;
};

/// The figure as people read it: each published column beside the one that it belongs to.
Result side_by_side(const ComputedFigure& computed) {
  Result result;
  for (const FigureColumn& column : computed.columns) {
    result.columns.push_back(column.name);
    if (column.published && !column.key) result.columns.emplace_back("published");
  }
  for (const FigureRow& row : computed.rows) {
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < computed.columns.size(); ++i) {
      const FigureColumn& column = computed.columns[i];
      const bool only_published = row.side == FigureRow::Side::kPublished;
      cells.push_back(column.key && only_published ? row.published[i] : row.measured[i]);
      if (column.published && !column.key) cells.push_back(row.published[i]);
    }
    result.rows.push_back(std::move(cells));
  }
  return result;
}

std::optional<double> number(const Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  return std::nullopt;
}

std::string draw(const ComputedFigure& computed, const Terminal& terminal) {
  const Json chart = Json::parse(computed.figure.chart_json).value_or(nullptr);
  const auto column = [&](const char* axis) -> std::optional<std::size_t> {
    const Json* found = chart.find(axis);
    if (found == nullptr || !found->is_string()) return std::nullopt;
    const auto at =
        std::find_if(computed.columns.begin(), computed.columns.end(),
                     [&](const FigureColumn& one) { return one.name == found->string(); });
    if (at == computed.columns.end()) return std::nullopt;
    return static_cast<std::size_t>(at - computed.columns.begin());
  };
  const std::optional<std::size_t> x = column("x");
  const std::optional<std::size_t> y = column("y");
  if (!x || !y) return {};
  std::vector<Bar> bars;
  for (const FigureRow& row : computed.rows) {
    Bar bar;
    bar.name = cell_text(row.measured[*x]);
    if (bar.name.empty()) bar.name = cell_text(row.published[*x]);
    bar.value = number(row.measured[*y]);
    bar.published = number(row.published[*y]);
    bars.push_back(std::move(bar));
  }
  return fmt::format("{}\n{}", terminal.styled(Style::kDim, computed.columns[*y].name),
                     render_bars(bars, terminal));
}

std::string in_lines(const std::string& text, const Terminal& terminal) {
  return terminal.styled(Style::kDim, wrapped(text, std::min<std::size_t>(terminal.width, 100))) +
         "\n";
}

std::string for_people(const ComputedFigure& computed, const Options& options,
                       const Terminal& terminal) {
  const Figure& figure = computed.figure;
  const TableFormat format = table_format(options.format);
  const bool markdown = format == TableFormat::kMarkdown;
  std::string out;
  const auto paragraph = [&](const std::string& text) {
    return in_lines(markdown ? escape_markdown(text) : text, terminal);
  };
  if (markdown) {
    out += fmt::format("### {}\n\n",
                       escape_markdown(figure.title.empty() ? figure.name : figure.title));
  } else {
    out += terminal.styled(Style::kBold, figure.title.empty() ? figure.name : figure.title) +
           terminal.styled(Style::kDim, "  " + figure.name) + "\n";
  }
  if (computed.rows.empty()) {
    out += "no rows\n";
  } else if (options.chart && !markdown) {
    const std::string bars = draw(computed, terminal);
    out += bars.empty() ? render_table(side_by_side(computed), format, terminal) : bars;
  } else {
    out += render_table(side_by_side(computed), format, terminal);
  }
  if (markdown) out += "\n";
  if (!figure.note.empty()) out += paragraph(figure.note);
  if (figure.published) {
    std::string source = "published: " + figure.published->source;
    if (figure.published->approximate) source += " (approximate)";
    if (!figure.published->note.empty()) source += ". " + figure.published->note;
    out += paragraph(source);
  }
  return out;
}

std::string as_json(const std::vector<ComputedFigure>& figures) {
  Json all = Json::array();
  for (const ComputedFigure& computed : figures) {
    Json one;
    one["figure"] = computed.figure.name;
    one["title"] = computed.figure.title;
    one["note"] = computed.figure.note;
    if (computed.figure.published) {
      one["published"] = {{"source", computed.figure.published->source},
                          {"note", computed.figure.published->note},
                          {"approximate", computed.figure.published->approximate}};
    }
    one["rows"] = rows_json(as_table(computed));
    all.push_back(std::move(one));
  }
  return all.indented() + "\n";
}

/// Writes NAME.vl.json and NAME.svg for every figure that has a chart.
int write_charts(const std::vector<ComputedFigure>& figures, const std::filesystem::path& folder,
                 const FilesRead& read) {
  for (const ComputedFigure& computed : figures) {
    for (const char* ending : {".vl.json", ".svg"})
      read.refuse(folder / (computed.figure.name + ending));
  }
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) throw Error(Error::Kind::kIo, folder.string(), "cannot make the folder");
  for (const ComputedFigure& computed : figures) {
    const std::optional<Chart> chart = chart_of(computed);
    if (!chart) continue;
    const std::string& name = computed.figure.name;
    // Rules have no other names; a run that somebody made may.
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") != std::string::npos) {
      throw Error(Error::Kind::kCorrupt, "",
                  fmt::format("the figure '{}' has no name that a file can have", name));
    }
    const std::filesystem::path path = folder / name;
    write_file(path.string() + ".vl.json", vega_lite(*chart).indented() + "\n", read);
    write_file(path.string() + ".svg", svg(*chart), read);
    print(fmt::format("{0}.vl.json\n{0}.svg\n", path.string()), read);
  }
  return kSuccess;
}

/// What follows --chart is a folder, unless it is a run, which then stands before the names of
/// figures (--chart run.sqlite figure-1), ...
void tell_run_from_folder(Options& options) {
  if (!is_database(options.charts_into)) return;
  options.figures.insert(options.figures.begin(), options.run);
  options.run = std::exchange(options.charts_into, "");
}

/// ... or the name of a figure: --chart figure-1.
void tell_figure_from_folder(const Run& run, Options& options) {
  const std::vector<Figure> figures = list_figures(run);
  const bool is_figure = std::any_of(figures.begin(), figures.end(), [&](const Figure& figure) {
    return figure.name == options.charts_into;
  });
  if (is_figure) options.figures.push_back(std::exchange(options.charts_into, ""));
}

using Settings = std::vector<std::pair<std::string, std::string>>;

/// The figures of these names, in their order; without names all.
std::vector<Figure> chosen(const std::vector<std::string>& names,
                           const std::vector<Figure>& figures) {
  if (names.empty()) return figures;
  std::vector<Figure> some;
  for (const std::string& name : names) some.push_back(find_figure(figures, name));
  return some;
}

/// The figures with other values of the parameters: the people of the run, classified by its own
/// rules. Nothing when the rules do not compile with them, or do not fit the people; says why.
std::optional<std::vector<ComputedFigure>> compute_with(const Settings& more, const Run& run,
                                                        const Options& options, FilesRead& read) {
  const NamedRules named = load_named_rules(options.run, more, options.limits, read);
  print_diagnostics(named.loaded.diagnostics);
  if (!named.loaded.rules) return std::nullopt;
  const Rules& rules = *named.loaded.rules;
  const auto dataset = std::make_shared<const Dataset>(restore_dataset(run));
  if (!fits(rules, dataset->schema)) return std::nullopt;
  const Study study(dataset);
  StudyFigures figures(study, options.limits.queries);
  auto all = restore_options(run);
  for (const auto& [name, value] : more) all.emplace_back("set", name + "=" + value);
  const Study::Columns columns = study.labels(rules);
  StudyFigures::Answers answers(figures, rules, columns, std::move(all));
  std::vector<ComputedFigure> computed;
  for (const Figure& figure : chosen(options.figures, rules.figures)) {
    computed.push_back(compute_figure(answers, figure));
  }
  return computed;
}

std::vector<ComputedFigure> compute_from(const Run& run, const std::vector<Figure>& figures,
                                         const Options& options) {
  std::vector<ComputedFigure> computed;
  for (const Figure& figure : figures) {
    computed.push_back(compute_figure(run, figure, options.limits.queries));
  }
  return computed;
}

int run(Options options) {
  tell_run_from_folder(options);
  check_spreadsheet_option(options.spreadsheet_safe, options.format);
  FilesRead read;
  const Run run = open_run(options.run, options.limits, read);
  check_output("-", read);
  tell_figure_from_folder(run, options);
  const Terminal terminal = Terminal::of(stdout);
  const TableFormat format = table_format(options.format);

  const std::vector<Figure> figures = chosen(options.figures, list_figures(run));
  if (figures.empty()) {
    print_error("this run has no figures: its rule set includes no figure files\n");
    if (format == TableFormat::kJson) print_data("[]\n", read);
    return kSuccess;
  }
  if (options.list) {
    Result names{{"figure", "title"}, {}};
    for (const Figure& figure : figures) names.rows.push_back({figure.name, figure.title});
    print_table(names, format, options.spreadsheet_safe, read);
    return kSuccess;
  }
  if (options.charts_into.empty() && format == TableFormat::kCsv && figures.size() != 1) {
    throw Error(Error::Kind::kUsage, "",
                "CSV holds one table: name the figure to print (cadre figures RUN --list)");
  }
  const std::optional<std::vector<ComputedFigure>> tried =
      options.settings.empty() ? compute_from(run, figures, options)
                               : compute_with(parse_settings(options.settings), run, options, read);
  if (!tried) return kMistake;
  const std::vector<ComputedFigure>& computed = *tried;
  if (!options.charts_into.empty()) return write_charts(computed, options.charts_into, read);
  if (format == TableFormat::kJson) {
    print_data(as_json(computed), read);
    return kSuccess;
  }
  for (std::size_t i = 0; i < computed.size(); ++i) {
    if (format == TableFormat::kCsv) {
      print_table(as_table(computed[i]), format, options.spreadsheet_safe, read);
    } else {
      print((i > 0 ? "\n" : "") + for_people(computed[i], options, terminal), read);
    }
  }
  return kSuccess;
}

}  // namespace

void add_figures(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("figures", "Print the figures of a run, measured beside published");
  command.argument("RUN", options->run, "A run in SQLite").require();
  command.argument("FIGURE", options->figures, "Names of figures; without any, all of them");
  command
      .option("--chart [DIR]", options->charts_into,
              "Draw the figures that have a chart; with DIR, into files there: FIGURE.svg "
              "and FIGURE.vl.json (Vega-Lite)")
      .tell(options->chart);
  command.option("--set NAME=VALUE", options->settings,
                 "Give a parameter another value, and classify the people of the run anew");
  add_limit_option(command, options->limits);
  command.flag("--list", options->list, "Print the names of the figures");
  command.option("--format", options->format, "How to print them")
      .show_default()
      .take_one_of(table_format_names());
  add_spreadsheet_option(command, options->spreadsheet_safe);
  command.examples = {
      "cadre figures run.sqlite",
      "cadre figures run.sqlite figure-1 --chart",
      "cadre figures run.sqlite --chart charts/",
      "cadre figures run.sqlite figure-1 --set min_years=5",
      "cadre figures run.sqlite figure-2 --format csv > figure-2.csv",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
