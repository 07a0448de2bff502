#include "cadre/match/matcher.hpp"

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cadre/base/error.hpp"
#include "tests/catch.hpp"
#include "tests/match/lexicon_builder.hpp"
#include "tests/match/reference.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;

using testing::LexiconBuilder;
using Found = std::vector<std::string>;

/// What is found, each as "lexicon/category [words]" with the words quoted from the text.
Found find(const std::vector<Lexicon>& lexicons, std::string_view text,
           std::string_view language = "") {
  std::vector<Match> matches;
  Matcher(lexicons).find(text, language, matches);
  CHECK(matches == testing::reference_find(lexicons, text, language));
  Found found;
  for (const Match& m : matches) {
    const Lexicon& lexicon = lexicons[m.lexicon];
    const std::string& path = lexicon.categories[m.category].path;
    found.push_back(lexicon.name + (path.empty() ? "" : "/" + path) + " [" +
                    std::string(text.substr(m.begin, m.end - m.begin)) + "]");
  }
  return found;
}

/// What one term of a category finds.
Found find_term(const std::string& term, std::string_view text) {
  return find({LexiconBuilder("l").term("c", term).build()}, text);
}
bool finds(const std::string& term, std::string_view text) {
  return !find_term(term, text).empty();
}

TEST_CASE("text is compared in width, case and script variants") {
  CHECK(find_term("機械", "机械制造") == Found{"l/c [机械]"});
  CHECK(find_term("机械", "機械製造") == Found{"l/c [機械]"});
  CHECK(find_term("IT", "ＩＴ行业") == Found{"l/c [ＩＴ]"});
  CHECK(find_term("ＩＴ", "it行业") == Found{"l/c [it]"});
  CHECK(find_term("aerospace", "AEROSPACE Bureau") == Found{"l/c [AEROSPACE]"});
  CHECK(find_term("strasse", "Lange Straße") == Found{"l/c [Straße]"});
  CHECK(find_term("café", "CAFE\u0301") == Found{"l/c [CAFE\u0301]"});
}

TEST_CASE("spans are byte offsets into the original text") {
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l").term("c", "机械").build()};
  std::vector<Match> matches;
  Matcher(lexicons).find("ＩＴ、機械，机械", "", matches);
  REQUIRE(matches.size() == 2);
  CHECK(matches[0] == Match{0, 1, 0, 9, 15});
  CHECK(matches[1] == Match{0, 1, 0, 18, 24});
}

TEST_CASE("Latin terms match whole words") {
  CHECK(finds("IT", "IT"));
  CHECK(finds("IT", "an IT job"));
  CHECK(finds("IT", "IT行业"));
  CHECK(finds("IT", "在IT行业"));
  CHECK(finds("IT", "(IT)"));
  CHECK(finds("IT", "IT's"));
  CHECK(finds("IT", "IT_x"));
  CHECK_FALSE(finds("IT", "ITER"));
  CHECK_FALSE(finds("IT", "unIT"));
  CHECK_FALSE(finds("IT", "IT3"));
  CHECK_FALSE(finds("IT", "3IT"));
  CHECK_FALSE(finds("IT", "ITé"));
  CHECK_FALSE(finds("IT", "ITи"));
  CHECK(finds("IT", "IT\u0301"));  // an accent, and no other letter
  CHECK_FALSE(finds("мит", "мит\u0301"));
  CHECK_FALSE(finds("engineer", "engineers"));
  CHECK(finds("инженер", "инженер-механик"));
  CHECK_FALSE(finds("инженер", "инженеры"));
  CHECK(find_term("it", "it it iter it") == Found{"l/c [it]", "l/c [it]", "l/c [it]"});
}

TEST_CASE("only the edges of a term that join words need a boundary") {
  CHECK(finds("C++", "C++17"));
  CHECK_FALSE(finds("C++", "ObjC++"));
  CHECK(finds("航天5", "中国航天5院"));
  CHECK_FALSE(finds("航天5", "航天51院"));
  CHECK(finds("5院", "航天5院士"));
  CHECK_FALSE(finds("5院", "航天15院"));
  CHECK(finds("863", "863计划"));
  CHECK_FALSE(finds("863", "1863年"));
}

TEST_CASE("a trailing star matches a prefix of words") {
  CHECK(find_term("engineer*", "engineer") == Found{"l/c [engineer]"});
  CHECK(find_term("engineer*", "Engineers and engineering") ==
        Found{"l/c [Engineer]", "l/c [engineer]"});
  CHECK_FALSE(finds("engineer*", "bioengineering"));
  CHECK(find_term("航天*", "航天部") == Found{"l/c [航天]"});
}

