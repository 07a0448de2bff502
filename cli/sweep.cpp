// cadre sweep: every combination of alternatives, the range of every figure, and what moves it.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/classify/study.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/sweep.hpp"
#include "cadre/run/study_figures.hpp"
#include "cadre/sweep/files.hpp"
#include "cadre/sweep/same_rules.hpp"
#include "cadre/sweep/specifications.hpp"
#include "cadre/sweep/summary.hpp"
#include "cadre/sweep/sweeper.hpp"
#include "cli/command.hpp"
#include "cli/curve.hpp"
#include "cli/interruption.hpp"
#include "cli/language.hpp"
#include "cli/markdown.hpp"
#include "cli/named_people.hpp"
#include "cli/named_rules.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/reading.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

const std::vector<std::string> kTables = {"cells", "claims", "axes", "curve"};

struct Options {
  std::string rules;
  std::string sweep;
  std::string data;
  std::string output;
  std::string chart;
  std::string language;  // empty: all
  std::string format = "table";
  std::string table = "cells";
  unsigned most = 100'000;
  unsigned threads = 0;
  bool resume = false;
  bool spreadsheet_safe = false;
  Limits limits;
};

Cell number(double value) {
  const bool whole = value == static_cast<double>(static_cast<std::int64_t>(value));
  return whole ? Cell(static_cast<std::int64_t>(value)) : Cell(value);
}

Cell percent(double share) {
  return number(static_cast<double>(static_cast<std::int64_t>(share * 1000 + 0.5)) / 10);
}

/// "years 62%", the axis that moves an outcome most.
std::string most_moved_by(const std::vector<double>& explained, const Sweep& sweep) {
  if (explained.empty()) return "";
  const auto most = std::max_element(explained.begin(), explained.end());
  const auto axis = static_cast<std::size_t>(most - explained.begin());
  return fmt::format("{} {:.0f}%", sweep.axes[axis].name, *most * 100);
}

Result cells_of_figure(const SweepSummary& summary, const Sweep& sweep, const std::string& figure) {
  Result result;
  result.columns = {"row", "column", "as it is", "least", "median", "most", "moved most by"};
  for (const CellSummary& cell : summary.cells) {
    if (cell.cell.figure != figure) continue;
    const auto known = [&](double value) {
      return cell.specifications > 0 ? number(value) : Cell();
    };
    result.rows.push_back({cell.cell.row, cell.cell.column,
                           cell.baseline ? number(*cell.baseline) : Cell(), known(cell.least),
                           known(cell.median), known(cell.most),
                           most_moved_by(cell.explained, sweep)});
  }
  return result;
}

Result all_cells(const SweepSummary& summary, const Sweep& sweep) {
  Result result;
  result.columns = {"figure",   "row",   "column", "specifications",
                    "baseline", "least", "median", "most"};
  for (const Sweep::Axis& axis : sweep.axes) result.columns.push_back("explained_by_" + axis.name);
  for (const CellSummary& cell : summary.cells) {
    const auto known = [&](double value) {
      return cell.specifications > 0 ? number(value) : Cell();
    };
    std::vector<Cell> row = {cell.cell.figure,
                             cell.cell.row,
                             cell.cell.column,
                             static_cast<std::int64_t>(cell.specifications),
                             cell.baseline ? number(*cell.baseline) : Cell(),
                             known(cell.least),
                             known(cell.median),
                             known(cell.most)};
    for (std::size_t i = 0; i < sweep.axes.size(); ++i) {
      row.push_back(cell.explained.empty() ? Cell() : Cell(cell.explained[i]));
    }
    result.rows.push_back(std::move(row));
  }
  return result;
}

Result claims_table(const SweepSummary& summary, const Sweep& sweep) {
  Result result;
  result.columns = {"claim", "as it is",  "holds %",       "holds",
                    "fails", "not known", "moved most by", "title"};
  for (std::size_t i = 0; i < sweep.claims.size(); ++i) {
    const ClaimSummary& claim = summary.claims[i];
    const char* now = claim.baseline == Truth::kTrue    ? "holds"
                      : claim.baseline == Truth::kFalse ? "fails"
                                                        : "not known";
    result.rows.push_back(
        {sweep.claims[i].name, now, percent(claim.share()), static_cast<std::int64_t>(claim.holds),
         static_cast<std::int64_t>(claim.fails), static_cast<std::int64_t>(claim.unknown),
         most_moved_by(claim.explained, sweep), sweep.claims[i].title});
  }
  return result;
}

