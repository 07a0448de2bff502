// cadre report, and the charts of cadre figures, as a user runs them.
#include <filesystem>

#include "cadre/base/files.hpp"
#include "cadre/report/page.hpp"
#include "tests/catch.hpp"
#include "tests/cli/study.hpp"

namespace cadre {
namespace {

using testing::Outcome;
using testing::Study;

TEST_CASE("report writes one file that asks for nothing") {
  if (page_template().empty()) return;  // built without the page
  const Study study;
  study.classify("run.sqlite");
  const Outcome outcome = study.run({"report", "run.sqlite", "-o", "report.html"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.empty());
  const std::string page = read_file(study.path() / "report.html");
  CHECK(page.starts_with("<!doctype html>"));
  CHECK(page.find("<title>Technocrats, in small</title>") != std::string::npos);
  CHECK(page.find(" src=") == std::string::npos);
  CHECK(page.find("<link") == std::string::npos);
  CHECK(study.run({"report", "run.sqlite", "-o", "-"}).out == page);
}

TEST_CASE("report says what it cannot do") {
  const Study study;
  study.classify("run.sqlite");
  CHECK(study.run({"report", "run.sqlite"}).status == 2);
  CHECK(study.run({"report", "missing.sqlite", "-o", "x.html"}).status == 2);
  const Outcome three =
      study.run({"report", "run.sqlite", "run.sqlite", "run.sqlite", "-o", "x.html"});
  CHECK(three.status == 2);
  CHECK(three.err == "cadre: a report is made of one run, or of two: BEFORE AFTER\n");
  CHECK_FALSE(std::filesystem::exists(study.path() / "x.html"));
}

TEST_CASE("figures --chart DIR writes each chart as SVG and as Vega-Lite") {
  const Study study;
  study.classify("run.sqlite");
  const Outcome outcome = study.run({"figures", "run.sqlite", "--chart", "charts"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "charts/leaders.vl.json\ncharts/leaders.svg\n");
  testing::check_golden("figures-leaders.vl.json",
                        read_file(study.path() / "charts/leaders.vl.json"));
  testing::check_golden("figures-leaders.svg", read_file(study.path() / "charts/leaders.svg"));
}

TEST_CASE(
    "the option --chart without a folder, or before the name of a figure, draws in the terminal") {
  const Study study;
  study.classify("run.sqlite");
  const Outcome after = study.run({"figures", "run.sqlite", "leaders", "--chart"});
  const Outcome before = study.run({"figures", "run.sqlite", "--chart", "leaders"});
  CHECK(after.status == 0);
  CHECK(before.out == after.out);
  CHECK_FALSE(std::filesystem::exists(study.path() / "leaders"));
}

}  // namespace
}  // namespace cadre
