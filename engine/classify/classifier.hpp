// The classifier: rules compiled once, then applied to one person after another.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/classify/classification.hpp"
#include "cadre/classify/progress.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// What is wrong when these rules are to read data of this schema: a column that the rules name
/// and the data lacks, an ordered test on a column without an order, a value out of no list.
Diagnostics check_schema(const Rules& rules, const Schema& schema);

/// Throws Error kUsage with the first of these mistakes, if there is one.
void require_fit(const Rules& rules, const Schema& schema);

/// Safe to share between threads. Keeps references into what it is made of, which must outlive it
/// and stay where it is.
class Classifier {
 public:
  /// Throws Error kUsage when the rules do not fit the schema.
  explicit Classifier(const Rules& rules, const Schema& schema = Schema::standard());
  /// Evaluates some of the labels only (`which`, parallel to Rules::labels), with those that they
  /// name, and looks for no more than these ask for. The values of the others mean nothing.
  Classifier(const Rules& rules, const Schema& schema, const std::vector<bool>& which);
  explicit Classifier(const Rules&& rules, const Schema& schema = Schema::standard()) = delete;
  Classifier(const Rules& rules, const Schema&& schema) = delete;
  ~Classifier();
  Classifier(Classifier&&) noexcept;
  Classifier& operator=(Classifier&&) noexcept;

  /// The labels of a person whose rows have the columns of the schema. Throws Error kUsage for a
  /// row of another number of cells, kLimit where a text has too many matches. What was found in
  /// the texts of earlier people is remembered, within bounds, and not looked for again.
  Classification classify(const Person& person) const;

  /// All of them, by `threads` threads (0: as many as the machine has cores). The result is in the
  /// order of `people` and does not depend on `threads`. Those that a cancelled batch did not come
  /// to have no labels.
  std::vector<Classification> classify(std::span<const Person> people, unsigned threads = 0,
                                       Progress* progress = nullptr,
                                       Reasons reasons = Reasons::kKept) const;

 private:
  struct Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace cadre
