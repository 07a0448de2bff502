// cadre import, as a user runs it.
#include <nlohmann/json.hpp>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/import/biographies.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;
using testing::Outcome;
using testing::Study;

TEST_CASE("import makes a data package that classify and explain read") {
  const Study study;
  study.write("texts/chen.txt", testing::kChineseLines);
  study.write("texts/zhou.txt", testing::kChineseProse);
  const Outcome outcome = study.run({"import", "texts", "-o", "imported"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, ContainsSubstring("2 people from "));
  CHECK_THAT(outcome.err, ContainsSubstring("(100.0%)"));
  CHECK_THAT(study.read("imported/unparsed.csv"), ContainsSubstring(",death,"));

  const std::string rules = (testing::source_dir() / "rules/macropolo-2022.yaml").string();
  const Outcome classified = study.run({"classify", rules, "imported", "-o", "run.sqlite", "-q"});
  INFO(classified.err);
  REQUIRE(classified.status == 0);
  const Outcome explained = study.run({"explain", "run.sqlite", "chen", "technocrat"});
  CHECK_THAT(explained.out, ContainsSubstring("technocrat: TRUE"));
  CHECK_THAT(explained.out, ContainsSubstring("from texts/chen.txt:5"));
  CHECK_THAT(
      explained.out,
      ContainsSubstring("1978.02-1982.01华中工学院机械工程系机械制造专业学习，获工学学士学位"));
}

TEST_CASE("import writes JSON Lines that classify reads, from JSON Lines") {
  const Study study;
  const std::string input = json{{"id", "chen"}, {"text", testing::kChineseLines}}.dump() + "\n" +
                            json{{"id", "tang"}, {"text", testing::kEnglishProse}}.dump() + "\n";
  const Outcome outcome = study.run({"import", "-", "-o", "-", "--quiet"}, input);
  REQUIRE(outcome.status == 0);
  CHECK(outcome.err.empty());
  const json first = json::parse(outcome.out.substr(0, outcome.out.find('\n')));
  CHECK(first["id"] == "chen");
  CHECK(first["career"][1]["source_file"] == "<standard input>:1");
  CHECK(first["career"][1]["source_line"] == 6);
  const std::string rules = (testing::source_dir() / "rules/macropolo-2022.yaml").string();
  const Outcome classified = study.run({"classify", rules, "-", "-o", "-", "-q"}, outcome.out);
  INFO(classified.err);
  CHECK(classified.status == 0);
}

TEST_CASE("import reads the encodings in which texts come") {
  const Study study;
  study.write("texts/gb18030.txt", "1982.01-1986.09 \xB1\xB1\xBE\xA9 \xB3\xA7\xB3\xA4\n");
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string("1982.01-1986.09 ")) utf16 += {c, '\0'};
  utf16 += std::string("\x17\x53\xAC\x4E\x82\x53\x7F\x95\n\0", 10);
  study.write("texts/utf16.txt", utf16);
  study.write("texts/utf8.txt",
              "\xEF\xBB\xBF"
              "1982.01-1986.09 北京厂长\n");
  const Outcome outcome = study.run({"import", "texts", "-o", "-", "-q"});
  CHECK(outcome.err.empty());
  std::size_t people = 0;
  for (std::size_t at = 0; at < outcome.out.size(); ++people) {
    const std::size_t end = outcome.out.find('\n', at);
    const json row = json::parse(outcome.out.substr(at, end - at))["career"][0];
    CHECK(row["org_zh"] == "北京");
    CHECK(row["role_zh"] == "厂长");
    CHECK(row["end"] == "1986-09");
    at = end + 1;
  }
  CHECK(people == 3);
}

TEST_CASE("check runs the tests of a layout") {
  const Study study;
  const std::string layout =
      "layout: plain\nlanguage: en\nlines: '^[0-9]'\n"
      "periods: [{name: range, is: range, regex: '(?P<from>[0-9]{4})-(?P<to>[0-9]{4}) '}]\n"
      "jobs: [{name: job, regex: '^(?P<role>[a-z]+) at (?P<org>.+)$'}]\n"
      "tests:\n  - text: 1980-1984 engineer at Northern Works\n    expect: {career: [{role_en: ";
  study.write("good.yaml", layout + "engineer}]}\n");
  study.write("bad.yaml", layout + "director}]}\n");
  const Outcome good = study.run({"check", "good.yaml"});
  CHECK(good.status == 0);
  CHECK(good.out == "good.yaml: ok  1 layout, 1 test passed\n");
  const Outcome bad = study.run({"check", "bad.yaml"});
  CHECK(bad.status == 1);
  CHECK_THAT(bad.err, ContainsSubstring("bad.yaml:7:5: error[test-failed]"));
  CHECK_THAT(bad.err,
             ContainsSubstring("career is {role_en: engineer}, expected {role_en: director}"));
}

