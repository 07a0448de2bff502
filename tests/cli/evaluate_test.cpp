// cadre evaluate, as a user runs it. The reports are in golden/.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"

namespace cadre {
namespace {

using Catch::Approx;
using nlohmann::json;
using testing::Outcome;
using testing::Study;

constexpr const char* kCoding =
    "person,label,value,coder,note,confidence\n"
    "an-min,technocrat,true,ada,\"Mechanical engineer, aerospace\",high\n"
    "an-min,technocrat,TRUE,bob,,\n"
    "bo-lin,technocrat,no,ada,,\n"
    "bo-lin,technocrat,false,bob,,\n"
    "cai-yu,technocrat,true,ada,\"Seven months, but a technician\",low\n"
    "cai-yu,technocrat,true,bob,,\n"
    "du-wei-1950,technocrat,true,ada,Engineering mechanics,\n"
    "du-wei-1962,technocrat,false,ada,,\n"
    "du-wei-1962,technocrat,true,bob,Civil engineer,\n"
    "an-min,worked,true,ada,,\n"
    "bo-lin,worked,true,ada,A colliery,medium\n"
    "cai-yu,worked,unknown,ada,,\n"
    "an-min,industry,aerospace,ada,,\n"
    "bo-lin,industry,industries/coal,ada,,\n"
    "cai-yu,industry,coal,ada,Steel is next to coal,\n"
    "du-wei-1950,industry,coal,ada,,\n";

class Evaluated {
 public:
  Evaluated() {
    study_.classify("run.sqlite");
    study_.write("coding.csv", kCoding);
  }

