// One label's values of all the people of a study.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/base/truth.hpp"
#include "cadre/rules/key.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

struct LabelOutcome;  // classify/label_evaluation.hpp

class LabelColumn {
 public:
  struct Value {
    Truth truth = Truth::kUnknown;  ///< of other kinds than plain: whether there is a value
    std::string category;           ///< of a category label: the path below the lexicon
    std::string group;              ///< of that category
    std::optional<double> number;
    std::optional<double> number_high;  ///< where only bounds are known: the upper one
    std::optional<Date> date;

    friend bool operator==(const Value&, const Value&) = default;
  };

  /// `outcomes` by person. Where `built_on`, other labels need the rows that spoke for this one, so
  /// that these are part of its content.
  LabelColumn(std::vector<LabelOutcome> outcomes, const Label& label, const Rules& rules,
              bool built_on);
  ~LabelColumn();
  LabelColumn(const LabelColumn&) = delete;
  LabelColumn& operator=(const LabelColumn&) = delete;

  Truth truth(std::size_t person) const { return truths_[person]; }
  Value value(std::size_t person) const;
  /// What labels that use this one need of it.
  const LabelOutcome& outcome(std::size_t person) const;
  /// Whether they can tell this column's outcome for a person from the other's.
  bool same_outcome(std::size_t person, const LabelColumn& other) const;

  /// Equal for columns of equal content, whatever rules they came from.
  const Key& content() const { return content_; }
  /// Bytes of memory, roughly.
  std::size_t size() const;

 private:
  std::vector<Truth> truths_;
  std::vector<LabelOutcome> outcomes_;  // empty where the truth is all there is
  std::vector<Category> categories_;    // of a category label's lexicon: their names only
  Key content_;
};

}  // namespace cadre
