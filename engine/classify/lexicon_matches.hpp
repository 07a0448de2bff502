// What lexicons find in each distinct text of a dataset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "cadre/base/once.hpp"
#include "cadre/match/match.hpp"

namespace cadre {

/// Match::lexicon means nothing here: lexicons of equal content share their matches, whatever
/// numbers they have in their rule sets.
class LexiconMatches {
 public:
  /// `first`: where the matches of each text begin, and the end.
  LexiconMatches(std::vector<std::uint32_t> first, std::vector<Match> matches)
      : first_(std::move(first)), matches_(std::move(matches)) {}

  /// In the text of that number, ordered by place as by Matcher::find.
  std::span<const Match> in(std::uint32_t text) const {
    return std::span(matches_).subspan(first_[text], first_[text + 1] - first_[text]);
  }

  /// Bytes of memory.
  std::size_t size() const {
    return first_.size() * sizeof first_[0] + matches_.size() * sizeof(Match);
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<Match> matches_;
};

/// The matches of several lexicons, of each worked out when it is first asked for. Safe to share
/// between threads.
class LazyMatches {
 public:
  using Find = std::function<std::shared_ptr<const LexiconMatches>(std::uint32_t lexicon)>;

  LazyMatches(std::size_t lexicons, Find find)
      : matches_(lexicons), found_(lexicons), find_(std::move(find)) {}

  const LexiconMatches& operator[](std::uint32_t lexicon) const {
    found_[lexicon].call([&] { matches_[lexicon] = find_(lexicon); });
    return *matches_[lexicon];
  }

 private:
  mutable std::vector<std::shared_ptr<const LexiconMatches>> matches_;
  mutable std::vector<Once> found_;
  Find find_;
};

}  // namespace cadre
