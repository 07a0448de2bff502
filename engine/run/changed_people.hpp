// The people whom an edit of the rules labels otherwise, as lines of JSON.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/edit.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/person_json.hpp"
#include "cadre/run/rule_places.hpp"

namespace cadre {

/// What becomes of one label.
struct LabelEffect {
  /// People of whom the label was something else, by what it is now (Truth: false, unknown, true).
  std::array<std::size_t, 3> became = {};
  /// People of whom it has another value than before: category, number or date.
  std::size_t other_value = 0;

  std::size_t changed() const { return became[0] + became[1] + became[2] + other_value; }
};

struct EditReport {
  std::size_t people = 0;           ///< all of them
  std::size_t classified = 0;       ///< whom the edit may touch
  std::size_t changed = 0;          ///< of whom some label differs
  std::vector<LabelEffect> labels;  ///< parallel to the labels of the second rule set
  Diagnostics diagnostics;          ///< as StreamReport::diagnostics, of what was read

  /// Counts the people of a part of the input with those of the parts before. The part has the
  /// same labels, or none where nobody of it was classified.
  void add(const EditReport& part);
};

/// Safe to share between threads.
class ChangedPeople {
 public:
  /// `edit` is what turns `before` into `after`. Keeps references to all but the edit.
  ChangedPeople(const Rules& before, const Rules& after, const Edit& edit, const Schema& schema);

  /// Appends the lines of those of some people of whom a label differs: what PersonJson writes by
  /// `after`, and under "before" what these labels were. A label that `before` lacks was unknown.
  /// Counts them in `report`, as classified and as changed.
  void write(std::span<const Person> people, std::string& lines, EditReport& report) const;

 private:
  const Rules& before_;
  const Rules& after_;
  std::vector<std::uint32_t> changed_;             // labels of after_ that may differ
  std::vector<std::optional<std::uint32_t>> old_;  // of each label of after_, its index in before_
  const Classifier classify_before_;               // by the labels that may differ
  const Classifier classify_after_;
  const Classifier explain_;
  const RulePlaces places_;
  const PersonJson json_;
};

}  // namespace cadre