TEST_CASE("import: a name twice, with another birth and with the same") {
  const Study study;
  study.write("a/li.txt", "李平，男，1950年1月生。\n");
  study.write("b/li.txt", "李平，男，1960年1月生。\n");
  study.write("c/li.txt", "李平，男，1950年1月生。\n");
  const Outcome outcome = study.run({"import", "a", "b", "c", "-o", "all.jsonl", "-q"});
  CHECK(outcome.status == 0);
  CHECK(
      outcome.err ==
      "b/li.txt: warning: 'li' was there, born 1950-01, and is here born 1960-01; called 'li-1960' "
      "here\n"
      "c/li.txt: warning: 'li' was there; called 'li-2' here\n");
}

TEST_CASE("import tells of texts that it cannot read and goes on") {
  const Study study;
  study.write("texts/a.txt", testing::kChineseProse);
  study.write("texts/empty.txt", " \n");
  study.write("texts/mixed.txt", "北京大学\n\xB1\xB1\xBE\xA9\n");
  const Outcome outcome = study.run({"import", "texts", "-o", "all.jsonl"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, ContainsSubstring("texts/empty.txt: warning: the text is empty"));
  CHECK_THAT(outcome.err, ContainsSubstring("texts/mixed.txt: warning: the file mixes encodings"));
  CHECK_THAT(outcome.err, ContainsSubstring("2 texts not read"));
  CHECK(study.run({"import", "texts", "-o", "all.jsonl", "--strict"}).status == 1);
  const Outcome lines = study.run({"import", "-", "-o", "-", "-q"}, "{\"id\": 1}\nnot json\n");
  CHECK_THAT(lines.err, ContainsSubstring("<standard input>:1: warning: not an object with"));
  CHECK_THAT(lines.err,
             ContainsSubstring("<standard input>:2: warning: not JSON: the line does not "
                               "begin with {"));
  const Outcome cut = study.run({"import", "-", "-o", "-", "-q"}, "{\"id\" 1}\n{\"id\": \"a\n");
  CHECK_THAT(cut.err,
             ContainsSubstring("<standard input>:1: warning: not JSON: is a quote, a comma or "
                               "a bracket missing?"));
  CHECK_THAT(cut.err, ContainsSubstring("<standard input>:2: warning: not JSON: a text "));
  const Outcome marked = study.run({"import", "-", "-o", "-", "-q"}, "\uFEFF\uFEFF{}\n");
  CHECK_THAT(marked.err, ContainsSubstring("<standard input>:1: warning: a byte order mark"));
  const Outcome blank = study.run({"import", "-", "-o", "-", "-q"}, R"({"id": "a", "text ": "b"})");
  CHECK_THAT(blank.err, ContainsSubstring("<standard input>:1: warning: the key 'text ' has a "
                                          "blank at its end"));
}

TEST_CASE("import refuses what it would destroy or cannot find, and leaves nothing behind") {
  const Study study;
  study.write("a.txt", testing::kChineseProse);
  const auto before = study.files();
  const Outcome there = study.run({"import", "a.txt", "-o", "package"});
  CHECK(there.status == 2);
  CHECK(there.err == "cadre: 'package' is there already; give another name, or remove it\n");
  CHECK(study.run({"import", "missing.txt", "-o", "new"}).status == 2);
  CHECK(study.run({"import", "a.txt", "-o", "new", "--as-of", "soon"}).status == 2);
  CHECK(study.run({"import", "a.txt", "-o", "new", "--layout", "fields.yaml"}).status == 2);
  CHECK(study.files() == before);
}

TEST_CASE("import writes the last day into JSON Lines, so that labels are those of the package") {
  const Study study;
  study.write("texts/zhang-hua.txt",
              "张华，男，1950年3月生。\n1985.03-1988.04 长沙机床厂技术员\n"
              "1988.04- 湖南省航天局工程师\n");
  study.write("r.yaml", R"(ruleset: r
cadre: 1
labels:
  long: {title: Long, career: {role: {matches: 工程师}}, total_years: {at_least: 5}}
)");
  const auto label = [&](const std::string& output, const std::string& day) {
    std::vector<std::string> import = {"import", "texts", "-o", output, "-q"};
    if (!day.empty()) import.insert(import.end(), {"--as-of", day});
    REQUIRE(study.run(import).status == 0);
    const Outcome outcome = study.run({"classify", "r.yaml", output, "-o", "-", "--quiet"});
    INFO(outcome.err);
    return outcome.out.substr(0, outcome.out.find(",\"evidence\""));
  };
  const std::string yes = R"({"id":"zhang-hua","labels":{"long":{"value":true}})";
  CHECK(label("late", "2022-12-31") == yes);
  CHECK(label("late.jsonl", "2022-12-31") == yes);
  const std::string no = R"({"id":"zhang-hua","labels":{"long":{"value":false}})";
  CHECK(label("early", "1990-12-31") == no);
  CHECK(label("early.jsonl", "1990-12-31") == no);
  CHECK(label("unknown.jsonl", "") == R"({"id":"zhang-hua","labels":{"long":{"value":null}})");
}

}  // namespace
}  // namespace cadre
