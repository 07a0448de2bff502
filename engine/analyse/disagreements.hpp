// The people on whom a run and a coding disagree, with what speaks for the run's side.
#pragma once

#include <cstddef>
#include <vector>

#include "cadre/analyse/evaluation.hpp"
#include "cadre/analyse/people.hpp"
#include "cadre/analyse/reasons.hpp"
#include "cadre/run/run.hpp"

namespace cadre {

struct Disagreement {
  PersonAgreement comparison;
  PersonSummary person;
  std::vector<Reason> run;    ///< why the run says what it says
  std::vector<Reason> other;  ///< the same of the other run, where the coding is one
};

/// At most `limit` of a label: those who differ, then those of whom one side does not know, then
/// those on whom the coders are split; each in the order of the run. `other` is the run that stands
/// for the coding, if it is one.
std::vector<Disagreement> disagreements(const Run& run, const Run* other,
                                        const LabelAgreement& label, std::size_t limit);

}  // namespace cadre
