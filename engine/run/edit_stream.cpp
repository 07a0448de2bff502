#include "cadre/run/edit_stream.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "cadre/classify/edit.hpp"
#include "cadre/classify/edit_classifier.hpp"
#include "cadre/data/encoding.hpp"
#include "cadre/data/jsonl.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/data/text_file.hpp"
#include "cadre/run/person_json.hpp"
#include "cadre/run/portion_work.hpp"
#include "cadre/run/rule_places.hpp"
#include "cadre/run/touched_lines.hpp"

namespace cadre {
namespace {

class EditStream {
 public:
  EditStream(const Rules& before, const Rules& after, const std::string& name,
             const std::function<void(std::string_view)>& write, const StreamOptions& options)
      : before_(before),
        after_(after),
        name_(name),
        write_(write),
        options_(options),
        schema_(Schema::standard()),
        edit_(before, after),
        touched_(edit_, options.data.max_line_bytes),
        both_(before, after, edit_, schema_),
        places_(after),
        json_(after, schema_, places_) {
    for (const Label& label : after.labels) old_.push_back(before.find_label(label.name));
    report_.labels.resize(after.labels.size());
  }

  EditReport run(PortionReader& reader) {
    report_.diagnostics =
        work_on_portions(reader, options_.threads, options_.data.max_diagnostics,
                         [this](const Portion& portion) { return work(portion); });
    return std::move(report_);
  }

 private:
  /// What became of a portion.
  struct Outcome {
    EditReport report;
    std::string lines;
  };

  PortionResult work(const Portion& portion) {
    PortionResult result;
    auto outcome = std::make_shared<Outcome>(classify(portion, result.diagnostics));
    result.finish = [this, outcome] { finish(*outcome); };
    return result;
  }

  Outcome classify(const Portion& portion, Diagnostics& diagnostics) const {
    Outcome outcome;
    outcome.report.labels.resize(after_.labels.size());
    const bool blank = portion.text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (portion.number > 0 && blank) return outcome;  // only a whole file must hold somebody
    Problems problems(diagnostics, options_.data.max_diagnostics);
    std::optional<Dataset> data;
    if (check_encoding(TextFile(name_, portion.text, portion.first_line), problems)) {
      const TouchedLines::Found found = touched_.find(portion);
      outcome.report.people = found.people;
      data = read_json_lines(found.text, name_, options_.data, problems, portion.first_line);
    }
    problems.close();
    if (data) compare(data->people, outcome);
    return outcome;
  }

  void compare(std::span<const Person> people, Outcome& outcome) const {
    outcome.report.classified = people.size();
    const std::vector<std::optional<EditClassifier::Both>> values = both_.classify(people);
    const LabelValue not_there;
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (!values[i]) continue;
      std::vector<PersonJson::Other> others;
      for (std::uint32_t label = 0; label < after_.labels.size(); ++label) {
        const LabelValue& was = old_[label] ? values[i]->before[*old_[label]] : not_there;
        const LabelValue& is = values[i]->after[label];
        if (same_value(before_, was, after_, is)) continue;
        LabelEffect& effect = outcome.report.labels[label];
        ++(was.truth == is.truth ? effect.other_value
                                 : effect.became[static_cast<std::size_t>(is.truth)]);
        others.push_back({old_[label] ? before_ : after_, old_[label].value_or(label), was});
      }
      if (others.empty()) continue;
      ++outcome.report.changed;
      json_.write(people[i], both_.explain(people[i]), others, outcome.lines);
    }
  }

  void finish(const Outcome& outcome) {
    const EditReport& part = outcome.report;
    if (!outcome.lines.empty()) write_(outcome.lines);
    report_.people += part.people;
    report_.classified += part.classified;
    report_.changed += part.changed;
    for (std::size_t label = 0; label < part.labels.size(); ++label) {
      for (std::size_t truth = 0; truth < 3; ++truth) {
        report_.labels[label].became[truth] += part.labels[label].became[truth];
      }
      report_.labels[label].other_value += part.labels[label].other_value;
    }
  }

  const Rules& before_;
  const Rules& after_;
  const std::string& name_;
  const std::function<void(std::string_view)>& write_;
  const StreamOptions& options_;
  const Schema schema_;
  const Edit edit_;
  const TouchedLines touched_;
  const EditClassifier both_;
  const RulePlaces places_;
  const PersonJson json_;
  std::vector<std::optional<std::uint32_t>> old_;  // of each label, its index in before_
  EditReport report_;                              // of what is finished
};

}  // namespace

EditReport classify_edit_stream(const Rules& before, const Rules& after, const std::string& name,
                                const PortionReader::Read& read,
                                const std::function<void(std::string_view)>& write,
                                const StreamOptions& options) {
  PortionReader reader(name, read, options.data, options.portion_bytes);
  return EditStream(before, after, name, write, options).run(reader);
}

}  // namespace cadre
