#include "cadre/classify/kept_matcher.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace cadre {

KeptMatcher::KeptMatcher(std::span<const Lexicon> lexicons, const MatchLimits& limits,
                         const KeptMatches& kept)
    : all_(lexicons, limits), kept_(find_kept(lexicons, limits, kept)) {}

std::optional<KeptMatcher::Kept> KeptMatcher::find_kept(std::span<const Lexicon> lexicons,
                                                        const MatchLimits& limits,
                                                        const KeptMatches& kept) {
  if (kept.lexicons.empty()) return std::nullopt;
  KeptTexts texts(kept.texts);
  std::vector<KeptLexicon> known;
  std::vector<Lexicon> others(lexicons.begin(), lexicons.end());
  for (std::uint32_t i = 0; i < lexicons.size(); ++i) {
    std::optional<KeptLexicon> found = kept.find(lexicons[i], i, limits);
    if (!found) continue;
    known.push_back(*std::move(found));
    others[i] = Lexicon();
  }
  if (known.empty()) return std::nullopt;
  return Kept{std::move(texts), std::move(known), Matcher(others, limits)};
}

void KeptMatcher::find(MatchBatch& batch) const {
  if (!kept_) {
    all_.find(batch);
    return;
  }
  const auto known = [&](std::string_view text, std::string_view language,
                         std::vector<Match>& out) {
    const std::optional<std::uint32_t> number = kept_->texts.find({text, language});
    const bool is_known = std::all_of(kept_->lexicons.begin(), kept_->lexicons.end(),
                                      [&](const KeptLexicon& one) { return one.knows(number); });
    if (!is_known) return false;
    for (const KeptLexicon& one : kept_->lexicons) one.append(number, {text, language}, out);
    return true;
  };
  all_.find(batch, known, kept_->others);
}

}  // namespace cadre
