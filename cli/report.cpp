// cadre report: a run, what changed between two, or a sweep, as one HTML file.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/report/report.hpp"
#include "cadre/run/run.hpp"
#include "cadre/sweep/files.hpp"
#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string output;
  Limits limits;
};

[[noreturn]] void refuse(const std::string& why) {
  throw Error(Error::Kind::kUsage, "", why);
}

std::string render(const std::vector<std::string>& inputs, const QueryLimits& figures) {
  if (inputs.size() > 2) {
    refuse(
        "a report is made of one run, of two (BEFORE AFTER), of a sweep, or of a run and a sweep");
  }
  for (const std::string& input : inputs) {
    if (input.ends_with(".partial") && !is_database(input)) {
      refuse(
          fmt::format("'{}' is an unfinished sweep: finish it with cadre sweep --resume", input));
    }
  }
  const std::string& first = inputs.front();
  const std::string& last = inputs.back();
  if (inputs.size() == 1) {
    return is_sweep(first) ? render_report(SweepFile::open(first, figures))
                           : render_report(Run::open(first, figures), figures);
  }
  if (is_sweep(first) && is_sweep(last)) refuse("a report is made of one sweep only");
  if (is_sweep(first)) {
    return render_report(Run::open(last, figures), SweepFile::open(first, figures), figures);
  }
  if (is_sweep(last)) {
    return render_report(Run::open(first, figures), SweepFile::open(last, figures), figures);
  }
  return render_report(Run::open(first, figures), Run::open(last, figures), figures);
}

int run(const Options& options) {
  FilesRead read;
  for (const std::string& input : options.inputs) read.add(input);
  check_output(options.output, read);
  write_data(options.output, render(options.inputs, options.limits.queries), read);
  return kSuccess;
}

}  // namespace

void add_report(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("report", "Make one HTML file of a run or a sweep, to look at and ask why");
  command
      .argument("RUN", options->inputs,
                "A run in SQLite, or the result of a sweep; two runs: what changed, too; a run "
                "and a sweep: both")
      .require();
  add_output_option(command, "-o,--output FILE", options->output,
                    "The file to write, or - for standard output")
      .require();
  add_limit_option(command, options->limits);
  command.examples = {
      "cadre report run.sqlite -o report.html",
      "cadre report before.sqlite after.sqlite -o changes.html",
      "cadre report sweep.sqlite -o curve.html",
      "cadre report run.sqlite sweep.sqlite -o report.html",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
