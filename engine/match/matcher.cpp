#include "cadre/match/matcher.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/base/seeded_hash.hpp"
#include "cadre/match/context.hpp"
#include "cadre/match/overlap.hpp"
#include "cadre/match/regex_set.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/term.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// Languages by number. Terms without a language have number 0.
class Languages {
 public:
  /// For terms: numbers a language that is new.
  std::uint32_t add(const std::string& language) {
    const std::uint32_t known = find(language);
    if (known == names_.size()) names_.push_back(language);
    return known;
  }

  /// The number of a language; that of one no term has is one that no term has.
  std::uint32_t find(std::string_view language) const {
    const auto at = std::find(names_.begin(), names_.end(), language);
    return static_cast<std::uint32_t>(at - names_.begin());
  }

 private:
  std::vector<std::string> names_{""};
};

/// The language that is asked for: terms of which languages are tried.
class Asked {
 public:
  explicit Asked(std::uint32_t language) : language_(language) {}
  bool tries(std::uint32_t language) const {
    return language == 0 || language_ == 0 || language == language_;
  }

 private:
  std::uint32_t language_;
};

/// Where a term belongs.
struct Owner {
  std::uint32_t lexicon = 0;
  std::uint32_t category = 0;
  std::uint32_t term = 0;
  std::uint32_t language = 0;

  Match match(std::size_t begin, std::size_t end) const {
    return {lexicon, category, term, static_cast<std::uint32_t>(begin),
            static_cast<std::uint32_t>(end)};
  }
};

/// A term that a literal stands for.
struct LiteralTerm {
  Owner owner;
  bool boundary_after = false;
  Term::Kind kind = Term::Kind::kLiteral;
  std::uint32_t context = 0;  // of a context word
};

/// How much of a text one regular expression may look at, for each match that a text may have.
constexpr std::size_t kBytesPerMatch = std::size_t{8} << 10;

[[noreturn]] void too_much(std::string_view text, const std::string& what) {
  constexpr std::size_t kLetters = 40;
  std::size_t end = 0;
  for (std::size_t i = 0; i < kLetters && end < text.size(); ++i) next_code_point(text, end);
  throw Error(Error::Kind::kLimit, "",
              fmt::format("a text of {} bytes {}, it begins '{}{}'", text.size(), what,
                          text.substr(0, end), end < text.size() ? "…" : ""));
}

[[noreturn]] void too_many_matches(std::string_view text, std::size_t most) {
  too_much(text, fmt::format("has more than {} matches", most));
}

}  // namespace

// --- batches
// --------------------------------------------------------------------------------------

void MatchBatch::clear() {
  const std::size_t remembered =
      texts_.size() * sizeof(Text) + bytes_.size() + matches_.size() * sizeof(Match);
  if (remembered <= remembered_bytes_) return;
  languages_.clear();
  texts_.clear();
  bytes_.clear();
  known_ = 0;
  slots_.clear();
  matches_.clear();
}

std::uint32_t MatchBatch::add(std::string_view text, std::string_view language) {
  if (texts_.size() >= slots_.size()) grow_slots();
  const auto known_language = std::find(languages_.begin(), languages_.end(), language);
  const auto number = static_cast<std::uint32_t>(known_language - languages_.begin());
  const auto hash = static_cast<std::uint32_t>(SeededHash()(text));
  std::uint32_t& slot = slots_[hash & (slots_.size() - 1)];
  for (std::uint32_t i = slot; i != 0; i = texts_[i - 1].next_same_slot) {
    const Text& other = texts_[i - 1];
    if (other.hash == hash && other.language == number && this->text(other) == text) return i - 1;
  }
  if (known_language == languages_.end()) languages_.emplace_back(language);
  texts_.push_back({bytes_.size(), static_cast<std::uint32_t>(text.size()), hash, number, slot});
  bytes_ += text;
  slot = static_cast<std::uint32_t>(texts_.size());
  return slot - 1;
}

