// Biographies in, rows and facts out; and nothing of a text is lost.
#include "cadre/import/biography_reader.hpp"

#include <fmt/format.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/text/utf8.hpp"
#include "tests/catch.hpp"
#include "tests/import/biographies.hpp"
#include "tests/import/layouts.hpp"

namespace cadre {
namespace {

const BiographyReader& reader() {
  static const BiographyReader kReader(testing::layouts());
  return kReader;
}

std::string value(const ImportedRow& row, const std::string& column) {
  const auto found = row.cells.find(column);
  return found == row.cells.end() ? "" : found->second;
}

std::string dates(const ImportedRow& row) {
  return (row.start ? row.start->text() : "") + ".." +
         (row.open  ? "open"
          : row.end ? row.end->text()
                    : "");
}

/// "1982-01..1986-09 第二汽车制造厂 | 技术员"
std::vector<std::string> jobs(const Biography& biography, const std::string& language) {
  std::vector<std::string> out;
  for (const ImportedRow& row : biography.career) {
    out.push_back(fmt::format("{} {} | {}", dates(row), value(row, "org_" + language),
                              value(row, "role_" + language)));
  }
  return out;
}

std::vector<std::string> courses(const Biography& biography, const std::string& language) {
  std::vector<std::string> out;
  for (const ImportedRow& row : biography.education) {
    out.push_back(
        fmt::format("{} {} | {} | {} | {}", dates(row), value(row, "institution_" + language),
                    value(row, "field_" + language), value(row, "degree"), value(row, "mode")));
  }
  return out;
}

std::vector<std::string> posts(const Biography& biography) {
  std::vector<std::string> out;
  for (const ImportedRow& row : biography.posts) {
    out.push_back(
        fmt::format("{} {} {}", dates(row), value(row, "province"), value(row, "office")));
  }
  return out;
}

TEST_CASE("import: lines of a Chinese CV") {
  const Biography one = reader().read("chen", testing::kChineseLines);
  CHECK(one.facts == std::map<std::string, std::string>{{"name_zh", "陈远山"},
                                                        {"gender", "M"},
                                                        {"ethnicity", "Han"},
                                                        {"birth", "1955-03"},
                                                        {"native_place", "湖北江陵"},
                                                        {"work_started", "1973-07"},
                                                        {"party_joined", "1979-05"},
                                                        {"party", "ccp"},
                                                        {"highest_degree", "master"}});
  CHECK(courses(one, "zh") ==
        std::vector<std::string>{
            "1978-02..1982-01 华中工学院机械工程系 | 机械制造 | bachelor | full-time",
            "1988-03..1988-07 中央党校 |  | certificate | party-school",
            "1996-09..1999-07 武汉大学 | 管理科学 | master | in-service"});
  CHECK(jobs(one, "zh") ==
        std::vector<std::string>{
            "1973-07..1978-02 湖北省江陵县红星公社 | 知青",
            "1982-01..1986-09 第二汽车制造厂发动机分厂 | 技术员、工程师",
            "1986-09..1991-04 第二汽车制造厂 | 副厂长、总工程师",
            "1991..1998-01 湖北省十堰市委 | 副书记、市长", "1998-01..2003-01 湖北省委 | 副书记",
            "1998-01..2003-01 省政府 | 省长、党组书记", "2003-01..open 湖北省委 | 书记",
            "2003-01..open 省人大常委会 | 主任"});
  CHECK(posts(one) == std::vector<std::string>{"1998-01..2003-01 hubei governor",
                                               "2003-01..open hubei party_secretary"});
  // What was guessed says so.
  CHECK(one.career[3].guesses == std::vector<std::string>{"end-from-next"});
  CHECK(one.career[1].guesses.empty());
}

TEST_CASE("import: radicals, as PDF files have them, are read as the characters they look like") {
  std::string text = testing::kChineseLines;
  for (const auto& [character, radical] :
       {std::pair("月", "\u2f49"), std::pair("生", "\u2f63"), std::pair("长", "\u2ed3"),
        std::pair("工", "\u2f2f"), std::pair("民", "\u2ea0"), std::pair("日", "\u2f47")}) {
    for (std::size_t at = text.find(character); at != std::string::npos;
         at = text.find(character)) {
      text.replace(at, std::string_view(character).size(), radical);
    }
  }
  const Biography plain = reader().read("chen", testing::kChineseLines);
  const Biography one = reader().read("chen", text);
  CHECK(one.facts == plain.facts);
  CHECK(posts(one) == posts(plain));
  REQUIRE(one.career.size() == plain.career.size());
  for (std::size_t i = 0; i < one.career.size(); ++i) {
    CHECK(dates(one.career[i]) == dates(plain.career[i]));
  }
}

TEST_CASE("import: an office that is held again after some time is another post") {
  const auto read = [](const std::string& again, const std::string& office = " 湖北省省长\n") {
    return posts(reader().read("x", "1998.01-2003.01 湖北省省长\n" + again + office));
  };
  CHECK(read("2003.02-2005.03") == std::vector<std::string>{"1998-01..2005-03 hubei governor"});
  CHECK(read("2003.06-2005.03") == std::vector<std::string>{"1998-01..2003-01 hubei governor",
                                                            "2003-06..2005-03 hubei governor"});
  // Another province is another post, however near.
  CHECK(read("2003.02-2005.03", " 湖南省省长\n") ==
        std::vector<std::string>{"1998-01..2003-01 hubei governor",
                                 "2003-02..2005-03 hunan governor"});
}

TEST_CASE("import: a row leads back to its line") {
  const Biography one = reader().read("chen", testing::kChineseLines);
  const SourceSpan& source = one.career[1].source;
  CHECK(source.line == 6);
  CHECK(testing::kChineseLines.substr(source.begin, source.end - source.begin) ==
        "1982.01—1986年9月，第二汽车制造厂发动机分厂技术员、工程师；");
}

TEST_CASE("import: Chinese prose") {
  const Biography one = reader().read("zhou", testing::kChineseProse);
  CHECK(one.facts.at("gender") == "F");
  CHECK(one.facts.at("native_place") == "宁夏吴忠");
  CHECK(courses(one, "zh") ==
        std::vector<std::string>{"..1982-07 西北大学化学系 | 分析化学 | bachelor | full-time"});
  CHECK(jobs(one, "zh") == std::vector<std::string>{"1982-08..1990-03 兰州石油化工研究院 | 技术员",
                                                    "1990-03..1995-06 该院 | 副院长",
                                                    "1995-06..1995-10 甘肃省科学技术委员会 | 主任",
                                                    "1995-10..2001-01 省政府 | 副秘书长",
                                                    "2001-01.. 甘肃省 | 省长"});
  CHECK(posts(one) == std::vector<std::string>{"2001-01.. gansu governor"});
}

TEST_CASE("import: English prose and lines") {
  const Biography one = reader().read("tang", testing::kEnglishProse);
  CHECK(one.facts.at("name_en") == "Tang Weimin");
  CHECK(one.facts.at("birth") == "1958-03");
  CHECK(one.facts.at("native_place") == "Xiangtan, Hunan");
  CHECK(
      courses(one, "en") ==
      std::vector<std::string>{"1978-09..1982-07 Harbin Institute of Technology | mechanical "
                               "engineering | bachelor | full-time",
                               "1978..1982 Tsinghua University | Mechanical Engineering | bachelor "
                               "| full-time"});
  CHECK(jobs(one, "en") == std::vector<std::string>{
                               "1982..1996 Shenyang Aircraft Design Institute | engineer",
                               "2008-01.. Hunan | governor",
                               "1997..2001 Science and Technology Commission, Tianjin | Director"});
  CHECK(posts(one) == std::vector<std::string>{"2008-01.. hunan governor"});
}

TEST_CASE("import: what cannot be read is told with its reason") {
  struct Case {
    std::string text;
    std::string reason;
  };
  for (const Case& one : {
           Case{"1978.13-1982.07 某某厂技术员", "bad-date"},
           Case{"1982.07-1978.02 某某厂技术员", "end-before-start"},
           Case{"2015年5月，因病在北京逝世", "death"},
           Case{"2003年3月，被判处有期徒刑十年", "court"},
           Case{"2008年12月不再担任某某公司总经理", "no-longer"},
           Case{"他工作认真，为人正直", "no-date"},
           Case{"=== 人物履历 ===", "heading"},
           Case{"* * *", "no-layout"},
       }) {
    INFO(one.text);
    const Biography read = reader().read("x", one.text);
    CHECK(read.career.empty());
    CHECK(read.education.empty());
    REQUIRE(read.unparsed.size() == 1);
    CHECK(read.unparsed[0].reason == one.reason);
    CHECK(read.unparsed[0].text == one.text);
  }
}

TEST_CASE("import: a second, different day of birth is set aside") {
  const Biography one =
      reader().read("x", "陈远山，男，1955年3月生，湖北江陵人。\n出生日期 | 1957年1月\n");
  CHECK(one.facts.at("birth") == "1955-03");
  REQUIRE(one.unparsed.size() == 1);
  CHECK(one.unparsed[0].reason == "conflicting-birth");
  CHECK(one.unparsed[0].source.line == 2);
}

/// Whether each byte of `text` that is not blank lies in a span.
void check_covered(const std::string& text, const Biography& one) {
  std::vector<bool> covered(text.size(), false);
  const auto cover = [&](const SourceSpan& span) {
    REQUIRE(span.begin <= span.end);
    REQUIRE(span.end <= text.size());
    for (std::size_t i = span.begin; i < span.end; ++i) covered[i] = true;
  };
  for (const auto* rows : {&one.education, &one.career}) {
    for (const ImportedRow& row : *rows) cover(row.source);
  }
  for (const SourceSpan& span : one.fact_spans) cover(span);
  for (const Unparsed& each : one.unparsed) cover(each.source);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    if (!covered[i]) {
      FAIL("byte " << i << " lies in no span of:\n" << text);
    }
  }
}

TEST_CASE("import: nothing is lost of biographies that were damaged at random") {
  std::mt19937 random(7);
  const std::vector<std::string> kInserts = {"（",
                                             "）",
                                             "(",
                                             "，",
                                             "；",
                                             "。",
                                             "\n",
                                             "1982.07",
                                             "-",
                                             "至今",
                                             "毕业于北京大学",
                                             "其间：",
                                             "出生日期\n",
                                             "1990年毕业，",
                                             "<p>",
                                             "&nbsp;",
                                             "[4]",
                                             "\x01",
                                             "学习",
                                             "任",
                                             "　",
                                             "年",
                                             "In 1990, ",
                                             "、"};
  for (const std::string* base :
       {&testing::kChineseLines, &testing::kChineseProse, &testing::kEnglishProse}) {
    check_covered(*base, reader().read("x", *base));
    for (int round = 0; round < 150; ++round) {
      std::string text = *base;
      for (int edits = 0; edits < 6; ++edits) {
        std::size_t at = random() % text.size();
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
        if (random() % 2 == 0) {
          text.insert(at, kInserts[random() % kInserts.size()]);
        } else {
          std::size_t end = at;
          for (std::size_t n = random() % 5; n > 0 && end < text.size(); --n) {
            next_code_point(text, end);
          }
          text.erase(at, end - at);
        }
        if (text.empty()) text = "x";
      }
      check_covered(text, reader().read("x", text));
    }
  }
}

}  // namespace
}  // namespace cadre