TEST_CASE("runs of white space and hyphens are equal") {
  for (const char* term : {"launch vehicle", "launch-vehicle", "launch \u2014 vehicle"}) {
    CAPTURE(term);
    CHECK(finds(term, "launch vehicle"));
    CHECK(finds(term, "launch-vehicle"));
    CHECK(find_term(term, "a launch  \t\u3000vehicle") == Found{"l/c [launch  \t\u3000vehicle]"});
    CHECK(finds(term, "launch\u2011vehicle"));
    CHECK_FALSE(finds(term, "launchvehicle"));
    CHECK_FALSE(finds(term, "launch/vehicle"));
  }
  CHECK(finds("launch", "re-launch"));
}

TEST_CASE("Chinese terms match anywhere") {
  CHECK(find_term("航天", "原航空航天部航天局") == Found{"l/c [航天]", "l/c [航天]"});
  CHECK(finds("航天", "x航天y"));
  CHECK_FALSE(finds("航天", "航-天"));
}

TEST_CASE("blanks between Chinese characters do not count, and the match has them") {
  CHECK(find_term("省长", "任副省　长。") == Found{"l/c [省　长]"});
  CHECK(find_term("省 长", "省长、省\n长") == Found{"l/c [省长]", "l/c [省\n长]"});
  CHECK(find_term("航天", "航\uFEFF 天") == Found{"l/c [航\uFEFF 天]"});
  CHECK_FALSE(finds("省-长", "省 长"));
  CHECK_FALSE(finds("it", "航 itx 天"));
  CHECK(finds("it", "航 it 天"));
}

TEST_CASE("a lexicon that keeps blanks stands beside one that does not") {
  const std::vector<Lexicon> both = {
      LexiconBuilder("keeps")
          .keep_blanks()
          .term("c", "省长")
          .term("s", "省 市")
          .regex("r", "湖.长")
          .build(),
      LexiconBuilder("drops").term("c", "省长").term("s", "省 市").build()};
  CHECK(find(both, "省 长") == Found{"drops/c [省 长]"});
  CHECK(find(both, "省长") == Found{"keeps/c [省长]", "drops/c [省长]"});
  CHECK(find(both, "省　市") == Found{"keeps/s [省　市]", "drops/s [省　市]"});
  CHECK(find(both, "省市") == Found{"drops/s [省市]"});
  CHECK(find(both, "湖 长 省 长") == Found{"keeps/r [湖 长]", "drops/c [省 长]"});
}

TEST_CASE("accents do not count, and the match has them") {
  CHECK(find_term("ecole", "à l’École normale") == Found{"l/c [École]"});
  CHECK(find_term("école", "Ecole, E\u0301COLE") == Found{"l/c [Ecole]", "l/c [E\u0301COLE]"});
  CHECK(find_term("Lodz", "w Łodzi, Łódź") == Found{"l/c [Łódź]"});
  CHECK(find_term("oeuvre", "chef d’œuvre") == Found{"l/c [œuvre]"});
  CHECK(find_term("αθηνα", "στην Αθήνα") == Found{"l/c [Αθήνα]"});
  CHECK_FALSE(finds("e", "æ"));
  CHECK_FALSE(finds("и", "й"));
  CHECK(finds("й", "и\u0306"));
  CHECK_FALSE(finds("елка", "ёлка"));
}

TEST_CASE("a lexicon that keeps accents stands beside one that does not") {
  const std::vector<Lexicon> both = {
      LexiconBuilder("keeps")
          .keep_accents()
          .term("c", "ano")
          .term("d", "año")
          .regex("r", "a.o nuevo")
          .regex("s", "ñ[ou]")
          .build(),
      LexiconBuilder("folds").term("c", "ano").regex("r", "ñ[óú]").build()};
  CHECK(find(both, "ano") == Found{"keeps/c [ano]", "folds/c [ano]"});
  CHECK(find(both, "año") == Found{"keeps/d [año]", "folds/c [año]"});
  CHECK(find(both, "an\u0303o nuevo") ==
        Found{"keeps/r [an\u0303o nuevo]", "folds/c [an\u0303o]", "folds/r [nu]"});
  CHECK(find(both, "ñu, nu") == Found{"keeps/s [ñu]", "folds/r [ñu]", "folds/r [nu]"});
}

