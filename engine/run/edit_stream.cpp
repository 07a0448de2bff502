#include "cadre/run/edit_stream.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "cadre/base/parallel.hpp"
#include "cadre/classify/edit.hpp"
#include "cadre/data/encoding.hpp"
#include "cadre/data/jsonl.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/data/text_file.hpp"
#include "cadre/run/portion_work.hpp"
#include "cadre/run/touched_lines.hpp"

namespace cadre {
namespace {

/// What became of a part of the people.
struct Outcome {
  EditReport report;
  std::string lines;

  void finish(const std::function<void(std::string_view)>& write, EditReport& all) const {
    if (!lines.empty()) write(lines);
    all.add(report);
  }
};

class EditStream {
 public:
  EditStream(const Rules& before, const Rules& after, const std::string& name,
             const std::function<void(std::string_view)>& write, const StreamOptions& options)
      : name_(name),
        write_(write),
        options_(options),
        schema_(Schema::of(after.schema)),
        edit_(before, after),
        touched_(edit_, options.data.max_line_bytes),
        changed_(before, after, edit_, schema_) {
    options_.data.schema = after.schema;
    report_.labels.resize(after.labels.size());
  }

  EditReport run(PortionReader& reader) {
    report_.diagnostics =
        work_on_portions(reader, options_.threads, options_.data.max_diagnostics,
                         [this](const Portion& portion) { return work(portion); });
    return std::move(report_);
  }

 private:
  PortionResult work(const Portion& portion) {
    PortionResult result;
    auto outcome = std::make_shared<Outcome>(classify(portion, result));
    result.finish = [this, outcome] { outcome->finish(write_, report_); };
    return result;
  }

  Outcome classify(const Portion& portion, PortionResult& result) const {
    Outcome outcome;
    const bool blank = portion.text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (portion.number > 0 && blank) return outcome;  // only a whole file must hold somebody
    Problems problems(result.diagnostics, options_.data.max_diagnostics);
    std::optional<Dataset> data;
    if (check_encoding(TextFile(name_, portion.text, portion.first_line), problems)) {
      const TouchedLines::Found found = touched_.find(portion);
      outcome.report.people = found.people;
      data = read_json_lines(found.text, name_, options_.data, problems, portion.first_line,
                             &result.findings);
    }
    problems.close();
    if (data) changed_.write(data->people, outcome.lines, outcome.report);
    return outcome;
  }

  const std::string& name_;
  const std::function<void(std::string_view)>& write_;
  StreamOptions options_;
  const Schema schema_;
  const Edit edit_;
  const TouchedLines touched_;
  const ChangedPeople changed_;
  EditReport report_;  // of what is finished
};

}  // namespace

EditReport classify_edit_stream(const Rules& before, const Rules& after, const std::string& name,
                                const PortionReader::Read& read,
                                const std::function<void(std::string_view)>& write,
                                const StreamOptions& options) {
  PortionReader reader(name, read, options.data, options.portion_bytes);
  return EditStream(before, after, name, write, options).run(reader);
}

EditReport classify_edit(const Rules& before, const Rules& after, const Dataset& dataset,
                         const std::function<void(std::string_view)>& write, unsigned threads) {
  constexpr std::size_t kTogether = 128;  // few enough to share the work evenly
  const ChangedPeople changed(before, after, Edit(before, after), dataset.schema);
  EditReport report;
  report.people = dataset.people.size();
  report.labels.resize(after.labels.size());
  std::span<const Person> rest = dataset.people;
  in_order(thread_count(threads), [&]() -> Task {
    if (rest.empty()) return {};
    const auto some = rest.first(std::min(kTogether, rest.size()));
    rest = rest.subspan(some.size());
    return [&, some]() -> Finish {
      auto outcome = std::make_shared<Outcome>();
      changed.write(some, outcome->lines, outcome->report);
      return [&, outcome] {
        outcome->finish(write, report);
        return true;
      };
    };
  });
  return report;
}

}  // namespace cadre
