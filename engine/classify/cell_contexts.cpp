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
    std::vector<PlacedWord> placed;
    placed.reserve(some.size());
    for (const Match& match : some) {
      const auto [begin, end] = place(match);
      placed.push_back({begin, end, match});
    }
    words_.emplace_back(std::move(placed));
  }
}

CellContexts::Verdict CellContexts::ask(const Match& match) const {
  Verdict verdict;
  const auto [begin, end] = place(match);
  for (std::size_t i = 0; i < tests_.size(); ++i) {
    const ContextWindow& window = tests_[i].window;
    const Match* word = clauses_ ? words_[i].nearest(window, begin, end, *clauses_) : nullptr;
    if ((word != nullptr) != window.near) {
      verdict = {false, &tests_[i], {}};
      if (word != nullptr) verdict.words.push_back(*word);
      return verdict;
    }
    if (word != nullptr) verdict.words.push_back(*word);
  }
  return verdict;
}

/// In the folded text, where there is one.
std::pair<std::uint32_t, std::uint32_t> CellContexts::place(const Match& match) const {
  if (!text_) return {match.begin, match.end};
  return {static_cast<std::uint32_t>(text_->folded_offset(match.begin)),
          static_cast<std::uint32_t>(text_->folded_offset(match.end))};
}

}  // namespace cadre
