#include "cadre/classify/cell_contexts.hpp"

#include <algorithm>
#include <utility>

namespace cadre {

CellContexts::CellContexts(std::string_view cell, std::span<const ContextTest> tests,
                           const std::vector<std::vector<Match>>& words)
    : tests_(tests) {
  const bool any = std::any_of(words.begin(), words.end(),
                               [](const std::vector<Match>& some) { return !some.empty(); });
  if (any) {
    text_.emplace(cell);
    clauses_.emplace(text_->text());
  }
  for (const std::vector<Match>& some : words) {
    std::vector<Match> places;
    places.reserve(some.size());
    for (const Match& match : some) places.push_back(folded(match));
    words_.emplace_back(std::move(places));
  }
}

CellContexts::Verdict CellContexts::ask(const Match& match) const {
  Verdict verdict;
  const Match place = text_ ? folded(match) : match;
  for (std::size_t i = 0; i < tests_.size(); ++i) {
    const ContextWindow& window = tests_[i].window;
    const Match* word =
        clauses_ ? words_[i].nearest(window, place.begin, place.end, *clauses_) : nullptr;
    if ((word != nullptr) != window.near) {
      verdict = {false, &tests_[i], {}};
      if (word != nullptr) verdict.words.push_back(unfolded(*word));
      return verdict;
    }
    if (word != nullptr) verdict.words.push_back(unfolded(*word));
  }
  return verdict;
}

Match CellContexts::folded(Match match) const {
  match.begin = static_cast<std::uint32_t>(text_->folded_offset(match.begin));
  match.end = static_cast<std::uint32_t>(text_->folded_offset(match.end));
  return match;
}

Match CellContexts::unfolded(Match match) const {
  const auto span = text_->source_span(match.begin, match.end);
  match.begin = span.begin;
  match.end = span.end;
  return match;
}

}  // namespace cadre
