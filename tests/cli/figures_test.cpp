// cadre figures, as a user runs it.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cadre/report/page.hpp"
#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/change_run.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::Outcome;
using testing::Study;

TEST_CASE("figures prints all of them, or those that are named") {
  const Study study;
  study.classify("run.sqlite");
  const auto golden = [&](std::vector<std::string> more, const std::string& name) {
    std::vector<std::string> arguments = {"figures", "run.sqlite"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = study.run(arguments);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    testing::check_golden(name, outcome.out);
  };
  golden({}, "figures.txt");
  golden({"--list"}, "figures-list.txt");
  golden({"leaders", "--chart"}, "figures-chart.txt");
  golden({"--format", "markdown"}, "figures.md");
}

TEST_CASE("figures --format csv ends its lines as RFC 4180 has it") {
  const Study study;
  study.classify("run.sqlite");
  CHECK(study.run({"figures", "run.sqlite", "leaders", "--format", "csv"}).out ==
        "era,leaders,technocrats,technocrats_published,technocrats_difference\r\n"
        "18th,2,1,2,-1\r\n"
        "19th,3,2,,\r\n"
        "20th,,,1,\r\n");
}

TEST_CASE("figures --format json gives measured, published and their difference") {
  const Study study;
  study.classify("run.sqlite");
  const Outcome outcome = study.run({"figures", "run.sqlite", "--format", "json"});
  CHECK(outcome.status == 0);
  const json figures = json::parse(outcome.out);
  REQUIRE(figures.size() == 2);
  CHECK(figures[0]["figure"] == "leaders");
  const json row = figures[0]["rows"][0];
  CHECK(row["technocrats"] == 1);
  CHECK(row["technocrats_published"] == 2);
  CHECK(row["technocrats_difference"] == -1);
}

TEST_CASE("figures --set gives what a run made with that value gives") {
  const Study study;
  study.classify("a.sqlite");
  study.classify("b.sqlite", {"--set", "min_years=10"});
  const Outcome set = study.run({"figures", "a.sqlite", "--set", "min_years=10"});
  CHECK(set.status == 0);
  CHECK(set.err.empty());
  CHECK(set.out == study.run({"figures", "b.sqlite"}).out);
  CHECK(set.out != study.run({"figures", "a.sqlite"}).out);
  // What the run was made with stays, and may be set again.
  CHECK(study.run({"figures", "b.sqlite", "--set", "min_years=1"}).out ==
        study.run({"figures", "a.sqlite"}).out);

  const Outcome unknown = study.run({"figures", "a.sqlite", "--set", "min_year=10"});
  CHECK(unknown.status == 2);
  CHECK(unknown.out.empty());
  CHECK(unknown.err.find("no parameter named 'min_year'; did you mean 'min_years'?") !=
        std::string::npos);
}

TEST_CASE("the people of a run that its rules do not fit are not classified again") {
  const Study study;
  study.classify("a.sqlite");
  fs::copy_file(study.path() / "a.sqlite", study.path() / "b.sqlite");
  for (const char* const run : {"a.sqlite", "b.sqlite"}) {
    testing::change_run(study.path() / run,
                        "UPDATE columns SET logical = 'rank' WHERE logical = 'degree'");
  }
  const std::string why = "the data has no column 'degree' in education";
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"figures", "a.sqlite", "--set", "min_years=10"},
           {"diff", "a.sqlite", "--set", "min_years=10"},
           {"diff", "a.sqlite", "b.sqlite"},
           {"report", "a.sqlite", "b.sqlite", "-o", "report.html"}}) {
    if (arguments.front() == "report" && page_template().empty()) continue;
    const Outcome outcome = study.run(arguments);
    CAPTURE(arguments.front(), outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find(why) != std::string::npos);
  }
  CHECK_FALSE(fs::exists(study.path() / "report.html"));
}

TEST_CASE("a run without figures says so") {
  const Study study;
  study.change("technocrats.yaml", ", figures.yaml, names.yaml", "");
  study.classify("run.sqlite");
  const std::string says = "this run has no figures: its rule set includes no figure files\n";
  for (const char* option : {"--list", "--chart", "--format=csv"}) {
    const Outcome outcome = study.run({"figures", "run.sqlite", option});
    CHECK(outcome.status == 0);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == says);
  }
  CHECK(study.run({"figures", "run.sqlite", "--format=json"}).out == "[]\n");
}

TEST_CASE("a figure without rows says so") {
  const Study study;
  study.change("names.yaml", "ORDER BY", "WHERE people.id = 'nobody' ORDER BY");
  study.classify("run.sqlite");
  CHECK(study.run({"figures", "run.sqlite", "names"}).out == "Who they are  names\nno rows\n");
}

}  // namespace
}  // namespace cadre
