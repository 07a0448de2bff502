#include "cadre/rules/pattern_check.hpp"

#include <re2/re2.h>

#include <random>
#include <string>
#include <vector>

#include "cadre/text/term.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

using Kind = PatternFinding::Kind;

std::vector<Kind> kinds(std::string_view pattern, const Folding& folding = {}) {
  std::vector<Kind> found;
  for (const PatternFinding& finding : check_pattern(pattern, folding))
    found.push_back(finding.kind);
  return found;
}

std::string why(std::string_view pattern) {
  const std::vector<PatternFinding> findings = check_pattern(pattern, {Blanks::kDropped});
  return findings.empty() ? "" : findings.front().why;
}

TEST_CASE("a pattern that no folded text can match is found") {
  for (const char* pattern : {R"(\b党委)",
                              R"(党委\b)",
                              R"(\b党\b)",
                              R"(\b[党政]委)",
                              R"(\b(?:党委|政府))",
                              R"(\b\p{Han}+\b)",
                              R"(党\b委)",
                              R"(第\b一)",
                              R"(IT党委\b)",
                              R"(\b(党委)?部)",
                              R"((?-i)CPC)",
                              R"((?-i:CPC))",
                              R"(x(?-i)[A-Z]{3})",
                              R"((?-i)(a|b)C)",
                              R"(\bA(?-i:B)\b)",
                              "a  b",
                              R"(a\s\sb)",
                              R"(a {2}b)",
                              R"(a\s{2,}b)",
                              R"(a[ ] b)",
                              "a - b",
                              "a -b",
                              R"(\s-\s)",
                              R"(a \s+b)",
                              R"(\x{6A5F})",
                              R"(机\x{6A5F}|\x{570B})",
                              R"([\x{6A5F}\x{570B}])",
                              R"(\x{FF21})",
                              R"(\x{FF10}+)",
                              R"(\x{2ED3})",
                              R"(\x{3000})",
                              R"(a\x2Db)",
                              R"(\x{2014})",
                              R"(\t)",
                              R"(a\nb)",
                              R"([\t\n])",
                              R"(\r?\n)",
                              R"(\x{2019})",
                              R"(\x{200B}a)",
                              R"(a^b)",
                              R"(a$b)",
                              R"(\Ba\b\Bb)",
                              R"((?-i)\x41)",
                              R"((?-i)\p{Lu})",
                              R"((?-i)\p{Lu}\p{Ll}+)",
                              R"((?-i)[\p{Lu}])",
                              R"((?-i)[^\P{Lu}])",
                              R"((?-i)[[:upper:]])",
                              R"((?-i:\p{Lu}))",
                              R"((?-i:(?-i:\p{Lu})))",
                              R"((?i)(?-i)\p{Lu})",
                              R"((?i:(?-i)\p{Lu}))",
                              R"(((?-i)\p{Lu})x)",
                              R"((?-i)(\p{Lu}|[A-Z]))",
                              R"((?P<n>(?-i)[Α-Ω]))",
                              R"((?s-i)A)",
                              R"(\p{Zl})",
                              R"([\x{FF21}-\x{FF3A}])",
                              R"((?m)a\n^b)"}) {
    CAPTURE(pattern);
    CHECK(kinds(pattern) == std::vector<Kind>{Kind::kNever});
  }
}

