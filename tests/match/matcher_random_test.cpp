// The matcher against its definition, on random lexicons and texts made to collide.

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "cadre/match/matcher.hpp"
#include "cadre/text/term.hpp"
#include "cadre/text/utf8.hpp"
#include "tests/catch.hpp"
#include "tests/match/lexicon_builder.hpp"
#include "tests/match/reference.hpp"
#include "tests/support/sanitizers.hpp"

namespace cadre {
namespace {

using testing::LexiconBuilder;
using testing::reference_find;

struct Case {
  std::vector<Lexicon> lexicons;
  std::string text;
  std::string language;
};

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Case next() {
    // Few different pieces, so that terms meet each other in the text.
    pieces_.clear();
    for (int i = number(2, 6); i > 0; --i) pieces_.push_back(one_of(kPieces));
    Case out;
    for (int i = number(1, 3); i > 0; --i) {
      out.lexicons.push_back(lexicon(fmt::format("l{}", out.lexicons.size())));
    }
    out.text = text(0, 12);
    out.language = one_of(std::vector<std::string>{"", "zh", "en", "fr"});
    return out;
  }

  /// Another text of the same pieces as the last case.
  std::string more_text() { return text(0, 30); }

 private:
  static inline const std::vector<std::string> kPieces = {
      "航",   "天",      "桥",   "工",      "程",      "社会",   "機",     "机",
      "國",   "国",      "航天", "印度",    "尼西亚",  "着",     "著",     "作",
      "⻓",   "长",      "塲",   "场",      "’",       "\uFEFF", "航 天",  "\n",  //
      "a",    "b",       "IT",   "it",      "ＩＴ",    "er",     "ß",      "s",
      "ﬁ",    "i",       "é",    "e",       "E\u0301", "\u0301", "ø",      "o",
      "Æ",    "a\u0308", "й",    "и\u0306",  //
      "city", "man",     "men",  "cities",  "es",      "ch",     "y",      "ies",
      "IT ",  "1",       "１",   "½",       "2",       "㈱",     "株",     "(",
      "（",   "）",      "の",   "ー",      "и",       "한",     ",",      "，",
      "。",   "、",      "…",    "ก",  //
      " ",    "  ",      "-",    "—",       "\u3000",  "\u00AD", "\u200B", "'",
      ".",    "*",       "+"};

  int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  bool chance(int percent) { return number(1, 100) <= percent; }

  template <typename T>
  const T& one_of(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(number(0, static_cast<int>(values.size()) - 1))];
  }

  std::string text(int shortest, int longest) {
    std::string out;
    for (int i = number(shortest, longest); i > 0; --i) out += one_of(pieces_);
    return out;
  }

  /// A regular expression that is correct after folding: [\u00AD] becomes [], which is not.
  std::string pattern() {
    for (;;) {
      const std::string candidate = any_pattern();
      const auto is_good = [&](const Folding& folding) {
        return RE2(fold_pattern(candidate, folding), RE2::Quiet).ok();
      };
      if (is_good({}) && is_good({Blanks::kKept}) && is_good({{}, Accents::kKept}) &&
          is_good({Blanks::kKept, Accents::kKept})) {
        return candidate;
      }
    }
  }

  std::string any_pattern() {
    const auto piece = [&] { return RE2::QuoteMeta(one_of(pieces_)); };
    switch (number(0, 9)) {
      case 0:
        return piece() + ".{0,2}" + piece();
      case 1:
        return fmt::format("({}|{})+", piece(), piece() + piece());
      case 2:
        return fmt::format("(?:{})?{}", piece(), piece());
      case 3:
        return fmt::format("[{}{}]+", piece(), piece());
      case 4:
        return fmt::format("[^{}]", piece());
      case 5:
        return "^" + piece();
      case 6:
        return piece() + "$";
      case 8:
        return one_of(pieces_) + " " + RE2::QuoteMeta(one_of(pieces_)) + "?";
      case 7:
        return fmt::format("\\b(?:{})*", piece());
      default:
        return piece() + piece();
    }
  }

  ContextWindow window() {
    ContextWindow window;
    window.near = chance(40);
    window.side = static_cast<ContextWindow::Side>(number(0, 2));
    if (chance(80)) window.within = static_cast<std::uint32_t>(number(0, 4));
    return window;
  }

  Lexicon lexicon(const std::string& name) {
    static const std::vector<std::vector<std::string>> kTrees = {
        {""}, {"", "a"}, {"", "a", "b"}, {"", "a", "a/b", "c"}, {"", "a", "a/b", "a/b/c", "a/d"}};
    static const std::vector<std::string> kLanguages = {"", "", "", "zh", "en"};
    LexiconBuilder builder(name);
    if (chance(20)) builder.overlap_all();
    if (chance(30)) builder.keep_blanks();
    if (chance(30)) builder.keep_accents();
    if (chance(40)) builder.english_plurals();
    const std::vector<std::string>& tree = one_of(kTrees);
    for (const std::string& path : tree) builder.category(path);
    for (int i = chance(50) ? number(1, 3) : 0; i > 0; --i) {
      builder.context(one_of(tree), window());
      for (int j = number(chance(5) ? 0 : 1, 3); j > 0; --j) {
        builder.context_word(text(1, 2) + (chance(10) ? "*" : ""), one_of(kLanguages));
      }
    }
    for (int i = number(1, 8); i > 0; --i) {
      const std::string& path = one_of(tree);
      const std::string& language = one_of(kLanguages);
      if (chance(15)) {
        builder.regex(path, pattern(), language);
      } else {
        const std::string term = text(1, 4) + (chance(20) ? "*" : "");
        if (chance(30)) {
          builder.except(path, term, language);
        } else {
          builder.term(path, term, language);
        }
      }
    }
    return builder.build();
  }

