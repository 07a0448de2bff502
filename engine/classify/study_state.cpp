#include "cadre/classify/study_state.hpp"

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <utility>

#include "cadre/classify/fingerprint.hpp"

namespace cadre {
namespace {

Key content_of(const LexiconMatches& matches, std::size_t texts) {
  std::string bytes;
  const auto add = [&bytes](std::uint32_t number) {
    char four[sizeof number];
    std::memcpy(four, &number, sizeof number);
    bytes.append(four, sizeof four);
  };
  for (std::uint32_t text = 0; text < texts; ++text) {
    const std::span<const Match> some = matches.in(text);
    add(static_cast<std::uint32_t>(some.size()));
    for (const Match& match : some) {
      add(match.category);
      add(match.begin);
      add(match.end);
    }
  }
  return key_of(bytes);
}

}  // namespace

Study::State::State(std::shared_ptr<const Dataset> the_dataset, Options the_options)
    : dataset(std::move(the_dataset)),
      options(the_options),
      texts(dataset->people, dataset->schema),
      terms(texts) {}

void Study::State::keep_within_budget() {
  if (bytes + terms.size() <= options.max_bytes) return;
  columns.forget();
  contents.forget();
  lexicons.forget();
  terms.forget();
  bytes = 0;
  const std::lock_guard lock(derivations_mutex);
  derivations.clear();
}

std::shared_ptr<const ResolvedLexicon> Study::State::resolve(const Lexicon& lexicon,
                                                             const MatchLimits& limits) {
  return lexicons.get(key_of(describe_matching(lexicon)), [&] {
    ++lexicons_resolved;
    LexiconMatches matches = terms.resolve(lexicon, limits, options.threads);
    bytes += matches.size();
    const Key content = content_of(matches, texts.all().size());
    return std::make_shared<const ResolvedLexicon>(ResolvedLexicon{std::move(matches), content});
  });
}

LazyMatches Study::State::matches(const Rules& rules) {
  return {rules.lexicons.size(), [this, &rules](std::uint32_t number) {
            return matches_of(resolve(rules.lexicons[number], rules.match_limits));
          }};
}

std::shared_ptr<const Derivation> Study::State::latest(const Key& rule) {
  const std::lock_guard lock(derivations_mutex);
  const auto at = derivations.find(rule);
  return at == derivations.end() ? nullptr : at->second;
}

void Study::State::remember(const Key& rule, Derivation derivation) {
  auto latest = std::make_shared<const Derivation>(std::move(derivation));
  const std::lock_guard lock(derivations_mutex);
  derivations[rule] = std::move(latest);
}

std::shared_ptr<const LexiconMatches> matches_of(std::shared_ptr<const ResolvedLexicon> lexicon) {
  const LexiconMatches* matches = &lexicon->matches;
  return {std::move(lexicon), matches};
}

}  // namespace cadre
