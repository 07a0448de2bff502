// What is too much is refused: quickly, and with the name of what it was.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/sanitizers.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;
using testing::Outcome;
using testing::Study;

/// Runs with status 2 and says `expected`.
void refused(const Study& study, const std::vector<std::string>& arguments,
             const std::string& expected, const std::string& input = "") {
  const Outcome outcome = study.run(arguments, input);
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, ContainsSubstring(expected));
}

TEST_CASE("limits: a bomb of aliases is refused") {
  const Study study;
  std::string text = "lexicon: l\ncategories:\n  a0: &a0 {terms: [x, y, z]}\n";
  for (int i = 1; i < 40; ++i) {
    text +=
        fmt::format("  a{0}: &a{0} {{categories: {{x: *a{1}, y: *a{1}, z: *a{1}}}}}\n", i, i - 1);
  }
  study.write("bomb.yaml", text);
  // 64 MiB are plenty for what is read; written out it would be 3^40 values.
  std::vector<std::string> check = {"check", "bomb.yaml"};
  if (!testing::kSanitized) check.insert(check.end(), {"--limit", "memory=64MiB"});
  refused(study, check, "aliases written out");
}

TEST_CASE("limits: each is an option, and told when it is passed") {
  const Study study;
  const auto check = [&](const std::string& limit, const std::string& expected) {
    CAPTURE(limit);
    refused(study, {"check", "technocrats.yaml", "--limit", limit}, expected);
  };
  check("rule-file=100", "is longer than the limit of 100 bytes");
  check("rule-files=2", "the rule set has more than 2 files");
  check("yaml-depth=3", "nested more than 3 levels deep");
  check("yaml-nodes=50", "more values than `yaml-nodes` allows");
  check("yaml-entries=4", "a rule set has 7 entries, more than the limit of 4");
  check("terms=3", "the lexicons have more than 3 terms");
  check("regex=5", "the pattern is longer than 5 bytes");
  check("regex-memory=100", "bad regular expression");

  const auto classify = [&](const std::string& limit, const std::string& expected) {
    CAPTURE(limit);
    refused(study, {"classify", "technocrats.yaml", "package", "-o", "x.sqlite", "--limit", limit},
            expected);
    refused(study, {"classify", "technocrats.yaml", "people.jsonl", "-o", "-", "--limit", limit},
            limit == "data-file=50" ? "" : expected);
  };
  classify("text=4", "at most 4 are read");
  classify("matches=1", "has more than 1 matches");
  {
    // A sweep matches each lexicon by itself.
    const Study two;
    two.change("fields.yaml", "机械]", "机械, 制造]");
    refused(two, {"sweep", "technocrats.yaml", "sweep.yaml", "package", "--limit", "matches=1"},
            "has more than 1 matches");
  }
  refused(study,
          {"classify", "technocrats.yaml", "package", "-o", "x.sqlite", "--limit", "data-file=50"},
          "is longer than the limit of 50 bytes");
  refused(study,
          {"classify", "technocrats.yaml", "people.jsonl", "-o", "x.csv", "--limit", "line=50"},
          "people.jsonl:1:1: error[line-too-long]");

  {
    const Study texts;
    texts.write("texts/long.txt", "1990年，工程师\n" + std::string(100, 'x') + "\n");
    const Outcome import = texts.run({"import", "texts/long.txt", "-o", "-", "--limit", "line=50"});
    CHECK(import.err.find("longer than the limit of 50 bytes") != std::string::npos);
    CHECK(import.out.empty());
  }

  study.classify("run.sqlite");
  refused(study, {"explain", "run.sqlite", "an-min", "--limit", "lines=5"}, "there is no limit");
  const auto query = [&](const std::string& limit, const std::string& expected) {
    CAPTURE(limit);
    refused(study, {"query", "run.sqlite", "SELECT * FROM people", "--limit", limit}, expected);
  };
  query("query-rows=2", "the query gives more than 2 rows");
  query("query-bytes=20", "the query gives more than 20 bytes");
}

