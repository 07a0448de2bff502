#include "cadre/classify/label_probe.hpp"

#include <algorithm>

#include "cadre/classify/classifier.hpp"
#include "cadre/classify/fingerprint.hpp"
#include "cadre/classify/person_text.hpp"

namespace cadre {

LabelProbe::LabelProbe(const Rules& rules, const Schema& schema)
    : rules_(rules),
      schema_(schema),
      searched_(search_scope(rules.evaluation_order, rules, schema)),
      matcher_(rules.lexicons, rules.match_limits),
      conditions_((require_fit(rules, schema), bind_conditions(rules, schema))),
      rank_(rules.labels.size()),
      outcomes_(rules.labels.size()),
      asked_(rules.labels.size()) {
  for (std::uint32_t i = 0; i < rules.evaluation_order.size(); ++i) {
    rank_[rules.evaluation_order[i]] = i;
  }
  for (const LabelOutcome& outcome : outcomes_) others_.push_back(&outcome);
}

std::vector<std::uint32_t> LabelProbe::with_used(std::span<const std::uint32_t> labels) {
  std::vector<std::uint32_t> all;
  std::vector<std::uint32_t> open;  // whose uses are still to be added
  const auto add = [&](std::uint32_t label) {
    if (asked_[label]) return;
    asked_[label] = true;
    all.push_back(label);
    open.push_back(label);
  };
  for (const std::uint32_t label : labels) add(label);
  while (!open.empty()) {
    const std::uint32_t label = open.back();
    open.pop_back();
    for (const std::uint32_t used : labels_used(rules_.labels[label])) add(used);
  }
  for (const std::uint32_t label : all) asked_[label] = false;
  std::sort(all.begin(), all.end(),
            [&](std::uint32_t a, std::uint32_t b) { return rank_[a] < rank_[b]; });
  return all;
}

std::vector<LabelValue> LabelProbe::values(const Person& person,
                                           std::span<const std::uint32_t> labels) {
  check_cells(person, schema_);
  batch_.clear();
  const PersonText text(schema_, person, batch_, searched_.columns);
  matcher_.find(batch_);
  const std::vector<std::uint32_t> order = with_used(labels);
  for (const std::uint32_t label : order) {
    outcomes_[label] = evaluate_label(label, rules_, conditions_, text, others_, Reasons::kKept);
  }
  std::vector<LabelValue> values;
  for (const std::uint32_t label : labels) values.push_back(outcomes_[label].value);
  for (const std::uint32_t label : order) outcomes_[label] = {};
  return values;
}

}  // namespace cadre
