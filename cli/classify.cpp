// cadre classify: rules and data in, a run out.
#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
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
#include "cadre/classify/dataset_classifier.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/run/edit_stream.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/run/run.hpp"
#include "cadre/run/stream.hpp"
#include "cadre/run/writer.hpp"
#include "cli/classify_stream.hpp"
#include "cli/command.hpp"
#include "cli/interruption.hpp"
#include "cli/language.hpp"
#include "cli/named_rules.hpp"
#include "cli/progress.hpp"
#include "cli/reading.hpp"
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
  std::string language;  // empty: all
  std::string since;     // a rule set or a run; empty: everybody is written
  bool resume = false;
  unsigned threads = 0;
  bool quiet = false;
  Limits limits;
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
  refuse_overwriting(options.output, {options.rules, options.data, options.since});
  std::error_code none;
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
    if (!file) fail_to_write(options.output);
  });
}

LabelCounts count_labels(const Rules& rules, const std::vector<Classification>& classifications) {
  LabelCounts counts(rules.labels.size());
  for (const Classification& one : classifications) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      ++counts[i][static_cast<std::size_t>(one.labels[i].truth)];
    }
  }
  return counts;
}

void print_summary(const Options& options, const Rules& rules, const LabelCounts& counts,
                   std::size_t people) {
  Result result;
  result.columns = {"label", "true", "false", "unknown", "title"};
  for (std::size_t i = 0; i < rules.labels.size(); ++i) {
    const auto count = [&](Truth truth) {
      return static_cast<std::int64_t>(counts[i][static_cast<std::size_t>(truth)]);
    };
    result.rows.push_back({rules.labels[i].name, count(Truth::kTrue), count(Truth::kFalse),
                           count(Truth::kUnknown), rules.labels[i].title});
  }
  const Terminal terminal = Terminal::of(stderr);
  print_error(render_table(result, TableFormat::kTable, terminal));
  print_error(fmt::format(
      "{} classified by {}{}\n", counted(people, "person", "people"), rules.name,
      options.output == "-" ? ""
                            : ", written to " + terminal.styled(Style::kBold, options.output)));
}

/// Whether people are classified as they come. A smaller file is read as a whole, so that people
/// with the same id are found wherever they stand.
bool streams(const Options& options) {
  namespace fs = std::filesystem;
  constexpr std::uintmax_t kReadWhole = std::uintmax_t{256} << 20;  // bytes
  if (output_format(options) == "sqlite") return false;
  if (!options.language.empty()) return false;  // a stream is read by the standard columns, all
  if (options.data == "-") return true;
  std::error_code none;
  const std::string ending = fs::path(options.data).extension().string();
  const bool lines = ending == ".jsonl" || ending == ".ndjson";
  if (!lines || !fs::is_regular_file(options.data, none)) return false;
  return options.output == "-" || options.resume || !options.since.empty() ||
         fs::file_size(options.data, none) > kReadWhole;
}

void check_resume(const Options& options) {
  if (!options.resume) return;
  if (!options.since.empty()) refuse(options, "--resume and --since do not go together");
  if (!streams(options)) {
    refuse(options,
           "--resume is for people who are classified as they come: JSON Lines in, "
           "JSON Lines or CSV out, all languages");
  }
  if (options.output == "-") {
    refuse(options, "--resume keeps what is done beside the output; give -o FILE");
  }
}

void check_since(const Options& options) {
  if (options.since.empty()) return;
  const std::string format = output_format(options);
  if (format == "csv") {
    refuse(options,
           "--since writes JSON Lines with the people whom the edit changes, or a whole "
           "run; give -o FILE.jsonl or -o FILE.sqlite");
  }
  if (format == "sqlite" && !is_run(options.since)) {
    refuse(options, fmt::format("a run holds everybody, and '{}' is no run that it could take "
                                "anything over from; give --since RUN, or -o FILE.jsonl for the "
                                "people whom the edit changes",
                                options.since));
  }
}

