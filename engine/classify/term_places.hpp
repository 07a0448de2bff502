// Where terms stand in the distinct texts of a dataset. A term is searched for once; a lexicon that
// lost, gained or moved a term is put together again from the places of its terms.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/match/overlap.hpp"
#include "cadre/rules/model.hpp"
#include "cadre/text/fold.hpp"

namespace cadre {

/// Adds to `out` those of a lexicon's candidates in a text that count, as Matcher::find returns
/// them. `shape` may be of other settings than the lexicon has.
void resolve_candidates(std::span<const Match> candidates, const Lexicon& lexicon,
                        const LexiconShape& shape, std::string_view text, std::vector<Match>& out);

/// Safe to share between threads: one searches at a time. Keeps a reference to the texts.
class TermPlaces {
 public:
  explicit TermPlaces(const DistinctTexts& texts) : texts_(texts) {}

  /// Where the lexicon's terms, exceptions and context words stand in each text, whether they count
  /// there or not. Terms that were not searched for before are, together, by `threads` threads (0:
  /// as many as the machine has cores); the limit of matches in one text counts these only. Throws
  /// Error kLimit as Matcher does.
  LexiconMatches candidates(const Lexicon& lexicon, const MatchLimits& limits, unsigned threads);

  /// Those that count: what Matcher::find finds in each text by this lexicon alone.
  LexiconMatches resolve(const Lexicon& lexicon, const MatchLimits& limits, unsigned threads);

  /// Forgets all places.
  void forget();

  /// Bytes of memory, roughly.
  std::size_t size() const { return bytes_; }

  /// How many terms were searched for so far; for tests.
  std::size_t terms_searched() const { return terms_searched_; }

 private:
  /// A place of a term. Bytes of the source text.
  struct Place {
    std::uint32_t text = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  using Places = std::vector<Place>;  // in the order of the texts

  /// The places of each term of the lexicon. Good until the next call.
  std::vector<const Places*> look_up(const Lexicon& lexicon, const MatchLimits& limits,
                                     unsigned threads);
  void search(std::span<const Term> terms, const Lexicon& of, std::span<const std::string> keys,
              const MatchLimits& limits, unsigned threads);

  const DistinctTexts& texts_;
  std::mutex mutex_;
  std::unordered_map<std::string, Places> places_;  // by what is searched for
  std::atomic<std::size_t> bytes_ = 0;
  std::atomic<std::size_t> terms_searched_ = 0;
};

}  // namespace cadre
