#include "cadre/classify/lexicon_matches.hpp"

#include <utility>

namespace cadre {

void LexiconMatches::set_lexicon(std::uint32_t number) {
  for (Match& match : matches_) match.lexicon = number;
}

void LexiconMatches::set(std::span<const std::uint32_t> texts,
                         const std::function<std::span<const Match>(std::size_t)>& found) {
  std::vector<Match> all;
  std::size_t next = 0;
  for (std::uint32_t text = 0; text < known_.size(); ++text) {
    const bool is_new = next < texts.size() && texts[next] == text;
    const std::span<const Match> matches = is_new ? found(next++) : in(text);
    if (is_new) known_[text] = true;
    first_[text] = static_cast<std::uint32_t>(all.size());
    all.insert(all.end(), matches.begin(), matches.end());
  }
  first_.back() = static_cast<std::uint32_t>(all.size());
  matches_ = std::move(all);
}

}  // namespace cadre