/// For each figure the shares of variance that the axes explain, in percent.
Result axes_table(const SweepSummary& summary, const Sweep& sweep) {
  Result result;
  result.columns = {"figure", "cells", "moving"};
  for (const Sweep::Axis& axis : sweep.axes) result.columns.push_back(axis.name);
  for (const FigureSummary& figure : summary.figures) {
    std::vector<Cell> row = {figure.figure, static_cast<std::int64_t>(figure.cells),
                             static_cast<std::int64_t>(figure.moving)};
    for (std::size_t i = 0; i < sweep.axes.size(); ++i) {
      row.push_back(figure.explained.empty() ? Cell() : percent(figure.explained[i]));
    }
    result.rows.push_back(std::move(row));
  }
  return result;
}

Result curve_table(const SweepSummary& summary, const Sweep& sweep) {
  Result result;
  result.columns = {"position", "specification", "outcome"};
  for (const Sweep::Axis& axis : sweep.axes) result.columns.push_back(axis.name);
  if (!summary.curve) return result;
  for (std::size_t i = 0; i < summary.curve->points.size(); ++i) {
    const CurvePoint& point = summary.curve->points[i];
    std::vector<Cell> row = {static_cast<std::int64_t>(i + 1),
                             static_cast<std::int64_t>(point.number), number(point.outcome)};
    for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
      row.emplace_back(sweep.axes[axis].alternatives[point.alternatives[axis]].name);
    }
    result.rows.push_back(std::move(row));
  }
  return result;
}

Result table_called(const std::string& name, const SweepSummary& summary, const Sweep& sweep) {
  if (name == "claims") return claims_table(summary, sweep);
  if (name == "axes") return axes_table(summary, sweep);
  if (name == "curve") return curve_table(summary, sweep);
  return all_cells(summary, sweep);
}

std::string as_json(const SweepSummary& summary, const SweepResults& results, const Sweep& sweep) {
  Json json;
  json["sweep"] = sweep.name;
  json["specifications"] = results.numbers.size();
  json["failed"] = Json::array();
  for (const std::size_t at : summary.failed) {
    json["failed"].push_back({{"specification", results.numbers[at]},
                              {"alternatives", in_words(sweep, results.numbers[at])},
                              {"failure", results.specifications[at].failure}});
  }
  for (const std::string& table : kTables) {
    json[table] = rows_json(table_called(table, summary, sweep));
  }
  return json.indented() + "\n";
}

std::string for_people(const SweepSummary& summary, const RuleSpace& space,
                       const SweepResults& results, TableFormat format, const Terminal& terminal) {
  const Sweep& sweep = *space.sweep();
  const bool markdown = format == TableFormat::kMarkdown;
  const auto heading = [&](const std::string& text) {
    return markdown ? "### " + escape_markdown(text) + "\n\n"
                    : terminal.styled(Style::kBold, text) + "\n";
  };
  std::string out = heading(sweep.title.empty() ? sweep.name : sweep.title);
  const std::uint64_t all = *count_combinations(sweep);
  out += fmt::format(
      "{}{} over {}, of {}\n\n", counted(summary.computed, "specification", "specifications"),
      all == results.numbers.size() ? ", all combinations" : fmt::format(" drawn from {}", all),
      counted(sweep.axes.size(), "axis", "axes"),
      markdown ? escape_markdown(space.base().name) : space.base().name);
  if (!sweep.claims.empty()) {
    out += heading("Claims") + render_table(claims_table(summary, sweep), format, terminal) + "\n";
  }
  for (const FigureSummary& figure : summary.figures) {
    if (figure.cells == 0) continue;
    const auto found = std::find_if(space.base().figures.begin(), space.base().figures.end(),
                                    [&](const Figure& one) { return one.name == figure.figure; });
    out += heading(found == space.base().figures.end() || found->title.empty()
                       ? figure.figure
                       : fmt::format("{} ({})", found->title, figure.figure));
    out += render_table(cells_of_figure(summary, sweep, figure.figure), format, terminal) + "\n";
  }
  out += heading("What moves the figures: % of variance explained, mean of the cells that move");
  out += render_table(axes_table(summary, sweep), format, terminal);
  if (summary.curve && !markdown) out += "\n" + render_curve(*summary.curve, sweep, terminal);
  return out;
}

