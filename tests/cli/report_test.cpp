// cadre report, and the charts of cadre figures, as a user runs them.
#include <filesystem>
#include <string>

#include "cadre/base/files.hpp"
#include "cadre/report/page.hpp"
#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/change_run.hpp"

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
  // A figure that passes a limit stands there with the reason, and the rest is as it was.
  const Outcome limited = study.run({"report", "run.sqlite", "-o", "-", "--limit", "query-rows=1"});
  CHECK(limited.status == 0);
  CHECK(limited.out.starts_with("<!doctype html>"));
  CHECK(limited.out != page);
}

TEST_CASE("report says what it cannot do") {
  const Study study;
  study.classify("run.sqlite");
  CHECK(study.run({"report", "run.sqlite"}).status == 2);
  CHECK(study.run({"report", "missing.sqlite", "-o", "x.html"}).status == 2);
  const Outcome three =
      study.run({"report", "run.sqlite", "run.sqlite", "run.sqlite", "-o", "x.html"});
  CHECK(three.status == 2);
  CHECK(three.err ==
        "cadre: a report is made of one run, of two (BEFORE AFTER), of a sweep, or of a run and a "
        "sweep\n");
  CHECK_FALSE(std::filesystem::exists(study.path() / "x.html"));
}

TEST_CASE("report says when a label of a run has no name") {
  if (page_template().empty()) return;  // built without the page
  const Study study;
  study.classify("run.sqlite");
  testing::change_run(study.path() / "run.sqlite",
                      "UPDATE label_definitions SET label = NULL WHERE label = 'trained'");
  const Outcome outcome = study.run({"report", "run.sqlite", "-o", "x.html"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find("the run is damaged: one of its labels has no name") != std::string::npos);
}

TEST_CASE("a report on two runs of different data is refused, as cadre diff refuses it") {
  if (page_template().empty()) return;  // built without the page
  const Study study;
  study.classify("before.sqlite");
  CHECK(study.run({"classify", "strict.yaml", "package", "-o", "after.sqlite"}).status == 0);
  CHECK(study.run({"report", "before.sqlite", "after.sqlite", "-o", "x.html"}).status == 0);
  study.change("package/people.csv", "1950", "1951");
  CHECK(study.run({"classify", "strict.yaml", "package", "-o", "after.sqlite"}).status == 0);
  const Outcome outcome =
      study.run({"report", "before.sqlite", "after.sqlite", "-o", "different.html"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find("made from different data") != std::string::npos);
  CHECK(outcome.err.find("people.csv differs") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(study.path() / "different.html"));
}

void sweep(const Study& study, const std::string& output) {
  const Outcome outcome =
      study.run({"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o", output});
  REQUIRE(outcome.status == 0);
}

TEST_CASE("report makes a page of a sweep, or of a run and a sweep of the same data") {
  if (page_template().empty()) return;  // built without the page
  const Study study;
  study.classify("run.sqlite");
  sweep(study, "sweep.sqlite");
  CHECK(study.run({"report", "sweep.sqlite", "-o", "sweep.html"}).status == 0);
  const std::string page = study.read("sweep.html");
  CHECK(page.find("<title>Two choices</title>") != std::string::npos);
  // The published number stands beside the cell: 2 technocrats in the 18th.
  CHECK(page.find(R"("row":"18th","column":"technocrats","specifications":6)") !=
        std::string::npos);
  CHECK(page.find(R"("published":2.0)") != std::string::npos);
  CHECK(page.find(R"(id="curve-0")") != std::string::npos);
  CHECK(study.run({"report", "run.sqlite", "sweep.sqlite", "-o", "-"}).out ==
        study.run({"report", "sweep.sqlite", "run.sqlite", "-o", "-"}).out);
  study.change("package/people.csv", "1950", "1951");
  CHECK(study.run({"classify", "technocrats.yaml", "package", "-o", "other.sqlite"}).status == 0);
  const Outcome other = study.run({"report", "other.sqlite", "sweep.sqlite", "-o", "x.html"});
  CHECK(other.status == 2);
  CHECK(other.err.find("the sweep was made of other data than the run") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(study.path() / "x.html"));
}

TEST_CASE("report says what is no sweep") {
  const Study study;
  sweep(study, "sweep.sqlite");
  const Outcome two = study.run({"report", "sweep.sqlite", "sweep.sqlite", "-o", "x.html"});
  CHECK(two.err == "cadre: a report is made of one sweep only\n");
  study.write("s.sqlite.partial", "{}\n");
  const Outcome partial = study.run({"report", "s.sqlite.partial", "-o", "x.html"});
  CHECK(partial.status == 2);
  CHECK(partial.err.find("finish it with cadre sweep --resume") != std::string::npos);
  const std::string whole = study.read("sweep.sqlite");
  study.write("cut.sqlite", whole.substr(0, whole.size() - 4096));
  CHECK(study.run({"report", "cut.sqlite", "-o", "x.html"}).err ==
        "cadre: cannot read the sweep 'cut.sqlite': it was cut short or added to\n");
  std::string later = whole;
  later[63] = 9;
  study.write("later.sqlite", later);
  CHECK(study.run({"report", "later.sqlite", "-o", "x.html"}).err ==
        "cadre: cannot read the sweep 'later.sqlite': its format is 9, and this cadre reads format "
        "2\n");
  // Whatever its bytes are, it is shown or refused.
  for (std::size_t at = 100; at < whole.size(); at += 3989) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x5A);
    study.write("damaged.sqlite", damaged);
    const int status = study.run({"report", "damaged.sqlite", "-o", "damaged.html"}).status;
    INFO(at);
    CHECK((status == 0 || status == 2));
  }
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
  // The folder may stand before the run, and be there already.
  CHECK(study.run({"figures", "--chart", "charts", "run.sqlite"}).out == outcome.out);
  CHECK(study.run({"figures", "--chart", "more", "run.sqlite", "leaders"}).out ==
        "more/leaders.vl.json\nmore/leaders.svg\n");
  CHECK(study.run({"figures", "--chart=last", "run.sqlite"}).status == 0);
  CHECK(study.read("last/leaders.svg") == study.read("charts/leaders.svg"));
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
  // Before the run, too.
  CHECK(study.run({"figures", "--chart", "run.sqlite"}).out ==
        study.run({"figures", "run.sqlite", "--chart"}).out);
  CHECK(study.run({"figures", "--chart", "run.sqlite", "leaders"}).out == after.out);
  CHECK(study.run({"figures", "--chart", "leaders", "run.sqlite"}).out == after.out);
}

}  // namespace
}  // namespace cadre
