// cadre classify, as a user runs it.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cadre/base/sha256.hpp"
#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/compress.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;
using testing::Outcome;
using testing::Study;
using Arguments = std::vector<std::string>;

std::vector<json> json_lines(const std::string& text) {
  std::vector<json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
  return lines;
}

TEST_CASE("classify, sweep and diff: rules and data the other way round are told apart") {
  const Study study;
  const auto says = [&](const std::vector<std::string>& command, const std::string& error) {
    const Outcome outcome = study.run(command);
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "cadre: " + error + "\n");
  };
  const std::string first = "; the rules come first, and the data last: cadre ";
  says({"classify", "package", "technocrats.yaml", "-o", "o.csv"},
       "cannot read 'package' as rules: it is a folder, not a file" + first +
           "classify RULES DATA -o FILE");
  says({"classify", "people.jsonl", "technocrats.yaml", "-o", "o.csv"},
       "cannot read 'people.jsonl' as rules: it is data" + first + "classify RULES DATA -o FILE");
  says({"sweep", "package", "sweep.yaml", "technocrats.yaml"},
       "cannot read 'package' as rules: it is a folder, not a file" + first +
           "sweep RULES SWEEP DATA");
  says({"diff", "package", "technocrats.yaml", "strict.yaml"},
       "cannot read 'package' as rules: it is a folder, not a file" + first + "diff A B DATA");
}

TEST_CASE("classify writes a run and sums it up") {
  const Study study;
  const Outcome outcome =
      study.run({"classify", "technocrats.yaml", "package", "-o", "run.sqlite"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.empty());
  testing::check_golden("classify-summary.txt", outcome.err);
  CHECK(study.read("run.sqlite").starts_with("SQLite format 3"));
}

TEST_CASE("classify --quiet says nothing") {
  const Study study;
  const Outcome outcome =
      study.run({"classify", "technocrats.yaml", "package", "-o", "run.sqlite", "-q"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.empty());
}

TEST_CASE("classify writes what the ending or --format says") {
  const Study study;
  const auto begins = [&](const std::string& file, Arguments more, const std::string& with) {
    CAPTURE(file);
    Arguments arguments = {"classify", "technocrats.yaml", "package", "-q", "-o", file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    CHECK(study.run(arguments).status == 0);
    CHECK_THAT(study.read(file).substr(0, 80), ContainsSubstring(with));
  };
  begins("run", {}, "SQLite format 3");
  begins("run.db", {}, "SQLite format 3");
  begins("run.csv", {}, "person,trained,worked,technocrat,");
  begins("run.jsonl", {}, "{\"id\":\"an-min\"");
  begins("run.ndjson", {}, "{\"id\":\"an-min\"");
  begins("run.txt", {"--format", "csv"}, "person,trained,");
  begins("other.csv", {"--format", "jsonl"}, "{\"id\":\"an-min\"");
}

TEST_CASE("classify keeps the order of its input") {
  const Study study;
  study.write("backwards.jsonl",
              "{\"id\": \"zz\", \"name_en\": \"Z\"}\n{\"id\": \"mm\", \"name_en\": \"M\"}\n"
              "{\"id\": \"aa\", \"name_en\": \"A\"}\n");
  const Outcome outcome =
      study.run({"classify", "technocrats.yaml", "backwards.jsonl", "-o", "-", "--threads", "3"});
  CHECK(outcome.status == 0);
  const std::vector<json> lines = json_lines(outcome.out);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0]["id"] == "zz");
  CHECK(lines[1]["id"] == "mm");
  CHECK(lines[2]["id"] == "aa");
}

TEST_CASE("classify reads standard input and writes standard output") {
  const Study study;
  const std::string people = study.read("people.jsonl");
  const Outcome from_file =
      study.run({"classify", "technocrats.yaml", "people.jsonl", "-o", "-", "-q"});
  CHECK(from_file.status == 0);
  const std::vector<json> lines = json_lines(from_file.out);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0]["labels"]["technocrat"]["value"] == true);
  CHECK(lines[2]["labels"]["technocrat"]["value"] == false);

  const auto piped = [&](const std::string& input) {
    const Outcome outcome =
        study.run({"classify", "technocrats.yaml", "-", "-o", "-", "-q"}, input);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    return outcome.out;
  };
  CHECK(piped(people) == from_file.out);
  CHECK(piped(testing::gzip(people)) == from_file.out);
  CHECK(piped(testing::zstd(people)) == from_file.out);
}

TEST_CASE("classify reads compressed files") {
  const Study study;
  const std::string people = study.read("people.jsonl");
  study.write("people.jsonl.gz", testing::gzip(people));
  study.write("people.jsonl.zst", testing::zstd(people));
  const auto classified = [&](const std::string& file) {
    return study.run({"classify", "technocrats.yaml", file, "-o", "-", "-q"}).out;
  };
  const std::string plain = classified("people.jsonl");
  CHECK_FALSE(plain.empty());
  CHECK(classified("people.jsonl.gz") == plain);
  CHECK(classified("people.jsonl.zst") == plain);
}

