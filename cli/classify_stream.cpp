#include "cli/classify_stream.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <system_error>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/run/batch.hpp"
#include "cli/command.hpp"
#include "cli/interruption.hpp"
#include "cli/named_rules.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

using Write = std::function<void(std::string_view)>;

/// The data, opened.
class Input {
 public:
  explicit Input(const StreamedFiles& files)
      : is_standard_(files.data == "-"),
        name_(is_standard_ ? files.limits.data.standard_input_name : files.data),
        file_(std::fopen(is_standard_ ? "/dev/stdin" : files.data.c_str(), "rb"), &std::fclose) {
    if (!file_) cannot_read();
  }

  const std::string& name() const { return name_; }

  std::size_t read(std::span<char> bytes) {
    const std::size_t got = std::fread(bytes.data(), 1, bytes.size(), file_.get());
    if (got == 0 && std::ferror(file_.get()) != 0) cannot_read();
    return got;
  }

 private:
  [[noreturn]] void cannot_read() const {
    throw Error(Error::Kind::kIo, name_,
                fmt::format("cannot read '{}': {}", name_, std::generic_category().message(errno)));
  }

  bool is_standard_;
  std::string name_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

/// Thrown where an output must not appear, since the data has mistakes.
struct Mistakes {};

/// Gives `stream` what writes to the output, and returns what it returns: whether all went well. A
/// file appears whole, or, where the data has mistakes, not at all.
bool write_output(const StreamedFiles& files, const std::function<bool(const Write&)>& stream) {
  if (files.output == "-") return stream([](std::string_view lines) { print(lines); });
  const Interruption interruption(files.output);
  const ProgressBar bar("classifying " + files.data);
  try {
    write_whole(files.output, [&](const std::filesystem::path& path) {
      std::ofstream file(path, std::ios::binary);
      const auto check = [&] {
        if (!file) fail_to_write(files.output);
      };
      const bool well = stream([&](std::string_view lines) {
        file.write(lines.data(), static_cast<std::streamsize>(lines.size()));
        check();
      });
      if (!well) throw Mistakes();
      file.flush();
      check();
    });
  } catch (const Mistakes&) {
    return false;
  }
  return true;
}

StreamOptions stream_options(const StreamedFiles& files) {
  StreamOptions options;
  options.format = files.format;
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
  Batch batch(files.output, rules, options);
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
  if (!fits(rules, Schema::standard())) return std::nullopt;
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
  if (!fits(before, Schema::standard()) || !fits(after, Schema::standard())) return std::nullopt;
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
