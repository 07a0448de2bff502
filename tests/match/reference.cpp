#include "tests/match/reference.hpp"

#include <re2/re2.h>
#include <re2/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <optional>
#include <regex>
#include <stdexcept>
#include <string>
#include <tuple>

#include "cadre/text/fold.hpp"
#include "cadre/text/term.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre::testing {
namespace {

/// The offsets of all code points of a text, and its end.
std::vector<std::size_t> boundaries(std::string_view text) {
  std::vector<std::size_t> out{0};
  for (std::size_t at = 0; at < text.size();) {
    next_code_point(text, at);
    out.push_back(at);
  }
  return out;
}

/// Whether the character before, or from, this offset joins words.
bool joins_before(std::string_view text, std::size_t offset) {
  bool joins = false;
  for (std::size_t at = 0; at < offset;) joins = joins_words(next_code_point(text, at));
  return joins;
}
bool joins_from(std::string_view text, std::size_t offset) {
  return offset < text.size() && joins_words(next_code_point(text, offset));
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += next_code_point(text, at);
  return out;
}

std::string utf8(char32_t c) {
  std::string out;
  append_utf8(c, out);
  return out;
}

/// The spans in the folded text where a term stands.
using Spans = std::vector<std::pair<std::size_t, std::size_t>>;

/// The plurals of a term that ends in `word`, by the first rule that fits.
std::vector<std::string> plurals(const std::string& term, const std::string& word) {
  using Rule = std::pair<const char*, std::vector<const char*>>;
  static const std::vector<Rule> kRules = {
      {"(.*)((hu|ger|ro|nor|sha|talis|otto|brah|cai)man)", {"$1$2s"}},
      {"(.*)man", {"$1men"}},
      {"(.*qu)y", {"$1ies"}},
      {"(.*[b-df-hj-np-tv-z])y", {"$1ies"}},
      {"(.*)(s|x|z|sh)", {"$1$2es"}},
      {"(.*)ch", {"$1chs", "$1ches"}},
      {"(.*[b-df-hj-np-tv-z])o", {"$1os", "$1oes"}},
      {"(.*)", {"$1s"}},
  };
  for (const auto& [pattern, forms] : kRules) {
    const std::regex rule(pattern);
    if (!std::regex_match(word, rule)) continue;
    std::vector<std::string> out;
    for (const char* form : forms) {
      out.push_back(term.substr(0, term.size() - word.size()) +
                    std::regex_replace(word, rule, form, std::regex_constants::format_first_only));
    }
    return out;
  }
  return {};
}

/// What stands behind the last character of a text that is no letter.
std::string last_letters(std::string_view text) {
  std::string letters;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    letters = u_isalpha(static_cast<UChar32>(c)) != 0 ? letters + utf8(c) : "";
  }
  return letters;
}

/// The plurals of a folded term, if it has any.
std::vector<std::string> plurals_of(const std::string& folded, const std::string& written) {
  const std::string word = last_letters(folded);
  if (code_points(word).size() < 2) return {};
  UErrorCode status = U_ZERO_ERROR;
  const auto last = static_cast<UChar32>(code_points(word).back());
  if (uscript_getScript(last, &status) != USCRIPT_LATIN) return {};
  // Capitals alone are an abbreviation; what stands behind the last letter does not matter.
  std::string end = written;
  while (!end.empty() && last_letters(end).empty()) end.pop_back();
  const auto small = [](char32_t c) { return u_islower(static_cast<UChar32>(c)) != 0; };
  const std::u32string letters = code_points(last_letters(end));
  if (std::none_of(letters.begin(), letters.end(), small)) return {};
  return plurals(folded, word);
}

Spans find_literal(std::string_view text, const Term& wanted, const Lexicon& lexicon) {
  Spans spans;
  const FoldedTerm term = fold_term(wanted.text, lexicon.folding);
  if (term.text.empty()) return spans;
  std::vector<std::string> words = term.also;
  words.push_back(term.text);
  const bool english = wanted.language.empty() || wanted.language == "en";
  if (lexicon.plurals == Plurals::kEnglish && english && !term.prefix) {
    for (const std::string& word : std::vector<std::string>(words)) {
      for (const std::string& more : plurals_of(word, wanted.text)) words.push_back(more);
    }
  }
  for (const std::string& word : words) {
    for (const std::size_t begin : boundaries(text)) {
      if (text.substr(begin, word.size()) != word) continue;
      const std::size_t end = begin + word.size();
      if (joins_from(text, begin) && joins_before(text, begin)) continue;
      if (!term.prefix && joins_before(text, end) && joins_from(text, end)) continue;
      spans.emplace_back(begin, end);
    }
  }
  return spans;
}

