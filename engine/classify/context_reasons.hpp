// Why near and not_near of categories let a match count or not. Classifying asks only which matches
// count; this looks again in the few texts that evidence tells of.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/match/context.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Safe to share between threads.
class ContextReasons {
 public:
  /// Keeps a reference to the rules. Compiles nothing until somebody asks.
  explicit ContextReasons(const Rules& rules);
  ~ContextReasons();

  const Rules& rules() const { return rules_; }

  /// Whether a lexicon has near or not_near.
  bool has(std::uint32_t lexicon) const { return !rules_.lexicons[lexicon].contexts.empty(); }

  /// What was decided of the matches of a lexicon in a text, in bytes of the text. Of a match that
  /// does not count there is one reason, of one that counts all.
  std::vector<ContextReason> find(std::string_view text, std::string_view language,
                                  std::uint32_t lexicon) const;

  /// Why a match does not count, in words: "'engineer' does not count: 'never' stands before it
  /// (not_near, roles.yaml:7)".
  std::string in_words(const ContextReason& reason, std::string_view text) const;

 private:
  struct Compiled;
  const Compiled& compiled() const;

  const Rules& rules_;
  struct Lazy;
  std::unique_ptr<Lazy> lazy_;
};

/// The same words for a near or not_near that stands in `range` of the rules. `word` is nullptr
/// where no context word stands in the window.
std::string why_not_counted(std::string_view text, const Match& match, const Match* word,
                            const ContextWindow& window, Range range, const Rules& rules);

}  // namespace cadre
