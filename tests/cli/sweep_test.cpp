// cadre sweep, as a user runs it.
#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include "cadre/data/dataset.hpp"
#include "cadre/sweep/files.hpp"
#include "cadre/sweep/specifications.hpp"
#include "tests/catch.hpp"
#include "tests/cli/study.hpp"

namespace cadre::testing {
namespace {

std::string without_axes(const std::string& axes, const std::string& rest = "") {
  return "sweep: choices\ncadre: 1\naxes:\n" + axes + rest;
}

Outcome sweep(const Study& study, const std::string& file,
              const std::vector<std::string>& more = {}) {
  study.write("sweep.yaml", file);
  std::vector<std::string> arguments = {"sweep", "technocrats.yaml", "sweep.yaml", "package"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return study.run(arguments);
}

/// The cells of the first line of CSV that begins so.
std::vector<std::string> cells_of(const std::string& csv, const std::string& begin) {
  const std::size_t at = csv.find("\n" + begin);
  REQUIRE(at != std::string::npos);
  std::vector<std::string> cells(1);
  for (std::size_t i = at + 1; i < csv.size() && csv[i] != '\r' && csv[i] != '\n'; ++i) {
    if (csv[i] == ',') {
      cells.emplace_back();
    } else {
      cells.back() += csv[i];
    }
  }
  return cells;
}

/// Leaves in part.sqlite.partial what a killed sweep leaves that has done these specifications.
void leave_specifications(const Study& study, const std::string& sweep_file,
                          std::initializer_list<std::size_t> done) {
  const RuleSpace space(study.path() / "technocrats.yaml", study.path() / sweep_file);
  const auto data =
      std::make_shared<const Dataset>(*load_dataset(study.path() / "package").dataset);
  const ::cadre::Study people(data);
  StudyFigures figures(people);
  SweepResults results;
  results.figures = swept_figures(space);
  results.numbers = specification_numbers(*space.sweep());
  results.specifications.resize(results.numbers.size());
  SweepJournal journal(study.path() / "part.sqlite.partial", space, *data, false, results);
  SweepResults all = results;
  run_sweep(space, figures, all);
  for (const std::size_t one : done) journal.add(one, all.specifications[one]);
}

TEST_CASE("sweep prints claims, cells, what moves them, and the curve") {
  const Study study;
  const Outcome outcome = sweep(study, study.read("sweep.yaml"));
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  check_golden("sweep.txt", outcome.out);
}

TEST_CASE("a sweep over the people of a run is that over their dataset") {
  const Study study;
  const auto swept = [&](const std::string& data) {
    const Outcome outcome =
        study.run({"sweep", "technocrats.yaml", "sweep.yaml", data, "--format", "json"});
    CHECK(outcome.status == 0);
    return outcome.out;
  };
  study.classify("run.sqlite");
  const std::string by_dataset = swept("package");
  CHECK((swept("run.sqlite") == by_dataset));
}

TEST_CASE("an interrupted sweep goes on and ends in the same bytes") {
  const Study study;
  CHECK(sweep(study, study.read("sweep.yaml"), {"-o", "whole.sqlite"}).status == 0);
  // A line was cut short.
  leave_specifications(study, "sweep.yaml", {4, 1});
  study.write("part.sqlite.partial", study.read("part.sqlite.partial") + "{\"at\":2,\"fig");
  const Outcome resumed = sweep(study, study.read("sweep.yaml"), {"-o", "part.sqlite", "--resume"});
  CHECK(resumed.status == 0);
  CHECK(resumed.err == "2 of 6 specifications were done before\n");
  CHECK(study.read("part.sqlite") == study.read("whole.sqlite"));
  CHECK(study.files().count("part.sqlite.partial") == 0);
}

TEST_CASE("a sweep of one language gives what a run of it gives") {
  const Study study;
  // In English An Min was not trained.
  study.change("package/education.csv", "Mechanical Manufacturing", "History");
  for (const std::string language : {"zh", "en"}) {
    CAPTURE(language);
    const std::string file = language + ".sqlite";
    study.classify("run.sqlite", {"--language", language});
    const Outcome run = study.run({"figures", "run.sqlite", "leaders", "--format", "csv"});
    const Outcome swept =
        sweep(study, study.read("sweep.yaml"), {"--format", "csv", "--language", language});
    CHECK(swept.status == 0);
    // era,leaders,technocrats,... / figure,row,column,specifications,baseline,...
    for (const std::string era : {"18th", "19th"}) {
      const std::string measured = cells_of(run.out, era + ",").at(2);
      CHECK(cells_of(swept.out, "leaders," + era + ",technocrats,").at(4) == measured);
    }
    REQUIRE(sweep(study, study.read("sweep.yaml"), {"-o", file, "--language", language}).status ==
            0);
  }
  CHECK(study.run({"query", "zh.sqlite", "SELECT value FROM sweep WHERE key = 'unread_languages'"})
            .out == "value\nen\n");
  CHECK(study.read("zh.sqlite") != study.read("en.sqlite"));
}

TEST_CASE("what an earlier sweep left is neither lost nor mixed up") {
  const Study study;
  study.write("out.sqlite.partial", "{\"cadre sweep journal\":2,\"rules\":\"other\"}\n");
  const Outcome refused = sweep(study, study.read("sweep.yaml"), {"-o", "out.sqlite"});
  CHECK(refused.status == 2);
  CHECK(refused.err.find("--resume") != std::string::npos);
  const Outcome other = sweep(study, study.read("sweep.yaml"), {"-o", "out.sqlite", "--resume"});
  CHECK(other.status == 2);
  CHECK(other.err.find("other rules or another sweep file") != std::string::npos);
  study.write("out.sqlite.partial", "not a journal\n");
  CHECK(sweep(study, study.read("sweep.yaml"), {"-o", "out.sqlite", "--resume"}).status == 2);
}

TEST_CASE("mistakes in a sweep are told with their places") {
  struct Mistake {
    std::string file;
    std::string code;
  };
  const std::string two = "  years: {param: min_years, values: [1, 4]}\n";
  const std::vector<Mistake> mistakes = {
      {"sweep: none\ncadre: 1\n", "missing-key"},
      {"sweep: none\ncadre: 1\naxes: {}\n", "no-axes"},
      {without_axes("  years: {param: min_years, values: [1]}\n"), "lone-alternative"},
      {without_axes("  years: {param: min_yeers, values: [1, 2]}\n"), "unknown-parameter"},
      {without_axes(two, "figures: [leeders]\n"), "unknown-figure"},
      {without_axes(two,
                    "claims: {a: {figure: leaders, column: technocrat, row: 19th, at_least: "
                    "1}}\n"),
       "unknown-column"},
      {without_axes(two,
                    "claims: {a: {figure: leaders, column: technocrats, row: 29th, at_least: "
                    "1}}\n"),
       "unknown-row"},
      {without_axes(two, "claims: {a: {figure: leaders, column: technocrats, row: 19th}}\n"),
       "bad-claim"},
  };
  for (const Mistake& mistake : mistakes) {
    const Study study;
    const Outcome outcome = sweep(study, mistake.file);
    INFO(mistake.file << outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.err.find("[" + mistake.code + "]") != std::string::npos);
    CHECK(outcome.out.empty());
  }
}

TEST_CASE("a parameter that is misspelt in an alternative is told") {
  const Study study;
  const Outcome outcome =
      sweep(study, without_axes("  years:\n    alternatives:\n      study: as it is\n"
                                "      longer: {params: {min_yeers: 4}}\n"));
  CHECK(outcome.status == 1);
  CHECK(outcome.err.find("the base has no parameter 'min_yeers'") != std::string::npos);
}

TEST_CASE("an axis that changes nothing is warned of") {
  const Study study;
  const Outcome outcome =
      sweep(study, without_axes("  nothing:\n    alternatives: {a: as it is, b: as it is}\n"));
  CHECK(outcome.status == 0);
  CHECK(outcome.err.find("warning[axis-changes-nothing]") != std::string::npos);
}

TEST_CASE("alternatives of two axes that come to the same rules are warned of") {
  const Study study;
  const std::string axes =
      "  years:\n    alternatives:\n      study: as it is\n      four: {params: {min_years: 4}}\n"
      "  length: {param: min_years, values: [3, VALUE]}\n"
      "  none:\n    alternatives: {a: as it is, b: {params: {min_years: 5}}}\n";
  const auto with = [&](const std::string& value) {
    std::string file = without_axes(axes);
    file.replace(file.find("VALUE"), 5, value);
    return sweep(study, file);
  };
  const Outcome same = with("4");
  INFO(same.err);
  CHECK(same.status == 0);
  CHECK(
      same.err.find("warning[same-alternative]: the alternative '4' of the axis 'length' comes to "
                    "the same rules as 'four' of the axis 'years'") != std::string::npos);
  CHECK(same.err.find("'study'") == std::string::npos);  // nor that the third does as the first
  CHECK(with("6").err.find("same-alternative") == std::string::npos);
}

TEST_CASE("combinations that come to the same rules are named, also after an interruption") {
  const Study study;
  // The years mean nothing where the label that asks for them is another one.
  const std::string axes =
      "  years: {param: min_years, values: [1, 4]}\n"
      "  work:\n    alternatives:\n      study: as it is\n"
      "      none: {labels: {worked: {career: {org: {is: nowhere}}}}}\n";
  const std::string told =
      "1 specification comes to the same rules as another one, which so counts again\n"
      "  3 as 1, with years=4 for 1\n";
  const Outcome outcome = sweep(study, without_axes(axes), {"-o", "whole.sqlite"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, Catch::Matchers::EndsWith(told));
  study.write("same.yaml", without_axes(axes));
  leave_specifications(study, "same.yaml", {1});
  const Outcome resumed = study.run(
      {"sweep", "technocrats.yaml", "same.yaml", "package", "-o", "part.sqlite", "--resume"});
  CHECK(resumed.status == 0);
  CHECK_THAT(resumed.err, Catch::Matchers::EndsWith(told));
}

TEST_CASE("a combination that cannot be made is named, and the others go on") {
  const Study study;
  const Outcome outcome =
      sweep(study, without_axes("  years: {param: min_years, values: [1, 4]}\n"
                                "  coal:\n    alternatives:\n      study: as it is\n"
                                "      gone: {lexicons: {industries: {remove: {coel: all}}}}\n"));
  CHECK(outcome.status == 1);
  CHECK(outcome.err.find("the lexicon 'industries' has no category 'coel'") != std::string::npos);
  CHECK(outcome.err.find("2 of 4 specifications failed") != std::string::npos);
  CHECK(outcome.out.find("2 specifications") != std::string::npos);
}

TEST_CASE("too many combinations are refused") {
  const Study study;
  const Outcome outcome = sweep(study, study.read("sweep.yaml"), {"--max-specifications", "5"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find("6 specifications, more than the limit of 5") != std::string::npos);
}

}  // namespace
}  // namespace cadre::testing
