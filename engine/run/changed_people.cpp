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

namespace {

/// Categories are the same by their paths and groups.
bool same_category(const Rules& before, const Branch& was, const Rules& after, const Branch& is) {
  const Category& one = before.lexicons[was.lexicon].categories[was.category];
  const Category& other = after.lexicons[is.lexicon].categories[is.category];
  return one.path == other.path && one.group == other.group;
}

bool same_value(const Rules& before, const LabelValue& was, const Rules& after,
                const LabelValue& is) {
  if (was.category.has_value() != is.category.has_value()) return false;
  if (was.category && !same_category(before, *was.category, after, *is.category)) return false;
  return was.truth == is.truth && was.closed == is.closed && was.number == is.number &&
         was.number_high == is.number_high && was.date == is.date;
}

std::vector<std::uint32_t> numbers_of(const std::vector<bool>& which) {
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < which.size(); ++i) {
    if (which[i]) numbers.push_back(i);
  }
  return numbers;
}

std::vector<std::optional<std::uint32_t>> old_labels(const Rules& before, const Rules& after) {
  std::vector<std::optional<std::uint32_t>> old;
  for (const Label& label : after.labels) old.push_back(before.find_label(label.name));
  return old;
}

/// The labels of the first rule set that these of the second are held against.
std::vector<bool> counterparts(const std::vector<std::uint32_t>& labels,
                               const std::vector<std::optional<std::uint32_t>>& old,
                               const Rules& before) {
  std::vector<bool> which(before.labels.size());
  for (const std::uint32_t label : labels) {
    if (old[label]) which[*old[label]] = true;
  }
  return which;
}

}  // namespace

ChangedPeople::ChangedPeople(const Rules& before, const Rules& after, const Edit& edit,
                             const Schema& schema)
    : before_(before),
      after_(after),
      changed_(numbers_of(edit.labels())),
      old_(old_labels(before, after)),
      classify_before_(before, schema, counterparts(changed_, old_, before)),
      classify_after_(after, schema, edit.labels()),
      explain_(after, schema),
      places_(after),
      json_(after, schema, places_) {}

void ChangedPeople::write(std::span<const Person> people, std::string& lines,
                          EditReport& report) const {
  report.labels.resize(after_.labels.size());
  report.classified += people.size();
  const auto values = [&](const Classifier& classifier) {
    return classifier.classify(people, 1, nullptr, Reasons::kLeftOut);
  };
  const std::vector<Classification> before = values(classify_before_);
  const std::vector<Classification> after = values(classify_after_);
  const LabelValue not_there;
  for (std::size_t i = 0; i < people.size(); ++i) {
    std::vector<PersonJson::Other> others;
    for (const std::uint32_t label : changed_) {
      const LabelValue& was = old_[label] ? before[i].labels[*old_[label]] : not_there;
      const LabelValue& is = after[i].labels[label];
      if (same_value(before_, was, after_, is)) continue;
      LabelEffect& effect = report.labels[label];
      ++(was.truth == is.truth ? effect.other_value
                               : effect.became[static_cast<std::size_t>(is.truth)]);
      others.push_back({old_[label] ? before_ : after_, old_[label].value_or(label), was});
    }
    if (others.empty()) continue;
    ++report.changed;
    json_.write(people[i], explain_.classify(people[i]).labels, others, lines);
  }
}

}  // namespace cadre
