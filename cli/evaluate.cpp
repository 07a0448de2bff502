// cadre evaluate: a run held against people who read the same records, or against another run.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cadre/analyse/disagreements.hpp"
#include "cadre/analyse/evaluation.hpp"
#include "cadre/base/error.hpp"
#include "cadre/data/coding.hpp"
#include "cadre/run/run.hpp"
#include "cli/command.hpp"
#include "cli/evaluation_report.hpp"
#include "cli/named_rules.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::string run;
  std::string coding;
  std::vector<std::string> labels;
  std::vector<std::string> coders;
  std::string unknown = "apart";
  std::vector<std::string> min_kappa;
  std::string disagreements = "all";
  bool disagreements_given = false;
  std::string format = "table";
  std::string output = "-";
  bool ignore_unknown = false;
  bool spreadsheet_safe = false;
  Limits limits;
};

/// A label (empty: every label) and the kappa that it must have.
struct Floor {
  std::string label;
  double kappa = 0;
};

std::vector<Floor> parse_floors(const std::vector<std::string>& texts) {
  std::vector<Floor> floors;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    Floor floor;
    if (equals != std::string::npos) floor.label = text.substr(0, equals);
    const std::string number = equals == std::string::npos ? text : text.substr(equals + 1);
    const char* const end = number.data() + number.size();
    const auto [rest, error] = std::from_chars(number.data(), end, floor.kappa);
    const bool is_number = error == std::errc() && rest == end && equals != 0;
    if (!is_number || !(floor.kappa >= -1 && floor.kappa <= 1)) {
      throw Error(Error::Kind::kUsage, "",
                  fmt::format("--min-kappa takes a number from -1 to 1 or LABEL=NUMBER, such as "
                              "0.8 or technocrat=0.9, not '{}'",
                              text));
    }
    floors.push_back(std::move(floor));
  }
  return floors;
}

std::size_t parse_limit(const std::string& text) {
  if (text == "all") return std::numeric_limits<std::size_t>::max();
  std::size_t limit = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, limit);
  if (error != std::errc() || rest != end) {
    throw Error(Error::Kind::kUsage, "",
                fmt::format("--disagreements takes a number or all, not '{}'", text));
  }
  return limit;
}

/// Tells of every label below its floor; true when there is none.
bool reaches(const std::vector<Floor>& floors, const Evaluation& evaluation) {
  std::vector<std::string> names;
  for (const LabelAgreement& label : evaluation.labels) names.push_back(label.label);
  for (const Floor& floor : floors) {
    if (floor.label.empty() || std::find(names.begin(), names.end(), floor.label) != names.end()) {
      continue;
    }
    throw Error(Error::Kind::kUsage, "",
                fmt::format("--min-kappa {}: that label is not evaluated{}", floor.label,
                            did_you_mean(floor.label, names)));
  }
  bool all = true;
  for (const LabelAgreement& label : evaluation.labels) {
    // What is said of one label goes before what is said of all; the last word counts.
    std::optional<double> needed;
    for (const bool named : {false, true}) {
      for (const Floor& floor : floors) {
        if (named ? floor.label == label.label : floor.label.empty()) needed = floor.kappa;
      }
    }
    if (!needed || (label.kappa && label.kappa->value >= *needed)) continue;
    all = false;
    print_error(label.kappa ? fmt::format("{}: kappa {:.3f} is below {}\n", label.label,
                                          label.kappa->value, *needed)
                            : fmt::format("{}: kappa is not defined, and {} is needed\n",
                                          label.label, *needed));
  }
  return all;
}

std::string rules_of(const Run& run) {
  const Result result = run.query("SELECT value FROM run WHERE key = 'rules'");
  if (result.rows.empty()) return {};
  return cell_text(result.rows.front().front());
}

