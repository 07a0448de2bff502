// Classifying the same people again under rules that changed a little: only what changed is done.
//
// Each label gets a fingerprint of all that its values depend on (classify/fingerprint.hpp): its
// own rule, what the lexicons that it looks into hold, and the fingerprints of the labels that it
// uses. Labels of one fingerprint are evaluated once, and lexicons of one content are looked for
// once in each distinct text. The values are those that a Classifier gives; they come without
// evidence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/classify/kept_matches.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// One label's values of all the people.
class LabelColumn {
 public:
  struct Value {
    Truth truth = Truth::kUnknown;  ///< of other kinds than plain: whether there is a value
    std::string category;           ///< of a category label: the path below the lexicon
    std::string group;              ///< of that category
    std::optional<double> number;
    std::optional<Date> date;
  };

  /// Equal for columns with equal values, whatever rules they came from.
  std::uint32_t number() const { return number_; }
  /// The value of the person at that index.
  Value value(std::size_t person) const;

 private:
  friend class Reclassifier;
  struct Details;  // for all but the truth
  std::uint32_t number_ = 0;
  std::vector<Truth> truths_;
  std::shared_ptr<const Details> details_;  // nullptr: nothing but the truth is there or needed
};

/// Safe to share between threads; each waits only for what another is just doing. Keeps references
/// to `people` and `schema`. Throws Error kCorrupt when what is kept cannot be what a lexicon
/// finds.
class Reclassifier {
 public:
  struct Options {
    /// What is remembered is forgotten when it takes more than about so many bytes.
    std::size_t max_bytes = std::size_t{256} << 20;
    /// What is kept of these people's texts is not looked for again.
    KeptMatches kept = {};
  };

  Reclassifier(std::span<const Person> people, const Schema& schema)
      : Reclassifier(people, schema, Options()) {}
  Reclassifier(std::span<const Person> people, const Schema& schema, Options options);
  ~Reclassifier();
  Reclassifier(const Reclassifier&) = delete;
  Reclassifier& operator=(const Reclassifier&) = delete;

  /// The columns of all labels, parallel to Rules::labels. `rules` and the schema must go together
  /// (check_schema in classify/classifier.hpp), and are not kept.
  std::vector<std::shared_ptr<const LabelColumn>> classify(const Rules& rules);

  /// A fingerprint of each label, parallel to Rules::labels: equal numbers, equal values. (Equal
  /// values may well have unequal numbers.) Nothing is evaluated.
  std::vector<std::uint32_t> fingerprints(const Rules& rules);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cadre