void print_effects(const Options& options, const Rules& rules, const EditReport& report) {
  Result result;
  result.columns = {"label", "now true", "now false", "now unknown", "other value", "title"};
  const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
  for (std::size_t i = 0; i < rules.labels.size(); ++i) {
    const LabelEffect& effect = report.labels[i];
    const auto became = [&](Truth truth) {
      return number(effect.became[static_cast<std::size_t>(truth)]);
    };
    if (effect.changed() == 0) continue;
    result.rows.push_back({rules.labels[i].name, became(Truth::kTrue), became(Truth::kFalse),
                           became(Truth::kUnknown), number(effect.other_value),
                           rules.labels[i].title});
  }
  const Terminal terminal = Terminal::of(stderr);
  if (!result.rows.empty()) print_error(render_table(result, TableFormat::kTable, terminal));
  print_error(fmt::format(
      "{} of {} labelled otherwise than by {} ({} looked at){}\n", report.changed,
      counted(report.people, "person", "people"), options.since, report.classified,
      options.output == "-" ? ""
                            : ", written to " + terminal.styled(Style::kBold, options.output)));
}

StreamedFiles files_of(const Options& options) {
  StreamedFiles files;
  files.data = options.data;
  files.output = options.output;
  files.format = output_format(options) == "csv" ? StreamOptions::Format::kCsv
                                                 : StreamOptions::Format::kJsonLines;
  files.threads = options.threads;
  files.resume = options.resume;
  files.limits = options.limits;
  return files;
}

/// The rules that --since names, and what a run keeps beside them.
struct Since {
  NamedRules rules;
  KeptMatches kept;
};

Since load_since(const Options& options) {
  Since since;
  if (is_run(options.since)) {
    const Run run = Run::open(options.since, options.limits.queries);
    for (const auto& [name, value] : restore_options(run)) {
      if (name != "language" || value == options.language) continue;
      refuse(options, fmt::format("'{}' was made of columns in {} only; give --language {}, or a "
                                  "rule set or another run",
                                  options.since, value, value));
    }
    since.kept = restore_matches(run);
  }
  since.rules = load_named_rules(options.since, {}, options.limits);
  if (options.since != options.rules) print_diagnostics(since.rules.loaded.diagnostics);
  return since;
}

/// Writes the people whom the edit since then changes: those of a dataset, or, without one, of a
/// stream.
int run_since(const Options& options, const Rules& rules, const Dataset* dataset) {
  const Since since = load_since(options);
  if (!since.rules.loaded.rules) return kMistake;
  const Rules& before = *since.rules.loaded.rules;
  const StreamedFiles files = files_of(options);
  std::optional<EditReport> report;
  if (dataset == nullptr) {
    report = stream_changed(before, rules, since.kept, files);
  } else if (fits(before, dataset->schema)) {
    report = write_changed(before, rules, since.kept, *dataset, files);
  }
  if (!report) return kMistake;
  if (!options.quiet) print_effects(options, rules, *report);
  return kSuccess;
}

int run_stream(const Options& options, const Rules& rules) {
  if (!options.since.empty()) return run_since(options, rules, nullptr);
  const std::optional<StreamReport> report = stream_all(rules, files_of(options));
  if (!report) return kMistake;
  if (!options.quiet) print_summary(options, rules, report->labels, report->people);
  return kSuccess;
}

