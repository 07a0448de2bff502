// The matcher against its definition, on random lexicons and texts made to collide.

#include <fmt/format.h>
#include <re2/re2.h>

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

 private:
  static inline const std::vector<std::string> kPieces = {
      "航",   "天",      "桥",     "工", "程",     "社会",   "機",     "机", "國", "国", "航天",
      "印度", "尼西亚",  //
      "a",    "b",       "IT",     "it", "ＩＴ",   "er",     "ß",      "s",  "ﬁ",  "i",  "é",
      "e",    "E\u0301", "\u0301",  //
      "1",    "１",      "½",      "2",  "㈱",     "株",     "(",      "（", "）", "の", "ー",
      "и",    "한",  //
      " ",    "  ",      "-",      "—",  "\u3000", "\u00AD", "\u200B", "'",  ".",  "*",  "+"};

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
      if (RE2(fold_pattern(candidate), RE2::Quiet).ok()) return candidate;
    }
  }

  std::string any_pattern() {
    const auto piece = [&] { return RE2::QuoteMeta(one_of(pieces_)); };
    switch (number(0, 8)) {
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
      case 7:
        return fmt::format("\\b(?:{})*", piece());
      default:
        return piece() + piece();
    }
  }

  Lexicon lexicon(const std::string& name) {
    static const std::vector<std::vector<std::string>> kTrees = {
        {""}, {"", "a"}, {"", "a", "b"}, {"", "a", "a/b", "c"}, {"", "a", "a/b", "a/b/c", "a/d"}};
    static const std::vector<std::string> kLanguages = {"", "", "", "zh", "en"};
    LexiconBuilder builder(name);
    if (chance(20)) builder.overlap_all();
    const std::vector<std::string>& tree = one_of(kTrees);
    for (const std::string& path : tree) builder.category(path);
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
    out += fmt::format("lexicon {}{}\n", lexicon.name,
                       lexicon.overlap == Lexicon::Overlap::kAll ? " (overlap: all)" : "");
    for (std::size_t i = 0; i < lexicon.terms.size(); ++i) {
      const Term& term = lexicon.terms[i];
      constexpr const char* kKinds[] = {"literal", "regex", "except"};
      out += fmt::format("  {} {} '{}' {} in '{}'\n", i, kKinds[static_cast<int>(term.kind)],
                         term.text, term.language, lexicon.categories[term.category].path);
    }
  }
  return out + "expected\n" + describe(expected_of(c), c) + "found\n" +
         describe(found_by_matcher(c), c);
}

TEST_CASE("the matcher finds what the reference finds") {
  Generator generator(20221023);
  std::size_t with_matches = 0;
  std::size_t matches = 0;
  for (int round = 0; round < 20'000; ++round) {
    const Case c = generator.next();
    if (fails(c)) FAIL(fmt::format("round {}\n{}", round, describe(smallest(c))));
    const std::size_t count = expected_of(c).size();
    with_matches += count > 0 ? 1 : 0;
    matches += count;
  }
  // The cases must be worth something.
  CHECK(with_matches > 5'000);
  CHECK(matches > 20'000);
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