int run(const Options& options) {
  const std::vector<Floor> floors = parse_floors(options.min_kappa);
  const std::size_t limit = parse_limit(options.disagreements);
  check_spreadsheet_option(options.spreadsheet_safe, options.format);
  FilesRead read;
  for (const std::string& input : {options.run, options.coding}) read.add(input);
  check_output(options.output, read);
  const Run run = open_run(options.run, options.limits, read);
  std::optional<Run> other;
  if (options.coding != "-" && is_database(options.coding)) {
    other = open_run(options.coding, options.limits, read);
  }

  EvaluationOptions asked;
  asked.labels = options.labels;
  asked.coders = options.coders;
  asked.unknown_as_false = options.unknown == "false";
  asked.ignore_unknown = options.ignore_unknown;

  EvaluationReport report;
  report.rules = rules_of(run);
  report.run = options.run;
  report.coding = options.coding;
  report.other_run = other.has_value();
  report.unknown_as_false = asked.unknown_as_false;
  if (other) {
    report.evaluation = evaluate(run, *other, options.coding, asked);
  } else {
    const LoadedCoding loaded = load_coding(options.coding, options.limits.data);
    print_diagnostics(loaded.diagnostics);
    if (options.coding == "-") read.add("/dev/stdin");
    if (!loaded.coding) return kMistake;
    Evaluated evaluated = evaluate(run, *loaded.coding, asked);
    print_diagnostics(evaluated.diagnostics);
    if (!evaluated.evaluation) return kMistake;
    report.evaluation = std::move(*evaluated.evaluation);
    report.coding = loaded.coding->path;
  }
  for (const LabelAgreement& label : report.evaluation.labels) {
    report.disagreements.push_back(disagreements(run, other ? &*other : nullptr, label, limit));
  }

  const Terminal terminal = options.output == "-" ? Terminal::of(stdout) : Terminal{};
  const TableFormat format = table_format(options.format);
  if (format == TableFormat::kJson) {
    write_data(options.output, render_evaluation_json(report), read);
  } else if (format == TableFormat::kCsv) {
    const Result table =
        options.disagreements_given ? evaluation_disagreements(report) : evaluation_figures(report);
    write_data(options.output, render_csv(table, options.spreadsheet_safe), read);
  } else {
    write_text(options.output, render_evaluation(report, format, terminal), read);
  }
  return reaches(floors, report.evaluation) ? kSuccess : kDiffers;
}

}  // namespace

void add_evaluate(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("evaluate", "Hold a run against coders: agreement, kappa, every disagreement");
  command.argument("RUN", options->run, "A run in SQLite").require();
  command
      .argument("CODING", options->coding,
                "A CSV of person, label, value, coder (and note, confidence), - for standard "
                "input; or another run")
      .require();
  command.option("--label LABEL", options->labels, "Only this label; may be given again");
  command.option("--coder CODER", options->coders, "Only this coder; may be given again");
  command
      .option("--unknown", options->unknown,
              "What cannot be judged stands apart, or counts as false")
      .show_default()
      .take_one_of({"apart", "false"});
  add_invalid_utf8_option(command, options->limits.data);
  add_limit_option(command, options->limits);
  command.flag("--ignore-unknown", options->ignore_unknown,
               "Leave out rows whose person or label the run does not have");
  command.option("--min-kappa [LABEL=]NUMBER", options->min_kappa,
                 "End with status 1 when the kappa of a label is lower; may be given again");
  command
      .option("--disagreements NUMBER|all", options->disagreements,
              "How many to print of each label; with --format csv: print them, and not "
              "the figures")
      .show_default()
      .tell(options->disagreements_given);
  command.option("--format", options->format, "How to print it")
      .show_default()
      .take_one_of(table_format_names());
  add_spreadsheet_option(command, options->spreadsheet_safe);
  add_output_option(command, "-o,--output FILE", options->output,
                    "A file to write, or - for standard output")
      .show_default(options->output);
  command.examples = {
      "cadre evaluate run.sqlite coding.csv",
      "cadre evaluate run.sqlite coding.csv --label technocrat --disagreements 5",
      "cadre evaluate run.sqlite coding.csv --min-kappa 0.8 --min-kappa technocrat=0.9",
      "cadre evaluate zh.sqlite en.sqlite",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
