// cadre classify: rules and data in, a run out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/run/writer.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/interruption.hpp"
#include "cli/progress.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::string rules;
  std::string data;
  std::string output;
  std::string format;  // empty: by the ending of the output
  std::vector<std::string> settings;
  unsigned threads = 0;
  bool quiet = false;
};

[[noreturn]] void refuse(const Options& options, const std::string& why) {
  throw Error(Error::Kind::kUsage, options.output, why);
}

/// sqlite, jsonl or csv.
std::string output_format(const Options& options) {
  if (!options.format.empty()) return options.format;
  if (options.output == "-") return "jsonl";
  const std::string ending = std::filesystem::path(options.output).extension().string();
  if (ending == ".jsonl" || ending == ".ndjson") return "jsonl";
  if (ending == ".csv") return "csv";
  if (ending.empty() || ending == ".sqlite" || ending == ".sqlite3" || ending == ".db") {
    return "sqlite";
  }
  refuse(options, fmt::format("'{}' does not say what to write: end it in .sqlite, .jsonl or .csv, "
                              "or give --format",
                              options.output));
}

/// Refuses, before any work is done, an output that cannot be.
void check_output(const Options& options) {
  namespace fs = std::filesystem;
  const std::string format = output_format(options);
  if (options.output == "-") {
    if (format == "sqlite") {
      refuse(options, "a SQLite run cannot go to standard output; give -o FILE or --format jsonl");
    }
    return;
  }
  std::error_code none;
  for (const std::string& input : {options.rules, options.data}) {
    if (fs::equivalent(options.output, input, none)) {
      refuse(options, fmt::format("-o '{}' would overwrite what is read; give another name",
                                  options.output));
    }
  }
  const fs::path folder = fs::path(options.output).parent_path();
  if (!folder.empty() && !fs::exists(folder, none)) {
    refuse(options, fmt::format("cannot write '{}': there is no folder '{}'", options.output,
                                folder.string()));
  }
}

void write(const RunContents& run, const Options& options) {
  const std::string format = output_format(options);
  if (format == "sqlite") {
    write_run_sqlite(run, options.output);
    return;
  }
  const auto write_text = format == "jsonl" ? write_run_jsonl : write_run_csv;
  if (options.output == "-") {
    std::ostringstream text;
    write_text(run, text);
    print(text.view());
    return;
  }
  write_whole(options.output, [&](const std::filesystem::path& path) {
    std::ofstream file(path, std::ios::binary);
    write_text(run, file);
    file.flush();
    if (!file) {
      throw Error(Error::Kind::kIo, options.output,
                  fmt::format("cannot write '{}'", options.output));
    }
  });
}

/// How many people each label is true of, false of and unknown of.
Result count_labels(const Rules& rules, const std::vector<Classification>& classifications) {
  Result result;
  result.columns = {"label", "true", "false", "unknown", "title"};
  for (std::size_t i = 0; i < rules.labels.size(); ++i) {
    std::int64_t counts[3] = {0, 0, 0};
    for (const Classification& one : classifications) {
      ++counts[static_cast<std::size_t>(one.labels[i].truth)];
    }
    result.rows.push_back({rules.labels[i].name, counts[static_cast<std::size_t>(Truth::kTrue)],
                           counts[static_cast<std::size_t>(Truth::kFalse)],
                           counts[static_cast<std::size_t>(Truth::kUnknown)],
                           rules.labels[i].title});
  }
  return result;
}

int run(const Options& options) {
  check_output(options);
  LoadOptions load;
  load.settings = parse_settings(options.settings);
  Loaded rules = load_rules(options.rules, load);
  print_diagnostics(rules.diagnostics);
  if (!rules.rules) return kMistake;
  if (rules.rules->labels.empty()) {
    throw Error(Error::Kind::kUsage, options.rules,
                fmt::format("'{}' has no labels to classify by; give a rule set", options.rules));
  }

  std::optional<Interruption> interruption;
  if (options.output != "-") interruption.emplace(options.output);

  LoadedDataset data = [&] {
    const ProgressBar bar("reading " + options.data);
    return load_dataset(options.data);
  }();
  print_diagnostics(data.diagnostics);
  if (!data.dataset) return kMistake;
  const Diagnostics mismatches = check_schema(*rules.rules, data.dataset->schema);
  print_diagnostics(mismatches);
  if (has_errors(mismatches)) return kMistake;

  const Classifier classifier(*rules.rules, data.dataset->schema);
  std::vector<Classification> classifications;
  {
    Classifier::Progress progress;
    const ProgressBar bar("classifying", progress.done, data.dataset->people.size());
    classifications = classifier.classify(data.dataset->people, options.threads, &progress);
  }

  RunContents contents{*rules.rules, *data.dataset, classifications, {}};
  for (const auto& [name, value] : load.settings) {
    contents.options.emplace_back("set", name + "=" + value);
  }
  {
    const ProgressBar bar("writing " + options.output);
    write(contents, options);
  }

  if (!options.quiet) {
    const Terminal terminal = Terminal::of(stderr);
    print_error(
        render_table(count_labels(*rules.rules, classifications), TableFormat::kTable, terminal));
    print_error(fmt::format(
        "{} classified by {}{}\n", counted(data.dataset->people.size(), "person", "people"),
        rules.rules->name,
        options.output == "-" ? ""
                              : ", written to " + terminal.styled(Style::kBold, options.output)));
  }
  return kSuccess;
}

}  // namespace

void add_classify(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("classify", "Apply a rule set to a dataset");
  command->add_option("RULES", options->rules, "A rule set")->required();
  command
      ->add_option("DATA", options->data,
                   "A folder with datapackage.json, JSON Lines (plain, .gz or .zst), or - for "
                   "standard input")
      ->required();
  command->add_option("-o,--output", options->output, "The run to write, or - for standard output")
      ->required()
      ->type_name("FILE");
  take_one_of(command->add_option("--format", options->format,
                                  "What to write; otherwise the ending of FILE says it"),
              {"sqlite", "jsonl", "csv"});
  command->add_option("--set", options->settings, "Give a parameter another value")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);  // one value for each --set
  take_number(
      command->add_option("--threads", options->threads, "How many threads; 0: one for each core")
          ->capture_default_str());
  command->add_flag("-q,--quiet", options->quiet, "Do not print the summary");
  command->footer(examples({
      "cadre classify rules/macropolo-2022.yaml datasets/provincial-leaders -o run.sqlite",
      "cadre classify rules/macropolo-2022.yaml people.jsonl.zst -o labels.csv",
      "cadre classify rules/macropolo-2022.yaml - -o - < people.jsonl | jq .labels",
      "cadre classify rules/macropolo-2022.yaml people.jsonl -o run.sqlite --set min_years=5",
  }));
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

}  // namespace cadre::cli