TEST_CASE("a lexicon that asks for plurals finds the regular ones of English terms") {
  const std::vector<Lexicon> both = {LexiconBuilder("plural")
                                         .english_plurals()
                                         .term("a", "attorney", "en")
                                         .term("b", "chairman")
                                         .term("c", "directeur", "fr")
                                         .term("d", "IT", "en")
                                         .term("e", "工程师")
                                         .except("a", "attorney at bay", "en")
                                         .build(),
                                     LexiconBuilder("single").term("a", "attorney", "en").build()};
  CHECK(find(both, "Attorneys and an attorney") ==
        Found{"plural/a [Attorneys]", "plural/a [attorney]", "single/a [attorney]"});
  CHECK(find(both, "chairmen, chairmans, chair men") == Found{"plural/b [chairmen]"});
  CHECK(find(both, "directeurs").empty());
  CHECK(find(both, "its").empty());
  CHECK(find(both, "attorneyship").empty());
  CHECK(find(both, "attorney at bays") == Found{"single/a [attorney]"});
  CHECK(find(both, "attorneys, chairmen", "en") ==
        Found{"plural/a [attorneys]", "plural/b [chairmen]"});
  CHECK(find(both, "attorneys, chairmen", "fr") == Found{"plural/b [chairmen]"});
}

TEST_CASE("a term without a language is found in columns of every language, as its script asks") {
  const std::vector<Lexicon> lexicons = {
      LexiconBuilder("l").term("a", "lawyer").term("b", "律师").build()};
  for (const char* language : {"", "en", "zh", "fr"}) {
    CAPTURE(language);
    CHECK(find(lexicons, "lawyer 大律师", language) == Found{"l/a [lawyer]", "l/b [律师]"});
    CHECK(find(lexicons, "lawyers", language).empty());
  }
}

TEST_CASE("what is the same to a reader matches") {
  CHECK(finds("xi'an", "Xi’an Jiaotong University"));
  CHECK(finds("people’s government", "Hunan People's Government"));
  CHECK(find_term("副省长", "副省\u2ed3") == Found{"l/c [副省\u2ed3]"});
  CHECK(finds("研究院", "中央硏究院"));
  CHECK(finds("农场", "國營農塲"));
  CHECK(finds("着陆器", "月球著陸器"));
  CHECK(finds("著陸器", "月球着陆器"));
  CHECK(finds("著作", "著作等身"));
  CHECK_FALSE(finds("著作", "带着作品"));
}

TEST_CASE("the longest match wins inside one lexicon") {
  const std::vector<Lexicon> places = {
      LexiconBuilder("places").term("india", "印度").term("indonesia", "印度尼西亚").build()};
  CHECK(find(places, "驻印度尼西亚大使") == Found{"places/indonesia [印度尼西亚]"});
  CHECK(find(places, "印度和印度尼西亚") ==
        Found{"places/india [印度]", "places/indonesia [印度尼西亚]"});

  const std::vector<Lexicon> fields = {
      LexiconBuilder("fields").term("engineering", "工程").term("social", "社会工程").build()};
  CHECK(find(fields, "社会工程") == Found{"fields/social [社会工程]"});
  CHECK(find(fields, "机械工程") == Found{"fields/engineering [工程]"});
}

TEST_CASE("equal spans, and spans that overlap without containment, all count") {
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l")
                                             .term("a", "航天")
                                             .term("b", "航天")
                                             .term("c", "天桥")
                                             .term("d", "天")
                                             .build()};
  CHECK(find(lexicons, "航天桥") == Found{"l/a [航天]", "l/b [航天]", "l/c [天桥]"});
  CHECK(find(lexicons, "天") == Found{"l/d [天]"});
}

TEST_CASE("the same begin or end does not save a shorter match") {
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l")
                                             .term("long", "航空航天")
                                             .term("begin", "航空")
                                             .term("end", "航天")
                                             .term("middle", "空航")
                                             .build()};
  CHECK(find(lexicons, "航空航天") == Found{"l/long [航空航天]"});
}

TEST_CASE("a match that a longer one hides hides still") {
  const std::vector<Lexicon> lexicons = {
      LexiconBuilder("l").term("a", "甲").term("b", "甲乙").term("c", "甲乙丙").build()};
  CHECK(find(lexicons, "甲乙丙") == Found{"l/c [甲乙丙]"});
}

