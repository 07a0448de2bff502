// The labels of people under rules that lie between two rule sets. Texts are matched once, by the
// terms of both sides; a selection then only decides anew which of the matches count.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/analyse/joint_rules.hpp"
#include "cadre/classify/classification.hpp"
#include "cadre/classify/label_evaluation.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/match/batch_pool.hpp"
#include "cadre/match/matcher.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// What a label says of a person, without its reasons. Categories have their common numbers.
struct LabelOutcomeOnly {
  Truth truth = Truth::kUnknown;
  std::optional<Branch> category;
  std::optional<double> number;
  std::optional<double> number_high;
  std::optional<Date> date;

  friend bool operator==(const LabelOutcomeOnly& a, const LabelOutcomeOnly& b);
};

LabelOutcomeOnly outcome_of(const LabelValue& value);

/// The joint rules made ready to classify. Safe to share between threads; keeps references to the
/// first two.
class Trials {
 public:
  Trials(const JointRules& joint, const Schema& schema);
  ~Trials();

  const JointRules& joint() const { return joint_; }
  const Schema& schema() const { return schema_; }

 private:
  friend class PersonTrial;
  struct Ready;  // rules between, with their conditions bound

  /// The rules for a selection that decide a label; nullptr when there are none. What terms are
  /// selected is ignored.
  std::shared_ptr<const Ready> ready(const Selection& made, std::uint32_t label) const;

  const JointRules& joint_;
  const Schema& schema_;
  const Matcher find_unchanged_;  // lexicons that are the same on both sides
  mutable BatchPool unchanged_batches_;
  const Matcher find_changed_;  // finds the terms of both sides of the others, excepts too
  mutable BatchPool changed_batches_;
  std::vector<bool> only_term_;  // by change: it adds or removes terms and nothing else
  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::uint32_t, Selection>, std::shared_ptr<const Ready>> cache_;
};

/// One person. Belongs to one thread.
class PersonTrial {
 public:
  /// Keeps references to both.
  PersonTrial(const Trials& trials, const Person& person);

  /// Those of `changes` that can matter to this person: of terms, those that stand in the text.
  std::vector<std::uint32_t> relevant(const std::vector<std::uint32_t>& changes) const;

  /// A label, by its common number, with exactly these changes made; nothing when there are no such
  /// rules. Memoized.
  std::optional<LabelOutcomeOnly> label(std::uint32_t label,
                                        const std::vector<std::uint32_t>& changes);

 private:
  struct Cell {
    std::string_view text;
    std::vector<Match> candidates;  // of lexicons that changed
    bool changes = false;           // some candidate or its lexicon is subject to a change
    std::vector<Match> counting;    // those that count, in the trial of that number
    std::size_t trial = 0;          // when nothing changes, in all of them
    std::optional<std::vector<Match>> unchanged;  // of the other lexicons, once asked for
  };

  void resolve(const Cell& cell, const Selection& made, const std::vector<LexiconShape>& shapes,
               std::vector<Match>& out) const;
  Cell& cell(Table table, std::uint32_t row, std::uint32_t column);
  /// What lexicons find in a cell that are the same on both sides.
  std::span<const Match> unchanged(Table table, std::uint32_t row, std::uint32_t column);

  const Trials& trials_;
  const Person& person_;
  std::vector<Cell> cells_[4];  // by table, then row by row
  std::vector<bool> touches_;   // by change
  std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, std::optional<LabelOutcomeOnly>>
      known_;  // by label and changes
  std::size_t trials_made_ = 0;
};

}  // namespace cadre