  std::mt19937 random_;
  std::vector<std::string> pieces_;
};

std::vector<Match> expected_of(const Case& c) {
  return reference_find(c.lexicons, c.text, c.language);
}

std::vector<Match> found_by_matcher(const Case& c) {
  std::vector<Match> found;
  Matcher(c.lexicons).find(c.text, c.language, found);
  return found;
}

bool fails(const Case& c) {
  return found_by_matcher(c) != expected_of(c);
}

/// Takes away terms and characters as long as the case still fails.
Case smallest(Case failing) {
  const auto try_it = [&failing](const Case& candidate) {
    if (!fails(candidate)) return false;
    failing = candidate;
    return true;
  };
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (std::size_t l = 0; l < failing.lexicons.size(); ++l) {
      for (std::size_t t = failing.lexicons[l].terms.size(); t-- > 0;) {
        Case candidate = failing;
        auto& terms = candidate.lexicons[l].terms;
        terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(t));
        smaller |= try_it(candidate);
      }
    }
    for (std::size_t at = 0; at < failing.text.size();) {
      Case candidate = failing;
      std::size_t end = at;
      next_code_point(candidate.text, end);
      candidate.text.erase(at, end - at);
      if (try_it(candidate)) {
        smaller = true;
      } else {
        at = end;
      }
    }
  }
  return failing;
}

std::string describe(const std::vector<Match>& matches, const Case& c) {
  std::string out;
  for (const Match& m : matches) {
    out += fmt::format("  {}/{} term {} at {}..{}\n", c.lexicons[m.lexicon].name,
                       c.lexicons[m.lexicon].categories[m.category].path, m.term, m.begin, m.end);
  }
  return out;
}

std::string describe(const Case& c) {
  std::string out = fmt::format("text '{}' language '{}'\n", c.text, c.language);
  for (const Lexicon& lexicon : c.lexicons) {
    if (lexicon.terms.empty()) continue;
    out += fmt::format("lexicon {}{}{}{}{}\n", lexicon.name,
                       lexicon.overlap == Lexicon::Overlap::kAll ? " (overlap: all)" : "",
                       lexicon.folding.blanks == Blanks::kKept ? " (blanks: keep)" : "",
                       lexicon.folding.accents == Accents::kKept ? " (accents: keep)" : "",
                       lexicon.plurals == Plurals::kEnglish ? " (plurals: en)" : "");
    for (std::size_t i = 0; i < lexicon.terms.size(); ++i) {
      const Term& term = lexicon.terms[i];
      constexpr const char* kKinds[] = {"literal", "regex", "except", "context"};
      out += fmt::format("  {} {} '{}' {} in '{}'\n", i, kKinds[static_cast<int>(term.kind)],
                         term.text, term.language, lexicon.categories[term.category].path);
      if (term.kind == Term::Kind::kContext)
        out += fmt::format("    of context {}\n", term.context);
    }
    for (std::size_t i = 0; i < lexicon.contexts.size(); ++i) {
      const ContextWindow& window = lexicon.contexts[i].window;
      out += fmt::format("  context {} {} side {} within {} of '{}'\n", i, name(window),
                         static_cast<int>(window.side),
                         window.within ? std::to_string(*window.within) : "the clause",
                         lexicon.categories[lexicon.contexts[i].category].path);
    }
  }
  return out + "expected\n" + describe(expected_of(c), c) + "found\n" +
         describe(found_by_matcher(c), c);
}

TEST_CASE("the matcher finds what the reference finds") {
  Generator generator(20221023);
  std::size_t with_matches = 0;
  std::size_t matches = 0;
  const int rounds = testing::kSanitized ? 4'000 : 20'000;
  for (int round = 0; round < rounds; ++round) {
    const Case c = generator.next();
    if (fails(c)) FAIL(fmt::format("round {}\n{}", round, describe(smallest(c))));
    const std::size_t count = expected_of(c).size();
    with_matches += count > 0 ? 1 : 0;
    matches += count;
  }
  // The cases must be worth something.
  CHECK(with_matches > static_cast<std::size_t>(rounds) / 4);
  CHECK(matches > static_cast<std::size_t>(rounds));
}

/// Texts and their languages, matched together.
struct ManyTexts {
  std::vector<Lexicon> lexicons;
  std::vector<std::string> texts;
  std::vector<std::string> languages;