TEST_CASE("limits: what is just as large as a limit passes, and one more does not") {
  const Study study;
  study.write("r.yaml", R"(ruleset: r
cadre: 1
include: [words.yaml]
labels:
  x: {title: X, career: {org: {in: words}, role: {matches: boss}}}
)");
  study.write("words.yaml", "lexicon: words\ncategories:\n  a: {terms: [one, two, three]}\n");
  study.write("p.jsonl", R"({"id":"p","career":[{"org_en":"one two","role_en":"boss"}]})"
                         "\n");
  const auto edge = [&](std::vector<std::string> arguments, const std::string& limit,
                        std::size_t size) {
    CAPTURE(limit);
    arguments.insert(arguments.end(), {"--limit", ""});
    arguments.back() = limit + "=" + std::to_string(size);
    CHECK(study.run(arguments).status == 0);
    arguments.back() = limit + "=" + std::to_string(size - 1);
    CHECK(study.run(arguments).status == 2);
  };
  const std::vector<std::string> check = {"check", "r.yaml"};
  edge(check, "rule-file", study.read("r.yaml").size());
  edge(check, "rule-files", 2);
  edge(check, "yaml-depth", 5);    // the map of `org`
  edge(check, "yaml-entries", 4);  // of the rule set
  edge(check, "terms", 3);
  edge(check, "regex", 4);

  const std::vector<std::string> classify = {"classify", "r.yaml", "p.jsonl", "-o", "x.csv", "-q"};
  edge(classify, "matches", 2);
  edge(classify, "text", 7);
  edge(classify, "data-file", study.read("p.jsonl").size());
  edge(classify, "line", study.read("p.jsonl").size() - 1);  // without its end

  study.classify("run.sqlite");
  edge({"query", "run.sqlite", "VALUES (1), (2)"}, "query-rows", 2);
}

TEST_CASE("limits: a line without an end does not fill the memory of a stream") {
  const Study study;
  const std::string endless = "{\"id\": \"" + std::string(3'000'000, 'x');
  refused(study, {"classify", "technocrats.yaml", "-", "-o", "-", "--limit", "line=100KiB"},
          "line 1 has more than 102400 bytes", endless);
}

TEST_CASE("limits: what is no limit is told") {
  const Study study;
  refused(study, {"check", "technocrats.yaml", "--limit", "term=5"},
          "there is no limit 'term'; did you mean 'terms'?");
  refused(study, {"check", "technocrats.yaml", "--limit", "terms"}, "--limit takes NAME=VALUE");
  refused(study, {"check", "technocrats.yaml", "--limit", "terms=many"},
          "--limit terms: 'many' is no whole number above 0");
  refused(study, {"check", "technocrats.yaml", "--limit", "rule-file=3MB"},
          "'3MB' is no number of bytes such as 65536 or 64MiB");
  refused(study, {"check", "technocrats.yaml", "--limit", "rule-file=99999999999GiB"},
          "is no number of bytes");
}

TEST_CASE("limits: rules of a stranger read no files but their own") {
  const Study study;
  study.write("secret.yaml", "lexicon: secret\ncategories: {a: {terms: [x]}}\n");
  study.write("mail/rules.yaml", "ruleset: r\ninclude: [../secret.yaml]\nlabels: {}\n");
  refused(study, {"check", "mail/rules.yaml"}, "lies outside the folder of the rule set");
  study.write("mail/rules.yaml", "ruleset: r\ninclude: [" +
                                     (study.path() / "secret.yaml").string() + "]\nlabels: {}\n");
  refused(study, {"check", "mail/rules.yaml"}, "lies outside the folder of the rule set");
  study.write("mail/rules.yaml", "ruleset: r\nextends: /etc/hostname\nlabels: {}\n");
  refused(study, {"check", "mail/rules.yaml"}, "takes a path relative to this file");
  // A file that is no rule set cannot be extended, whatever it is called.
  study.write("mail/rules.yaml", "ruleset: r\nextends: ../secret\nlabels: {}\n");
  refused(study, {"check", "mail/rules.yaml"}, "is not a rule set but starts with 'lexicon'");
}

/// Names the figure `leaders`, and its line of SQL.
void figure_refused(const std::string& sql, const std::string& expected) {
  CAPTURE(sql);
  const Study study;
  study.write("figures.yaml", "figure: leaders\nsql: |\n  " + sql + "\n");
  const std::set<std::string> before = study.files();
  refused(study, {"check", "technocrats.yaml"}, expected);
  const Outcome outcome = study.run({"check", "technocrats.yaml"});
  CHECK_THAT(outcome.err, ContainsSubstring("figures.yaml:3:"));
  CHECK(study.files() == before);
}

