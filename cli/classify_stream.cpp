#include "cli/classify_stream.hpp"

#include <fmt/format.h>

#include <functional>
#include <ostream>
#include <span>
#include <string_view>

#include "cadre/base/files.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/run/batch.hpp"
#include "cli/command.hpp"
#include "cli/interruption.hpp"
#include "cli/named_rules.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

using Write = std::function<void(std::string_view)>;

/// The data, opened.
class Input {
 public:
  explicit Input(const StreamedFiles& files)
      : name_(files.data == "-" ? files.limits.data.standard_input_name : files.data),
        file_(files.data == "-" ? "/dev/stdin" : files.data, nullptr, name_) {}

  const std::string& name() const { return name_; }
  std::size_t read(std::span<char> bytes) { return file_.read(bytes); }

 private:
  std::string name_;
  FileReader file_;
};

/// Thrown where an output must not appear, since the data has mistakes.
struct Mistakes {};

/// Gives `stream` what writes to the output, and returns what it returns: whether all went well. A
/// file appears whole, or, where the data has mistakes, not at all.
bool write_output(const StreamedFiles& files, const std::function<bool(const Write&)>& stream) {
  check_output(files.output, files.read);
  if (files.output == "-") {
    return stream([&](std::string_view lines) { print_data(lines, files.read); });
  }
  const Interruption interruption(files.output);
  const ProgressBar bar("classifying " + files.data);
  try {
    const auto write = [&](std::ostream& out) {
      if (!stream([&](std::string_view lines) { out << lines; })) throw Mistakes();
    };
    write_stream(files.output, write, files.read);
  } catch (const Mistakes&) {
    return false;
  }
  return true;
}

StreamOptions stream_options(const StreamedFiles& files) {
  StreamOptions options;
  options.format = files.format;
  options.cells = files.cells;
  options.threads = files.threads;
  options.data = files.limits.data;
  return options;
}

/// Goes on with what was kept, and says whether all went well; what is done is kept if not.
bool resume(const Rules& rules, const StreamedFiles& files, Input& input, StreamReport& report) {
  StreamOptions options = stream_options(files);
  const Interruption interruption(
      files.output, fmt::format("cadre: interrupted; what is done is kept in '{0}.partial', go on "
                                "with -o {0} --resume\n",
                                files.output));
  Batch batch(files.output, rules, options, files.read);
  std::size_t before = 0;
  for (const FinishedPortion& portion : batch.finished()) before += portion.people;
  if (before > 0) print_error(counted(before, "person was", "people were") + " done before\n");
  options.finished = batch.finished();
  options.on_finished = [&](const FinishedPortion& portion) { batch.finish(portion); };
  const ProgressBar bar("classifying " + files.data);
  report = classify_stream(
      rules, input.name(), [&](std::span<char> bytes) { return input.read(bytes); },
      [&](std::string_view lines) { batch.write(lines); }, options);
  if (has_errors(report.diagnostics)) return false;
  batch.complete();
  return true;
}

}  // namespace

std::optional<StreamReport> stream_all(const Rules& rules, const StreamedFiles& files) {
  if (!fits(rules, Schema::of(rules.schema))) return std::nullopt;
  Input input(files);
  StreamReport report;
  const auto stream = [&](const Write& write) {
    report = classify_stream(
        rules, input.name(), [&](std::span<char> bytes) { return input.read(bytes); }, write,
        stream_options(files));
    return !has_errors(report.diagnostics);
  };
  const bool well =
      files.resume ? resume(rules, files, input, report) : write_output(files, stream);
  print_diagnostics(report.diagnostics);
  if (!well) return std::nullopt;
  return report;
}

std::optional<EditReport> stream_changed(const Rules& before, const Rules& after,
                                         const StreamedFiles& files) {
  if (!fits(before, Schema::of(after.schema)) || !fits(after, Schema::of(after.schema)))
    return std::nullopt;
  Input input(files);
  EditReport report;
  const bool well = write_output(files, [&](const Write& write) {
    report = classify_edit_stream(
        before, after, input.name(), [&](std::span<char> bytes) { return input.read(bytes); },
        write, stream_options(files));
    return !has_errors(report.diagnostics);
  });
  print_diagnostics(report.diagnostics);
  if (!well) return std::nullopt;
  return report;
}

EditReport write_changed(const Rules& before, const Rules& after, const Dataset& dataset,
                         const StreamedFiles& files) {
  EditReport report;
  write_output(files, [&](const Write& write) {
    report = classify_edit(before, after, dataset, write, files.threads);
    return true;
  });
  return report;
}

}  // namespace cadre::cli
