#include "cadre/classify/term_removal.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "cadre/classify/fingerprint.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/term_places.hpp"

namespace cadre {
namespace {

/// By label: the lexicons that it looks for, itself or through the labels that it names.
std::vector<std::vector<bool>> lexicons_of_labels(const Rules& rules) {
  std::vector<std::vector<bool>> all(rules.labels.size(), std::vector<bool>(rules.lexicons.size()));
  for (const std::uint32_t label : rules.evaluation_order) {
    for (const std::uint32_t used : lexicons_used(rules.labels[label])) all[label][used] = true;
    for (const std::uint32_t used : labels_used(rules.labels[label])) {
      for (std::size_t i = 0; i < rules.lexicons.size(); ++i) {
        if (all[used][i]) all[label][i] = true;
      }
    }
  }
  return all;
}

/// Whether two values are the same, reasons apart.
bool same_value(const LabelValue& a, const LabelValue& b) {
  const auto value = [](const LabelValue& one) {
    return std::tie(one.truth, one.category, one.number, one.number_high, one.date);
  };
  return value(a) == value(b);
}

}  // namespace

TermRemoval::TermRemoval(const KnownAnswers& known, std::span<const TermNumber> terms,
                         std::span<const std::uint32_t> people)
    : known_(known),
      conditions_(bind_conditions(known.rules, known.dataset.schema)),
      lexicons_of_(lexicons_of_labels(known.rules)),
      asked_for_(known.dataset.people.size(), people.empty()) {
  for (const std::uint32_t person : people) asked_for_[person] = true;
  for (const Lexicon& lexicon : known.rules.lexicons) shapes_.push_back(shape_of(lexicon));
  std::set<std::uint32_t> lexicons;
  for (const TermNumber& term : terms) {
    texts_[term];
    lexicons.insert(term.lexicon);
  }
  const auto count = static_cast<std::uint32_t>(known.texts.all().size());
  for (const std::uint32_t lexicon : lexicons) {
    for (std::uint32_t text = 0; text < count; ++text) {
      for (const Match& match : known.candidates[lexicon].in(text)) {
        const auto asked = texts_.find({lexicon, match.term});
        if (asked == texts_.end()) continue;
        if (asked->second.empty() || asked->second.back() != text) asked->second.push_back(text);
      }
    }
  }
}

TermRemoval::Changed TermRemoval::matches_without(std::span<const TermNumber> terms) const {
  const std::set<TermNumber> gone(terms.begin(), terms.end());
  std::set<std::pair<std::uint32_t, std::uint32_t>> touched;  // lexicon and text
  for (const TermNumber& term : gone) {
    for (const std::uint32_t text : texts_.at(term)) touched.emplace(term.lexicon, text);
  }
  Changed changed;
  for (const auto& [lexicon, text] : touched) {
    std::vector<Match> left;
    for (const Match& match : known_.candidates[lexicon].in(text)) {
      if (!gone.contains({lexicon, match.term})) left.push_back(match);
    }
    std::vector<Match> counting;
    resolve_candidates(left, known_.rules.lexicons[lexicon], shapes_[lexicon],
                       known_.texts.all()[text].text, counting);
    const std::span<const Match> before = known_.matches[lexicon].in(text);
    if (std::equal(counting.begin(), counting.end(), before.begin(), before.end())) continue;
    changed.emplace(std::pair(lexicon, text), std::move(counting));
  }
  return changed;
}

void TermRemoval::add_changes(std::uint32_t person, const Changed& changed,
                              const std::vector<bool>& affected,
                              std::vector<Study::LabelChange>& out) const {
  const auto find = [&](Table table, std::uint32_t row, std::uint32_t column,
                        std::uint32_t lexicon) -> std::span<const Match> {
    const std::uint32_t text = known_.texts.number(person, table, row, column);
    const auto at = changed.find({lexicon, text});
    return at != changed.end() ? std::span<const Match>(at->second)
                               : known_.matches[lexicon].in(text);
  };
  const PersonText text(known_.dataset.schema, known_.dataset.people[person], find);
  std::vector<LabelOutcome> outcomes(known_.rules.labels.size());
  std::vector<const LabelOutcome*> others(known_.rules.labels.size());
  const std::size_t first = out.size();
  for (const std::uint32_t label : known_.rules.evaluation_order) {
    const LabelOutcome& before = known_.columns[label]->outcome(person);
    others[label] = &before;
    if (!affected[label]) continue;
    outcomes[label] =
        evaluate_label(label, known_.rules, conditions_, text, others, Reasons::kLeftOut);
    others[label] = &outcomes[label];
    if (same_value(before.value, outcomes[label].value)) continue;
    out.push_back({person, label, outcomes[label].value});
  }
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
            [](const auto& a, const auto& b) { return a.label < b.label; });
}

std::vector<Study::LabelChange> TermRemoval::without(std::span<const TermNumber> terms) const {
  const Changed changed = matches_without(terms);
  std::vector<bool> affected(known_.rules.labels.size());
  std::set<std::uint32_t> people;
  for (const auto& [place, counting] : changed) {
    const auto& [lexicon, text] = place;
    for (std::size_t label = 0; label < affected.size(); ++label) {
      if (lexicons_of_[label][lexicon]) affected[label] = true;
    }
    for (const std::uint32_t person : known_.texts.people_with(text)) {
      if (asked_for_[person]) people.insert(person);
    }
  }
  std::vector<Study::LabelChange> changes;
  for (const std::uint32_t person : people) add_changes(person, changed, affected, changes);
  return changes;
}

}  // namespace cadre
