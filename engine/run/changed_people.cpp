#include "cadre/run/changed_people.hpp"

namespace cadre {

void EditReport::add(const EditReport& part) {
  people += part.people;
  classified += part.classified;
  changed += part.changed;
  for (std::size_t label = 0; label < part.labels.size(); ++label) {
    for (std::size_t truth = 0; truth < labels[label].became.size(); ++truth) {
      labels[label].became[truth] += part.labels[label].became[truth];
    }
    labels[label].other_value += part.labels[label].other_value;
  }
}

ChangedPeople::ChangedPeople(const Rules& before, const Rules& after, const Edit& edit,
                             const Schema& schema, const KeptMatches& kept)
    : before_(before),
      after_(after),
      both_(before, after, edit, schema, kept),
      places_(after),
      json_(after, schema, places_) {
  for (const Label& label : after.labels) old_.push_back(before.find_label(label.name));
}

void ChangedPeople::write(std::span<const Person> people, std::string& lines,
                          EditReport& report) const {
  report.labels.resize(after_.labels.size());
  report.classified += people.size();
  const std::vector<std::optional<EditClassifier::Both>> values = both_.classify(people);
  const LabelValue not_there;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (!values[i]) continue;
    std::vector<PersonJson::Other> others;
    for (std::uint32_t label = 0; label < after_.labels.size(); ++label) {
      const LabelValue& was = old_[label] ? values[i]->before[*old_[label]] : not_there;
      const LabelValue& is = values[i]->after[label];
      if (same_value(before_, was, after_, is)) continue;
      LabelEffect& effect = report.labels[label];
      ++(was.truth == is.truth ? effect.other_value
                               : effect.became[static_cast<std::size_t>(is.truth)]);
      others.push_back({old_[label] ? before_ : after_, old_[label].value_or(label), was});
    }
    if (others.empty()) continue;
    ++report.changed;
    json_.write(people[i], both_.explain(people[i]), others, lines);
  }
}

}  // namespace cadre