Spans find_regex(std::string_view text, const std::string& written, const Folding& folding) {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_longest_match(true);
  options.set_log_errors(false);
  const RE2 re2(fold_pattern(written, folding), options);
  if (!re2.ok()) throw std::invalid_argument("bad regular expression: " + written);

  Spans spans;
  std::size_t free = 0;  // where the last match ended
  for (const std::size_t begin : boundaries(text)) {
    re2::StringPiece found;
    if (begin >= free && re2.Match(re2::StringPiece(text.data(), text.size()), begin, text.size(),
                                   RE2::ANCHOR_START, &found, 1)) {
      free = begin + found.size();
      if (!found.empty()) spans.emplace_back(begin, free);
    }
  }
  return spans;
}

bool contains(const Match& outer, const Match& inner) {
  return outer.lexicon == inner.lexicon && outer.begin <= inner.begin && inner.end <= outer.end;
}

bool equal_span(const Match& a, const Match& b) {
  return a.begin == b.begin && a.end == b.end;
}

bool is_in_branch(const Lexicon& lexicon, std::uint32_t category, std::uint32_t branch) {
  return category >= branch && category < lexicon.categories[branch].subtree_end;
}

// --- near and not_near ---------------------------------------------------------------------------

/// One character of a folded text.
struct Letter {
  std::size_t begin = 0;
  std::size_t end = 0;
  char32_t value = 0;
};

std::vector<Letter> letters_of(std::string_view text) {
  std::vector<Letter> letters;
  for (std::size_t at = 0; at < text.size();) {
    Letter letter{at, 0, 0};
    letter.value = next_code_point(text, at);
    letter.end = at;
    letters.push_back(letter);
  }
  return letters;
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// A letter or digit of a script that puts no spaces between words.
bool stands_alone(char32_t c) {
  const int type = u_charType(static_cast<UChar32>(c));
  const bool letter = type == U_UPPERCASE_LETTER || type == U_LOWERCASE_LETTER ||
                      type == U_TITLECASE_LETTER || type == U_MODIFIER_LETTER ||
                      type == U_OTHER_LETTER;
  const bool digit =
      type == U_DECIMAL_DIGIT_NUMBER || type == U_LETTER_NUMBER || type == U_OTHER_NUMBER;
  return (letter || digit) && !joins_words(c);
}

/// Whether the character with this number is a part of a word of a script that puts spaces between
/// words: a letter or digit of it, or a mark between two that does not part them.
bool in_word(const std::vector<Letter>& letters, std::size_t i) {
  const char32_t c = letters[i].value;
  if (joins_words(c)) return true;
  if (i == 0 || i + 1 == letters.size()) return false;
  const char32_t before = letters[i - 1].value;
  const char32_t after = letters[i + 1].value;
  if (c == U'\'' || c == U'\u2019' || c == U'.') return joins_words(before) && joins_words(after);
  return c == U',' && is_digit(before) && is_digit(after);
}

/// The characters and words that lie wholly between two places, or nothing when a clause ends
/// there.
std::optional<std::size_t> distance(std::string_view text, std::size_t from, std::size_t to) {
  const std::vector<Letter> letters = letters_of(text);
  std::size_t count = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char32_t c = letters[i].value;
    const bool inside = from <= letters[i].begin && letters[i].end <= to;
    if (in_word(letters, i)) {
      const bool begins = i == 0 || !in_word(letters, i - 1);
      if (!begins) continue;
      std::size_t last = i;
      while (last + 1 < letters.size() && in_word(letters, last + 1)) ++last;
      if (from <= letters[i].begin && letters[last].end <= to) ++count;
      continue;
    }
    if (!inside) continue;
    if (std::u32string_view(U",.;!?。").find(c) != std::u32string_view::npos) return std::nullopt;
    if (stands_alone(c)) ++count;
  }
  return count;
}

