// No command writes over a file that it reads, whatever leads to that file.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/import/biographies.hpp"
#include "tests/support/child.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;
using testing::Outcome;
using testing::Study;
namespace fs = std::filesystem;

using Words = std::vector<std::string>;

constexpr const char* kLayout = "chinese.yaml";
constexpr const char* kCoding = "person,label,value,coder\nan-min,worked,true,ada\n";

/// A study with everything that a command may read.
class Inputs {
 public:
  Inputs() {
    study.classify("run.sqlite");
    REQUIRE(study.run({"classify", "strict.yaml", "package", "-o", "b.sqlite", "-q"}).status == 0);
    REQUIRE(study.run({"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o", "s.sqlite"})
                .status == 0);
    study.write("coding.csv", kCoding);
    study.write("texts/chen.txt", testing::kChineseLines);
    study.write("more.jsonl", "{\"id\": \"a\", \"text\": \"1980-1990 engineer\"}\n");
    fs::copy_file(testing::source_dir() / "rules/layouts" / kLayout, study.path() / "layout.yaml");
  }

  /// Runs a command whose word OUT is the output, once for each spelling of each input.
  void refuses(const Words& command, const Words& inputs) const {
    for (const std::string& input : inputs) {
      const std::string ending = fs::path(input).extension().string();
      fs::create_symlink(study.path() / input, study.path() / ("symbolic" + ending));
      fs::create_hard_link(study.path() / input, study.path() / ("hard" + ending));
      for (const std::string& spelling :
           {input, "./package/../" + input, (study.path() / input).string(), "symbolic" + ending,
            "hard" + ending}) {
        refuses(command, input, spelling);
      }
      fs::remove(study.path() / ("symbolic" + ending));
      fs::remove(study.path() / ("hard" + ending));
    }
  }

  void refuses(Words command, const std::string& input, const std::string& spelling) const {
    for (std::string& word : command) {
      if (word == "OUT") word = spelling;
    }
    std::string line = "cadre";
    for (const std::string& word : command) line += " " + word;
    CAPTURE(line, input);
    const std::string bytes = study.read(input);
    const std::set<std::string> files = study.files();
    const Outcome outcome = study.run(command);
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, ContainsSubstring("'" + spelling + "' would overwrite "));
    REQUIRE(study.read(input) == bytes);
    CHECK(study.files() == files);
  }

  Study study;
};

const Words kRules = {"technocrats.yaml", "fields.yaml", "figures.yaml"};
const Words kPackage = {"package/people.csv", "package/career.csv", "package/datapackage.json"};

