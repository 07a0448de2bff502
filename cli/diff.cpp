// cadre diff: two rule sets, or two runs: who changes, why, and what it does to every figure.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cadre/analyse/diff.hpp"
#include "cadre/base/error.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/run/run.hpp"
#include "cli/command.hpp"
#include "cli/diff_output.hpp"
#include "cli/interruption.hpp"
#include "cli/language.hpp"
#include "cli/named_people.hpp"
#include "cli/named_rules.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/reading.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

namespace fs = std::filesystem;
using Settings = std::vector<std::pair<std::string, std::string>>;

struct Options {
  std::string first;
  std::string second;
  std::string third;
  std::vector<std::string> settings;
  std::string language;
  std::vector<std::string> labels;
  std::vector<std::string> figures;
  std::string format;
  std::string output = "-";
  unsigned threads = 0;
  bool evidence = false;
  bool all = false;
  bool spreadsheet_safe = false;
  Limits limits;
};

[[noreturn]] void refuse(const std::string& why) {
  throw Error(Error::Kind::kUsage, "", why);
}

bool is_rules(const std::string& path) {
  const std::string ending = fs::path(path).extension().string();
  return ending == ".yaml" || ending == ".yml";
}

/// Which rules are held against which, on whose people.
struct Inputs {
  std::string before;
  std::string after;
  std::string data;
  bool two_runs = false;
};

Inputs inputs_of(const Options& options) {
  const bool set = !options.settings.empty();
  const auto need_set = [&](const std::string& what) {
    if (!set) {
      refuse(
          fmt::format("{} alone has nothing to differ from: give another rule set, or --set "
                      "NAME=VALUE",
                      what));
    }
  };
  if (!options.third.empty()) return {options.first, options.second, options.third, false};
  if (options.second.empty()) {
    if (!is_run(options.first)) {
      refuse(
          fmt::format("'{}' is no run, so the people to compare are missing: cadre diff A B DATA",
                      options.first));
    }
    need_set("a run");
    return {options.first, options.first, options.first, false};
  }
  if (is_run(options.first) && is_run(options.second)) {
    return {options.first, options.second, options.first, true};
  }
  if (is_rules(options.second)) {
    if (is_run(options.first)) return {options.first, options.second, options.first, false};
    refuse("two rule sets need the people to compare: cadre diff A B DATA");
  }
  if (is_run(options.second) && is_rules(options.first) && !set) {
    return {options.first, options.second, options.second, false};
  }
  need_set("one rule set");
  return {options.first, options.first, options.second, false};
}

/// Whether there are labels to compare; says what is wrong.
bool usable(const NamedRules& side, const std::string& path) {
  if (!side.loaded.rules) return false;
  if (side.loaded.rules->labels.empty()) {
    refuse(fmt::format("'{}' has no labels to compare; give a rule set", path));
  }
  return true;
}

void check_same_data(const Dataset& before, const std::string& second, const QueryLimits& limits) {
  const Dataset after = restore_dataset(Run::open(second, limits));
  const std::vector<std::string> differences = data_differences(before, after);
  if (differences.empty()) return;
  refuse(
      fmt::format("the two runs were made from different data, so that people and rules could "
                  "not be told apart:\n  {}\nClassify the same data by both rule sets, or give "
                  "the data: cadre diff A B DATA",
                  fmt::join(differences, "\n  ")));
}

std::string format_of(const Options& options) {
  if (!options.format.empty()) return options.format;
  const std::string ending = fs::path(options.output).extension().string();
  if (ending == ".json") return "json";
  if (ending == ".csv") return "csv";
  if (ending == ".md" || ending == ".markdown") return "markdown";
  return "table";
}

void write(const Diff& diff, const Options& options, const FilesRead& read) {
  const std::string format = format_of(options);
  if (format == "json") return write_data(options.output, render_diff_json(diff), read);
  if (format == "markdown") return write_text(options.output, render_diff_markdown(diff), read);
  if (format != "csv") {
    const Terminal terminal = options.output == "-" ? Terminal::of(stdout) : Terminal();
    return write_text(options.output, render_diff(diff, options.all, terminal), read);
  }
  if (options.figures.size() > 1) refuse("CSV holds one table: name one figure");
  const Result table =
      options.figures.empty() ? diff_table(diff) : figure_on_both_sides(diff.figures.front());
  write_data(options.output, render_csv(table, options.spreadsheet_safe), read);
}

