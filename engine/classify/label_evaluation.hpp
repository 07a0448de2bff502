// The labels of one person: conditions combined, categories picked, numbers and dates taken.
#pragma once

#include <unordered_map>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/row_condition.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// The row conditions of a rule set, bound to a schema, by where they stand in the model.
using BoundConditions = std::unordered_map<const RowsCondition*, BoundRows>;

BoundConditions bind_conditions(const Rules& rules, const Schema& schema);

/// Values of all the labels, parallel to Rules::labels.
std::vector<LabelValue> evaluate_labels(const Rules& rules, const BoundConditions& conditions,
                                        const PersonText& text);

}  // namespace cadre
