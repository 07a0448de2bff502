// Matching: the matcher against the reference matcher, which is slow and obvious.
//
// The bytes are lines. A line begins a lexicon (`==`, with `all` behind it for `overlap: all`,
// `keep` for `blanks: keep`, `accents` for `accents: keep` or `plurals` for `plurals: en`), or
// is a term of the last one: a digit for its category (below), a letter for its language (z, e, or
// any other for none), a sign for its kind (`/` a pattern, `-` an except, `<` a context word of a
// near or not_near of its own, any other a literal), and the term. After an empty line comes the
// text, whose first letter is the language of the column.
#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cadre/match/matcher.hpp"
#include "cadre/text/term.hpp"
#include "cadre/text/utf8.hpp"
#include "fuzz/targets.hpp"
#include "tests/match/reference.hpp"

namespace cadre::fuzz {
namespace {

/// A lexicon with the categories a, a/b, a/b/c and d, numbered 1 to 4 below the root.
Lexicon empty_lexicon() {
  Lexicon lexicon;
  lexicon.name = "l";
  const auto add = [&](const char* path, std::uint32_t parent, std::uint32_t end) {
    Category category;
    category.name = path;
    category.path = path;
    category.parent = parent;
    category.subtree_end = end;
    lexicon.categories.push_back(std::move(category));
  };
  add("", 0, 5);
  add("a", 0, 4);
  add("a/b", 1, 4);
  add("a/b/c", 2, 4);
  add("d", 0, 5);
  return lexicon;
}

std::string language_of(char letter) {
  return letter == 'z' ? "zh" : letter == 'e' ? "en" : "";
}

/// Whether the loader would let the pattern through.
bool is_good_pattern(const std::string& pattern) {
  if (pattern.size() > 200 || pattern.find("\\C") != std::string::npos) return false;
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(false);
  options.set_longest_match(true);
  options.set_max_mem(1 << 20);
  return RE2(pattern, options).ok() && RE2(fold_pattern(pattern), options).ok() &&
         RE2(fold_pattern(pattern, {Blanks::kKept}), options).ok() &&
         RE2(fold_pattern(pattern, {Blanks::kDropped, Accents::kKept}), options).ok();
}

/// A near or not_near of its own for a context word; its first byte says which.
void add_context(Term& term, Lexicon& lexicon) {
  const auto byte = static_cast<unsigned char>(term.text.front());
  ContextWindow window;
  window.near = byte % 2 == 0;
  window.side = static_cast<ContextWindow::Side>(byte % 3U);
  if (byte % 5U != 0) window.within = byte % 5U - 1;
  term.context = static_cast<std::uint32_t>(lexicon.contexts.size());
  lexicon.contexts.push_back({term.category, window, {}});
}

struct Case {
  std::vector<Lexicon> lexicons{empty_lexicon()};
  std::string language;
  std::string_view text;
};

Case read(std::string_view bytes) {
  Case out;
  std::size_t terms = 0;
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    if (line.empty()) break;
    if (line.starts_with("==")) {
      if (out.lexicons.size() == 4) continue;
      out.lexicons.push_back(empty_lexicon());
      if (line.ends_with("all")) out.lexicons.back().overlap = Lexicon::Overlap::kAll;
      Folding& folding = out.lexicons.back().folding;
      if (line.ends_with("keep")) folding.blanks = Blanks::kKept;
      if (line.ends_with("plurals")) out.lexicons.back().plurals = Plurals::kEnglish;
      if (line.ends_with("accents")) folding.accents = Accents::kKept;
      continue;
    }
    if (line.size() < 4 || ++terms > 60) continue;
    Term term;
    term.category = static_cast<unsigned char>(line[0]) % 5U;
    term.language = language_of(line[1]);
    term.kind = line[2] == '/'   ? Term::Kind::kRegex
                : line[2] == '-' ? Term::Kind::kExcept
                : line[2] == '<' ? Term::Kind::kContext
                                 : Term::Kind::kLiteral;
    term.text = line.substr(3);
    if (term.kind == Term::Kind::kRegex && !is_good_pattern(term.text)) continue;
    if (term.kind != Term::Kind::kRegex && fold_term(term.text).text.empty()) continue;
    if (term.kind == Term::Kind::kContext) add_context(term, out.lexicons.back());
    out.lexicons.back().terms.push_back(std::move(term));
  }
  if (!bytes.empty()) out.language = language_of(bytes[0]);
  out.text = bytes.substr(std::min<std::size_t>(1, bytes.size()));
  return out;
}

}  // namespace

void matching(std::string_view bytes) {
  if (bytes.size() > 2000 || find_invalid_utf8(bytes)) return;
  const Case one = read(bytes);
  if (find_invalid_utf8(one.text)) return;
  const std::vector<Match> expected = testing::reference_find(one.lexicons, one.text, one.language);

  const Matcher matcher(one.lexicons);
  std::vector<Match> found;
  matcher.find(one.text, one.language, found);
  must(found == expected, "the matcher finds what the reference finds");

  // The same text among others: its two halves, and all of it in another language.
  std::size_t half = one.text.size() / 2;
  while (half > 0 && (one.text[half] & 0xC0) == 0x80) --half;
  MatchBatch batch;
  batch.add(one.text.substr(0, half), one.language);
  batch.add(one.text, "fr");
  const std::uint32_t number = batch.add(one.text, one.language);
  batch.add(one.text.substr(half), "");
  matcher.find(batch);
  const auto together = batch.matches(number);
  must(std::equal(together.begin(), together.end(), expected.begin(), expected.end()),
       "texts that are matched together do not touch each other");
}

}  // namespace cadre::fuzz