TEST_CASE("overlap: all counts every match") {
  const std::vector<Lexicon> places = {LexiconBuilder("places")
                                           .overlap_all()
                                           .term("india", "印度")
                                           .term("indonesia", "印度尼西亚")
                                           .except("india", "印度洋")
                                           .build()};
  CHECK(find(places, "印度尼西亚") ==
        Found{"places/indonesia [印度尼西亚]", "places/india [印度]"});
  CHECK(find(places, "印度洋").empty());
}

TEST_CASE("different lexicons do not hide each other's matches") {
  const std::vector<Lexicon> lexicons = {
      LexiconBuilder("places").term("india", "印度").except("india", "印度洋").build(),
      LexiconBuilder("posts").term("embassy", "印度洋大使").term("sea", "印度").build()};
  CHECK(find(lexicons, "印度大使") == Found{"places/india [印度]", "posts/sea [印度]"});
  CHECK(find(lexicons, "印度洋大使") == Found{"posts/embassy [印度洋大使]"});
  CHECK(find(lexicons, "印度洋") == Found{"posts/sea [印度]"});
}

TEST_CASE("matches inside an except do not count") {
  const std::vector<Lexicon> lexicons = {
      LexiconBuilder("industries").term("aerospace", "航天").except("aerospace", "航天桥").build()};
  CHECK(find(lexicons, "航天桥北").empty());
  CHECK(find(lexicons, "航天桥与航天部") == Found{"industries/aerospace [航天]"});
  CHECK(find(lexicons, "航天") == Found{"industries/aerospace [航天]"});
}

TEST_CASE("an except wins over equal and shorter matches, not over longer ones or overlaps") {
  const auto with = [](const char* term) {
    return std::vector<Lexicon>{
        LexiconBuilder("l").term("c", term).except("c", "social engineer*").build()};
  };
  CHECK(find(with("social engineer*"), "social engineering").empty());
  CHECK(find(with("engineer*"), "social engineering").empty());
  CHECK(find(with("social engineering"), "social engineering") ==
        Found{"l/c [social engineering]"});
  CHECK(find(with("anti-social"), "anti-social engineer") == Found{"l/c [anti-social]"});
}

TEST_CASE("an except needs its own word boundaries") {
  const std::vector<Lexicon> lexicons = {
      LexiconBuilder("l").term("c", "software*").except("c", "software sale").build()};
  CHECK(find(lexicons, "software sale").empty());
  CHECK(find(lexicons, "software sales") == Found{"l/c [software]"});
}

TEST_CASE("an except holds for its category and those below") {
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l")
                                             .term("a", "航天")
                                             .except("a", "航天桥")
                                             .term("a/rockets", "天桥")
                                             .term("a/rockets", "航天")
                                             .term("b", "航天")
                                             .build()};
  CHECK(find(lexicons, "航天桥") == Found{"l/b [航天]"});
}

TEST_CASE("an except below does not hold above or beside") {
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l")
                                             .term("a", "航天")
                                             .term("a/x", "航天")
                                             .except("a/x", "航天桥")
                                             .term("a/y", "航天")
                                             .build()};
  CHECK(find(lexicons, "航天桥") == Found{"l/a [航天]", "l/a/y [航天]"});
}

TEST_CASE("an except of the root holds for the whole lexicon and no other") {
  const std::vector<Lexicon> lexicons = {
      LexiconBuilder("l").except("", "航天桥").term("a", "航天").term("a/x", "天").build(),
      LexiconBuilder("m").term("a", "航天").build()};
  CHECK(find(lexicons, "航天桥") == Found{"m/a [航天]"});
}

TEST_CASE("an excepted match hides nothing, and neither does the except") {
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l")
                                             .term("engineering", "工程")
                                             .term("social", "社会工程")
                                             .except("social", "社会工程学")
                                             .build()};
  CHECK(find(lexicons, "社会工程") == Found{"l/social [社会工程]"});
  CHECK(find(lexicons, "社会工程学") == Found{"l/engineering [工程]"});
}

TEST_CASE("terms are looked for in columns of their language") {
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l")
                                             .term("zh", "IT", "zh")
                                             .term("en", "IT", "en")
                                             .term("any", "IT")
                                             .regex("regex", "I.", "en")
                                             .build()};
  CHECK(find(lexicons, "IT", "zh") == Found{"l/zh [IT]", "l/any [IT]"});
  CHECK(find(lexicons, "IT", "en") == Found{"l/en [IT]", "l/any [IT]", "l/regex [IT]"});
  CHECK(find(lexicons, "IT", "fr") == Found{"l/any [IT]"});
  CHECK(find(lexicons, "IT", "") == Found{"l/zh [IT]", "l/en [IT]", "l/any [IT]", "l/regex [IT]"});
}