void MatchBatch::grow_slots() {
  constexpr std::size_t kFewest = 1024;  // their number is a power of two
  slots_.assign(std::max(kFewest, 2 * slots_.size()), 0);
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    std::uint32_t& slot = slots_[texts_[i].hash & (slots_.size() - 1)];
    texts_[i].next_same_slot = slot;
    slot = static_cast<std::uint32_t>(i + 1);
  }
}

/// Lays matches of other lexicons beside those that were found in a text.
void MatchBatch::add_matches(Text& text, std::span<const Match> others) {
  const auto by_lexicon = [](const Match& a, const Match& b) { return a.lexicon < b.lexicon; };
  const std::vector<Match> found(
      matches_.begin() + static_cast<std::ptrdiff_t>(text.first_match),
      matches_.begin() + static_cast<std::ptrdiff_t>(text.first_match + text.matches));
  text.first_match = matches_.size();
  text.matches += static_cast<std::uint32_t>(others.size());
  std::merge(found.begin(), found.end(), others.begin(), others.end(), std::back_inserter(matches_),
             by_lexicon);
}

/// Puts the hits of each text together, in the order in which they were found.
void MatchBatch::Hits::sort(const FoldedBlock& block) {
  first.assign(block.size() + 1, 0);
  text_of.resize(found.size());
  std::uint32_t text = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    while (found[i].begin > block.end(text)) ++text;
    while (found[i].begin < block.begin(text)) --text;
    text_of[i] = text;
    ++first[text];
  }
  std::uint32_t before = 0;
  for (std::uint32_t& count : first) before += std::exchange(count, before);
  by_text.resize(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto begin = static_cast<std::uint32_t>(found[i].begin - block.begin(text_of[i]));
    by_text[first[text_of[i]]++] = {found[i].word, begin};
  }
  for (std::size_t i = first.size(); i-- > 1;) first[i] = first[i - 1];
  first[0] = 0;
}

// --- the matcher
// ----------------------------------------------------------------------------------

namespace {

/// What is found in one text, by what it is found for.
struct FoundInText {
  std::vector<Match>& matches;
  std::vector<Match>& excepts;
  std::vector<ContextWord>& context_words;
};

/// The terms of all lexicons for which texts are folded in the same way.
struct TermSet {
  Folding folding;
  LiteralSet literals;
  std::vector<bool> boundary_before;      // of each literal
  std::vector<std::uint32_t> first_term;  // of each literal, and the end
  std::vector<LiteralTerm> terms;
  RegexSet regexes;
  std::vector<Owner> regex_owners;

  std::size_t max_matches;  // of one text

  TermSet(std::span<const Lexicon> source, const Folding& read, Languages& languages,
          const MatchLimits& limits);

  bool empty() const { return literals.empty() && regexes.empty(); }

  /// All the places in a block where words of `set` stand.
  void find_words(const LiteralSet& set, const FoldedBlock& block, LiteralSet::Scratch& scratch,
                  std::vector<LiteralSet::Hit>& hits) const;

  void find_literals(const FoldedView& folded, std::span<const LiteralSet::Hit> hits, Asked asked,
                     const FoundInText& out) const;
  void find_regexes(const FoldedView& folded, std::span<const int> candidates, Asked asked,
                    std::vector<Match>& matches) const;
};

}  // namespace

struct Matcher::Compiled {
  std::vector<LexiconShape> lexicons;
  bool has_contexts = false;  // some lexicon has near or not_near
  Languages languages;
  std::vector<TermSet> sets;  // one for each way in which lexicons read texts

  Compiled(std::span<const Lexicon> source, const MatchLimits& limits);

  /// Looks for everything in the texts of a batch that have these numbers.
  void find(std::span<const std::uint32_t> texts, MatchBatch& batch) const;
  void find(const TermSet& set, std::span<const std::uint32_t> texts, MatchBatch& batch) const;
};

Matcher::Compiled::Compiled(std::span<const Lexicon> source, const MatchLimits& limits) {
  for (const Lexicon& lexicon : source) {
    const bool known = std::any_of(sets.begin(), sets.end(), [&](const TermSet& set) {
      return set.folding == lexicon.folding;
    });
    if (!known) sets.emplace_back(source, lexicon.folding, languages, limits);
    lexicons.push_back(shape_of(lexicon));
    has_contexts = has_contexts || !lexicon.contexts.empty();
  }
}