TEST_CASE("limits: the SQL of a figure may only read the run") {
  figure_refused("ATTACH 'other.sqlite' AS other", "may only read the run");
  figure_refused("PRAGMA journal_mode = DELETE", "may only read the run");
  // The words are SQLite's, and not the same in all its versions.
  figure_refused("SELECT * FROM pragma_table_info('people')", "figure 'leaders': ");
  figure_refused("SELECT count(*) FROM PRAGMA_database_list", "figure 'leaders': ");
  figure_refused("SELECT load_extension('x')", "a query may not use the function 'load_extension'");
  figure_refused("SELECT writefile('x', 'y')", "no such function: writefile");
  figure_refused("SELECT readfile('people.jsonl')", "no such function: readfile");
  figure_refused("DELETE FROM people", "may only read the run");
  figure_refused("CREATE TEMP TABLE t AS SELECT 1", "may only read the run");
  figure_refused("VACUUM INTO 'copy.sqlite'", "may only read the run");
  figure_refused("SELECT 1; DELETE FROM people", "more than one statement");
}

TEST_CASE("limits: the SQL of a figure ends, and names its figure when it is stopped") {
  const Study study;
  const std::string endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ";
  study.write("figures.yaml",
              "figures:\n- figure: leaders\n  sql: " + endless + "SELECT count(*) FROM n\n");
  study.classify("run.sqlite");
  const std::string stopped = "the query took longer than 1 seconds";
  refused(study, {"figures", "run.sqlite", "--limit", "query-time=1"},
          "figure 'leaders' (figures.yaml:2): " + stopped);
  refused(study, {"diff", "technocrats.yaml", "strict.yaml", "package", "--limit", "query-time=1"},
          "figure 'leaders' (figures.yaml:2): " + stopped);
  refused(study, {"sweep", "technocrats.yaml", "sweep.yaml", "package", "--limit", "query-time=1"},
          stopped);

  // What would take all the memory, or a week in one step of SQLite.
  const auto query = [&](const std::string& sql, const std::string& expected) {
    CAPTURE(sql);
    refused(study, {"query", "run.sqlite", sql, "--limit", "query-memory=20MiB"}, expected);
  };
  query(endless + "SELECT group_concat(i) OVER (ORDER BY -i) FROM n", "more than 20971520 bytes");
  query("SELECT zeroblob(100000000)", "too big");
  query("SELECT 'a' LIKE printf('%.*c', 1000, 'a')", "longer than 200 bytes");
  const Outcome quick = study.run(
      {"query", "run.sqlite",
       "SELECT instr(zeroblob(20000000), zeroblob(10000000) || x'01') AS a, "
       "length(replace(printf('%.*c', 2000000, 'a'), printf('%.*c', 1000000, 'a') || 'b', '')) AS "
       "b, length(trim(printf('%.*c', 2000000, 'a'), printf('%.*c', 1000000, 'b') || 'a')) AS c",
       "--format", "csv"});
  CHECK(quick.out == "a,b,c\r\n0,2000000,0\r\n");
}

TEST_CASE("limits: functions whose time nothing bounds are refused by name") {
  const Study study;
  study.classify("run.sqlite");
  for (const std::string call : {"json_patch('{}', '{}')", "unhex('41', ' ')"}) {
    refused(study, {"query", "run.sqlite", "SELECT " + call},
            call.substr(0, call.find('(')) + "() is not to be had here");
  }
}

TEST_CASE("limits: functions that were replaced answer as SQLite's do") {
  const Study study;
  study.classify("run.sqlite");
  const Outcome outcome = study.run(
      {"query", "run.sqlite",
       "SELECT instr('许达哲', '达') AS a, instr('abc', '') AS b, instr(x'0102', x'02') AS c, "
       "instr(1234, 34) AS d, instr(NULL, 'a') AS e, replace('aXbX', 'X', '达') AS f, "
       "replace('a', '', 'b') AS g, trim(' 达x ', ' 达') AS h, ltrim('xxax', 'x') AS i, "
       "rtrim('xaxx', 'x') AS j, trim(5, '5') AS k, instr('a', 'ab') AS l, trim('a', NULL) AS m",
       "--format", "csv"});
  CHECK(outcome.out == "a,b,c,d,e,f,g,h,i,j,k,l,m\r\n2,1,2,3,,a达b达,a,x,ax,xa,,0,\r\n");
}