  Outcome run(std::vector<std::string> more) const {
    std::vector<std::string> arguments = {"evaluate", "run.sqlite", "coding.csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return study_.run(arguments);
  }

  const Study& study() const { return study_; }

 private:
  Study study_;
};

TEST_CASE("evaluate prints figures, tables and disagreements with their evidence") {
  const Evaluated evaluated;
  const auto golden = [&](const std::vector<std::string>& more, const std::string& name) {
    const Outcome outcome = evaluated.run(more);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    testing::check_golden(name, outcome.out);
  };
  golden({}, "evaluate.txt");
  golden({"--unknown", "false", "--label", "technocrat", "--disagreements", "1"},
         "evaluate-unknown-false.txt");
  golden({"--format", "markdown", "--label", "industry", "--label", "worked"}, "evaluate.md");
  golden({"--format", "csv"}, "evaluate.csv");
  golden({"--format", "csv", "--disagreements", "all"}, "evaluate-disagreements.csv");
}

TEST_CASE("evaluate --format json has the counts, the coefficients and the reasons") {
  const Evaluated evaluated;
  const Outcome outcome = evaluated.run({"--format", "json"});
  CHECK(outcome.status == 0);
  const json whole = json::parse(outcome.out);
  REQUIRE(whole["labels"].size() == 3);
  const json technocrat = whole["labels"][1];
  CHECK(technocrat["label"] == "technocrat");
  // an-min and bo-lin agree; cai-yu and du-wei-1950 lack a course, so the rules do not know or say
  // no; the coders are even on du-wei-1962.
  CHECK(technocrat["split"] == 1);
  CHECK(technocrat["coders"]["people"] == 4);
  CHECK(technocrat["coders"]["kappa"]["value"] == Approx(0.5));
  CHECK(technocrat["values"] == json({"true", "false", "unknown"}));
  const json industry = whole["labels"][2];
  CHECK(industry["people"] == 4);
  CHECK(industry["agree"] == 3);
  REQUIRE(industry["disagreements"].size() == 1);
  CHECK(industry["disagreements"][0]["person"] == "cai-yu");
  CHECK(industry["disagreements"][0]["run"] == "none");
  CHECK(industry["disagreements"][0]["coders"][0]["note"] == "Steel is next to coal");
}

TEST_CASE("evaluate: who does not know has no vote") {
  const Evaluated evaluated;
  std::string coding = "person,label,value,coder\nbo-lin,technocrat,false,ada\n";
  for (const char* coder : {"bob", "cyd"}) {
    coding += std::string("an-min,technocrat,unknown,") + coder + "\n";
  }
  evaluated.study().write("coding.csv", coding + "an-min,technocrat,true,ada\n");
  const json report = json::parse(evaluated.run({"--format", "json"}).out);
  REQUIRE(report["labels"].size() == 1);
  CHECK(report["labels"][0]["people"] == 2);
  CHECK(report["labels"][0]["agree"] == 2);
}

TEST_CASE("evaluate --coder takes the word of one") {
  const Evaluated evaluated;
  const json whole = json::parse(evaluated.run({"--coder", "bob", "--format", "json"}).out);
  CHECK(whole["coders"] == json({"bob"}));
  REQUIRE(whole["labels"].size() == 1);
  CHECK(whole["labels"][0]["split"] == 0);
}

TEST_CASE("evaluate --min-kappa ends with status 1 where a label is below") {
  const Evaluated evaluated;
  CHECK(evaluated.run({"--label", "industry", "--min-kappa", "0.5"}).status == 0);
  const Outcome below = evaluated.run({"--label", "industry", "--min-kappa", "0.9"});
  CHECK(below.status == 1);
  CHECK(below.err == "industry: kappa 0.556 is below 0.9\n");
  CHECK(below.out == evaluated.run({"--label", "industry"}).out);
  // What is said of one label goes before what is said of all.
  CHECK(evaluated.run({"--label", "industry", "--min-kappa", "0.9", "--min-kappa", "industry=0.5"})
            .status == 0);
  // A label whose kappa cannot be computed does not reach it.
  evaluated.study().write("coding.csv", "person,label,value,coder\nan-min,worked,true,ada\n");
  const Outcome one = evaluated.run({"--min-kappa", "0"});
  CHECK(one.status == 1);
  CHECK(one.err == "worked: kappa is not defined, and 0 is needed\n");
}

TEST_CASE("evaluate holds two runs against each other") {
  const Study study;
  study.classify("run.sqlite");
  REQUIRE(study.run({"classify", "strict.yaml", "package", "-o", "strict.sqlite"}).status == 0);
  const Outcome outcome = study.run(
      {"evaluate", "run.sqlite", "strict.sqlite", "--label", "technocrat", "--label", "industry"});
  CHECK(outcome.status == 0);
  testing::check_golden("evaluate-runs.txt", outcome.out);
  const json same =
      json::parse(study.run({"evaluate", "run.sqlite", "run.sqlite", "--format", "json"}).out);
  for (const json& label : same["labels"]) {
    CHECK(label["people"] == label["agree"]);
    CHECK(label["disagreements"].empty());
  }
}

TEST_CASE("evaluate reads standard input and writes files") {
  const Evaluated evaluated;
  const Outcome piped =
      evaluated.study().run({"evaluate", "run.sqlite", "-", "--format", "csv"}, kCoding);
  CHECK(piped.status == 0);
  CHECK(piped.out == evaluated.run({"--format", "csv"}).out);
  const Outcome written = evaluated.run({"--format", "csv", "-o", "figures.csv"});
  CHECK(written.status == 0);
  CHECK(written.out.empty());
  CHECK(evaluated.study().read("figures.csv") == piped.out);
}

TEST_CASE("evaluate --ignore-unknown leaves out whom the run does not have") {
  const Evaluated evaluated;
  evaluated.study().write(
      "coding.csv",
      "person,label,value,coder\nan-min,worked,true,ada\n"
      "bo-lin,worked,false,ada\nnobody,worked,true,ada\nan-min,tall,true,ada\n");
  const Outcome outcome = evaluated.run({"--ignore-unknown", "--format", "json"});
  CHECK(outcome.status == 0);
  const json whole = json::parse(outcome.out);
  CHECK(whole["people"] == 2);
  CHECK(whole["ignored_people"] == json({"nobody"}));
  CHECK(whole["ignored_labels"] == json({"tall"}));
}

TEST_CASE("evaluate tells all that is wrong with a coding, with its place") {
  const Evaluated evaluated;
  const auto refused = [&](const std::string& coding, const std::string& name) {
    evaluated.study().write("coding.csv", coding);
    const Outcome outcome = evaluated.run({});
    CAPTURE(name);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    testing::check_golden("evaluate-bad-" + name + ".txt", outcome.err);
  };
  refused(
      "person,label,value,coder\n"
      "an-mni,worked,true,ada\n"
      "an-min,wroked,true,ada\n"
      "an-min,worked,maybe,ada\n"
      "an-min,years,12,ada\n"
      "an-min,industry,coall,ada\n"
      "bo-lin,worked,treu,ada\n",
      "contents");
  refused(
      "person,label,value,coder\n"
      "an-min,worked,true,ada\n"
      "an-min,worked,false,ada\n"
      ",worked,true,ada\n"
      "an-min,technocrat,,ada\n"
      "bo-lin,worked,true\n"
      "bo-lin,\"wor\"ked,true,ada\n",
      "rows");
  refused("person,lable,value\nan-min,worked,true\n", "columns");
  refused("person;label;value;coder\nan-min;worked;true;ada\n", "delimiter");
  refused("person,label,value,coder\n", "no-rows");
  refused("", "empty");
  refused("person,label,value,coder\nan-min,worked,tr\xFFue,ada\n", "utf8");
}

TEST_CASE("evaluate refuses options that mean nothing") {
  const Evaluated evaluated;
  const auto says = [&](const std::vector<std::string>& more, const std::string& error) {
    const Outcome outcome = evaluated.run(more);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == error);
  };
  says({"--label", "tehcnocrat"},
       "cadre: the coding has no label 'tehcnocrat'; did you mean 'technocrat'?\n");
  says({"--coder", "eve"}, "cadre: the coding has no coder 'eve'\n");
  says({"--min-kappa", "high"},
       "cadre: --min-kappa takes a number from -1 to 1 or LABEL=NUMBER, such as 0.8 or "
       "technocrat=0.9, not 'high'\n");
  says({"--min-kappa", "=0.5"},
       "cadre: --min-kappa takes a number from -1 to 1 or LABEL=NUMBER, such as 0.8 or "
       "technocrat=0.9, not '=0.5'\n");
  says({"--disagreements", "some"}, "cadre: --disagreements takes a number or all, not 'some'\n");
  says({"-o", "coding.csv"},
       "cadre: 'coding.csv' would overwrite what is read; give another name\n");
  CHECK(evaluated.study().run({"evaluate", "coding.csv", "coding.csv"}).status == 2);
  CHECK(evaluated.study().run({"evaluate", "run.sqlite", "none.csv"}).status == 2);
}

}  // namespace
}  // namespace cadre