TEST_CASE("a pattern that a folded text can match is not") {
  for (const char* pattern : {"党委",
                              "機械",
                              "ＩＴ",
                              "CPC",
                              R"(\bCPC\b)",
                              R"(\bIT党委)",
                              R"(党委IT\b)",
                              R"(党\bIT)",
                              R"(\bIT\b部)",
                              R"(党\B委)",
                              R"(\B党)",
                              R"(党.\b)",
                              R"(\b.?党)",
                              R"(\b党?IT)",
                              "a b",
                              "a-b",
                              R"(a\s+b)",
                              R"(a\s*\s*b)",
                              R"(a ?-? ?b)",
                              "[ -]a",
                              R"(a\Qb c\E)",
                              R"(第.{1,3}院)",
                              "^a$",
                              R"(\Aa\z)",
                              "[^a]",
                              "[^ ]+",
                              R"(\p{Lu}x)",
                              R"(\PL)",
                              "[[:alpha:]]",
                              "[[:^space:]]",
                              "[一-龥]",
                              R"([\x{4e00}-\x{9fa5}])",
                              R"(\x{673A})",
                              R"(\x61)",
                              R"(\x{418}нженер)",
                              "[]a]",
                              "[^]a]",
                              "a{,2}",
                              "a{2}",
                              "x{0}y",
                              "(?P<n>a|b)",
                              "(?i)A",
                              "(?s).",
                              "省　长",
                              "省 长",
                              R"(\141)",
                              R"([a-z\-]x)",
                              R"(\.NET)",
                              R"(a\,b)",
                              R"(\b,)",
                              R"(\(株\))",
                              "a|",
                              "()",
                              "着"}) {
    CAPTURE(pattern);
    CHECK(kinds(pattern) == std::vector<Kind>{});
  }
}

TEST_CASE("(?-i) is told of as needless only where it changes nothing") {
  for (const char* pattern :
       {R"((?-i)cpc)", R"((?-i)\p{L})", R"((?-i)\p{Ll})", R"((?-i)\p{Han}+)", R"((?-i)[^a-z])",
        R"((?-i)\PL)", R"((?-i:(?i)\p{Lu}))", R"((?-i)[Ꭰ-Ꮿ])", R"((?-i)\p{Cherokee})"}) {
    CAPTURE(pattern);
    CHECK(kinds(pattern) == std::vector<Kind>{Kind::kCaseSwitch});
  }
  // Without it small letters would match, or not.
  for (const char* pattern : {R"((?-i)[^A-Z])", R"((?-i)[@-Z])"}) {
    CAPTURE(pattern);
    CHECK(kinds(pattern).empty());
  }
  // Without accents only × of it is left, which has no case.
  CHECK(kinds(R"((?-i)[À-Þ])", {Blanks::kDropped, Accents::kKept}).empty());
  CHECK(kinds(R"((?-i)[À-Þ])") == std::vector<Kind>{Kind::kCaseSwitch});
}

TEST_CASE("a part that finds capitals only is told of, in classes too") {
  const auto part = [](std::string_view pattern) {
    std::string parts;
    for (const PatternFinding& finding : check_pattern(pattern, {})) {
      CHECK(finding.kind == Kind::kNeverPart);
      CHECK(finding.why.find("lower case") != std::string::npos);
      parts += finding.part + " ";
    }
    return parts;
  };
  CHECK(part("(?-i)[A-Zx]") == "A-Z ");
  CHECK(part("(?-i)[A-Za-z]") == "A-Z ");
  CHECK(part(R"((?-i)[\p{Lu}\d])") == "\\p{Lu} ");
  CHECK(part("(?-i)A?x") == "A ");
  CHECK(part("(?-i)(a|B)") == "B ");
  CHECK(part("(?-i:(?-i:A)|b)") == "(?-i:A) ");
  CHECK(part("a(?-i)|B") == "B ");
}

TEST_CASE("the reason is told") {
  CHECK(why("a  b").find("two spaces") != std::string::npos);
  CHECK(why(R"(\s\s)").find("two spaces") != std::string::npos);
  CHECK(why(R"(党委\b)").find("edge of a word") != std::string::npos);
  CHECK(why("(?-i)CPC").find("lower case") != std::string::npos);
  CHECK(why(R"(\x{6A5F})").find("folded") != std::string::npos);
  CHECK(why(R"(a\tb)").find("read as a space") != std::string::npos);
  CHECK(why(R"(\x2d)").find("read as a space") != std::string::npos);
}

