#include "cadre/text/term.hpp"

#include <re2/re2.h>

#include <string>

#include "cadre/text/fold.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

TEST_CASE("terms are folded, trimmed and know their edges") {
  struct Row {
    const char* term;
    const char* text;
    bool before, after, prefix;
  };
  const Row rows[] = {
      {"IT", "it", true, true, false},
      {"ＩＴ", "it", true, true, false},
      {"  launch - vehicle\n", "launch vehicle", true, true, false},
      {"engineer*", "engineer", true, false, true},
      {"engineer＊", "engineer", true, false, true},
      {"engineer *", "engineer", true, false, true},
      {"engineer* ", "engineer", true, false, true},
      {"*engineer", "*engineer", false, true, false},  // only at the end
      {"a**", "a*", true, false, true},
      {"機械", "机械", false, false, false},
      {"機械*", "机械", false, false, true},
      {"IT行业", "it行业", true, false, false},
      {"航天5", "航天5", false, true, false},
      {"C++", "c++", true, false, false},
      {".NET", ".net", false, true, false},
      {"инженер", "инженер", true, true, false},
      {"cafe\u0301", "cafe", true, true, false},
      {"", "", false, false, false},
      {" — ", "", false, false, false},
      {"*", "", false, false, true},
      {"\u00AD", "", false, false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.term);
    const FoldedTerm folded = fold_term(row.term);
    CHECK(folded.text == row.text);
    CHECK(folded.boundary_before == row.before);
    CHECK(folded.boundary_after == row.after);
    CHECK(folded.prefix == row.prefix);
  }
}

TEST_CASE("a term keeps its accents where texts do") {
  const Folding keeping{Blanks::kDropped, Accents::kKept};
  CHECK(fold_term("École", keeping).text == "école");
  CHECK(fold_term("École").text == "ecole");
  CHECK(fold_pattern("É[éø]œ", keeping) == "é[éø]œ");
  CHECK(fold_pattern("É[éø]œ") == "e[eo](?:oe)");
}

TEST_CASE("an accent of a pattern goes with its letter, and stays without one") {
  CHECK(fold_pattern("q\u0302x") == "qx");
  CHECK(fold_pattern("[q\u0302x]") == "[qx]");
  CHECK(fold_pattern("е\u0302 .\u0302") == "е\u0302 .\u0302");
  CHECK(fold_pattern("q\u0302x", {Blanks::kDropped, Accents::kKept}) == "q\u0302x");
}

TEST_CASE("a term with 着 stands for 著 too, and with 著 for 着 where China writes no 著") {
  using Words = std::vector<std::string>;
  CHECK(fold_term("着陆器").also == Words{"著陆器"});
  CHECK(fold_term("著陸器").also == Words{"着陆器"});
  CHECK(fold_term("执着者著").also == Words{"执著者著", "执着者着"});
  CHECK(fold_term("著作").also.empty());
  CHECK(fold_term("编著者").also.empty());
  CHECK(fold_term("著*").also.empty());
  CHECK(fold_term("航天").also.empty());
}

TEST_CASE("a term keeps its blanks where texts do") {
  CHECK(fold_term("省　长").text == "省长");
  CHECK(fold_term("省　长", {Blanks::kKept}).text == "省 长");
  CHECK(fold_pattern("省　长", {Blanks::kKept}) == "省 长");
}

