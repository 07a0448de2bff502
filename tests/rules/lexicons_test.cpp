// Lexicons: categories in pre-order, groups, terms, tests.
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre::test {
namespace {

Lexicon lexicon(const std::string& text) {
  const Loaded loaded = load_text(text);
  for (const Diagnostic& d : loaded.diagnostics) INFO(d.message);
  REQUIRE(loaded.rules.has_value());
  REQUIRE(loaded.rules->lexicons.size() == 1);
  return loaded.rules->lexicons[0];
}

const std::string kIndustries = R"(lexicon: industries
title: Industries
note: What is made.
source: [A, B]
overlap: all
except: {zh: [希望工程]}
categories:
  aerospace:
    title: Aerospace
    group: emerging
    terms: {zh: [航天, 卫星], en: [aerospace]}
    regex: {zh: ['航空航天部.{0,6}院']}
    except: {zh: [航天桥]}
    categories:
      rockets: {terms: {en: [rocket*]}}
      balloons:
        group: traditional
        terms: [balloon]
  coal: {group: traditional, terms: {zh: [煤炭], en: }}
tests:
  - {name: a test, text: 航天桥, expect: []}
  - {text: 煤炭, language: zh, expect: coal}
  - {text: rockets, includes: [aerospace/rockets], not: [coal]}
)";

TEST_CASE("lexicons: categories stand in pre-order with their branches") {
  const Lexicon industries = lexicon(kIndustries);
  CHECK(industries.name == "industries");
  CHECK(industries.title == "Industries");
  CHECK(industries.overlap == Lexicon::Overlap::kAll);

  std::vector<std::string> paths;
  std::vector<std::uint32_t> ends;
  for (const Category& category : industries.categories) {
    paths.push_back(category.path);
    ends.push_back(category.subtree_end);
  }
  CHECK(paths == std::vector<std::string>{"", "aerospace", "aerospace/rockets",
                                          "aerospace/balloons", "coal"});
  CHECK(ends == std::vector<std::uint32_t>{5, 4, 3, 4, 5});
  CHECK(industries.categories[0].name == "industries");
  CHECK(industries.categories[1].title == "Aerospace");
  CHECK(industries.categories[2].parent == 1);
}

TEST_CASE("lexicons: categories without a group take that of the one above") {
  const Lexicon industries = lexicon(kIndustries);
  CHECK(industries.categories[1].group == "emerging");
  CHECK(industries.categories[2].group == "emerging");
  CHECK(industries.categories[3].group == "traditional");
  CHECK(industries.categories[0].group.empty());
}

TEST_CASE("lexicons: terms keep their words, language, kind and place") {
  const Loaded loaded = load_text(kIndustries);
  const std::vector<Term>& terms = loaded.rules->lexicons[0].terms;
  const auto find = [&](const std::string& text) {
    for (const Term& term : terms) {
      if (term.text == text) return term;
    }
    FAIL("no term " << text);
    return Term{};
  };
  CHECK(terms.size() == 9);
  CHECK(find("希望工程").kind == Term::Kind::kExcept);
  CHECK(find("希望工程").category == 0);
  CHECK(find("航天桥").category == 1);
  CHECK(find("卫星").language == "zh");
  CHECK(find("卫星").kind == Term::Kind::kLiteral);
  CHECK(find("航空航天部.{0,6}院").kind == Term::Kind::kRegex);
  CHECK(find("rocket*").category == 2);
  CHECK(find("balloon").language.empty());
  const Place place = loaded.sources->place(find("卫星").range);
  CHECK(place.line == 11);
  CHECK(place.column == 22);
  CHECK(place.end_column == 24);
}

TEST_CASE("lexicons: near and not_near have a window and words") {
  const Lexicon roles = lexicon(R"(lexicon: roles
not_near: {terms: [acting]}
categories:
  engineer:
    terms: {en: [engineer]}
    not_near: {terms: {zh: [从未], en: [never, not]}, within: 6, side: before, note: Denied.}
    near:
      - {terms: [chief], within: 0}
      - {terms: [state], side: after}
)");
  using Side = ContextWindow::Side;
  REQUIRE(roles.contexts.size() == 4);
  CHECK(roles.contexts[0].category == 0);
  CHECK(roles.contexts[0].window == ContextWindow{false, Side::kEither, {}});
  CHECK(roles.contexts[1].category == 1);
  CHECK(roles.contexts[1].window == ContextWindow{true, Side::kEither, 0});
  CHECK(roles.contexts[2].window == ContextWindow{true, Side::kAfter, {}});
  CHECK(roles.contexts[3].window == ContextWindow{false, Side::kBefore, 6});
  std::string words;
  for (const Term& term : roles.terms) {
    if (term.kind != Term::Kind::kContext) continue;
    words += std::to_string(term.context) + term.text + term.language + " ";
    CHECK(term.category == roles.contexts[term.context].category);
  }
  CHECK(words == "0acting 1chief 2state 3从未zh 3neveren 3noten ");
}

TEST_CASE("lexicons: blanks between Chinese characters are ignored unless they are kept") {
  CHECK(lexicon("lexicon: l\ncategories: {a: {terms: [x]}}\n").folding.blanks == Blanks::kDropped);
  CHECK(lexicon("lexicon: l\nblanks: ignore\ncategories: {a: {terms: [x]}}\n").folding.blanks ==
        Blanks::kDropped);
  CHECK(lexicon("lexicon: l\nblanks: keep\ncategories: {a: {terms: [x]}}\n").folding.blanks ==
        Blanks::kKept);
}

TEST_CASE("lexicons: accents are folded unless they are kept") {
  const auto accents = [](const std::string& line) {
    return lexicon("lexicon: l\n" + line + "categories: {a: {terms: [x]}}\n").folding.accents;
  };
  CHECK(accents("") == Accents::kFolded);
  CHECK(accents("accents: fold\n") == Accents::kFolded);
  CHECK(accents("accents: keep\n") == Accents::kKept);
}

TEST_CASE("lexicons: plurals are those of English, if they are asked for") {
  const Lexicon none = lexicon("lexicon: l\ncategories: {a: {terms: [x]}}\n");
  CHECK(none.plurals_in("en") == Plurals::kNone);
  const Lexicon english = lexicon("lexicon: l\nplurals: en\ncategories: {a: {terms: [x]}}\n");
  CHECK(english.plurals_in("en") == Plurals::kEnglish);
  CHECK(english.plurals_in("") == Plurals::kEnglish);
  CHECK(english.plurals_in("zh") == Plurals::kNone);
}

TEST_CASE("lexicons: tests name categories by their path") {
  const Lexicon industries = lexicon(kIndustries);
  REQUIRE(industries.tests.size() == 3);
  REQUIRE(industries.tests[0].exactly.has_value());
  CHECK(industries.tests[0].exactly->empty());
  CHECK(industries.tests[1].language == "zh");
  CHECK(*industries.tests[1].exactly == std::vector<std::uint32_t>{4});
  CHECK_FALSE(industries.tests[2].exactly.has_value());
  CHECK(industries.tests[2].includes == std::vector<std::uint32_t>{2});
  CHECK(industries.tests[2].excludes == std::vector<std::uint32_t>{4});
}

TEST_CASE("lexicons: numbers and words such as no and true are words to look for") {
  const Lexicon words =
      lexicon("lexicon: w\ncategories:\n  a: {terms: {en: [701, no, true, 2.5, on, $5]}}\n");
  std::vector<std::string> texts;
  for (const Term& term : words.terms) texts.push_back(term.text);
  CHECK(texts == std::vector<std::string>{"701", "no", "true", "2.5", "on", "$5"});
}

TEST_CASE("lexicons: the number of terms and the length of patterns are limited") {
  LoadOptions options;
  options.max_terms = 3;
  const std::string four = "lexicon: w\ncategories:\n  a: {terms: {en: [a, b, c, d, e]}}\n";
  Loaded loaded = load_text(four, options);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].code == "too-many-terms");

  options = {};
  options.max_regex_bytes = 4;
  loaded = load_text("lexicon: w\ncategories:\n  a: {regex: {en: [abcd, abcde]}}\n", options);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].code == "regex-too-long");
}

}  // namespace
}  // namespace cadre::test
