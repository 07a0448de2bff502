// cadre check: errors and warnings of rule files and datasets, and the tests that rule files carry.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/classify/rule_tests.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/import/layout_tests.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/render.hpp"
#include "cadre/run/figure_check.hpp"
#include "cli/command.hpp"
#include "cli/junit.hpp"
#include "cli/named_people.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  std::vector<std::string> settings;
  std::string format = "text";
  std::string junit;  // a file to write, or empty
  bool strict = false;
  Limits limits;
};

struct Outcome {
  Diagnostics diagnostics;
  std::size_t tests = 0;
  std::size_t failed = 0;
  std::vector<RuleTestResult> results;
  std::string summary;
};

std::string summary_of(const Rules& rules, std::size_t tests) {
  std::size_t terms = 0;
  for (const Lexicon& lexicon : rules.lexicons) terms += lexicon.terms.size();
  std::vector<std::string> parts;
  const auto add = [&parts](std::size_t count, const char* one, const char* many) {
    if (count > 0) parts.push_back(counted(count, one, many));
  };
  add(rules.labels.size(), "label", "labels");
  add(rules.layouts.size(), "layout", "layouts");
  add(rules.lexicons.size(), "lexicon", "lexicons");
  add(terms, "term", "terms");
  add(rules.eras.size(), "era scheme", "era schemes");
  add(rules.figures.size(), "figure", "figures");
  add(tests, "test passed", "tests passed");
  return fmt::format("{}", fmt::join(parts, ", "));
}

Outcome check_dataset(const std::string& path, const DataOptions& options, FilesRead& read) {
  Outcome outcome;
  LoadedDataset loaded = load_dataset(path, options);
  outcome.diagnostics = std::move(loaded.diagnostics);
  if (!loaded.dataset) {
    add_unloaded_data(read, path);
    return outcome;
  }
  add_data(read, path, *loaded.dataset);
  const Dataset& dataset = *loaded.dataset;
  outcome.summary = counted(dataset.people.size(), "person", "people");
  for (const Table table : dataset.schema.all_but_people()) {
    std::size_t rows = 0;
    for (const Person& person : dataset.people) rows += person.rows(table).size();
    const SchemaTable& declared = dataset.schema.declared->table(table);
    outcome.summary += ", " + counted(rows, declared.one, declared.many);
  }
  return outcome;
}

/// `schema` becomes that of the rules.
Outcome check_rules(const std::string& file, const LoadOptions& options, FilesRead& read,
                    SchemaPointer& schema) {
  Outcome outcome;
  Loaded loaded = load_rules(file, options);
  add_rules(read, *loaded.sources);
  outcome.diagnostics = std::move(loaded.diagnostics);
  if (!loaded.rules) return outcome;
  schema = loaded.rules->schema;

  const auto append = [&outcome](Diagnostics more) {
    outcome.diagnostics.insert(outcome.diagnostics.end(), more.begin(), more.end());
  };
  append(check_figures(*loaded.rules));
  for (RuleTestReport& report :
       std::array{run_rule_tests(*loaded.rules), run_layout_tests(*loaded.rules)}) {
    outcome.tests += report.run;
    outcome.failed += report.failed;
    outcome.results.insert(outcome.results.end(), report.results.begin(), report.results.end());
    append(std::move(report.diagnostics));
  }
  outcome.summary = summary_of(*loaded.rules, outcome.tests - outcome.failed);
  return outcome;
}

/// What was found in each file, up to the first one that cannot be read at all.
struct Checked {
  std::vector<Outcome> outcomes;
  std::exception_ptr failure;  ///< of the file after the last outcome
};

Checked check_files(const Options& options, FilesRead& read) {
  LoadOptions load = options.limits.rules;
  load.settings = parse_settings(options.settings);
  for (const std::string& file : options.files) read.add(file);
  Checked checked;
  DataOptions data = options.limits.data;  // datasets have the schema of the rules before them
  try {
    for (const std::string& file : options.files) {
      checked.outcomes.push_back(is_dataset(file) ? check_dataset(file, data, read)
                                                  : check_rules(file, load, read, data.schema));
    }
  } catch (const Error&) {
    checked.failure = std::current_exception();
  }
  return checked;
}

int run(const Options& options) {
  FilesRead read;
  // What is read is known only once all of it was: nothing is written before.
  Checked checked = check_files(options, read);
  check_output("-", read);
  check_output(options.junit, read);

  const Terminal terminal = Terminal::of(stdout);
  Diagnostics all;
  std::vector<JUnitSuite> suites;
  int status = kSuccess;
  for (std::size_t i = 0; i < checked.outcomes.size(); ++i) {
    const std::string& file = options.files[i];
    Outcome& outcome = checked.outcomes[i];
    const bool mistakes = std::any_of(
        outcome.diagnostics.begin(), outcome.diagnostics.end(), [](const Diagnostic& one) {
          return one.severity == Severity::kError && one.code != "test-failed";
        });
    const bool differs = outcome.failed > 0 || (options.strict && !outcome.diagnostics.empty());
    status = std::max(status, mistakes ? kMistake : differs ? kDiffers : kSuccess);
    if (options.format == "text") {
      print_diagnostics(outcome.diagnostics);
      if (!mistakes) {
        const std::string verdict = differs ? terminal.styled(Style::kRed, "not right")
                                            : terminal.styled(Style::kGreen, "ok");
        print(fmt::format("{}: {}  {}\n", file, verdict, outcome.summary), read);
      }
    }
    suites.push_back({file, outcome.diagnostics, std::move(outcome.results)});
    all.insert(all.end(), outcome.diagnostics.begin(), outcome.diagnostics.end());
  }
  if (checked.failure) std::rethrow_exception(checked.failure);
  if (!options.junit.empty()) write_data(options.junit, render_junit(suites), read);
  if (options.format == "json") print_data(render_json(all), read);
  if (options.format == "sarif") print_data(render_sarif(all), read);
  return status;
}

}  // namespace

void add_check(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add(
      "check", "Find mistakes in rule files and datasets, and run the tests of rule files");
  command
      .argument("FILE", options->files,
                "Rule sets, lexicons, eras or figures; datasets (folders with datapackage.json, "
                "JSON Lines, or - for standard input)")
      .require();
  command.option("--set NAME=VALUE", options->settings, "Give a parameter another value");
  command.option("--format", options->format, "How to print what was found")
      .show_default()
      .take_one_of({"text", "json", "sarif"});
  add_output_option(command, "--junit FILE", options->junit,
                    "Also write the tests as JUnit XML, for CI");
  add_invalid_utf8_option(command, options->limits.data);
  add_limit_option(command, options->limits);
  command.flag("--strict", options->strict, "Count warnings as failures");
  command.examples = {
      "cadre check rules/macropolo-2022.yaml",
      "cadre check rules/lexicons/*.yaml",
      "cadre check datasets/provincial-leaders",
      "cadre check rules/macropolo-2022.yaml --format sarif > check.sarif",
      "cadre check rules/macropolo-2022.yaml --junit check.xml",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