TEST_CASE("terms of another language neither hide nor except") {
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l")
                                             .term("a", "social")
                                             .term("b", "social engineering", "en")
                                             .except("a", "social work", "en")
                                             .build()};
  CHECK(find(lexicons, "social engineering", "zh") == Found{"l/a [social]"});
  CHECK(find(lexicons, "social engineering", "en") == Found{"l/b [social engineering]"});
  CHECK(find(lexicons, "social work", "zh") == Found{"l/a [social]"});
  CHECK(find(lexicons, "social work", "en").empty());
}

TEST_CASE("regular expressions run over the folded text") {
  const auto regex = [](const char* pattern, const char* text) {
    return find({LexiconBuilder("l").regex("c", pattern).build()}, text);
  };
  CHECK(regex("航空航天部.{0,6}院", "航空航天部第一研究院") == Found{"l/c [航空航天部第一研究院]"});
  CHECK(regex("機械.{0,2}廠", "重型机械总厂") == Found{"l/c [机械总厂]"});
  CHECK(regex("第[一二三]机械", "第一機械工業部") == Found{"l/c [第一機械]"});
  CHECK(regex("deputy chief engineer", "Deputy  Chief-Engineer") ==
        Found{"l/c [Deputy  Chief-Engineer]"});
  CHECK(regex("[0-9]+所", "１２所、９所") == Found{"l/c [１２所]", "l/c [９所]"});
}

TEST_CASE("regular expressions match leftmost-longest and do not overlap themselves") {
  const auto regex = [](const char* pattern, const char* text) {
    return find({LexiconBuilder("l").regex("c", pattern).overlap_all().build()}, text);
  };
  CHECK(regex("甲|甲乙", "甲乙丙甲") == Found{"l/c [甲乙]", "l/c [甲]"});
  CHECK(regex("甲.??", "甲乙") == Found{"l/c [甲乙]"});
  CHECK(regex("甲乙甲", "甲乙甲乙甲") == Found{"l/c [甲乙甲]"});
  CHECK(regex("甲*", "乙甲甲乙") == Found{"l/c [甲甲]"});
  CHECK(regex("甲*", "乙").empty());
  CHECK(regex("^甲", "甲甲") == Found{"l/c [甲]"});
  CHECK(regex("\\bit\\b", "it iter") == Found{"l/c [it]"});
}

TEST_CASE("regular expressions take part in longest-wins and are excepted") {
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l")
                                             .term("part", "研究院")
                                             .regex("whole", "航空.*院")
                                             .except("whole", "航空研究院院长")
                                             .build()};
  CHECK(find(lexicons, "航空第一研究院") == Found{"l/whole [航空第一研究院]"});
  CHECK(find(lexicons, "航空研究院院长") == Found{"l/part [研究院]"});
}

TEST_CASE("a match does not begin or end inside a source character") {
  CHECK_FALSE(finds("株", "㈱"));
  CHECK(finds("(株)", "㈱"));
  CHECK_FALSE(finds("1", "½"));
  CHECK_FALSE(finds("s*", "ß"));
  CHECK_FALSE(finds("航к", "航к\u0303"));
  CHECK_FALSE(finds("航к*", "航к\u0303"));
  CHECK(find({LexiconBuilder("l").regex("c", "株").build()}, "㈱株") == Found{"l/c [株]"});
}

TEST_CASE("ignorable characters belong to the character before them") {
  CHECK(find_term("航天", "航\u200B天\uFE0F部") == Found{"l/c [航\u200B天\uFE0F]"});
  CHECK(find_term("launch", "lau\u00ADnch") == Found{"l/c [lau\u00ADnch]"});
}

TEST_CASE("terms that fold to nothing, empty texts and no lexicons find nothing") {
  CHECK_FALSE(finds("-", "a - b"));
  CHECK_FALSE(finds("", "a"));
  CHECK_FALSE(finds("*", "a*"));
  CHECK_FALSE(finds("a", ""));
  CHECK(find({}, "航天").empty());
  CHECK(find({LexiconBuilder("l").build()}, "航天").empty());
}