TEST_CASE("patterns are folded where they mean text") {
  struct Row {
    const char* pattern;
    const char* folded;
  };
  const Row rows[] = {
      {"", ""},
      {"航空航天部.{0,6}院", "航空航天部.{0,6}院"},
      {"機械(工業|工程)?部", "机械(工业|工程)?部"},
      {"Deputy [A-Z]+ \\d{2,3}", "Deputy [A-Z]+ \\d{2,3}"},  // ASCII is left to RE2
      {"ＩＴ", "it"},
      {"É", "e"},
      {"e\u0301", "e"},
      {"и\u0306", "й"},
      {"（甲）", "\\(甲\\)"},  // what folds to something that means something
      {"甲＋", "甲\\+"},
      {"甲．乙", "甲\\.乙"},
      {"［甲］", "\\[甲\\]"},
      {"㈱?", "(?:\\(株\\))?"},  // the group keeps ? on all of it
      {"ß+", "(?:ss)+"},
      {"a\u00AD?b", "a(?:)?b"},
      {"省 长", "省长"},  // blanks between Han characters that stand for themselves
      {"省\u3000\t 長{2}", "省长{2}"},
      {"省 ?长", "省 ?长"},
      {"省 (长)", "省 (长)"},
      {"省 a 长", "省 a 长"},
      {"[省 长]", "[省 长]"},
      {"省-长", "省 长"},
      {"沉着", "沉[着著]"},
      {"[着]", "[着著]"},
      {"著作", "著作"},
      {"xi’an|xi`an", "xi'an|xi'an"},
      {"[一-龥]", "[一-龥]"},  // the ends of a range stay
      {"[機一-龥硏]", "[机一-龥研]"},
      {"[\\-機]", "[ 机]"},
      {"[-機]", "[ 机]"},
      {"[機國]", "[机国]"},
      {"[^＾機]", "[^\\^机]"},
      {"[a＾]", "[a\\^]"},
      {"[ß機]", "[ss机]"},
      {"[］甲]", "[\\]甲]"},
      // Hyphens that stand for themselves
      {"launch-vehicle", "launch vehicle"},
      {"launch\\-vehicle", "launch vehicle"},
      {"第一—第二", "第一 第二"},
      {"launch[- ]vehicle", "launch[  ]vehicle"},
      {"[^-]", "[^ ]"},
      {"[a-]", "[a ]"},
      {"[/\\-a]", "[/ a]"},
      // and that do not
      {"[a-z0-9]", "[a-z0-9]"},
      {"(?i-s:甲)", "(?i-s:甲)"},
      {"(?-i)a-b", "(?-i)a b"},
      // Names are kept
      {"(?P<n>甲機)", "(?P<n>甲机)"},
      {"\\p{Han}機\\pL\\x{6A5F}", "\\p{Han}机\\pL\\x{6A5F}"},
      {"[[:alpha:]機]-", "[[:alpha:]机] "},
      {"[]機]機", "[]机]机"},
      {"[^]機]-", "[^]机] "},
      {"[\\]機-]-", "[\\]机 ] "},
      // Quoted text
      {"\\Q機.械-（\\E.", "机\\.械 \\(."},
      {"a\\Q.", "a\\."},
      {"\\（", "\\("},
      {"\\機", "机"},
      // Not correct, and left for RE2 to say so
      {"機\\", "机\\"},
      {"[機", "[机"},
      {"(?P<機", "(?P<機"},
      {"[[:機", "[[:機"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pattern);
    CHECK(fold_pattern(row.pattern) == row.folded);
  }
}

TEST_CASE("a folded pattern matches the folded form of what it was written for") {
  struct Row {
    const char* pattern;
    const char* text;
    bool matches;
  };
  const Row rows[] = {
      {"航空航天部.{0,6}院", "航空航天部第一研究院", true},
      {"機械.{0,2}廠", "机械总厂", true},
      {"机械.{0,2}厂", "機械總廠", true},
      {"(ＩＴ|软件)行业", "IT行业", true},
      {"（科技）", "中国(科技)公司", true},
      {"（科技）", "中国科技公司", false},
      {"launch-vehicles?", "Launch  Vehicle", true},
      {"^总.{3}师$", "總工程師", false},
      {"^总.{2}师$", "總工程師", true},
      {"[機械]{2}", "机械", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pattern, row.text);
    RE2::Options options;
    options.set_case_sensitive(false);
    const RE2 re2(fold_pattern(row.pattern), options);
    REQUIRE(re2.ok());
    CHECK(RE2::PartialMatch(fold(row.text), re2) == row.matches);
  }
}

}  // namespace
}  // namespace cadre
