// A dataset under one rule set after another: the one place that is asked what holds of its people.
//
//     const cadre::Study study(dataset);          // a std::shared_ptr<const Dataset>
//     const auto before = study.labels(rules);    // one column a label
//     const auto after = study.labels(edited);    // works out only what the edit touches
//     after[i] == before[i];                      // one object: the label changed for nobody
//     study.classify(edited, {.people = {17}});   // the values of one person, with reasons
//
// Answers are memoized by content keys, so that it does not matter in which order rule sets come,
// or from where. A term is searched for once in each distinct text; a lexicon is resolved once; a
// label is evaluated once for each content of what it reads, and when that changed, only for people
// whom the change touches. When it comes to the same column as before, labels that build on it are
// not evaluated (early cutoff).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/label_column.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/classify/progress.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/key.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// A term of a rule set, by indices into Rules::lexicons and Lexicon::terms.
struct TermNumber {
  std::uint32_t lexicon = 0;
  std::uint32_t term = 0;

  friend auto operator<=>(const TermNumber&, const TermNumber&) = default;
};

/// Safe to share between threads: a thread blocks only on a value that another one is computing.
/// Rules are not kept after a call. Every call throws Error kUsage for rules that do not fit the
/// schema of the dataset (classify/classifier.hpp: require_fit), kLimit where a text has too many
/// matches.
class Study {
 public:
  struct Options {
    /// Bytes that memoized answers may take, roughly. All are forgotten when they take more.
    std::size_t max_bytes = std::size_t{256} << 20;
    /// For the work of one call; 0: as many as the machine has cores.
    unsigned threads = 0;
  };

  /// Throws Error kUsage for a row that has not one cell for each column of its table.
  explicit Study(std::shared_ptr<const Dataset> dataset) : Study(std::move(dataset), Options()) {}
  Study(std::shared_ptr<const Dataset> dataset, Options options);
  ~Study();
  Study(const Study&) = delete;
  Study& operator=(const Study&) = delete;

  const Dataset& dataset() const;

  using Columns = std::vector<std::shared_ptr<const LabelColumn>>;

  /// The values of all labels, parallel to Rules::labels. Columns of equal content are one object.
  Columns labels(const Rules& rules) const;

  struct Request {
    std::vector<std::uint32_t> people = {};  ///< their indices in the dataset; empty: everybody
    Reasons reasons = Reasons::kKept;
    Progress* progress = nullptr;
  };
  /// Values and reasons, person by person: what a Classifier gives. Reasons are not memoized. The
  /// rules must outlive the result. People whom a cancelled call did not reach have no labels.
  std::vector<Classification> classify(const Rules& rules, const Request& request) const;
  std::vector<Classification> classify(const Rules& rules) const {
    return classify(rules, Request());
  }

  /// A label of a person that would have another value.
  struct LabelChange {
    std::uint32_t person = 0;  ///< index in the dataset
    std::uint32_t label = 0;   ///< index into Rules::labels
    LabelValue value;          ///< the other value, without steps
  };
  /// For each of `removals`: what would change if these terms were gone, all at once, in the order
  /// of people and then of labels. Made for thousands of removals in one call: of each, only people
  /// are looked at in whose texts other terms count then. `people` as in a Request.
  std::vector<std::vector<LabelChange>> without(const Rules& rules,
                                                std::span<const std::vector<TermNumber>> removals,
                                                std::span<const std::uint32_t> people = {}) const;

  /// The texts that lexicons are matched in.
  const DistinctTexts& texts() const;

  /// What a lexicon finds in the texts. Memoized.
  std::shared_ptr<const LexiconMatches> matches(const Lexicon& lexicon,
                                                const MatchLimits& limits) const;
  /// Where its terms, exceptions and context words stand, whether they count there or not: for
  /// questions of the form "what if others counted". Terms that were searched for before are not
  /// searched for again.
  std::shared_ptr<const LexiconMatches> candidates(const Lexicon& lexicon,
                                                   const MatchLimits& limits) const;

  /// How much was worked out so far; for tests and benchmarks.
  struct Work {
    std::size_t terms_searched = 0;
    std::size_t lexicons_resolved = 0;
    std::size_t labels_evaluated = 0;
    std::size_t people_evaluated = 0;  ///< once for each label
  };
  Work work() const;

 private:
  struct State;
  class Evaluation;
  std::unique_ptr<State> state_;
};

}  // namespace cadre