TEST_CASE("limits: the memory of the whole program") {
  if (testing::kSanitized) return;
  const Study study;
  std::string people;
  for (int i = 0; i < 60'000; ++i) people += fmt::format("{{\"id\": \"person-{}\"}}\n", i);
  study.write("many.jsonl", people);
  for (const std::string threads : {"1", "2", "7"}) {
    refused(study,
            {"classify", "technocrats.yaml", "many.jsonl", "-o", "x.sqlite", "--limit",
             "memory=48MiB", "--threads", threads},
            "cadre: out of memory");
    // Also when it is the stack of a thread that cannot be had.
    refused(study,
            {"classify", "technocrats.yaml", "-", "-o", "-", "--limit", "memory=8MiB", "--threads",
             threads},
            "cadre: out of memory", people);
  }
  CHECK(study.files().count("x.sqlite") == 0);
}

TEST_CASE("limits: a stream is longer than the memory it takes") {
  if (testing::kSanitized) return;
  const Study study;
  const std::string job = "{\"org_en\": \"" + std::string(10'000, 'x') + "\"}";
  std::string people;
  for (int i = 0; i < 9000; ++i) {
    people += fmt::format("{{\"id\": \"person-{}\", \"career\": [{}]}}\n", i, job);
  }
  REQUIRE(people.size() > std::size_t{64} << 20);
  study.write("many.jsonl", people);
  const Outcome outcome = study.run({"classify", "technocrats.yaml", "many.jsonl", "-o", "-", "-q",
                                     "--limit", "memory=64MiB", "--threads", "2"});
  CHECK(outcome.status == 0);
  CHECK(std::count(outcome.out.begin(), outcome.out.end(), '\n') == 9000);
}

TEST_CASE("invalid UTF-8 is refused, replaced or skipped, and always told") {
  const Study study;
  const auto classify = [&](const std::string& data, const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"classify", "technocrats.yaml", data,
                                          "-o",       "out.jsonl",        "-q"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return study.run(arguments);
  };
  // Two bytes, in the third row of a table.
  study.change("package/career.csv", "工程师", "工\xFF\xFE程师");
  const Outcome refused_table = classify("package", {});
  CHECK(refused_table.status == 2);
  CHECK_THAT(refused_table.err, ContainsSubstring("package/career.csv:2:"));
  CHECK_THAT(refused_table.err, ContainsSubstring("0xFF, is not UTF-8"));

  const Outcome replaced = classify("package", {"--invalid-utf8", "replace"});
  CHECK(replaced.status == 0);
  CHECK_THAT(replaced.err, ContainsSubstring("warning[invalid-utf8]: 2 bytes are not UTF-8, they "
                                             "were replaced by U+FFFD; the first is byte"));
  CHECK_THAT(replaced.err, ContainsSubstring("package/career.csv:2:"));
  const std::string with_replaced = study.read("out.jsonl");

  const Outcome skipped = classify("package", {"--invalid-utf8", "skip"});
  CHECK(skipped.status == 0);
  CHECK_THAT(skipped.err, ContainsSubstring("2 bytes are not UTF-8, they were left out"));
  // Without them the words stand together again, and match.
  CHECK(study.read("out.jsonl") != with_replaced);

  study.write("p.jsonl", "\n{\"id\": \"a\", \"name_zh\": \"\x80\xE8\"}\n{\"id\": \"b\"}\n");
  const std::vector<std::string> stream = {"classify", "technocrats.yaml", "p.jsonl", "-o", "-",
                                           "-q"};
  const Outcome refused_line = study.run(stream);
  CHECK(refused_line.status == 2);
  CHECK_THAT(refused_line.err, ContainsSubstring("p.jsonl:2:25: error[invalid-utf8]: byte 26"));
  const auto [output, how] = GENERATE(table<std::string, std::string>(
      {{"-", "replace"}, {"out.jsonl", "replace"}, {"-", "skip"}, {"out.jsonl", "skip"}}));
  CAPTURE(output, how);
  const Outcome mended = study.run(
      {"classify", "technocrats.yaml", "p.jsonl", "-o", output, "-q", "--invalid-utf8", how});
  CHECK(mended.status == 0);
  CHECK_THAT(mended.err, ContainsSubstring("p.jsonl:2:25: warning[invalid-utf8]: 2 bytes"));
}

}  // namespace
}  // namespace cadre
