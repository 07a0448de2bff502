// What a Study has worked out so far, by content keys. Only for the sources of Study.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/label_column.hpp"
#include "cadre/classify/label_inputs.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/classify/memo.hpp"
#include "cadre/classify/study.hpp"
#include "cadre/classify/term_places.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/rules/key.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// How many people a thread takes at once: few enough to share the work evenly.
inline constexpr std::size_t kPeopleTogether = 64;

/// A lexicon's matches, and the key of what labels see of them: not by which term one was found.
struct ResolvedLexicon {
  LexiconMatches matches;
  Key content;
};

/// How a column came about.
struct Derivation {
  LabelInputs inputs;
  std::shared_ptr<const LabelColumn> column;
};

struct Study::State {
  State(std::shared_ptr<const Dataset> the_dataset, Options the_options);

  /// Before a call: whatever is in use stays until the call that uses it returns.
  void keep_within_budget();

  std::shared_ptr<const ResolvedLexicon> resolve(const Lexicon& lexicon, const MatchLimits& limits);
  /// The matches of a rule set's lexicons. Keeps references to this and to the rules.
  LazyMatches matches(const Rules& rules);

  /// How a label of this rule was last evaluated, whatever it read then; nullptr: never.
  std::shared_ptr<const Derivation> latest(const Key& rule);
  void remember(const Key& rule, Derivation derivation);

  const std::shared_ptr<const Dataset> dataset;
  const Options options;
  const DistinctTexts texts;
  TermPlaces terms;
  Memo<ResolvedLexicon> lexicons;  // by describe_matching
  Memo<LabelColumn> columns;       // by rule and contents of what it reads
  Memo<LabelColumn> contents;      // by LabelColumn::content
  std::mutex derivations_mutex;
  std::unordered_map<Key, std::shared_ptr<const Derivation>, KeyHash> derivations;  // by rule
  std::atomic<std::size_t> bytes = 0;
  std::atomic<std::size_t> lexicons_resolved = 0;
  std::atomic<std::size_t> labels_evaluated = 0;
  std::atomic<std::size_t> people_evaluated = 0;
};

/// The matches alone, kept together with their key.
std::shared_ptr<const LexiconMatches> matches_of(std::shared_ptr<const ResolvedLexicon> lexicon);

}  // namespace cadre
