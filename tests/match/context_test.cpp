// near and not_near: what a context word takes away, and how far it reaches.
#include "cadre/match/context.hpp"

#include <optional>
#include <string>
#include <vector>

#include "cadre/match/matcher.hpp"
#include "tests/catch.hpp"
#include "tests/match/lexicon_builder.hpp"
#include "tests/match/reference.hpp"

namespace cadre {
namespace {

using testing::LexiconBuilder;
using Side = ContextWindow::Side;
using Words = std::vector<std::string>;

constexpr std::optional<std::uint32_t> kClause = std::nullopt;

ContextWindow not_near(std::optional<std::uint32_t> within, Side side = Side::kBefore) {
  return {false, side, within};
}
ContextWindow near(std::optional<std::uint32_t> within, Side side = Side::kEither) {
  return {true, side, within};
}

/// The words found in a text, in order; the reference must find the same.
Words found(const Lexicon& lexicon, const std::string& text, const std::string& language = "") {
  const std::vector<Lexicon> lexicons = {lexicon};
  std::vector<Match> matches;
  Matcher(lexicons).find(text, language, matches);
  CHECK(matches == testing::reference_find(lexicons, text, language));
  Words words;
  for (const Match& match : matches) {
    words.push_back(text.substr(match.begin, match.end - match.begin));
  }
  return words;
}

/// Engineers, with one near or not_near.
Lexicon engineers(ContextWindow window) {
  return LexiconBuilder("l")
      .context("a", window)
      .context_word("从未", "zh")
      .context_word("never", "en")
      .term("a", "工程师", "zh")
      .term("a", "engineer", "en")
      .build();
}

bool finds(ContextWindow window, const std::string& text) {
  return !found(engineers(window), text).empty();
}

TEST_CASE("a word before a term takes its match away") {
  CHECK_FALSE(finds(not_near(6), "从未担任过工程师"));
  CHECK_FALSE(finds(not_near(6), "was never really an engineer"));
  CHECK(finds(not_near(6), "担任过工程师"));
  CHECK(finds(not_near(6), "was really an engineer"));
  // Folded as terms are.
  CHECK_FALSE(finds(not_near(6), "從未擔任過工程師"));
  CHECK_FALSE(finds(not_near(6), "NEVER an Engineer"));
}

TEST_CASE("what lies between is counted in characters of Chinese and in words else") {
  CHECK_FALSE(finds(not_near(3), "从未担任过工程师"));
  CHECK(finds(not_near(2), "从未担任过工程师"));
  CHECK_FALSE(finds(not_near(2), "never really an engineer"));
  CHECK(finds(not_near(1), "never really an engineer"));
  CHECK_FALSE(finds(not_near(0), "never-engineer"));
  CHECK_FALSE(finds(not_near(0), "从未工程师"));
  // 在 IBM 担 任 过, whatever blanks there are.
  CHECK_FALSE(finds(not_near(5), "从未在 IBM 担任过工程师"));
  CHECK_FALSE(finds(not_near(5), "从未在IBM担任过工程师"));
  CHECK(finds(not_near(4), "从未在IBM担任过工程师"));
  // Marks count nothing, and those inside a word do not part it.
  CHECK_FALSE(finds(not_near(1), "never (our) engineer"));
  CHECK_FALSE(finds(not_near(2), "never Li's v2.0 engineer"));
  CHECK(finds(not_near(1), "never Li's v2.0 engineer"));
  CHECK_FALSE(finds(not_near(1), "never 10,000 engineer"));
  CHECK_FALSE(finds(not_near(1), "never '80 engineer"));
  // Thai and kana put no spaces between words.
  CHECK(finds(not_near(2), "neverกกก engineer"));
  CHECK_FALSE(finds(not_near(3), "never กกก engineer"));
}

TEST_CASE("the rest of a word that a match or a context word is a part of is not between them") {
  const auto count = [](std::uint32_t within, const std::string& text) {
    return found(LexiconBuilder("l")
                     .context("a", not_near(within))
                     .context_word("never*")
                     .term("a", "engineer")
                     .regex("b", "gineer")
                     .overlap_all()
                     .build(),
                 text)
        .size();
  };
  CHECK(count(0, "neverending engineer") == 1);
  CHECK(count(0, "neverending bad engineer") == 2);
  const ClauseMap map("one two three");
  CHECK(map.units(3, 8) == 1);
  CHECK(map.units(2, 8) == 1);
  CHECK(map.units(3, 7) == 1);
  CHECK(map.units(3, 6) == 0);
  CHECK(map.units(5, 6) == 0);
}

TEST_CASE("a clause that ends between them ends the window") {
  for (const std::string mark : {"，", "。", "；", "！", "？", ",", ".", ";"}) {
    CAPTURE(mark);
    CHECK(finds(not_near(9), "从未从政" + mark + "曾任工程师"));
    CHECK(finds(not_near(kClause), "从未从政" + mark + "曾任工程师"));
  }
  CHECK(finds(not_near(9), "he never taught, he was an engineer"));
  CHECK(finds(not_near(9), "he never taught. Engineer"));
  CHECK(finds(not_near(9), "he never taught… Engineer"));
  // These do not end one.
  for (const std::string mark : {"、", "：", "（", "“", "·", " "}) {
    CAPTURE(mark);
    CHECK_FALSE(finds(not_near(9), "从未任教师" + mark + "工程师"));
  }
  // A full stop inside a word does not, but one behind an abbreviation cannot be told from another.
  CHECK_FALSE(finds(not_near(9), "never in the U.S an engineer"));
  CHECK(finds(not_near(9), "never in the U.S. an engineer"));
}

TEST_CASE("without a number the window is the clause") {
  CHECK_FALSE(finds(not_near(kClause), "从未在任何一个机关或者企业里担任过工程师"));
  CHECK_FALSE(
      finds(not_near(kClause, Side::kEither), "engineer was a word that he could never say"));
}

TEST_CASE("a window lies before the match, after it or on either side") {
  const std::string before = "never an engineer";
  const std::string after = "engineer never";
  CHECK_FALSE(finds(not_near(3, Side::kBefore), before));
  CHECK(finds(not_near(3, Side::kBefore), after));
  CHECK(finds(not_near(3, Side::kAfter), before));
  CHECK_FALSE(finds(not_near(3, Side::kAfter), after));
  CHECK_FALSE(finds(not_near(3, Side::kEither), before));
  CHECK_FALSE(finds(not_near(3, Side::kEither), after));
}

TEST_CASE("near asks for one of its words") {
  CHECK(finds(near(3), "never an engineer"));
  CHECK(finds(near(3), "engineer never"));
  CHECK_FALSE(finds(near(3), "engineer"));
  CHECK_FALSE(finds(near(1), "never was an engineer"));
  CHECK_FALSE(finds(near(kClause), "never; an engineer"));
}

TEST_CASE("a context word is looked for whole, and in columns of its language") {
  CHECK(finds(not_near(3), "nevermore an engineer"));
  CHECK(found(engineers(not_near(3)), "never an engineer", "en").empty());
  const Lexicon lexicon = LexiconBuilder("l")
                              .context("a", not_near(3))
                              .context_word("never", "zh")
                              .term("a", "engineer")
                              .build();
  CHECK(found(lexicon, "never an engineer", "en").size() == 1);
  CHECK(found(lexicon, "never an engineer", "zh").empty());
}

TEST_CASE("each match is asked for itself") {
  CHECK(found(engineers(not_near(3)), "an engineer, never an engineer, engineer") ==
        Words{"engineer", "engineer"});
}

TEST_CASE("near and not_near hold for the categories below, and must all let a match count") {
  const Lexicon lexicon = LexiconBuilder("l")
                              .context("", not_near(2))
                              .context_word("never")
                              .context("a", near(2))
                              .context_word("chief")
                              .context("a", near(2))
                              .context_word("state")
                              .term("a/b", "engineer")
                              .term("c", "lawyer")
                              .build();
  CHECK(found(lexicon, "chief state engineer").size() == 1);
  CHECK(found(lexicon, "chief engineer").empty());
  CHECK(found(lexicon, "state engineer").empty());
  CHECK(found(lexicon, "never chief state engineer").empty());
  CHECK(found(lexicon, "lawyer").size() == 1);
  CHECK(found(lexicon, "never a lawyer").empty());
}

TEST_CASE("a match that does not count still hides what lies inside it") {
  // Who was never a senior engineer is not said to have been an engineer.
  const Lexicon lexicon = LexiconBuilder("l")
                              .context("senior", not_near(0))
                              .context_word("never")
                              .context_word("从未")
                              .term("senior", "senior engineer")
                              .term("senior", "高级工程师")
                              .term("any", "engineer")
                              .term("any", "工程师")
                              .build();
  CHECK(found(lexicon, "never senior engineer").empty());
  CHECK(found(lexicon, "从未高级工程师").empty());
  CHECK(found(lexicon, "never engineer") == Words{"engineer"});
}

TEST_CASE("what an except takes away hides nothing, whatever its context") {
  const Lexicon lexicon = LexiconBuilder("l")
                              .context("long", not_near(3))
                              .context_word("never")
                              .term("long", "sound engineer")
                              .except("long", "sound engineer school")
                              .term("short", "engineer")
                              .build();
  CHECK(found(lexicon, "never sound engineer school") == Words{"engineer"});
}

TEST_CASE("a context word that overlaps the match is not near it, and hides nothing") {
  const Lexicon lexicon = LexiconBuilder("l")
                              .context("a", near(5))
                              .context_word("工程")
                              .context_word("工程师傅")
                              .term("a", "工程师")
                              .build();
  CHECK(found(lexicon, "工程师傅").empty());
  CHECK(found(lexicon, "工程工程师") == Words{"工程师"});
}

TEST_CASE("the reason for a match is the nearest context word") {
  const Lexicon lexicon = LexiconBuilder("l")
                              .context("a", not_near(9, Side::kEither))
                              .context_word("no")
                              .context_word("not")
                              .context_word("is not")
                              .term("a", "engineer")
                              .build();
  const std::vector<LexiconShape> shapes = {shape_of(lexicon)};
  const auto reason = [&](std::string_view text) {
    std::vector<Match> matches;
    std::vector<ContextWord> words;
    for (std::uint32_t i = 0; i < lexicon.terms.size(); ++i) {
      const std::string& term = lexicon.terms[i].text;
      for (std::size_t at = text.find(term); at != std::string_view::npos;
           at = text.find(term, at + 1)) {
        const Match match{0, 1, i, static_cast<std::uint32_t>(at),
                          static_cast<std::uint32_t>(at + term.size())};
        if (lexicon.terms[i].kind == Term::Kind::kContext) {
          words.push_back({0, match});
        } else {
          matches.push_back(match);
        }
      }
    }
    std::vector<ContextReason> reasons;
    keep_in_context_of_source(shapes, text, matches, words, &reasons);
    REQUIRE(matches.empty());
    REQUIRE(reasons.size() == 1);
    CHECK_FALSE(reasons[0].counts);
    REQUIRE(reasons[0].has_word);
    const Match& word = reasons[0].word;
    return std::pair(word.begin, std::string(text.substr(word.begin, word.end - word.begin)));
  };
  CHECK(reason("no he is not an engineer") == std::pair(6U, std::string("is not")));
  CHECK(reason("not an engineer not") == std::pair(16U, std::string("not")));
  CHECK(reason("not an engineer so not") == std::pair(0U, std::string("not")));
}

}  // namespace
}  // namespace cadre