int run(const Options& options) {
  check_output(options);
  check_resume(options);
  check_since(options);
  LoadOptions load = options.limits.rules;
  load.settings = parse_settings(options.settings);
  Loaded rules = load_rules(options.rules, load);
  print_diagnostics(rules.diagnostics);
  if (!rules.rules) return kMistake;
  if (rules.rules->labels.empty()) {
    throw Error(Error::Kind::kUsage, options.rules,
                fmt::format("'{}' has no labels to classify by; give a rule set", options.rules));
  }

  if (streams(options)) return run_stream(options, *rules.rules);

  LoadedDataset data = [&] {
    const ProgressBar bar("reading " + options.data);
    return load_dataset(options.data, options.limits.data);
  }();
  print_diagnostics(data.diagnostics);
  if (!data.dataset) return kMistake;
  if (!options.language.empty()) read_only_language(data.dataset->schema, options.language);
  if (!fits(*rules.rules, data.dataset->schema)) return kMistake;

  const bool to_run = output_format(options) == "sqlite";
  if (!options.since.empty() && !to_run) return run_since(options, *rules.rules, &*data.dataset);

  std::optional<Interruption> interruption;
  if (options.output != "-") interruption.emplace(options.output);
  KeptMatches kept;
  if (!options.since.empty())
    kept = restore_matches(Run::open(options.since, options.limits.queries));
  DatasetClassifier classifier(data.dataset->people, data.dataset->schema, std::move(kept));
  std::vector<Classification> classifications;
  {
    Classifier::Progress progress;
    const ProgressBar bar("classifying", progress.done, data.dataset->people.size());
    const bool labels_alone = output_format(options) == "csv";
    classifications = classifier.classify(*rules.rules, options.threads, &progress,
                                          labels_alone ? Reasons::kLeftOut : Reasons::kKept);
  }

  RunContents contents{*rules.rules, *data.dataset, classifications, {}};
  if (to_run) contents.matches = classifier.kept(*rules.rules);
  for (const auto& [name, value] : load.settings) {
    contents.options.emplace_back("set", name + "=" + value);
  }
  if (!options.language.empty()) contents.options.emplace_back("language", options.language);
  if (const InvalidUtf8 what = options.limits.data.invalid_utf8; what != InvalidUtf8::kRefuse) {
    contents.options.emplace_back("invalid-utf8", name(what));
  }
  {
    const ProgressBar bar("writing " + options.output);
    write(contents, options);
  }

  if (!options.quiet) {
    print_summary(options, *rules.rules, count_labels(*rules.rules, classifications),
                  classifications.size());
  }
  return kSuccess;
}

}  // namespace

void add_classify(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("classify", "Apply a rule set to a dataset");
  command.argument("RULES", options->rules, "A rule set").require();
  command
      .argument("DATA", options->data,
                "A folder with datapackage.json, JSON Lines (plain, .gz or .zst), or - for "
                "standard input")
      .require();
  command.option("-o,--output FILE", options->output, "The run to write, or - for standard output")
      .require();
  command.option("--format", options->format, "What to write; otherwise the ending of FILE says it")
      .take_one_of({"sqlite", "jsonl", "csv"});
  command.option("--set NAME=VALUE", options->settings, "Give a parameter another value");
  add_language_option(command, options->language);
  command.option("--since RULES", options->since,
                 "Write only the people whom another rule set, or the rules of a run, label "
                 "otherwise, and what they were, to JSON Lines. To SQLite: write everybody, and "
                 "look again only for what is not in that run");
  command.flag("--resume", options->resume,
               "Keep what is done when interrupted, in FILE.partial, and go on with what was "
               "kept; for JSON Lines to JSON Lines or CSV");
  add_invalid_utf8_option(command, options->limits.data);
  add_limit_option(command, options->limits);
  command.option("--threads", options->threads, "How many threads; 0: one for each core");
  command.flag("-q,--quiet", options->quiet, "Do not print the summary");
  command.examples = {
      "cadre classify rules/macropolo-2022.yaml datasets/provincial-leaders -o run.sqlite",
      "cadre classify rules/macropolo-2022.yaml people.jsonl.zst -o labels.csv",
      "cadre classify rules/macropolo-2022.yaml - -o - < people.jsonl | jq .labels",
      "cadre classify rules/macropolo-2022.yaml people.jsonl -o run.sqlite --set min_years=5",
      "cadre classify my-rules.yaml people.jsonl -o changed.jsonl --since old-rules.yaml",
      "cadre classify my-rules.yaml people.jsonl -o second.sqlite --since first.sqlite",
      "cadre classify rules/macropolo-2022.yaml people.jsonl -o zh.sqlite --language zh",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