/// Refuses outputs that would overwrite what has been read so far, or each other.
void check_outputs(const Options& options, const FilesRead& read) {
  check_output(options.output, read);
  check_output(options.chart, read);
  check_output("-", read);
  if (options.output.empty()) return;
  read.refuse(options.output + ".partial");
  check_kept(options.output + ".partial");
  if (options.chart.empty() || options.chart == "-") return;
  namespace fs = std::filesystem;
  // Absolute first: of a relative path that is not there, weakly_canonical stays relative.
  std::error_code none;
  const bool same = fs::weakly_canonical(fs::absolute(options.output), none) ==
                    fs::weakly_canonical(fs::absolute(options.chart), none);
  if (same) {
    throw Error(Error::Kind::kUsage, options.chart,
                fmt::format("the results and the chart would both be written to '{}'; give "
                            "another name",
                            options.chart));
  }
}

void check_options(const Options& options) {
  if (options.resume && options.output.empty()) {
    throw Error(Error::Kind::kUsage, "",
                "--resume goes on with the sweep of an output: give -o FILE");
  }
  check_spreadsheet_option(options.spreadsheet_safe, options.format);
  check_database_output(options.output, "the result of a sweep", "-o FILE");
}

/// Refuses more combinations than the limit allows.
void check_count(const Sweep& sweep, const Options& options) {
  const std::optional<std::uint64_t> all = count_combinations(sweep);
  const std::string many = all ? fmt::format("{}", *all) : "2^63 or more";
  const std::string remedy = "draw some of them with `sample: {count: 1000}` in the sweep file";
  if (!all) {
    throw Error(Error::Kind::kLimit, options.sweep,
                fmt::format("the axes have {} combinations, too many to number", many));
  }
  const std::uint64_t wanted = sweep.sample ? std::min(sweep.sample->count, *all) : *all;
  if (wanted > options.most) {
    throw Error(Error::Kind::kLimit, options.sweep,
                fmt::format("the sweep has {} specifications, more than the limit of {}; {}, or "
                            "raise the limit with --max-specifications",
                            wanted, options.most, remedy));
  }
}

/// "years=5 for 1, managers=counted for not_counted": what one specification chooses and another
/// does not.
std::string other_choices(const Sweep& sweep, std::uint64_t one, std::uint64_t other) {
  const std::vector<std::uint32_t> mine = alternatives_of(sweep, one);
  const std::vector<std::uint32_t> theirs = alternatives_of(sweep, other);
  std::string text;
  for (std::size_t i = 0; i < mine.size(); ++i) {
    if (mine[i] == theirs[i]) continue;
    const Sweep::Axis& axis = sweep.axes[i];
    text += fmt::format("{}{}={} for {}", text.empty() ? "" : ", ", axis.name,
                        axis.alternatives[mine[i]].name, axis.alternatives[theirs[i]].name);
  }
  return text;
}

void tell_same(const std::vector<SameRules>& same, const SweepResults& results,
               const Sweep& sweep) {
  if (same.empty()) return;
  constexpr std::size_t kMost = 3;
  std::string text =
      fmt::format("{} to the same rules as another one, which so counts again\n",
                  counted(same.size(), "specification comes", "specifications come"));
  for (std::size_t i = 0; i < std::min(same.size(), kMost); ++i) {
    const std::uint64_t again = results.numbers[same[i].again];
    const std::uint64_t first = results.numbers[same[i].first];
    text += fmt::format("  {} as {}, with {}\n", again, first, other_choices(sweep, again, first));
  }
  if (same.size() > kMost) text += fmt::format("  and {} more\n", same.size() - kMost);
  print_error(text);
}

void tell_failures(const SweepSummary& summary, const SweepResults& results, const Sweep& sweep) {
  // One change that cannot be made often fails in many specifications.
  std::map<std::string, std::vector<std::uint64_t>> by_reason;
  for (const std::size_t at : summary.failed) {
    by_reason[results.specifications[at].failure].push_back(results.numbers[at]);
  }
  for (const auto& [reason, numbers] : by_reason) {
    print_error(fmt::format("failed: {}\n  in {}, the first is {} ({})\n", reason,
                            counted(numbers.size(), "specification", "specifications"),
                            numbers.front(), in_words(sweep, numbers.front())));
  }
  if (!summary.failed.empty()) {
    print_error(fmt::format("{} of {} failed\n", summary.failed.size(),
                            counted(results.numbers.size(), "specification", "specifications")));
  }
}