TermSet::TermSet(std::span<const Lexicon> source, const Folding& read, Languages& languages,
                 const MatchLimits& limits)
    : folding(read), regexes(read), max_matches(limits.max_matches) {
  struct Literal {
    std::string word;
    bool boundary_before;
    LiteralTerm term;
  };
  std::vector<Literal> all;
  for (std::uint32_t number = 0; number < source.size(); ++number) {
    const Lexicon& lexicon = source[number];
    if (lexicon.folding != folding) continue;
    for (std::uint32_t i = 0; i < lexicon.terms.size(); ++i) {
      const Term& term = lexicon.terms[i];
      const Owner owner{number, term.category, i, languages.add(term.language)};
      if (term.kind == Term::Kind::kRegex) {
        regexes.add(term.text, limits.regex_memory);
        regex_owners.push_back(owner);
        continue;
      }
      FoldedTerm folded = fold_term(term.text, folding, lexicon.plurals_in(term.language));
      if (folded.text.empty()) continue;
      const LiteralTerm literal{owner, folded.boundary_after, term.kind, term.context};
      for (std::string& word : folded.also) {
        all.push_back({std::move(word), folded.boundary_before, literal});
      }
      all.push_back({std::move(folded.text), folded.boundary_before, literal});
    }
  }
  regexes.compile();

  std::stable_sort(all.begin(), all.end(),
                   [](const Literal& a, const Literal& b) { return a.word < b.word; });
  std::vector<std::string_view> words;
  terms.reserve(all.size());
  for (const Literal& literal : all) {
    if (words.empty() || words.back() != literal.word) {
      words.push_back(literal.word);
      boundary_before.push_back(literal.boundary_before);
      first_term.push_back(static_cast<std::uint32_t>(terms.size()));
    }
    terms.push_back(literal.term);
  }
  first_term.push_back(static_cast<std::uint32_t>(terms.size()));
  literals = LiteralSet(words);
}

void TermSet::find_literals(const FoldedView& folded, std::span<const LiteralSet::Hit> hits,
                            Asked asked, const FoundInText& out) const {
  const std::string_view text = folded.text();
  std::size_t found = 0;
  for (const LiteralSet::Hit& hit : hits) {
    const std::size_t begin = hit.begin;
    const std::size_t end = begin + literals.length(hit.word);
    if (boundary_before[hit.word] && joins_words_before(text, begin)) continue;
    if (!folded.between_characters(begin) || !folded.between_characters(end)) continue;
    for (std::uint32_t i = first_term[hit.word]; i < first_term[hit.word + 1]; ++i) {
      const LiteralTerm& term = terms[i];
      if (!asked.tries(term.owner.language)) continue;
      if (term.boundary_after && joins_words_at(text, end)) continue;
      const Match match = term.owner.match(begin, end);
      ++found;
      if (term.kind == Term::Kind::kContext) {
        out.context_words.push_back({term.context, match});
      } else {
        (term.kind == Term::Kind::kExcept ? out.excepts : out.matches).push_back(match);
      }
    }
    if (found > max_matches) too_many_matches(text, max_matches);
  }
}

void TermSet::find_words(const LiteralSet& set, const FoldedBlock& block,
                         LiteralSet::Scratch& scratch, std::vector<LiteralSet::Hit>& hits) const {
  set.find(block.text(), scratch, hits, max_matches);
  if (hits.size() <= max_matches) return;
  // Too many for one text, and so for nearly any batch. Which text is it?
  hits.clear();
  for (std::size_t i = 0; i < block.size(); ++i) {
    const std::size_t before = hits.size();
    const std::string_view text = block[i].text();
    set.find(text, scratch, hits, before + max_matches);
    if (hits.size() - before > max_matches) too_many_matches(text, max_matches);
    for (std::size_t hit = before; hit < hits.size(); ++hit) {
      hits[hit].begin += static_cast<std::uint32_t>(block.begin(i));
    }
  }
}