/// Whether a context word stands in the window of a match.
bool stands_near(std::string_view text, const Match& match, const Match& word,
                 const ContextWindow& window) {
  std::optional<std::size_t> units;
  if (word.end <= match.begin && window.side != ContextWindow::Side::kAfter) {
    units = distance(text, word.end, match.begin);
  } else if (match.end <= word.begin && window.side != ContextWindow::Side::kBefore) {
    units = distance(text, match.end, word.begin);
  }
  return units && (!window.within || *units <= *window.within);
}

bool holds(const Context& context, std::uint32_t number, std::string_view text, const Match& match,
           const std::vector<ContextWord>& words) {
  const bool found = std::any_of(words.begin(), words.end(), [&](const ContextWord& word) {
    return word.word.lexicon == match.lexicon && word.context == number &&
           stands_near(text, match, word.word, context.window);
  });
  return found == context.window.near;
}

}  // namespace

std::vector<Match> reference_find(std::span<const Lexicon> lexicons, std::string_view text,
                                  std::string_view language) {
  std::vector<FoldedText> texts;  // for each lexicon
  for (const Lexicon& lexicon : lexicons) texts.emplace_back(text, lexicon.folding);

  // All matches of the terms that are tried.
  std::vector<Match> found, excepts;
  std::vector<ContextWord> words;
  for (std::uint32_t l = 0; l < lexicons.size(); ++l) {
    const Folding& folding = lexicons[l].folding;
    const FoldedText& folded = texts[l];
    for (std::uint32_t t = 0; t < lexicons[l].terms.size(); ++t) {
      const Term& term = lexicons[l].terms[t];
      if (!language.empty() && !term.language.empty() && term.language != language) continue;
      const Spans spans = term.kind == Term::Kind::kRegex
                              ? find_regex(folded.text(), term.text, folding)
                              : find_literal(folded.text(), term, lexicons[l]);
      for (const auto& [begin, end] : spans) {
        if (!folded.between_characters(begin) || !folded.between_characters(end)) continue;
        const Match match{l, term.category, t, static_cast<std::uint32_t>(begin),
                          static_cast<std::uint32_t>(end)};
        if (term.kind == Term::Kind::kContext) {
          words.push_back({term.context, match});
        } else {
          (term.kind == Term::Kind::kExcept ? excepts : found).push_back(match);
        }
      }
    }
  }

  // Without those that an except of their category, or of one above it, covers.
  std::vector<Match> remaining;
  for (const Match& match : found) {
    const bool excepted = std::any_of(excepts.begin(), excepts.end(), [&](const Match& except) {
      return contains(except, match) &&
             is_in_branch(lexicons[match.lexicon], match.category, except.category);
    });
    if (!excepted) remaining.push_back(match);
  }

  // Without those inside longer ones.
  std::vector<Match> counting;
  for (const Match& match : remaining) {
    const bool hidden = std::any_of(remaining.begin(), remaining.end(), [&](const Match& other) {
      return contains(other, match) && !equal_span(other, match);
    });
    const bool all = lexicons[match.lexicon].overlap == Lexicon::Overlap::kAll;
    if (all || !hidden) counting.push_back(match);
  }

  // Without those that a near or not_near of their category, or of one above it, takes away.
  std::erase_if(counting, [&](const Match& match) {
    const Lexicon& lexicon = lexicons[match.lexicon];
    for (std::uint32_t c = 0; c < lexicon.contexts.size(); ++c) {
      const Context& context = lexicon.contexts[c];
      if (is_in_branch(lexicon, match.category, context.category) &&
          !holds(context, c, texts[match.lexicon].text(), match, words)) {
        return true;
      }
    }
    return false;
  });

  for (Match& match : counting) {
    const auto span = texts[match.lexicon].source_span(match.begin, match.end);
    match.begin = span.begin;
    match.end = span.end;
  }
  std::sort(counting.begin(), counting.end(), [](const Match& a, const Match& b) {
    return std::tie(a.lexicon, a.begin, b.end, a.term) <
           std::tie(b.lexicon, b.begin, a.end, b.term);
  });
  return counting;
}

}  // namespace cadre::testing
