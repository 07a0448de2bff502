#include "cadre/analyse/disagreements.hpp"

#include <utility>

#include "cadre/analyse/explanation.hpp"

namespace cadre {

std::vector<Disagreement> disagreements(const Run& run, const Run* other,
                                        const LabelAgreement& label, std::size_t limit) {
  using Outcome = PersonAgreement::Outcome;
  std::vector<Disagreement> found;
  for (const Outcome outcome : {Outcome::kDiffer, Outcome::kUnknown, Outcome::kSplit}) {
    for (const PersonAgreement& comparison : label.people) {
      if (comparison.outcome != outcome) continue;
      if (found.size() == limit) return found;
      Disagreement one;
      one.comparison = comparison;
      one.person = read_person(run, comparison.person).value_or(PersonSummary{});
      one.run = reasons(explain(run, comparison.person, label.label));
      if (other != nullptr) {
        one.other = reasons(explain(*other, comparison.person, label.label));
      }
      found.push_back(std::move(one));
    }
  }
  return found;
}

}  // namespace cadre
