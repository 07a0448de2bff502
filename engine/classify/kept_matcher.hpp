// A matcher that does not look again for what a run keeps.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "cadre/classify/kept_matches.hpp"
#include "cadre/match/matcher.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Compiled once, then safe to share between threads.
class KeptMatcher {
 public:
  /// Keeps references to the lexicons and to what is kept, where something is. Throws as Matcher
  /// does, and Error kCorrupt when what is kept is not in its form.
  KeptMatcher(std::span<const Lexicon> lexicons, const MatchLimits& limits,
              const KeptMatches& kept);

  /// What Matcher::find finds in the texts of a batch. In those that are kept only the lexicons of
  /// which nothing is kept are looked for. Throws Error kCorrupt when what is kept cannot be what a
  /// lexicon finds in a text.
  void find(MatchBatch& batch) const;

 private:
  struct Kept {
    KeptTexts texts;
    std::vector<KeptLexicon> lexicons;
    Matcher others;  // of which nothing is kept
  };
  static std::optional<Kept> find_kept(std::span<const Lexicon> lexicons, const MatchLimits& limits,
                                       const KeptMatches& kept);

  Matcher all_;
  std::optional<Kept> kept_;  // nothing: all is looked for everywhere
};

}  // namespace cadre
