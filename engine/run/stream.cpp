#include "cadre/run/stream.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/data/jsonl.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/run/person_csv.hpp"
#include "cadre/run/person_json.hpp"
#include "cadre/run/portion_work.hpp"
#include "cadre/run/rule_places.hpp"

namespace cadre {
namespace {

class Stream {
 public:
  Stream(const Rules& rules, const std::string& name,
         const std::function<void(std::string_view)>& write, const StreamOptions& options)
      : rules_(rules),
        name_(name),
        write_(write),
        options_(options),
        is_csv_(options.format == StreamOptions::Format::kCsv),
        schema_(Schema::of(rules.schema)),
        classifier_(rules, schema_),
        places_(rules),
        json_(rules, schema_, places_),
        csv_(rules, options.cells) {
    options_.data.schema = rules.schema;
    report_.labels.resize(rules.labels.size());
  }

  StreamReport run(PortionReader& reader) {
    report_.diagnostics =
        work_on_portions(reader, options_.threads, options_.data.max_diagnostics,
                         [this](const Portion& portion) { return work(portion); });
    return std::move(report_);
  }

 private:
  /// What became of a portion.
  struct Outcome {
    FinishedPortion portion;
    std::string lines;
  };

  PortionResult work(const Portion& portion) {
    std::string digest;
    if (options_.on_finished || portion.number < options_.finished.size()) {
      digest = sha256(portion.text);
    }
    if (portion.number < options_.finished.size()) {
      const FinishedPortion& before = options_.finished[portion.number];
      const bool same = before.sha256 == digest;
      return {{}, {}, [this, &before, same, line = portion.first_line] {
                if (!same) not_what_it_was(line);
                count(before);
              }};
    }
    PortionResult result;
    auto outcome = std::make_shared<Outcome>(classify(portion, result));
    outcome->portion.sha256 = std::move(digest);
    result.finish = [this, outcome] { finish(*outcome); };
    return result;
  }

  Outcome classify(const Portion& portion, PortionResult& result) const {
    Outcome outcome;
    Problems problems(result.diagnostics, options_.data.max_diagnostics);
    const std::optional<Dataset> data = read_json_lines(
        portion.text, name_, options_.data, problems, portion.first_line, &result.findings);
    problems.close();
    if (!data) return outcome;
    outcome.portion.people = data->people.size();
    outcome.portion.labels.resize(rules_.labels.size());
    const std::vector<Classification> results = classifier_.classify(
        data->people, 1, nullptr, is_csv_ ? Reasons::kLeftOut : Reasons::kKept);
    if (is_csv_ && portion.number == 0) outcome.lines = csv_.header();
    for (std::size_t i = 0; i < results.size(); ++i) {
      const std::vector<LabelValue>& values = results[i].labels;
      for (std::size_t label = 0; label < values.size(); ++label) {
        ++outcome.portion.labels[label][static_cast<std::size_t>(values[label].truth)];
      }
      if (is_csv_) {
        csv_.write(data->people[i].id, values, outcome.lines);
      } else {
        json_.write(data->people[i], values, outcome.lines);
      }
    }
    return outcome;
  }

  void finish(Outcome& outcome) {
    write_(outcome.lines);
    outcome.portion.bytes = outcome.lines.size();
    if (options_.on_finished) options_.on_finished(outcome.portion);
    count(outcome.portion);
  }

  void count(const FinishedPortion& portion) {
    report_.people += portion.people;
    for (std::size_t label = 0; label < portion.labels.size(); ++label) {
      for (std::size_t truth = 0; truth < 3; ++truth) {
        report_.labels[label][truth] += portion.labels[label][truth];
      }
    }
  }

  [[noreturn]] void not_what_it_was(std::size_t line) const {
    throw Error(Error::Kind::kUsage, name_,
                fmt::format("'{}' is not what it was: near line {} it differs from what was "
                            "classified before",
                            name_, line));
  }

  const Rules& rules_;
  const std::string& name_;
  const std::function<void(std::string_view)>& write_;
  StreamOptions options_;
  const bool is_csv_;
  const Schema schema_;
  const Classifier classifier_;
  const RulePlaces places_;
  const PersonJson json_;
  const PersonCsv csv_;
  StreamReport report_;  // of what is finished
};

}  // namespace

StreamReport classify_stream(const Rules& rules, const std::string& name,
                             const PortionReader::Read& read,
                             const std::function<void(std::string_view)>& write,
                             const StreamOptions& options) {
  PortionReader reader(name, read, options.data, options.portion_bytes);
  return Stream(rules, name, write, options).run(reader);
}

}  // namespace cadre