TEST_CASE("find appends in the order that it promises") {
  const std::vector<Lexicon> lexicons = {
      LexiconBuilder("l").overlap_all().term("a", "乙").term("b", "甲乙").term("c", "甲").build(),
      LexiconBuilder("m").term("a", "甲").build()};
  const Matcher matcher(lexicons);
  std::vector<Match> matches = {Match{9, 9, 9, 9, 9}};
  matcher.find("甲乙", "", matches);
  const std::vector<Match> expected = {
      {9, 9, 9, 9, 9}, {0, 2, 1, 0, 6}, {0, 3, 2, 0, 3}, {0, 1, 0, 3, 6}, {1, 1, 0, 0, 3}};
  CHECK(matches == expected);
}

TEST_CASE("a matcher outlives its lexicons and can be moved") {
  std::vector<Lexicon> lexicons = {
      LexiconBuilder("l").term("c", "航天", "zh").regex("c", "卫星").build()};
  Matcher first(lexicons);
  lexicons.clear();
  const Matcher second = std::move(first);
  std::vector<Match> matches;
  second.find("航天卫星", "zh", matches);
  CHECK(matches.size() == 2);
}

TEST_CASE("a regular expression that needs too much memory is an error") {
  const std::vector<Lexicon> lexicons = {
      LexiconBuilder("l").regex("c", "(航.{0,50}天.{0,50}){20}").build()};
  MatchLimits options;
  options.regex_memory = 10'000;
  try {
    const Matcher matcher(lexicons, options);
    FAIL("no Error was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == Error::Kind::kLimit);
    CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring("(航.{0,50}天.{0,50}){20}"));
  }
}

TEST_CASE("threads share a matcher") {
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l")
                                             .term("a", "航天")
                                             .except("a", "航天桥")
                                             .regex("b", "[一-龥]{2,5}[院所部局]")
                                             .regex("c", "(a|b)*c")
                                             .build()};
  const Matcher matcher(lexicons);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < 50; ++i) {
    texts.push_back("航天部第" + std::to_string(i) + "研究院 航天桥 ababc" + std::string(i, 'b'));
  }
  std::vector<std::vector<Match>> found(4);
  std::vector<std::thread> threads;
  for (std::vector<Match>& mine : found) {
    threads.emplace_back([&] {
      for (const std::string& text : texts) matcher.find(text, "", mine);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<Match> expected;
  for (const std::string& text : texts) {
    const auto matches = testing::reference_find(lexicons, text, "");
    expected.insert(expected.end(), matches.begin(), matches.end());
  }
  CHECK(expected.size() > 100);
  for (const std::vector<Match>& matches : found) CHECK(matches == expected);
}

TEST_CASE("long texts full of matches") {
  // Every match begins inside the one before it.
  const std::vector<Lexicon> lexicons = {
      LexiconBuilder("l").term("a", "一一").term("b", "一").except("b", "一一一").build()};
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "一";
  std::vector<Match> matches;
  Matcher(lexicons).find(text, "", matches);
  CHECK(matches.size() == 19'999);
}

TEST_CASE("a batch tells the same text in two languages apart") {
  const Matcher matcher(std::vector<Lexicon>{
      LexiconBuilder("l").term("c", "中文", "zh").term("c", "english", "en").build()});
  MatchBatch batch;
  const std::string text = "中文 and English";
  const std::uint32_t zh = batch.add(text, "zh");
  const std::uint32_t en = batch.add(text, "en");
  CHECK(zh != en);
  CHECK(batch.add(text, "zh") == zh);
  CHECK(batch.add(text, "en") == en);
  matcher.find(batch);
  REQUIRE(batch.matches(zh).size() == 1);
  CHECK(batch.matches(zh).front().begin == 0);
  REQUIRE(batch.matches(en).size() == 1);
  CHECK(batch.matches(en).front().begin == text.find("English"));
}

TEST_CASE("a regular expression that looks at the rest of a text again and again is stopped") {
  // None of its matches is long, and each search goes on to the end of the text.
  const std::vector<Lexicon> lexicons = {LexiconBuilder("l").regex("c", "x(.*y)?").build()};
  MatchLimits limits;
  limits.max_matches = 200;
  const auto matches = [&](std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += "x" + std::string(20'000, 'z');
    std::vector<Match> found;
    Matcher(lexicons, limits).find(text, "", found);
    return found.size();
  };
  CHECK(matches(12) == 12);  // 1.3 of 1.6 million bytes
  CHECK_THROWS_WITH(matches(14), ContainsSubstring("look at more than 1638400 bytes"));
}

}  // namespace
}  // namespace cadre