int run(const Options& options) {
  const Inputs inputs = inputs_of(options);
  for (const std::string& rules : {inputs.before, inputs.after}) {
    check_order(rules, inputs.data, "cadre diff A B DATA");
  }
  const Settings settings = parse_settings(options.settings);
  check_spreadsheet_option(options.spreadsheet_safe, format_of(options));
  FilesRead read;
  const bool to_file = options.output != "-";
  for (const std::string& input : {options.first, options.second, options.third}) read.add(input);
  check_output(options.output, read);
  std::optional<Interruption> interruption;
  if (to_file) interruption.emplace(options.output);

  const NamedRules before = load_named_rules(inputs.before, {}, options.limits, read);
  const NamedRules after = load_named_rules(inputs.after, settings, options.limits, read);
  check_output(options.output, read);
  print_diagnostics(before.loaded.diagnostics);
  // Warnings of one and the same file are told once.
  if (inputs.before != inputs.after || !after.loaded.rules) {
    print_diagnostics(after.loaded.diagnostics);
  }
  if (!usable(before, inputs.before) || !usable(after, inputs.after)) return kMistake;

  const std::shared_ptr<const Dataset> data = load_named_people(
      inputs.data, after.loaded.rules->schema, options.language, options.limits, read);
  if (!data) return kMistake;
  check_output(options.output, read);
  if (inputs.two_runs) check_same_data(*data, inputs.after, options.limits.queries);
  for (const NamedRules* side : {&before, &after}) {
    if (!fits(*side->loaded.rules, data->schema)) return kMistake;
  }

  DiffOptions diff_options;
  diff_options.labels = options.labels;
  diff_options.figures = options.figures;
  diff_options.evidence = options.evidence;
  diff_options.threads = options.threads;
  const Diff diff = [&] {
    const ProgressBar bar("comparing");
    return diff_rules({*before.loaded.rules, before.options}, {*after.loaded.rules, after.options},
                      data, options.limits.queries, diff_options);
  }();
  write(diff, options, read);
  return diff.differs() ? kDiffers : kSuccess;
}

}  // namespace

void add_diff(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add(
      "diff", "Compare two definitions: who changes, why, and what it does to every figure");
  command.argument("A", options->first, "A rule set, or a run").require();
  command.argument("B", options->second,
                   "Another rule set or run; left out with --set, which then changes A");
  command.argument("DATA", options->third,
                   "The people to compare, as for classify; left out where A or B is a run");
  command.option("--set NAME=VALUE", options->settings, "Give a parameter of B another value");
  command.option("--label LABEL", options->labels, "Compare this label only; may be given again");
  command.option("--figure NAME", options->figures, "Compare this figure only; may be given again");
  command.flag("--evidence", options->evidence,
               "Also show people whose label stays and whose evidence changes");
  command.flag("--all", options->all, "Cut no list short");
  add_language_option(command, options->language);
  add_invalid_utf8_option(command, options->limits.data);
  add_limit_option(command, options->limits);
  command
      .option("--format", options->format,
              "How to print it; otherwise the ending of FILE says it, or table")
      .take_one_of(table_format_names());
  add_spreadsheet_option(command, options->spreadsheet_safe);
  add_output_option(command, "-o,--output FILE", options->output,
                    "A file to write, or - for standard output")
      .show_default(options->output);
  command.option("--threads", options->threads, "How many threads; 0: one for each core");
  command.examples = {
      "cadre diff rules/macropolo-2022.yaml rules/strict.yaml datasets/provincial-leaders",
      "cadre diff rules/macropolo-2022.yaml datasets/provincial-leaders --set min_years=5",
      "cadre diff before.sqlite after.sqlite --label technocrat",
      "cadre diff run.sqlite --set min_years=5 --format markdown",
      "cadre diff run.sqlite rules/strict.yaml --figure figure-2 --format csv",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
