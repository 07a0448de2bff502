// cadre classify: rules and data in, a run out.
#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/classify/progress.hpp"
#include "cadre/classify/study.hpp"
#include "cadre/classify/value_check.hpp"
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
#include "cli/named_people.hpp"
#include "cli/named_rules.hpp"
#include "cli/output.hpp"
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
  bool spreadsheet_safe = false;
  Limits limits;
};

[[noreturn]] void refuse(const Options& options, const std::string& why) {
  throw Error(Error::Kind::kUsage, options.output, why);
}

/// sqlite, jsonl or csv.
std::string output_format(const Options& options) {
  if (!options.format.empty()) return options.format;
  if (options.output == "-" || is_stream(options.output)) return "jsonl";
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
void check_output_of(const Options& options, FilesRead& read) {
  const std::string format = output_format(options);
  if (format == "sqlite") {
    check_database_output(options.output, "a SQLite run", "-o FILE or --format jsonl");
  }
  check_spreadsheet_option(options.spreadsheet_safe, format);
  for (const std::string& input : {options.rules, options.data, options.since}) read.add(input);
  if (options.data == "-") read.add("/dev/stdin");
  check_output(options.output, read);
}

CsvCells cells_of(const Options& options) {
  return options.spreadsheet_safe ? CsvCells::kSpreadsheetSafe : CsvCells::kPlain;
}

void write(const RunContents& run, const Options& options, const FilesRead& read) {
  const std::string format = output_format(options);
  if (format == "sqlite") {
    write_run_sqlite(run, options.output, read);
    return;
  }
  const auto write_people = [&](std::ostream& out) {
    if (format == "jsonl") {
      write_run_jsonl(run, out);
    } else {
      write_run_csv(run, out, cells_of(options));
    }
  };
  if (options.output == "-") {
    std::ostringstream text;
    write_people(text);
    print_data(text.view(), read);
  } else {
    write_stream(options.output, write_people, read);
  }
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
  return options.output == "-" || is_stream(options.output) || options.resume ||
         !options.since.empty() || fs::file_size(options.data, none) > kReadWhole;
}

void check_resume(const Options& options) {
  if (!options.resume) return;
  if (!options.since.empty()) refuse(options, "--resume and --since do not go together");
  if (!streams(options)) {
    refuse(options,
           "--resume is for people who are classified as they come: JSON Lines in, "
           "JSON Lines or CSV out, all languages");
  }
  if (options.output == "-" || is_stream(options.output)) {
    refuse(options, "--resume keeps what is done beside the output; give -o FILE");
  }
  for (const char* kept : {".partial", ".journal"}) check_kept(options.output + kept);
}

void check_since(const Options& options) {
  if (options.since.empty()) return;
  const std::string format = output_format(options);
  if (format == "csv") {
    refuse(options,
           "--since writes JSON Lines with the people whom the edit changes, or a whole "
           "run; give -o FILE.jsonl or -o FILE.sqlite");
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

StreamedFiles files_of(const Options& options, const FilesRead& read) {
  StreamedFiles files;
  files.data = options.data;
  files.output = options.output;
  files.format = output_format(options) == "csv" ? StreamOptions::Format::kCsv
                                                 : StreamOptions::Format::kJsonLines;
  files.cells = cells_of(options);
  files.threads = options.threads;
  files.resume = options.resume;
  files.limits = options.limits;
  files.read = read;
  return files;
}

/// The rules that --since names.
NamedRules load_since(const Options& options, FilesRead& read) {
  if (is_run(options.since)) {
    const Run run = open_run(options.since, options.limits, read);
    for (const auto& [name, value] : restore_options(run)) {
      if (name != "language" || value == options.language) continue;
      refuse(options, fmt::format("'{}' was made of columns in {} only; give --language {}, or a "
                                  "rule set or another run",
                                  options.since, value, value));
    }
  }
  NamedRules since = load_named_rules(options.since, {}, options.limits, read);
  if (options.since != options.rules) print_diagnostics(since.loaded.diagnostics);
  return since;
}

/// Writes the people whom the edit since then changes: those of a dataset, or, without one, of a
/// stream.
int run_since(const Options& options, const Rules& rules, const Dataset* dataset, FilesRead& read) {
  const NamedRules since = load_since(options, read);
  if (!since.loaded.rules) return kMistake;
  const Rules& before = *since.loaded.rules;
  const StreamedFiles files = files_of(options, read);
  std::optional<EditReport> report;
  if (dataset == nullptr) {
    report = stream_changed(before, rules, files);
  } else if (fits(before, dataset->schema)) {
    report = write_changed(before, rules, *dataset, files);
  }
  if (!report) return kMistake;
  if (!options.quiet) print_effects(options, rules, *report);
  return kSuccess;
}

int run_stream(const Options& options, const Rules& rules, FilesRead& read) {
  if (!options.since.empty()) return run_since(options, rules, nullptr, read);
  const std::optional<StreamReport> report = stream_all(rules, files_of(options, read));
  if (!report) return kMistake;
  if (!options.quiet) print_summary(options, rules, report->labels, report->people);
  return kSuccess;
}

int run(const Options& options) {
  check_order(options.rules, options.data, "cadre classify RULES DATA -o FILE");
  FilesRead read;
  check_output_of(options, read);
  check_resume(options);
  check_since(options);
  LoadOptions load = options.limits.rules;
  load.settings = parse_settings(options.settings);
  Loaded rules = load_rules(options.rules, load);
  add_rules(read, *rules.sources);
  check_output(options.output, read);
  print_diagnostics(rules.diagnostics);
  if (!rules.rules) return kMistake;
  if (rules.rules->labels.empty()) {
    throw Error(Error::Kind::kUsage, options.rules,
                fmt::format("'{}' has no labels to classify by; give a rule set", options.rules));
  }

  if (streams(options)) return run_stream(options, *rules.rules, read);

  const std::shared_ptr<const Dataset> data =
      load_named_people(options.data, rules.rules->schema, options.language, options.limits, read);
  if (!data) return kMistake;
  check_output(options.output, read);
  if (!fits(*rules.rules, data->schema)) return kMistake;
  print_diagnostics(check_values(*rules.rules, *data));

  const bool to_run = output_format(options) == "sqlite";
  if (!options.since.empty()) {
    if (!to_run) return run_since(options, *rules.rules, &*data, read);
    // A run holds everybody, but rules that are named must be there.
    if (!load_since(options, read).loaded.rules) return kMistake;
  }

  std::optional<Interruption> interruption;
  if (options.output != "-") interruption.emplace(options.output);
  const Study study(data, {.threads = options.threads});
  std::vector<Classification> classifications;
  {
    Progress progress;
    const ProgressBar bar("classifying", progress.done, data->people.size());
    const bool labels_alone = output_format(options) == "csv";
    classifications = study.classify(
        *rules.rules,
        {.reasons = labels_alone ? Reasons::kLeftOut : Reasons::kKept, .progress = &progress});
  }

  RunContents contents{*rules.rules, *data, classifications, {}};
  for (const auto& [name, value] : load.settings) {
    contents.options.emplace_back("set", name + "=" + value);
  }
  if (!options.language.empty()) contents.options.emplace_back("language", options.language);
  if (const InvalidUtf8 what = options.limits.data.invalid_utf8; what != InvalidUtf8::kRefuse) {
    contents.options.emplace_back("invalid-utf8", name(what));
  }
  {
    const ProgressBar bar("writing " + options.output);
    write(contents, options, read);
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
  add_output_option(command, "-o,--output FILE", options->output,
                    "The run to write, or - for standard output")
      .require();
  command.option("--format", options->format, "What to write; otherwise the ending of FILE says it")
      .take_one_of({"sqlite", "jsonl", "csv"});
  add_spreadsheet_option(command, options->spreadsheet_safe);
  command.option("--set NAME=VALUE", options->settings, "Give a parameter another value");
  add_language_option(command, options->language);
  command.option("--since RULES", options->since,
                 "Write only the people whom another rule set, or the rules of a run, label "
                 "otherwise, and what they were, to JSON Lines. A run in SQLite holds everybody, "
                 "with --since or without");
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