Words joined(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

TEST_CASE("overwriting: classify") {
  const Inputs inputs;
  const std::string format = GENERATE("csv", "jsonl", "sqlite");
  inputs.refuses({"classify", "technocrats.yaml", "package", "-o", "OUT", "--format", format},
                 joined(kRules, kPackage));
  inputs.refuses({"classify", "technocrats.yaml", "people.jsonl", "-o", "OUT", "--format", format},
                 {"people.jsonl", "industries.yaml"});
}

TEST_CASE("overwriting: classify of a stream") {
  const Inputs inputs;
  inputs.refuses(
      {"classify", "technocrats.yaml", "people.jsonl", "-o", "OUT", "--format", "csv", "--resume"},
      {"people.jsonl", "industries.yaml"});
  inputs.refuses({"classify", "technocrats.yaml", "people.jsonl", "-o", "OUT", "--format", "jsonl",
                  "--since", "strict.yaml"},
                 {"people.jsonl", "strict.yaml", "fields.yaml"});
  inputs.refuses({"classify", "technocrats.yaml", "package", "-o", "OUT", "--format", "jsonl",
                  "--since", "b.sqlite"},
                 {"b.sqlite", "package/people.csv"});
  inputs.refuses({"classify", "technocrats.yaml", "package", "-o", "OUT", "--format", "sqlite",
                  "--since", "b.sqlite"},
                 {"b.sqlite"});
}

TEST_CASE("overwriting: what classify --resume and a sweep keep beside their output") {
  const Inputs inputs;
  for (const std::string ending : {".partial", ".journal"}) {
    fs::create_hard_link(inputs.study.path() / "people.jsonl",
                         inputs.study.path() / ("out.csv" + ending));
    const std::string before = inputs.study.read("people.jsonl");
    const Outcome outcome = inputs.study.run(
        {"classify", "technocrats.yaml", "people.jsonl", "-o", "out.csv", "--resume"});
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, ContainsSubstring("'out.csv" + ending + "' would overwrite"));
    CHECK(inputs.study.read("people.jsonl") == before);
    fs::remove(inputs.study.path() / ("out.csv" + ending));
  }
  fs::create_hard_link(inputs.study.path() / "sweep.yaml",
                       inputs.study.path() / "out.sqlite.partial");
  const Outcome outcome = inputs.study.run(
      {"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o", "out.sqlite", "--resume"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, ContainsSubstring("'out.sqlite.partial' would overwrite"));
}

TEST_CASE("overwriting: check, evaluate and report") {
  const Inputs inputs;
  inputs.refuses({"check", "strict.yaml", "technocrats.yaml", "--junit", "OUT"},
                 joined(kRules, {"strict.yaml"}));
  inputs.refuses({"evaluate", "run.sqlite", "coding.csv", "-o", "OUT"},
                 {"run.sqlite", "coding.csv"});
  inputs.refuses({"evaluate", "run.sqlite", "b.sqlite", "-o", "OUT"}, {"run.sqlite", "b.sqlite"});
  inputs.refuses({"report", "run.sqlite", "-o", "OUT"}, {"run.sqlite"});
  inputs.refuses({"report", "run.sqlite", "b.sqlite", "-o", "OUT"}, {"run.sqlite", "b.sqlite"});
  inputs.refuses({"report", "run.sqlite", "s.sqlite", "-o", "OUT"}, {"run.sqlite", "s.sqlite"});
}

TEST_CASE("overwriting: diff") {
  const Inputs inputs;
  const std::string format = GENERATE("table", "json", "csv", "markdown");
  inputs.refuses(
      {"diff", "technocrats.yaml", "strict.yaml", "package", "-o", "OUT", "--format", format},
      joined(joined(kRules, kPackage), {"strict.yaml"}));
  inputs.refuses({"diff", "run.sqlite", "b.sqlite", "-o", "OUT", "--format", format},
                 {"run.sqlite", "b.sqlite"});
  inputs.refuses({"diff", "run.sqlite", "--set", "min_years=5", "-o", "OUT", "--format", format},
                 {"run.sqlite"});
}

TEST_CASE("overwriting: sweep") {
  const Inputs inputs;
  const Words all = joined(joined(kRules, kPackage), {"sweep.yaml"});
  inputs.refuses({"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o", "OUT"}, all);
  inputs.refuses({"sweep", "technocrats.yaml", "sweep.yaml", "package", "--chart", "OUT"}, all);
  inputs.refuses({"sweep", "technocrats.yaml", "sweep.yaml", "run.sqlite", "-o", "OUT"},
                 {"run.sqlite"});
  const Outcome both = inputs.study.run(
      {"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o", "x", "--chart", "./x"});
  CHECK(both.status == 2);
  CHECK_THAT(both.err, ContainsSubstring("would both be written to"));
}

TEST_CASE("overwriting: charts of figures") {
  const Inputs inputs;
  fs::create_directory(inputs.study.path() / "charts");
  fs::create_hard_link(inputs.study.path() / "run.sqlite",
                       inputs.study.path() / "charts/leaders.svg");
  const std::set<std::string> files = inputs.study.files();
  const std::string run = inputs.study.read("run.sqlite");
  const Outcome outcome = inputs.study.run({"figures", "run.sqlite", "--chart", "charts"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, ContainsSubstring("'charts/leaders.svg' would overwrite 'run.sqlite'"));
  CHECK(inputs.study.read("run.sqlite") == run);
  CHECK(inputs.study.files() == files);
}

TEST_CASE("overwriting: import") {
  const Inputs inputs;
  inputs.refuses({"import", "more.jsonl", "-o", "OUT"}, {"more.jsonl"});
  inputs.study.write("texts/inside.jsonl", inputs.study.read("more.jsonl"));
  inputs.refuses({"import", "texts", "-o", "OUT"}, {"texts/inside.jsonl"});
  fs::create_hard_link(inputs.study.path() / "layout.yaml", inputs.study.path() / "out.jsonl");
  const std::string layout = inputs.study.read("layout.yaml");
  const Outcome outcome =
      inputs.study.run({"import", "texts", "-o", "out.jsonl", "--layout", "layout.yaml"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, ContainsSubstring("'out.jsonl' would overwrite 'layout.yaml'"));
  CHECK(inputs.study.read("layout.yaml") == layout);
}

/// Runs a command with one of its streams directed into a file, as `>> FILE` and `2>> FILE` do.
int run_into(const Study& study, const Words& command, const std::string& file, int stream) {
  const pid_t child = testing::start_cadre(command, study.path(), [&] {
    testing::redirect("/dev/null", O_RDONLY, STDIN_FILENO);
    testing::redirect("out.txt", O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
    testing::redirect("err.txt", O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    testing::redirect(file, O_WRONLY | O_APPEND, stream);
  });
  return testing::wait_for(child);
}

TEST_CASE("overwriting: standard output that the shell directed into a file that is read") {
  const Inputs inputs;
  const Study& study = inputs.study;
  study.write("texts/a.txt", testing::kChineseLines);
  study.write("broken.jsonl", "{\"id\": 5}\n");
  study.write("broken/datapackage.json", study.read("package/datapackage.json"));
  study.write("broken/people.csv", study.read("package/people.csv"));
  study.write("broken/career.csv", "nothing,known\n1,2\n");
  study.write("bad.yaml", "ruleset: bad\ncadre: 1\nlabels: {a: {all: [nobody]}}\n");
  const std::vector<std::pair<Words, Words>> commands = {
      {{"query", "run.sqlite", "SELECT 1"}, {"run.sqlite"}},
      {{"query", "s.sqlite", "SELECT 1", "--format", "csv"}, {"s.sqlite"}},
      {{"explain", "run.sqlite", "an-min"}, {"run.sqlite"}},
      {{"explain", "run.sqlite", "an-min", "worked", "--format", "json"}, {"run.sqlite"}},
      {{"figures", "run.sqlite"}, {"run.sqlite"}},
      {{"figures", "run.sqlite", "--list"}, {"run.sqlite"}},
      {{"figures", "run.sqlite", "--format", "json"}, {"run.sqlite"}},
      {{"figures", "run.sqlite", "--chart", "charts"}, {"run.sqlite"}},
      {{"sweep", "technocrats.yaml", "sweep.yaml", "package"},
       {"technocrats.yaml", "fields.yaml", "sweep.yaml", "package/career.csv"}},
      {{"sweep", "technocrats.yaml", "sweep.yaml", "package", "--format", "csv", "-o", "n.sqlite"},
       {"sweep.yaml", "package/people.csv"}},
      {{"check", "technocrats.yaml"}, {"technocrats.yaml", "fields.yaml", "figures.yaml"}},
      {{"check", "strict.yaml", "package"}, {"strict.yaml", "fields.yaml", "package/people.csv"}},
      {{"check", "technocrats.yaml", "--junit", "-"}, {"fields.yaml"}},
      {{"check", "technocrats.yaml", "--junit", "x.xml"}, {"fields.yaml"}},
      {{"check", "bad.yaml", "--format", "sarif"}, {"bad.yaml"}},
      {{"check", "broken.jsonl", "--format", "json"}, {"broken.jsonl"}},
      {{"check", "broken", "--format", "json"}, {"broken/career.csv", "broken/datapackage.json"}},
      {{"import", "texts", "-o", "-"}, {"texts/chen.txt"}},
      {{"import", "texts", "-o", "-", "--layout", "layout.yaml"}, {"layout.yaml"}},
      {{"classify", "technocrats.yaml", "people.jsonl", "-o", "-"},
       {"people.jsonl", "fields.yaml"}},
      {{"diff", "run.sqlite", "--set", "min_years=5"}, {"run.sqlite"}},
      {{"evaluate", "run.sqlite", "coding.csv"}, {"run.sqlite", "coding.csv"}},
      {{"report", "run.sqlite", "-o", "-"}, {"run.sqlite"}},
  };
  for (const auto& [command, files] : commands) {
    for (const std::string& file : files) {
      CAPTURE(command, file);
      const std::string bytes = study.read(file);
      CHECK(run_into(study, command, file, STDOUT_FILENO) == 2);
      REQUIRE(study.read(file) == bytes);
      CHECK_THAT(study.read("err.txt"),
                 ContainsSubstring("'/dev/stdout' would overwrite '" + file));
      CHECK(!fs::exists(study.path() / "x.xml"));
      CHECK(!fs::exists(study.path() / "n.sqlite"));
      CHECK(!fs::exists(study.path() / "charts"));
      // Nothing can be told where messages would damage the file, too.
      CHECK(run_into(study, command, file, STDERR_FILENO) == 2);
      REQUIRE(study.read(file) == bytes);
    }
  }
  study.write("part.sqlite.partial", "{}\n");
  study.write("part.csv.partial", "person\n");
  study.write("part.csv.journal", "{}\n");
  const std::vector<std::pair<Words, std::string>> resumed = {
      {{"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o", "part.sqlite", "--resume"},
       "part.sqlite.partial"},
      {{"classify", "technocrats.yaml", "people.jsonl", "-o", "part.csv", "--resume"},
       "part.csv.partial"},
      {{"classify", "technocrats.yaml", "people.jsonl", "-o", "part.csv", "--resume"},
       "part.csv.journal"},
  };
  for (const auto& [command, file] : resumed) {
    CAPTURE(command, file);
    const std::string bytes = study.read(file);
    CHECK(run_into(study, command, file, STDOUT_FILENO) == 2);
    CHECK(study.read(file) == bytes);
    CHECK_THAT(study.read("err.txt"), ContainsSubstring("standard output goes into '" + file));
    CHECK(run_into(study, command, file, STDERR_FILENO) == 2);
    CHECK(study.read(file) == bytes);
  }
  study.write("question.sql", "SELECT 1");
  const pid_t child = testing::start_cadre({"query", "run.sqlite", "-"}, study.path(), [&] {
    testing::redirect("question.sql", O_RDONLY, STDIN_FILENO);
    testing::redirect("question.sql", O_WRONLY | O_APPEND, STDOUT_FILENO);
    testing::redirect("/dev/null", O_WRONLY, STDERR_FILENO);
  });
  CHECK(testing::wait_for(child) == 2);
  CHECK(study.read("question.sql") == "SELECT 1");
}

TEST_CASE("overwriting: check tells what it found before a file that is not there") {
  const Inputs inputs;
  const Outcome outcome = inputs.study.run({"check", "technocrats.yaml", "none.yaml"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.out, ContainsSubstring("technocrats.yaml: ok"));
  CHECK_THAT(outcome.err, ContainsSubstring("none.yaml"));
}

TEST_CASE("overwriting: an output that is read by nobody is replaced as ever") {
  const Inputs inputs;
  for (int i = 0; i < 2; ++i) {
    CHECK(
        inputs.study.run({"classify", "technocrats.yaml", "package", "-o", "o.csv", "-q"}).status ==
        0);
    CHECK(inputs.study.run({"report", "run.sqlite", "-o", "report.html"}).status == 0);
  }
}

}  // namespace
}  // namespace cadre