TEST_CASE("what is likely not meant is found") {
  using Kinds = std::vector<Kind>;
  CHECK(kinds(R"(党委|\b支部)") == Kinds{Kind::kNeverPart});
  CHECK(kinds(R"(机|\x{6A5F})") == Kinds{Kind::kNeverPart});
  CHECK(kinds(R"(a (?:b| c))") == Kinds{Kind::kNeverPart});
  CHECK(kinds(R"(\bинженер\b)") == Kinds{Kind::kBoundary});
  CHECK(kinds(R"(\bécole\b)") == Kinds{});
  CHECK(kinds(R"(\bécole\b)", {Blanks::kDropped, Accents::kKept}) == Kinds{Kind::kBoundary});
  CHECK(kinds("[à-ö]") == Kinds{Kind::kNever});
  CHECK(kinds("[à-ö]", {Blanks::kDropped, Accents::kKept}) == Kinds{});
  CHECK(kinds(R"(\x{E9}cole)") == Kinds{Kind::kNever});
  CHECK(kinds("école") == Kinds{});
  CHECK(kinds(R"(инженер\b)") == Kinds{Kind::kBoundary});
  CHECK(kinds(R"(\b[A-Z]{3,4}\b)") == Kinds{Kind::kCapitals});
  CHECK(kinds("[A-Za-z]") == Kinds{});
  CHECK(kinds("[C][P][C]") == Kinds{});
  CHECK(kinds("(?-i)cpc") == Kinds{Kind::kCaseSwitch});
  CHECK(kinds("(省|市) 长") == Kinds{Kind::kSpaceForDash});
  CHECK(kinds(R"(省\s长)") == Kinds{Kind::kSpaceForDash});
  CHECK(kinds("(省|市) 长", {Blanks::kKept}) == Kinds{});
  CHECK(kinds("(省|市)-长") == Kinds{});
}

TEST_CASE("no pattern that matches a folded text is said never to") {
  const std::vector<std::string> parts = {
      "党",    "機",    "a",      "B",     "é",          " ",           "-", R"(\b)", R"(\B)",
      "^",     "$",     "(",      ")",     "|",          "?",           "*", "{2}",   ".",
      R"(\s)", R"(\w)", "[AB]",   "[^ a]", R"(\p{Han})", R"(\x{6A5F})", "ø", "[é-ü]", "\u0301",
      "(?-i)", R"(\W)", "\u3000", "长",    ",",          "(?:"};
  const std::vector<std::string> letters = {"党", "機", "长", "a", "B",  "é", " ", "ø",
                                            "-",  "—",  "　", ",", "の", "1", "⻓"};
  std::mt19937 random(1921);
  const auto made_of = [&](const std::vector<std::string>& some, std::size_t most) {
    std::string text;
    for (std::size_t i = 0, count = 1 + random() % most; i < count; ++i) {
      text += some[random() % some.size()];
    }
    return text;
  };
  std::size_t never = 0, matching = 0;
  for (int round = 0; round < 30'000; ++round) {
    const std::string pattern = made_of(parts, 7);
    const Folding folding{round % 2 == 0 ? Blanks::kDropped : Blanks::kKept,
                          round % 3 == 0 ? Accents::kKept : Accents::kFolded};
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(false);
    const re2::RE2 written(pattern, options);
    const re2::RE2 regex(fold_pattern(pattern, folding), options);
    if (!written.ok() || !regex.ok()) continue;
    const std::vector<PatternFinding> findings = check_pattern(pattern, folding);
    const bool is_never = !findings.empty() && findings.front().kind == Kind::kNever;
    never += is_never ? 1 : 0;
    for (int i = 0; i < 10; ++i) {
      const std::string text = fold(made_of(letters, 6), folding);
      re2::StringPiece found;
      if (!regex.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found, 1)) continue;
      ++matching;
      // \b where a Latin letter happens to stand beside a Chinese character is not meant.
      if (!is_never || pattern.find("\\b") != std::string::npos) continue;
      CAPTURE(pattern, text, findings.front().why);
      CHECK_FALSE(is_never);
    }
  }
  CHECK(never > 500);
  CHECK(matching > 5'000);
}

}  // namespace
}  // namespace cadre
