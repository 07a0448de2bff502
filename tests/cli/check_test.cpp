// cadre check, as a user runs it.
#include <nlohmann/json.hpp>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;
using testing::Outcome;
using testing::Study;

TEST_CASE("check says what a rule set holds") {
  const Study study;
  const Outcome outcome = study.run({"check", "technocrats.yaml"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out ==
        "technocrats.yaml: ok  10 labels, 2 lexicons, 11 terms, 1 era scheme, 2 figures, "
        "6 tests passed\n");
  CHECK(outcome.err.empty());
}

TEST_CASE("check takes any kind of rule file, and several") {
  const Study study;
  const Outcome outcome =
      study.run({"check", "fields.yaml", "eras.yaml", "names.yaml", "strict.yaml"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out ==
        "fields.yaml: ok  1 lexicon, 6 terms, 2 tests passed\n"
        "eras.yaml: ok  1 era scheme\n"
        "names.yaml: ok  1 figure\n"
        "strict.yaml: ok  10 labels, 2 lexicons, 11 terms, 1 era scheme, 2 figures, "
        "2 tests passed\n");
}

TEST_CASE("check warns, and --strict takes warnings for failures") {
  const Study study;
  study.change("fields.yaml", "zh: [工程, 机械]", "zh: [工程, 机械, 机械制造]");
  const std::string warning =
      "fields.yaml:6:20: warning[needless-term]: '机械制造' is needless: '机械' of this category "
      "matches wherever it does\n"
      "    6 |       zh: [工程, 机械, 机械制造]\n"
      "      |                        ^^^^^^^^\n"
      "fields.yaml:6:16: note: it is here\n"
      "    6 |       zh: [工程, 机械, 机械制造]\n"
      "      |                  ^^^^\n"
      "1 warning\n";
  const Outcome lenient = study.run({"check", "fields.yaml"});
  CHECK(lenient.status == 0);
  CHECK(lenient.err == warning);
  CHECK(lenient.out == "fields.yaml: ok  1 lexicon, 7 terms, 2 tests passed\n");
  const Outcome strict = study.run({"check", "--strict", "fields.yaml"});
  CHECK(strict.status == 1);
  CHECK(strict.err == warning);
  CHECK(strict.out == "fields.yaml: not right  1 lexicon, 7 terms, 2 tests passed\n");
}

TEST_CASE("check runs tests and tells which fail") {
  const Study study;
  study.change("fields.yaml", "text: 机械制造, expect: [engineering]",
               "text: 哲学, expect: [engineering]");
  study.change("technocrats.yaml", "worked: true", "worked: false");
  const Outcome outcome = study.run({"check", "technocrats.yaml"});
  CHECK(outcome.status == 1);
  testing::check_golden("check-failed-tests.txt", outcome.err);
  CHECK_THAT(outcome.out, ContainsSubstring("technocrats.yaml: not right  "));
  CHECK_THAT(outcome.out, ContainsSubstring("4 tests passed"));
}

TEST_CASE("check tells all mistakes at once and goes on with the next file") {
  const Study study;
  study.change("technocrats.yaml", "fields/engineering", "feilds/engineering");
  study.change("technocrats.yaml", "$min_years", "$min_year");
  const Outcome outcome = study.run({"check", "technocrats.yaml", "fields.yaml"});
  CHECK(outcome.status == 2);
  testing::check_golden("check-mistakes.txt", outcome.err);
  CHECK(outcome.out == "fields.yaml: ok  1 lexicon, 6 terms, 2 tests passed\n");
}

TEST_CASE("check --format json and sarif are for programs") {
  const Study study;
  const Outcome clean = study.run({"check", "technocrats.yaml", "--format", "json"});
  CHECK(clean.status == 0);
  CHECK(json::parse(clean.out) == json::array());

  study.change("technocrats.yaml", "fields/engineering", "feilds/engineering");
  const Outcome found = study.run({"check", "technocrats.yaml", "--format=json"});
  CHECK(found.status == 2);
  CHECK(found.err.empty());
  const json list = json::parse(found.out);
  REQUIRE(list.size() == 1);
  CHECK(list[0]["severity"] == "error");
  CHECK(list[0]["code"] == "unknown-lexicon");
  CHECK(list[0]["path"] == "technocrats.yaml");
  CHECK(list[0]["line"] == 10);

  const Outcome sarif = study.run({"check", "technocrats.yaml", "--format", "sarif"});
  CHECK(sarif.status == 2);
  const json log = json::parse(sarif.out);
  CHECK(log["version"] == "2.1.0");
  CHECK(log["runs"][0]["results"].size() == 1);
}

TEST_CASE("check --junit writes a case for every test") {
  const Study study;
  study.change("fields.yaml", "text: 机械制造, expect: [engineering]",
               "text: \"<哲学> & \\u0001'\\\"\", expect: [engineering]");
  study.change("technocrats.yaml", "worked: true", "worked: false");
  const Outcome outcome =
      study.run({"check", "technocrats.yaml", "eras.yaml", "--junit", "check.xml"});
  CHECK(outcome.status == 1);
  testing::check_golden("check-junit.xml", study.read("check.xml"));

  study.change("technocrats.yaml", "fields/engineering", "feilds/engineering");
  CHECK(study.run({"check", "technocrats.yaml", "--junit", "check.xml"}).status == 2);
  testing::check_golden("check-junit-mistakes.xml", study.read("check.xml"));
}

TEST_CASE("check --set gives a parameter another value") {
  const Study study;
  const Outcome outcome = study.run({"check", "--set", "min_years=6", "technocrats.yaml"});
  CHECK(outcome.status == 1);  // the engineer of its test worked five years
  CHECK_THAT(outcome.err, ContainsSubstring("test-failed"));
  CHECK(study.run({"check", "technocrats.yaml", "--set", "min_years=5"}).status == 0);
}

TEST_CASE("whatever reads people tells what is hardly true of them") {
  const Study study;
  study.write("odd.jsonl", study.read("people.jsonl") +
                               R"({"id": "odd", "birth": 1950, "career": [{"start": 1940}]})" +
                               "\n");
  using Words = std::vector<std::string>;
  for (const Words& command : {
           Words{"check", "odd.jsonl"},
           Words{"classify", "technocrats.yaml", "odd.jsonl", "-o", "a.sqlite"},
           Words{"classify", "technocrats.yaml", "odd.jsonl", "-o", "a.csv"},
           Words{"classify", "technocrats.yaml", "odd.jsonl", "-o", "-"},
           Words{"classify", "technocrats.yaml", "odd.jsonl", "-o", "b.csv", "--resume"},
           Words{"classify", "strict.yaml", "odd.jsonl", "-o", "-", "--since", "technocrats.yaml"},
           Words{"classify", "strict.yaml", "odd.jsonl", "-o", "c.sqlite", "--since", "a.sqlite"},
           Words{"diff", "technocrats.yaml", "strict.yaml", "odd.jsonl"},
           Words{"sweep", "technocrats.yaml", "sweep.yaml", "odd.jsonl"},
       }) {
    CAPTURE(command);
    CHECK_THAT(study.run(command).err,
               ContainsSubstring("a row begins before the person was born"));
  }
}

TEST_CASE("check takes datasets, and tells what is hardly true of them") {
  const Study study;
  Outcome outcome = study.run({"check", "package", "people.jsonl", "eras.yaml"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, ContainsSubstring("package: ok  5 people, "));
  CHECK_THAT(outcome.out, ContainsSubstring("people.jsonl: ok  3 people, "));
  CHECK(outcome.err.empty());

  study.write("odd.jsonl", R"({"id": "a", "birth": 1950, "career": [{"start": 1940}]})"
                           "\n");
  outcome = study.run({"check", "odd.jsonl"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, ContainsSubstring("warning[before-birth]"));
  CHECK(study.run({"check", "odd.jsonl", "--strict"}).status == 1);

  study.write("wrong.jsonl", R"({"id": "a", "birth": "soon"})"
                             "\n");
  outcome = study.run({"check", "wrong.jsonl"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, ContainsSubstring("error[bad-date]"));
  outcome = study.run({"check", "-"}, R"({"id": "a"})"
                                      "\n");
  CHECK(outcome.status == 0);
}

}  // namespace
}  // namespace cadre
