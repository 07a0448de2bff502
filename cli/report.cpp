// cadre report: a run, or what changed between two, as one HTML file.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/report/report.hpp"
#include "cadre/run/run.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::vector<std::string> runs;
  std::string output;
};

int run(const Options& options) {
  if (options.runs.size() > 2) {
    throw Error(Error::Kind::kUsage, "", "a report is made of one run, or of two: BEFORE AFTER");
  }
  const Run first = Run::open(options.runs.front());
  const std::string page = options.runs.size() == 1
                               ? render_report(first)
                               : render_report(first, Run::open(options.runs.back()));
  if (options.output == "-") {
    print(page);
  } else {
    write_file(options.output, page);
  }
  return kSuccess;
}

}  // namespace

void add_report(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("report", "Make one HTML file of a run, to look at and ask why");
  command->add_option("RUN", options->runs, "A run in SQLite; two of them: what changed, too")
      ->required();
  command->add_option("-o,--output", options->output, "The file to write, or - for standard output")
      ->required()
      ->type_name("FILE");
  command->footer(examples({
      "cadre report run.sqlite -o report.html",
      "cadre report before.sqlite after.sqlite -o changes.html",
  }));
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

}  // namespace cadre::cli
