// cadre diff, as a user runs it.
#include <nlohmann/json.hpp>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"

namespace cadre {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::Study;

TEST_CASE("diff tells in four formats who changes and why") {
  const Study study;
  const auto golden = [&](const std::string& format, const std::string& name) {
    const Outcome outcome =
        study.run({"diff", "technocrats.yaml", "strict.yaml", "package", "--format", format});
    CHECK(outcome.status == 1);
    CHECK(outcome.err.empty());
    testing::check_golden(name, outcome.out);
  };
  golden("table", "diff.txt");
  golden("json", "diff.json");
  golden("markdown", "diff.md");
  golden("csv", "diff.csv");
}

TEST_CASE("diff compares runs, a run and rules, and one rule set with a setting") {
  const Study study;
  study.classify("a.sqlite");
  REQUIRE(study.run({"classify", "strict.yaml", "package", "-o", "b.sqlite", "-q"}).status == 0);
  const auto people = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "diff");
    arguments.insert(arguments.end(), {"--format", "json"});
    const Outcome outcome = study.run(arguments);
    INFO(outcome.err);
    CHECK(outcome.status == 1);
    return json::parse(outcome.out)["labels"];
  };
  const json expected = people({"technocrats.yaml", "strict.yaml", "package"});
  CHECK(expected.size() > 1);
  CHECK(people({"a.sqlite", "b.sqlite"}) == expected);
  CHECK(people({"a.sqlite", "strict.yaml"}) == expected);
  CHECK(people({"technocrats.yaml", "b.sqlite"}) == expected);
  CHECK(people({"technocrats.yaml", "package", "--set", "min_years=10"}) == expected);
  CHECK(people({"a.sqlite", "--set", "min_years=10"}) == expected);
  CHECK(study.run({"diff", "a.sqlite", "a.sqlite"}).status == 0);
}

TEST_CASE("diff gives the same bytes whatever the number of threads") {
  const Study study;
  for (const std::string format : {"table", "json"}) {
    const auto with = [&](const std::string& threads) {
      return study
          .run({"diff", "technocrats.yaml", "strict.yaml", "package", "--evidence", "--format",
                format, "--threads", threads})
          .out;
    };
    const std::string one = with("1");
    CHECK(!one.empty());
    CHECK(with("2") == one);
    CHECK(with("7") == one);
  }
}

TEST_CASE("diff writes a file of the format that its name says, and none that it reads") {
  const Study study;
  const Outcome printed =
      study.run({"diff", "technocrats.yaml", "strict.yaml", "package", "--format", "markdown"});
  const Outcome written =
      study.run({"diff", "technocrats.yaml", "strict.yaml", "package", "-o", "review.md"});
  CHECK(written.status == 1);
  CHECK(written.out.empty());
  CHECK(study.read("review.md") == printed.out);

  const std::string rules = study.read("strict.yaml");
  const Outcome over =
      study.run({"diff", "technocrats.yaml", "strict.yaml", "package", "-o", "strict.yaml"});
  CHECK(over.status == 2);
  CHECK(over.err == "cadre: 'strict.yaml' would overwrite what is read; give another name\n");
  CHECK(study.read("strict.yaml") == rules);
}

TEST_CASE("diff keeps to the language that a run was made of") {
  const Study study;
  study.write("chinese.yaml", study.read("technocrats.yaml"));
  study.change("chinese.yaml", "ruleset: technocrats", "ruleset: chinese");
  study.change("chinese.yaml", ", {role: {matches: 'engineer|technician'}}", "");
  study.classify("zh.sqlite", {"--language", "zh"});
  study.classify("both.sqlite");
  const auto changed = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "diff");
    arguments.insert(arguments.end(), {"--evidence", "--format", "json"});
    const Outcome outcome = study.run(arguments);
    INFO(outcome.err);
    REQUIRE(outcome.err.empty());
    return !json::parse(outcome.out)["labels"].empty();
  };
  CHECK(changed({"technocrats.yaml", "chinese.yaml", "package"}));
  CHECK(changed({"both.sqlite", "chinese.yaml"}));
  CHECK_FALSE(changed({"technocrats.yaml", "chinese.yaml", "package", "--language", "zh"}));
  CHECK_FALSE(changed({"zh.sqlite", "chinese.yaml"}));

  const Outcome two = study.run({"diff", "zh.sqlite", "both.sqlite"});
  CHECK(two.status == 2);
  CHECK(two.err.find("rules looked at the columns of other languages (--language)") !=
        std::string::npos);
}

TEST_CASE("diff refuses what cannot be compared") {
  const Study study;
  study.classify("a.sqlite");
  const auto error = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "diff");
    const Outcome outcome = study.run(arguments);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    return outcome.err;
  };
  CHECK(error({"technocrats.yaml", "strict.yaml"}) ==
        "cadre: two rule sets need the people to compare: cadre diff A B DATA\n");
  CHECK(error({"technocrats.yaml", "package"}) ==
        "cadre: one rule set alone has nothing to differ from: give another rule set, or --set "
        "NAME=VALUE\n");
  CHECK(error({"technocrats.yaml"}) ==
        "cadre: 'technocrats.yaml' is no run, so the people to compare are missing: cadre diff A B "
        "DATA\n");
  CHECK(error({"technocrats.yaml", "strict.yaml", "package", "--label", "technocrats"}) ==
        "cadre: neither rule set has a label 'technocrats'; did you mean 'technocrat'?\n");
  CHECK(error({"technocrats.yaml", "strict.yaml", "package", "--figure", "leader"}) ==
        "cadre: neither rule set has a figure 'leader'; did you mean 'leaders'?\n");
  study.change("package/people.csv", "1950", "1951");
  REQUIRE(study.run({"classify", "strict.yaml", "package", "-o", "b.sqlite", "-q"}).status == 0);
  CHECK(error({"a.sqlite", "b.sqlite"}) ==
        "cadre: the two runs were made from different data, so that people and rules could not be "
        "told apart:\n  people.csv differs\nClassify the same data by both rule sets, or give the "
        "data: cadre diff A B DATA\n");
}

}  // namespace
}  // namespace cadre