TEST_CASE("the same inputs give the same bytes, whatever the number of threads") {
  const Study study;
  const std::string output = GENERATE(as<std::string>{}, "run.sqlite", "run.jsonl", "run.csv");
  CAPTURE(output);
  const auto bytes = [&](const std::string& threads) {
    const Outcome outcome = study.run({"classify", "technocrats.yaml", "package", "-o", output,
                                       "--threads", threads, "--set", "min_years=2"});
    CHECK(outcome.status == 0);
    return study.read(output);
  };
  const std::string first = bytes("1");
  CHECK(bytes("1") == first);
  CHECK(bytes("2") == first);
  CHECK(bytes("7") == first);
  CHECK(bytes("0") == first);
}

TEST_CASE("a run tells where it came from") {
  const Study study;
  REQUIRE(study
              .run({"classify", "--set", "min_years=10", "technocrats.yaml", "package", "-o",
                    "run.sqlite", "-q"})
              .status == 0);
  const auto ask = [&](const std::string& sql) {
    return study.run({"query", "run.sqlite", sql, "--format", "csv"}).out;
  };
  CHECK(ask("SELECT value FROM run WHERE key = 'option.set'") == "value\r\nmin_years=10\r\n");
  CHECK(ask("SELECT name, value, rule_line FROM parameters") ==
        "name,value,rule_line\r\nmin_years,10,\r\n");
  CHECK(ask("SELECT sha256 FROM inputs WHERE path LIKE '%people.csv'") ==
        "sha256\r\n" + sha256(study.read("package/people.csv")) + "\r\n");
  CHECK(ask("SELECT count(*) AS n FROM labels_wide WHERE worked") == "n\r\n2\r\n");
}

TEST_CASE("a variant that says so and --set come to the same labels") {
  const Study study;
  CHECK(study.run({"classify", "strict.yaml", "package", "-o", "a.csv", "-q"}).status == 0);
  CHECK(study
            .run({"classify", "technocrats.yaml", "package", "-o", "b.csv", "-q", "--set",
                  "min_years=10"})
            .status == 0);
  CHECK(study.read("a.csv") == study.read("b.csv"));
}

TEST_CASE("warnings do not stop classify") {
  const Study study;
  study.change("fields.yaml", "zh: [工程, 机械]", "zh: [工程, 机械, 机械制造]");
  const Outcome outcome =
      study.run({"classify", "technocrats.yaml", "package", "-o", "run.sqlite", "-q"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, ContainsSubstring("warning[needless-term]"));
}

TEST_CASE("an output that is there is replaced whole, or left as it was") {
  const Study study;
  study.classify("run.sqlite");
  const std::string before = study.read("run.sqlite");
  const std::set<std::string> files = study.files();
  const auto left_alone = [&](const Arguments& arguments) {
    CHECK(study.run(arguments).status == 2);
    CHECK(study.read("run.sqlite") == before);
    CHECK(study.files() == files);
  };

  SECTION("replaced") {
    CHECK(study.run({"classify", "strict.yaml", "package", "-o", "run.sqlite"}).status == 0);
    CHECK(study.read("run.sqlite") != before);
    CHECK(study.files() == files);
  }
  SECTION("wrong rules") {
    study.change("technocrats.yaml", "fields/engineering", "feilds/engineering");
    left_alone({"classify", "technocrats.yaml", "package", "-o", "run.sqlite"});
  }
  SECTION("wrong data") {
    study.change("package/people.csv", "1955-02", "1955-13");
    left_alone({"classify", "technocrats.yaml", "package", "-o", "run.sqlite"});
  }
  SECTION("wrong option") {
    left_alone({"classify", "technocrats.yaml", "package", "-o", "run.sqlite", "--set", "x=1"});
  }
}

TEST_CASE("classify does not overwrite what it reads") {
  const Study study;
  const std::string rules = study.read("technocrats.yaml");
  const Outcome outcome = study.run({"classify", "technocrats.yaml", "package", "-o",
                                     "package/../technocrats.yaml", "--format", "csv"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err ==
        "cadre: 'package/../technocrats.yaml' would overwrite 'technocrats.yaml', which is read; "
        "give another name\n");
  CHECK(study.read("technocrats.yaml") == rules);
}

TEST_CASE("classify says where it cannot write, and leaves nothing there") {
  const Study study;
  // Not even root makes files in /proc.
  const Outcome outcome =
      study.run({"classify", "technocrats.yaml", "package", "-o", "/proc/run.sqlite"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err == "cadre: cannot write '/proc/run.sqlite': No such file or directory\n");

  const std::filesystem::path locked = study.path() / "locked";
  std::filesystem::create_directory(locked);
  std::filesystem::permissions(locked, std::filesystem::perms(0500));
  const Outcome refused =
      study.run({"classify", "technocrats.yaml", "package", "-o", "locked/run.sqlite", "-q"});
  std::filesystem::permissions(locked, std::filesystem::perms(0700));
  // Root may write anywhere.
  if (refused.status == 0) return;
  CHECK(refused.status == 2);
  CHECK(refused.err == "cadre: cannot write 'locked/run.sqlite': Permission denied\n");
  CHECK(std::filesystem::is_empty(locked));
}

TEST_CASE("classify says when a device takes nothing more") {
  const Study study;
  const Outcome outcome = study.run({"classify", "technocrats.yaml", "package", "-o", "/dev/full"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err == "cadre: cannot write '/dev/full': No space left on device\n");
}

}  // namespace
}  // namespace cadre
