#include "cadre/match/matcher.hpp"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/stringpiece.h>

#include <algorithm>
#include <string>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/match/overlap.hpp"
#include "cadre/match/trie.hpp"
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

struct Literal {
  Owner owner;
  FoldedTerm folded;  // its text is empty once it is in the trie
  bool is_except = false;
};

struct Regex {
  Owner owner;
  std::unique_ptr<const RE2> re2;
};

std::unique_ptr<const RE2> compile(const std::string& pattern, std::size_t memory) {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_longest_match(true);
  options.set_log_errors(false);
  options.set_max_mem(static_cast<std::int64_t>(memory));
  const std::string folded = fold_pattern(pattern);
  auto re2 = std::make_unique<RE2>(re2::StringPiece(folded.data(), folded.size()), options);
  if (!re2->ok()) {
    throw Error(
        Error::Kind::kLimit, "",
        fmt::format("cannot compile the regular expression '{}': {}", pattern, re2->error()));
  }
  return re2;
}

bool joins_words_at(std::string_view text, std::size_t at) {
  return at < text.size() && joins_words(next_code_point(text, at));
}

}  // namespace

struct Matcher::Compiled {
  std::vector<LexiconShape> lexicons;
  Languages languages;
  std::vector<Literal> literals;             // sorted by folded text
  std::vector<std::uint32_t> first_literal;  // of each word of the trie, and the end
  Trie trie;
  std::vector<Regex> regexes;

  Compiled(std::span<const Lexicon> source, const MatcherOptions& options);

  void add_term(const Owner& owner, const Term& term, const MatcherOptions& options);
  void build_trie();
  void find_literals(const FoldedText& text, Asked asked, std::vector<Match>& matches,
                     std::vector<Match>& excepts) const;
  void find_regexes(const FoldedText& text, Asked asked, std::vector<Match>& matches) const;
};

Matcher::Compiled::Compiled(std::span<const Lexicon> source, const MatcherOptions& options) {
  for (std::uint32_t number = 0; number < source.size(); ++number) {
    const Lexicon& lexicon = source[number];
    LexiconShape shape{lexicon.overlap == Lexicon::Overlap::kLongest, {}};
    for (const Category& category : lexicon.categories) shape.parents.push_back(category.parent);
    lexicons.push_back(std::move(shape));
    for (std::uint32_t i = 0; i < lexicon.terms.size(); ++i) {
      const Term& term = lexicon.terms[i];
      add_term({number, term.category, i, languages.add(term.language)}, term, options);
    }
  }
  build_trie();
}

void Matcher::Compiled::add_term(const Owner& owner, const Term& term,
                                 const MatcherOptions& options) {
  if (term.kind == Term::Kind::kRegex) {
    regexes.push_back({owner, compile(term.text, options.regex_memory)});
    return;
  }
  FoldedTerm folded = fold_term(term.text);
  if (!folded.text.empty()) {
    literals.push_back({owner, std::move(folded), term.kind == Term::Kind::kExcept});
  }
}

void Matcher::Compiled::build_trie() {
  std::stable_sort(literals.begin(), literals.end(), [](const Literal& a, const Literal& b) {
    return a.folded.text < b.folded.text;
  });
  std::vector<std::string_view> words;
  for (std::uint32_t i = 0; i < literals.size(); ++i) {
    const std::string& text = literals[i].folded.text;
    if (!words.empty() && words.back() == text) continue;
    words.push_back(text);
    first_literal.push_back(i);
  }
  first_literal.push_back(static_cast<std::uint32_t>(literals.size()));
  trie = Trie(words);
  for (Literal& literal : literals) literal.folded.text = {};
}

void Matcher::Compiled::find_literals(const FoldedText& folded, Asked asked,
                                      std::vector<Match>& matches,
                                      std::vector<Match>& excepts) const {
  const std::string_view text = folded.text();
  bool joined_before = false;
  for (std::size_t begin = 0, next = 0; begin < text.size(); begin = next) {
    const bool joins = joins_words(next_code_point(text, next));
    const bool inside_word = joined_before && joins;  // where no term can begin
    joined_before = joins;
    if (inside_word || !folded.between_characters(begin)) continue;
    trie.find_at(text, begin, [&](std::uint32_t word, std::size_t end) {
      if (!folded.between_characters(end)) return;
      const bool joins_after = joins_words_at(text, end);
      for (std::uint32_t i = first_literal[word]; i < first_literal[word + 1]; ++i) {
        const Literal& literal = literals[i];
        if (!asked.tries(literal.owner.language)) continue;
        if (joins_after && literal.folded.boundary_after) continue;
        (literal.is_except ? excepts : matches).push_back(literal.owner.match(begin, end));
      }
    });
  }
}

void Matcher::Compiled::find_regexes(const FoldedText& folded, Asked asked,
                                     std::vector<Match>& matches) const {
  const std::string_view text = folded.text();
  const re2::StringPiece whole(text.data(), text.size());
  for (const Regex& regex : regexes) {
    if (!asked.tries(regex.owner.language)) continue;
    re2::StringPiece found;
    std::size_t at = 0;
    while (at < text.size() &&
           regex.re2->Match(whole, at, text.size(), RE2::UNANCHORED, &found, 1)) {
      const auto begin = static_cast<std::size_t>(found.data() - text.data());
      at = begin + found.size();
      if (found.empty()) {
        ++at;  // RE2 finds no match inside a code point
      } else if (folded.between_characters(begin) && folded.between_characters(at)) {
        matches.push_back(regex.owner.match(begin, at));
      }
    }
  }
}

Matcher::Matcher(std::span<const Lexicon> lexicons, MatcherOptions options)
    : compiled_(std::make_unique<const Compiled>(lexicons, options)) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

void Matcher::find(std::string_view text, std::string_view language,
                   std::vector<Match>& out) const {
  find(FoldedText(text), language, out);
}

void Matcher::find(const FoldedText& text, std::string_view language,
                   std::vector<Match>& out) const {
  const Asked asked(compiled_->languages.find(language));
  std::vector<Match> matches;
  std::vector<Match> excepts;
  compiled_->find_literals(text, asked, matches, excepts);
  compiled_->find_regexes(text, asked, matches);
  resolve_overlaps(compiled_->lexicons, matches, excepts);
  for (Match& match : matches) {
    const FoldedText::SourceSpan span = text.source_span(match.begin, match.end);
    match.begin = span.begin;
    match.end = span.end;
    out.push_back(match);
  }
}

}  // namespace cadre