  void check() const {
    const Matcher matcher(lexicons);
    MatchBatch forgets(0);
    MatchBatch remembers;
    for (MatchBatch* batch : {&forgets, &remembers}) {
      for (const std::size_t count : {texts.size() / 2, texts.size(), texts.size()}) {
        batch->clear();
        check(matcher, *batch, count);
      }
    }
  }

  /// The first so many texts.
  void check(const Matcher& matcher, MatchBatch& batch, std::size_t count) const {
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = 0; i < count; ++i) {
      numbers.push_back(batch.add(texts[i], languages[i]));
    }
    matcher.find(batch);
    for (std::size_t i = 0; i < count; ++i) {
      const auto found = batch.matches(numbers[i]);
      const Case one{lexicons, texts[i], languages[i]};
      if (std::vector<Match>(found.begin(), found.end()) != expected_of(one)) {
        FAIL(fmt::format("text {} of {}\n{}", i, texts.size(), describe(one)));
      }
    }
  }
};

TEST_CASE("texts that are matched together do not touch each other") {
  Generator generator(19491001);
  for (int round = 0; round < 500; ++round) {
    const Case first = generator.next();
    ManyTexts many{first.lexicons, {}, {}};
    for (int i = 0; i < 12; ++i) {
      many.texts.push_back(generator.more_text());
      many.languages.push_back(i % 3 == 0 ? "zh" : i % 3 == 1 ? "en" : "");
    }
    many.texts.push_back(many.texts.front());
    many.languages.emplace_back("zh");
    many.check();
  }
}

TEST_CASE("terms of every length, in texts around the sizes in which the matcher works") {
  std::mt19937 random(1956);
  const auto number = [&](std::size_t low, std::size_t high) {
    return std::uniform_int_distribution<std::size_t>(low, high)(random);
  };
  const std::vector<std::string> letters = {"a",  "b",  "a", " ", "-",  "é",   "и",
                                            "航", "天", "(", "7", "着", "天　"};
  const auto text_of = [&](std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += letters[number(0, letters.size() - 1)];
    return text;
  };
  for (const std::size_t around : {1U, 8U, 64U, 128U, 4096U, 8192U}) {
    for (int round = 0; round < 4; ++round) {
      std::vector<std::string> texts;
      for (int i = 0; i < 3; ++i) texts.push_back(text_of(around + number(0, 9) - 1));
      // Terms are cut out of the texts, so that they are found.
      LexiconBuilder builder("l");
      builder.overlap_all();
      for (std::size_t length = 1; length <= 64; ++length) {
        const std::string& text = texts[number(0, texts.size() - 1)];
        std::size_t begin = number(0, text.size());
        while (begin < text.size() && (text[begin] & 0xC0) == 0x80) ++begin;
        std::size_t end = std::min(begin + length, text.size());
        while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
        builder.term("c", text.substr(begin, end - begin) + (length % 3 == 0 ? "*" : ""));
      }
      ManyTexts{{builder.build()}, texts, {texts.size(), ""}}.check();
    }
  }
}

TEST_CASE("many terms that resemble each other") {
  std::mt19937 random(2022);
  const auto text_of = [&](int letters) {
    static const std::vector<std::string> kLetters = {"一", "乙", "甲", "a", " "};
    std::string text;
    for (int i = 0; i < letters; ++i) {
      text += kLetters[std::uniform_int_distribution<std::size_t>(0, 4)(random)];
    }
    return text;
  };
  LexiconBuilder builder("l");
  for (int i = 0; i < 1500; ++i) {
    const std::string text = text_of(1 + i % 9);
    i % 10 == 0 ? builder.except("c", text) : builder.term("c", text);
  }
  ManyTexts many{{builder.build()}, {}, {}};
  for (int i = 0; i < 12; ++i) {
    many.texts.push_back(text_of(i * 5));
    many.languages.emplace_back("");
  }
  many.check();
}

TEST_CASE("matches have clean ends and stand in the order that is promised") {
  Generator generator(1982);
  for (int round = 0; round < 2'000; ++round) {
    const Case c = generator.next();
    const std::vector<Match> found = found_by_matcher(c);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Match& m = found[i];
      REQUIRE(m.begin < m.end);
      REQUIRE(m.end <= c.text.size());
      REQUIRE_FALSE(find_invalid_utf8(c.text.substr(0, m.begin)));
      REQUIRE_FALSE(find_invalid_utf8(c.text.substr(m.begin, m.end - m.begin)));
      const Term& term = c.lexicons[m.lexicon].terms[m.term];
      REQUIRE(term.category == m.category);
      REQUIRE(term.kind != Term::Kind::kExcept);
      REQUIRE(term.kind != Term::Kind::kContext);
      if (i == 0) continue;
      const Match& last = found[i - 1];
      const bool in_order = std::tie(last.lexicon, last.begin, m.end, last.term) <
                            std::tie(m.lexicon, m.begin, last.end, m.term);
      REQUIRE(in_order);
    }
  }
}

}  // namespace
}  // namespace cadre
