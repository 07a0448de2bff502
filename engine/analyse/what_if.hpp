// What a label of a person would be under rules that lie between two rule sets: a question to a
// Study, asked thousands of times. Of terms that come or go nothing is searched for anew: a
// selection only decides which of the places that the Study knows count.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "cadre/analyse/joint_rules.hpp"
#include "cadre/classify/classification.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/classify/memo.hpp"
#include "cadre/classify/study.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// What a label says of a person, without its reasons. Categories have their common numbers.
struct BareValue {
  Truth truth = Truth::kUnknown;
  std::optional<Branch> category;
  std::optional<double> number;
  std::optional<double> number_high;
  std::optional<Date> date;

  friend bool operator==(const BareValue& a, const BareValue& b);
};

BareValue bare_value(const LabelValue& value);

/// The joint rules compiled for any selection of changes. Safe to share between threads; keeps
/// references to both.
class WhatIfRules {
 public:
  WhatIfRules(const JointRules& joint, const Study& study);
  ~WhatIfRules();

  const JointRules& joint() const { return joint_; }
  const Study& study() const { return study_; }

 private:
  friend class WhatIf;
  struct CompiledRules;  // rules between, with their conditions bound

  /// The rules with these changes made, in ascending order, that decide a label; nullptr when there
  /// are none. What terms are changed is ignored.
  std::shared_ptr<const CompiledRules> compiled(const std::vector<std::uint32_t>& changes,
                                                std::uint32_t label) const;

  const JointRules& joint_;
  const Study& study_;
  /// By common lexicon: what counts, of lexicons that are the same on both sides; of the others
  /// where the terms of both sides stand.
  const LazyMatches matches_;
  std::vector<bool> only_term_;  // by change: it adds or removes terms and nothing else
  mutable Memo<CompiledRules> compiled_;
  mutable std::atomic<std::size_t> places_held_ = 0;  // by compiled_, of labels
};

/// What would hold of one person. Belongs to one thread.
class WhatIf {
 public:
  /// A person of the study, by index. Keeps a reference to `what_if_rules`.
  WhatIf(const WhatIfRules& what_if_rules, std::uint32_t person);

  /// Those of `changes` that can matter to this person: of terms, those that stand in the text.
  std::vector<std::uint32_t> relevant(const std::vector<std::uint32_t>& changes) const;

  /// A label, by its common number, with exactly these changes made, which are in ascending order;
  /// nothing when there are no such rules.
  std::optional<BareValue> label(std::uint32_t label, const std::vector<std::uint32_t>& changes);

 private:
  /// What a lexicon that changed finds in a text.
  struct Found {
    bool changes = false;          // some candidate or the lexicon is subject to a change
    std::size_t resolved_for = 0;  // the question it was resolved for last
    std::vector<Match> counting;   // the matches that count then
  };

  void touch(std::uint32_t lexicon, std::uint32_t text);
  std::span<const Match> matches(std::uint32_t lexicon, std::uint32_t text,
                                 const Selection& selection,
                                 const std::vector<LexiconShape>& shapes);

  const WhatIfRules& what_if_rules_;
  const std::uint32_t person_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Found> found_;  // by lexicon and text
  std::vector<bool> touches_;                                       // by change
  std::size_t asked_ = 0;
};

}  // namespace cadre
