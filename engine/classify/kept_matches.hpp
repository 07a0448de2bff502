// What lexicons found in texts, in the few bytes in which a run keeps it, and the way back. It is
// kept by text, so that it serves all data that hold some of the same texts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cadre/base/sha256.hpp"
#include "cadre/classify/distinct_texts.hpp"
#include "cadre/classify/lexicon_matches.hpp"
#include "cadre/match/matcher.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// Stands for a text in a language: the first half of the SHA-256 of both.
using TextKey = std::array<char, 16>;

/// Makes keys. Safe to share between threads.
class TextKeys {
 public:
  TextKey key(const DistinctTexts::Text& text) const;

 private:
  Sha256 sha256_;
};

/// Of all that decides what a lexicon finds in a text: its categories and terms, the limits of
/// matching, and the versions of cadre, its matching (match/revision.hpp) and ICU's Unicode.
std::string lexicon_digest(const Lexicon& lexicon, const MatchLimits& limits);

/// What a lexicon finds in the texts of these numbers: all but the number of the lexicon. Numbers
/// are written seven bits a byte, the lowest first, the eighth bit set while more follow (LEB128):
/// that of the texts, then 0 and how many texts in a row are not known, or for a known one the
/// number of matches plus one, and each match as begin, length and term.
std::string pack_matches(const LexiconMatches& matches, std::span<const std::uint32_t> texts);

/// Finds texts among those that are kept. Safe to share between threads.
class KeptTexts {
 public:
  /// Throws Error kCorrupt when these are not whole keys.
  explicit KeptTexts(std::string_view keys);

  std::size_t size() const { return numbers_.size(); }

  /// The number of a text; nothing when it is not among them.
  std::optional<std::uint32_t> find(const DistinctTexts::Text& text) const;
  /// Of many.
  std::vector<std::optional<std::uint32_t>> find(std::span<const DistinctTexts::Text> texts) const;

 private:
  struct Hash {
    std::size_t operator()(const TextKey& key) const;
  };
  TextKeys keys_;
  std::unordered_map<TextKey, std::uint32_t, Hash> numbers_;
};

/// What is kept of one lexicon. Keeps references to the bytes and to the lexicon. Safe to share
/// between threads.
class KeptLexicon {
 public:
  /// What pack_matches made of matches of a lexicon in so many texts. `number` is that of the
  /// lexicon in the matches to come. Throws Error kCorrupt when the bytes are not in that form.
  KeptLexicon(std::string_view packed, const Lexicon& lexicon, std::uint32_t number,
              std::size_t texts);

  /// Whether the lexicon was looked for in the text of that number (KeptTexts::find).
  bool knows(std::optional<std::uint32_t> number) const {
    return number && at_[*number] != kUnknown;
  }

  /// Appends what was found there, or returns false when it is not known; `text` is the text
  /// itself. Throws Error kCorrupt when what was found cannot be: matches out of order, outside of
  /// the text or inside of a character, terms that the lexicon lacks or does not look for in the
  /// language of the text.
  bool append(std::optional<std::uint32_t> number, const DistinctTexts::Text& text,
              std::vector<Match>& out) const;

 private:
  static constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

  std::string_view packed_;
  const Lexicon* lexicon_;
  std::uint32_t number_;
  std::vector<std::size_t> at_;  // by text: where what is known of it begins
};

struct KeptMatches {
  /// The keys of distinct texts that lexicons were looked for in, one after the other.
  std::string texts;
  /// By lexicon_digest: what a lexicon finds in each of these texts (pack_matches).
  std::map<std::string, std::string> lexicons;

  /// What is kept of a lexicon, if something is; `number` is that of the lexicon in the matches to
  /// come. Keeps references to what is kept and to the lexicon. Throws Error kCorrupt when what is
  /// kept is not in its form.
  std::optional<KeptLexicon> find(const Lexicon& lexicon, std::uint32_t number,
                                  const MatchLimits& limits) const;

  /// Takes over what another one has of the same texts; that of others is left out.
  void merge(KeptMatches other);

  friend bool operator==(const KeptMatches&, const KeptMatches&) = default;
};

}  // namespace cadre
