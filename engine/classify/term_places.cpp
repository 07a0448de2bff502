#include "cadre/classify/term_places.hpp"

#include <algorithm>
#include <utility>

#include "cadre/base/parallel.hpp"
#include "cadre/match/context.hpp"
#include "cadre/match/matcher.hpp"
#include "cadre/match/overlap.hpp"

namespace cadre {
namespace {

/// What decides where a term stands. Literals, exceptions and context words of the same text stand
/// in the same places.
std::string key_of_term(const Term& term, const Lexicon& of) {
  const bool plurals = of.plurals_in(term.language) == Plurals::kEnglish;
  std::string key(1, term.kind == Term::Kind::kRegex ? 'r' : plurals ? 'p' : 'l');
  key += of.folding.blanks == Blanks::kKept ? 'k' : 'd';
  key += of.folding.accents == Accents::kKept ? 'k' : 'f';
  key += term.language;
  key += '\0';
  key += term.text;
  return key;
}

/// A lexicon that finds each of the terms, read as those of `of`, everywhere, whatever else stands
/// there.
Lexicon everywhere(std::span<const Term> terms, const Lexicon& of) {
  Lexicon lexicon;
  lexicon.folding = of.folding;
  lexicon.plurals = of.plurals;
  lexicon.overlap = Lexicon::Overlap::kAll;
  lexicon.categories.emplace_back().subtree_end = 1;
  lexicon.terms.assign(terms.begin(), terms.end());
  for (Term& term : lexicon.terms) {
    term.category = 0;
    if (!is_found(term.kind)) term.kind = Term::Kind::kLiteral;
  }
  return lexicon;
}

}  // namespace

void TermPlaces::forget() {
  const std::lock_guard lock(mutex_);
  places_.clear();
  bytes_ = 0;
}

void TermPlaces::search(std::span<const Term> terms, const Lexicon& of,
                        std::span<const std::string> keys, const MatchLimits& limits,
                        unsigned threads) {
  const Lexicon lexicon = everywhere(terms, of);
  const Matcher matcher(std::span(&lexicon, 1), limits);
  const std::vector<DistinctTexts::Text>& texts = texts_.all();
  constexpr std::size_t kPortion = 1024;  // enough texts to fill some of the matcher's blocks
  std::vector<std::vector<std::pair<std::uint32_t, Place>>> found(  // term and place, by portion
      (texts.size() + kPortion - 1) / kPortion);
  in_portions(texts.size(), kPortion, threads, [&](std::size_t begin, std::size_t end) {
    MatchBatch batch;
    for (std::size_t i = begin; i < end; ++i) batch.add(texts[i].text, texts[i].language);
    matcher.find(batch);
    auto& portion = found[begin / kPortion];
    for (std::size_t i = begin; i < end; ++i) {
      const auto text = static_cast<std::uint32_t>(i);
      for (const Match& match : batch.matches(static_cast<std::uint32_t>(i - begin))) {
        portion.emplace_back(match.term, Place{text, match.begin, match.end});
      }
    }
    return true;
  });
  std::vector<Places> places(terms.size());
  std::size_t bytes = 0;
  for (const auto& portion : found) {
    for (const auto& [term, place] : portion) places[term].push_back(place);
    bytes += portion.size() * sizeof(Place);
  }
  for (std::size_t i = 0; i < terms.size(); ++i) {
    bytes += keys[i].size() + sizeof(Places) + 4 * sizeof(void*);
    places_.insert_or_assign(keys[i], std::move(places[i]));
  }
  bytes_ += bytes;
  terms_searched_ += terms.size();
}

std::vector<const TermPlaces::Places*> TermPlaces::look_up(const Lexicon& lexicon,
                                                           const MatchLimits& limits,
                                                           unsigned threads) {
  std::vector<std::string> keys;
  std::vector<Term> unknown;
  std::vector<std::string> unknown_keys;
  keys.reserve(lexicon.terms.size());
  for (const Term& term : lexicon.terms) {
    keys.push_back(key_of_term(term, lexicon));
    // A term that stands twice in the lexicon is searched for twice at most.
    if (places_.contains(keys.back())) continue;
    unknown.push_back(term);
    unknown_keys.push_back(keys.back());
  }
  if (!unknown.empty()) search(unknown, lexicon, unknown_keys, limits, threads);
  std::vector<const Places*> places;
  places.reserve(keys.size());
  for (const std::string& key : keys) places.push_back(&places_.at(key));
  return places;
}

LexiconMatches TermPlaces::candidates(const Lexicon& lexicon, const MatchLimits& limits,
                                      unsigned threads) {
  const std::size_t texts = texts_.all().size();
  std::vector<std::uint32_t> first(texts + 1);
  std::vector<Match> candidates;
  const std::lock_guard lock(mutex_);
  const std::vector<const Places*> places = look_up(lexicon, limits, threads);
  for (const Places* of_term : places) {
    for (const Place& place : *of_term) ++first[place.text + 1];
  }
  for (std::size_t i = 0; i < texts; ++i) first[i + 1] += first[i];
  candidates.resize(first[texts]);
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (std::uint32_t term = 0; term < places.size(); ++term) {
    const std::uint32_t category = lexicon.terms[term].category;
    for (const Place& place : *places[term]) {
      candidates[next[place.text]++] = {0, category, term, place.begin, place.end};
    }
  }
  return {std::move(first), std::move(candidates)};
}

LexiconMatches TermPlaces::resolve(const Lexicon& lexicon, const MatchLimits& limits,
                                   unsigned threads) {
  const LexiconMatches all = candidates(lexicon, limits, threads);
  const LexiconShape shape = shape_of(lexicon);
  const auto texts = static_cast<std::uint32_t>(texts_.all().size());
  std::vector<std::uint32_t> first(texts + 1);
  std::vector<Match> matches;
  std::vector<Match> counting;
  for (std::uint32_t text = 0; text < texts; ++text) {
    if (const std::span<const Match> some = all.in(text); !some.empty()) {
      counting.clear();
      resolve_candidates(some, lexicon, shape, texts_.all()[text].text, counting);
      matches.insert(matches.end(), counting.begin(), counting.end());
    }
    first[text + 1] = static_cast<std::uint32_t>(matches.size());
  }
  return {std::move(first), std::move(matches)};
}

void resolve_candidates(std::span<const Match> candidates, const Lexicon& lexicon,
                        const LexiconShape& shape, std::string_view text, std::vector<Match>& out) {
  std::vector<Match> excepts;
  std::vector<ContextWord> words;
  for (const Match& match : candidates) {
    const Term& term = lexicon.terms[match.term];
    if (term.kind == Term::Kind::kContext) {
      words.push_back({term.context, match});
    } else {
      (term.kind == Term::Kind::kExcept ? excepts : out).push_back(match);
    }
  }
  if (out.empty()) return;
  resolve_overlaps(std::span(&shape, 1), out, excepts);
  keep_in_context_of_source(std::span(&shape, 1), text, out, words);
}

}  // namespace cadre