int run(const Options& options) {
  check_options(options);
  check_order(options.rules, options.data, "cadre sweep RULES SWEEP DATA");
  FilesRead read;
  for (const std::string& input : {options.rules, options.sweep, options.data}) read.add(input);
  check_outputs(options, read);
  const RuleSpace space(options.rules, options.sweep, options.limits.rules);
  add_rules(read, space.sources());
  check_outputs(options, read);
  print_diagnostics(space.diagnostics());
  if (space.sweep() == nullptr) return kMistake;
  const Sweep& sweep = *space.sweep();
  check_count(sweep, options);

  std::optional<Interruption> interruption;
  if (!options.output.empty()) {
    interruption.emplace(options.output,
                         fmt::format("cadre: interrupted; what is done is kept in '{0}.partial', "
                                     "go on with -o {0} --resume\n",
                                     options.output));
  }
  const std::shared_ptr<const Dataset> data =
      load_named_people(options.data, space.base().schema, options.language, options.limits, read);
  if (!data) return kMistake;
  check_outputs(options, read);
  if (!fits(space.base(), data->schema)) return kMistake;
  const Study study(data, {.threads = 1});  // specifications are what is shared between threads
  StudyFigures figures(study, options.limits.queries);

  SweepResults results;
  results.figures = swept_figures(space);
  results.baseline = sweep_baseline(space, figures);
  const SweepCheck check = check_sweep(space, results.baseline);
  print_diagnostics(check.diagnostics);
  if (has_errors(check.diagnostics)) return kMistake;
  results.numbers = specification_numbers(sweep);
  results.specifications.resize(results.numbers.size());

  std::optional<SweepJournal> journal;
  if (!options.output.empty()) {
    journal.emplace(options.output + ".partial", space, *data, options.resume, results);
    if (journal->resumed() > 0) {
      print_error(fmt::format("{} of {} were done before\n", journal->resumed(),
                              counted(results.numbers.size(), "specification", "specifications")));
    }
  }
  {
    std::atomic<std::size_t> done = 0;
    const ProgressBar bar("sweeping", done, results.numbers.size());
    SweepOptions how;
    how.threads = options.threads;
    how.done = &done;
    if (journal) {
      how.finished = [&](std::size_t at, const SpecificationResult& result) {
        journal->add(at, result);
      };
    }
    run_sweep(space, figures, results, how);
  }
  const SweepSummary summary = summarise(sweep, results);
  if (journal) {
    write_sweep_sqlite(space, *data, results, summary, published_numbers(space, figures),
                       options.output, read);
    journal->remove();
  }
  if (!options.chart.empty()) {
    if (!summary.curve) {
      throw Error(Error::Kind::kUsage, "",
                  "there is no curve to draw: name its cell under `curve` of the sweep file, or a "
                  "claim");
    }
    write_data(options.chart, curve_svg(*summary.curve, sweep), read);
  }
  const Terminal terminal = Terminal::of(stdout);
  const TableFormat format = table_format(options.format);
  if (format == TableFormat::kJson) {
    print_data(as_json(summary, results, sweep), read);
  } else if (format == TableFormat::kCsv) {
    print_table(table_called(options.table, summary, sweep), format, options.spreadsheet_safe,
                read);
  } else {
    print(for_people(summary, space, results, format, terminal), read);
  }
  tell_same(same_rules(sweep, results, check), results, sweep);
  tell_failures(summary, results, sweep);
  return summary.failed.empty() ? kSuccess : kDiffers;
}

}  // namespace

void add_sweep(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add(
      "sweep", "Try every combination of alternatives: how far figures move, and what moves them");
  command.argument("RULES", options->rules, "A rule set").require();
  command.argument("SWEEP", options->sweep, "A sweep file: axes of alternatives").require();
  command.argument("DATA", options->data, "A dataset, as for classify, or a run of its people")
      .require();
  add_output_option(command, "-o,--output FILE", options->output,
                    "Keep all results in this SQLite file; an interrupted sweep can go on");
  add_language_option(command, options->language);
  add_invalid_utf8_option(command, options->limits.data);
  add_limit_option(command, options->limits);
  command.flag("--resume", options->resume, "Go on with the interrupted sweep of FILE");
  add_output_option(command, "--chart FILE", options->chart, "Draw the specification curve as SVG");
  command.option("--format", options->format, "How to print it")
      .show_default()
      .take_one_of(table_format_names());
  add_spreadsheet_option(command, options->spreadsheet_safe);
  command.option("--table", options->table, "Which table --format csv prints")
      .show_default()
      .take_one_of(kTables);
  command.option("--max-specifications", options->most, "Refuse sweeps of more specifications");
  command.option("--threads", options->threads, "How many threads; 0: one for each core");
  command.examples = {
      "cadre sweep rules/macropolo-2022.yaml choices.yaml datasets/provincial-leaders",
      "cadre sweep rules.yaml choices.yaml data -o sweep.sqlite --chart curve.svg",
      "cadre sweep rules.yaml choices.yaml data -o sweep.sqlite --resume",
      "cadre sweep rules.yaml choices.yaml data --format csv --table curve > curve.csv",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