void TermSet::find_regexes(const FoldedView& folded, std::span<const int> candidates, Asked asked,
                           std::vector<Match>& matches) const {
  for (const int regex : candidates) {
    const Owner& owner = regex_owners[static_cast<std::size_t>(regex)];
    if (!asked.tries(owner.language)) continue;
    const std::size_t most_bytes =
        std::min(max_matches, std::numeric_limits<std::size_t>::max() / kBytesPerMatch) *
        kBytesPerMatch;
    const auto found = [&](std::size_t begin, std::size_t end) {
      if (folded.between_characters(begin) && folded.between_characters(end)) {
        matches.push_back(owner.match(begin, end));
      }
      if (matches.size() > max_matches) too_many_matches(folded.text(), max_matches);
    };
    if (!regexes.find(regex, folded.text(), most_bytes, found)) {
      too_much(folded.text(),
               fmt::format("makes a regular expression look at more than {} bytes, the rest of it "
                           "again for each of its matches",
                           most_bytes));
    }
  }
}

void Matcher::Compiled::find(std::span<const std::uint32_t> texts, MatchBatch& batch) const {
  for (const std::uint32_t text : texts) batch.texts_[text].matches = 0;
  for (const TermSet& set : sets) {
    if (!set.empty()) find(set, texts, batch);
  }
}

void Matcher::Compiled::find(const TermSet& set, std::span<const std::uint32_t> texts,
                             MatchBatch& batch) const {
  FoldedBlock& block = batch.block_;
  block.clear();
  for (const std::uint32_t text : texts) block.add(batch.text(batch.texts_[text]), set.folding);
  batch.terms_.found.clear();
  set.find_words(set.literals, block, batch.scratch_, batch.terms_.found);
  batch.terms_.sort(block);
  batch.atoms_.found.clear();
  if (!set.regexes.empty()) {
    set.find_words(set.regexes.atoms(), block, batch.scratch_, batch.atoms_.found);
  }
  batch.atoms_.sort(block);

  std::vector<int> candidates;
  for (std::size_t i = 0; i < block.size(); ++i) {
    MatchBatch::Text& text = batch.texts_[texts[i]];
    const FoldedView folded = block[i];
    const Asked asked(languages.find(batch.languages_[text.language]));
    batch.found_.clear();
    batch.excepts_.clear();
    batch.context_words_.clear();
    set.find_literals(folded, batch.terms_.of(i), asked,
                      {batch.found_, batch.excepts_, batch.context_words_});
    set.regexes.candidates(batch.atoms_.of(i), candidates);
    set.find_regexes(folded, candidates, asked, batch.found_);
    resolve_overlaps(lexicons, batch.found_, batch.excepts_);
    if (has_contexts) {
      keep_in_context(lexicons, folded.text(), batch.found_, batch.context_words_);
    }
    for (Match& match : batch.found_) {
      const FoldedView::SourceSpan span = folded.source_span(match.begin, match.end);
      match.begin = span.begin;
      match.end = span.end;
    }
    if (text.matches > 0) {
      batch.add_matches(text, batch.found_);
    } else {
      text.first_match = batch.matches_.size();
      text.matches = static_cast<std::uint32_t>(batch.found_.size());
      batch.matches_.insert(batch.matches_.end(), batch.found_.begin(), batch.found_.end());
    }
  }
}

Matcher::Matcher(std::span<const Lexicon> lexicons, const MatchLimits& limits)
    : compiled_(std::make_unique<const Compiled>(lexicons, limits)) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

void Matcher::find(MatchBatch& batch) const {
  std::vector<std::uint32_t> texts(batch.texts_.size() - batch.known_);
  std::iota(texts.begin(), texts.end(), static_cast<std::uint32_t>(batch.known_));
  compiled_->find(texts, batch);
  batch.known_ = batch.texts_.size();
}

void Matcher::find(std::string_view text, std::string_view language,
                   std::vector<Match>& out) const {
  MatchBatch batch;
  const std::uint32_t number = batch.add(text, language);
  find(batch);
  const std::span<const Match> found = batch.matches(number);
  out.insert(out.end(), found.begin(), found.end());
}

}  // namespace cadre
