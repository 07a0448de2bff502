// The labels of one person: conditions combined, categories picked, numbers and dates taken.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/row_condition.hpp"
#include "cadre/classify/years.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// The row conditions of a rule set, bound to a schema, by where they stand in the model.
using BoundConditions = std::unordered_map<const RowsCondition*, BoundRows>;

BoundConditions bind_conditions(const Rules& rules, const Schema& schema);
/// Those of one label, added to `out`.
void bind_conditions(const Label& label, const Rules& rules, const Schema& schema,
                     BoundConditions& out);

/// What a label that takes something from rows takes it from; nullptr for plain labels.
const RowsFrom* where_of(const Label& label);

/// A row that made a label true, with the part of it that counts.
struct Speaking {
  Table table = Table::kPerson;
  TestedRow row;

  /// By what labels look at: which row, and which part of it.
  friend bool operator==(const Speaking& a, const Speaking& b) {
    return a.table == b.table && a.row.row == b.row.row && a.row.windows == b.row.windows;
  }
};

/// The rows that a label rests on, kept for the labels that build on it.
struct Basis {
  std::vector<Speaking> met;
  std::vector<Speaking> possible;
  /// Rows that are not there may speak too: of a table without rows nothing is known.
  bool incomplete = false;
  /// Of a number label: what the number lies between, also where that is too little for a value.
  std::optional<Bounds> number;
  /// Of a date label: the date, as far as it is known.
  std::optional<NamedDate> date;
  /// Of a category label that is unknown: there is a category, and it is one of these. Empty where
  /// it may be any or none.
  std::vector<Branch> candidates;

  friend bool operator==(const Basis&, const Basis&) = default;
};

/// What a label came to, and what other labels need of it.
struct LabelOutcome {
  LabelValue value;
  Basis basis;
};

/// One label. `others` are the outcomes of the labels that it uses, at their indices. Without
/// reasons the value has no steps.
LabelOutcome evaluate_label(std::uint32_t label, const Rules& rules,
                            const BoundConditions& conditions, const PersonText& text,
                            std::span<const LabelOutcome* const> others, Reasons reasons);

/// Values of the labels in `order`, each after those that it uses. The result is parallel to
/// Rules::labels.
std::vector<LabelValue> evaluate_labels(const Rules& rules, std::span<const std::uint32_t> order,
                                        const BoundConditions& conditions, const PersonText& text,
                                        Reasons reasons);

}  // namespace cadre
