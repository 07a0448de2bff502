// What is said of one person as a line of JSON: id, labels with values (true, false, or null for
// unknown), and evidence with quoted words.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/run/rule_places.hpp"

namespace cadre {

class PersonJson {
 public:
  /// Keeps references to all three. Safe to share between threads.
  PersonJson(const Rules& rules, const Schema& schema, const RulePlaces& places)
      : rules_(rules), schema_(schema), places_(places) {}

  /// Appends the line, with its line feed.
  void write(const Person& person, const std::vector<LabelValue>& values, std::string& out) const;

  /// A label's value under other rules.
  struct Other {
    const Rules& rules;
    std::uint32_t label;  ///< index into these rules
    const LabelValue& value;
  };
  /// The same line with "before": the values that some labels had under other rules.
  void write(const Person& person, const std::vector<LabelValue>& values,
             std::span<const Other> before, std::string& out) const;

 private:
  const Rules& rules_;
  const Schema& schema_;
  const RulePlaces& places_;
};

}  // namespace cadre
