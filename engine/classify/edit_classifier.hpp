// The same people under two rule sets that differ little: what both look for is looked for once.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/classify/edit.hpp"
#include "cadre/classify/kept_matches.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Whether a label has the same value by two rule sets: categories are the same by their paths and
/// groups.
bool same_value(const Rules& before, const LabelValue& was, const Rules& after,
                const LabelValue& is);

/// Safe to share between threads. Keeps references to all but the edit.
class EditClassifier {
 public:
  /// `edit` is what turns the first rule set into the second. What is kept of texts is not looked
  /// for again (classify/kept_matcher.hpp).
  EditClassifier(const Rules& before, const Rules& after, const Edit& edit, const Schema& schema,
                 const KeptMatches& kept);
  ~EditClassifier();
  EditClassifier(const EditClassifier&) = delete;
  EditClassifier& operator=(const EditClassifier&) = delete;

  /// Values without reasons of the labels that may differ; of others neither rule set has one.
  struct Both {
    std::vector<LabelValue> before;  ///< parallel to the labels of the first rule set
    std::vector<LabelValue> after;   ///< and of the second
  };

  /// The values that a Classifier of each rule set gives; parallel to `people`.
  /// Nothing for people of whom they are the same, as the edit changes nothing that is found.
  std::vector<std::optional<Both>> classify(std::span<const Person> people) const;

  /// What a Classifier of the second rule set says of a person, with reasons.
  std::vector<LabelValue> explain(const Person& person) const;

 private:
  struct Compiled;
  class Comparison;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace cadre
