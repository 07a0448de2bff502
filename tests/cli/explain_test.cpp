// cadre explain, as a user runs it. The trees are in golden/.
#include <nlohmann/json.hpp>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"

namespace cadre {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::Study;

class Explained {
 public:
  Explained() { study_.classify("run.sqlite"); }

  Outcome run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"explain", "run.sqlite"});
    return study_.run(arguments);
  }

  void golden(const std::vector<std::string>& arguments, const std::string& name) const {
    const Outcome outcome = run(arguments);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    testing::check_golden(name, outcome.out);
  }

 private:
  Study study_;
};

TEST_CASE("explain shows the tree of a label") {
  const Explained explained;
  explained.golden({"an-min", "technocrat"}, "explain-true.txt");
  explained.golden({"an-min", "emerging"}, "explain-emerging.txt");
  explained.golden({"bo-lin", "technocrat"}, "explain-false.txt");
  explained.golden({"cai-yu", "technocrat"}, "explain-too-short.txt");
  explained.golden({"du-wei-1950", "technocrat"}, "explain-unknown.txt");
  explained.golden({"cai-yu", "trained"}, "explain-no-rows.txt");
  explained.golden({"du-wei-1950", "known_technocrat"}, "explain-closed.txt");
}

TEST_CASE("explain shows categories, numbers, dates and combinations") {
  const Explained explained;
  explained.golden({"du-wei-1950", "industry"}, "explain-category.txt");
  explained.golden({"cai-yu", "industry"}, "explain-no-category.txt");
  explained.golden({"du-wei-1950", "years"}, "explain-number.txt");
  explained.golden({"an-min", "first_job"}, "explain-date.txt");
  explained.golden({"du-wei-1950", "either"}, "explain-any.txt");
  explained.golden({"bo-lin", "neither"}, "explain-none.txt");
}

TEST_CASE("explain --all leaves nothing out") {
  const Explained explained;
  explained.golden({"du-wei-1950", "either", "--all"}, "explain-all.txt");
}

TEST_CASE("explain names the whole reason why a word near a term takes it away") {
  const Study study;
  const std::string file = "occupations-of-the-second-coding.yaml";
  study.write("lexicons/" + file,
              "lexicon: occupations_of_the_second_coding\ncategories:\n  technical_staff:\n"
              "    not_near: {terms: {en: [never appointed]}, within: 6, side: before}\n"
              "    terms: {en: [engineer]}\n");
  study.write("near.yaml",
              "ruleset: near\ncadre: 1\ninclude: [lexicons/" + file +
                  "]\nlabels:\n  built:\n"
                  "    career: {role: {in: occupations_of_the_second_coding/technical_staff}}\n");
  study.write("people.jsonl",
              R"({"id":"p1","career":[{"role_en":"never appointed engineer","start":"1980"}]})"
              "\n");
  REQUIRE(study.run({"classify", "near.yaml", "people.jsonl", "-o", "run.sqlite", "-q"}).status ==
          0);
  std::string tree = study.run({"explain", "run.sqlite", "p1", "built"}).out;
  CAPTURE(tree);
  CHECK(tree.find("…") == std::string::npos);
  for (std::size_t at = 0; at < tree.size(); at = tree.find('\n', at) + 1) {
    CHECK(tree.find('\n', at) - at <= 100);
  }
  // As it reads when the lines are put together.
  for (auto at = tree.find("\n "); at != std::string::npos; at = tree.find("\n "))
    tree.erase(at, 1);
  for (auto at = tree.find("  "); at != std::string::npos; at = tree.find("  ")) tree.erase(at, 1);
  CHECK_THAT(tree, Catch::Matchers::ContainsSubstring(
                       "'engineer' does not count: 'never appointed' stands before it (not_near, " +
                       file + ":4)"));
}

TEST_CASE("explain without a label lists all labels") {
  const Explained explained;
  explained.golden({"an-min"}, "explain-labels.txt");
  explained.golden({"du-wei-1950"}, "explain-labels-unknown.txt");
}

TEST_CASE("people are found by id and by their names") {
  const Explained explained;
  const std::string expected = explained.run({"an-min", "technocrat"}).out;
  const std::string name =
      GENERATE(as<std::string>{}, "安敏", "An Min", "an min", "anmin", "AN-MIN", "安");
  CAPTURE(name);
  const Outcome outcome = explained.run({name, "technocrat"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out == expected);
}

TEST_CASE("explain --format json holds what the tree holds") {
  const Explained explained;
  const Outcome outcome = explained.run({"an-min", "technocrat", "--format", "json"});
  CHECK(outcome.status == 0);
  const json whole = json::parse(outcome.out);
  CHECK(whole["person"]["id"] == "an-min");
  CHECK(whole["person"]["name_zh"] == "安敏");
  REQUIRE(whole["labels"].size() == 3);
  CHECK(whole["labels"][0]["value"] == "true");
  const json row = whole["labels"][1]["steps"][1]["rows"][0];
  CHECK(row["row"] == "an-min/e1");
  json words;
  for (const json& cell : row["cells"]) {
    if (cell["column"] == "field_zh") words = cell["words"][0];
  }
  CHECK(words["words"] == "机械");
  CHECK(words["begin"] == 0);
  CHECK(words["end"] == 6);
  CHECK(words["file"] == "fields.yaml");

  const json all = json::parse(explained.run({"an-min", "--format", "json"}).out);
  CHECK(all["labels"].size() == 10);
}

}  // namespace
}  // namespace cadre
