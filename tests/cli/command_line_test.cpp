// What all commands have in common: help, version, mistakes on the command line, colours,
// completions.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cadre/base/version.hpp"
#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;
using testing::Outcome;
using testing::Study;
using Arguments = std::vector<std::string>;

const std::string kEscape = "\033[";

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " > /dev/null 2>&1").c_str()) == 0;
}

/// What a command line of the shell prints in the study's folder, and its status as the last line.
std::string shell(const Study& study, const std::string& line) {
  const std::string bin = testing::cadre_binary().parent_path().string();
  const std::string whole = "cd '" + study.path().string() + "' && PATH='" + bin +
                            "':\"$PATH\" bash -c '" + line + "' > shell.out 2>&1";
  const int status = std::system(whole.c_str());
  return study.read("shell.out") + "status " + std::to_string(WEXITSTATUS(status)) + "\n";
}

TEST_CASE("every command has help with examples that begin with its name") {
  const Study study;
  const std::string command = GENERATE(as<std::string>{}, "check", "classify", "figures", "explain",
                                       "query", "completions");
  CAPTURE(command);
  const Outcome outcome = study.run({command, "--help"});
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  CHECK_THAT(outcome.out, ContainsSubstring("Usage: cadre " + command + " "));
  CHECK_THAT(outcome.out, ContainsSubstring("\nExamples:\n  cadre " + command + " "));
  CHECK(study.run({command, "-h"}).out == outcome.out);
  CHECK_THAT(study.run({"--help"}).out, ContainsSubstring("\n  " + command + " "));
}

TEST_CASE("help is what it was") {
  const Study study;
  testing::check_golden("help.txt", study.run({"--help"}).out);
  testing::check_golden("help-classify.txt", study.run({"classify", "--help"}).out);
}

TEST_CASE("no line of help is wider than a page") {
  const Study study;
  for (const char* command : {"check", "classify", "figures", "explain", "query", "completions"}) {
    std::istringstream lines(study.run({command, "--help"}).out);
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK(line.size() <= 100);
    }
  }
}

TEST_CASE("the version is told on demand") {
  const Study study;
  const Outcome outcome = study.run({"--version"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "cadre " + std::string(kVersion) + "\n");
}

TEST_CASE("without a command there is help, on standard error") {
  const Study study;
  const Outcome outcome = study.run({});
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK(outcome.err == study.run({"--help"}).out);
}

TEST_CASE("there are no colours where there is no terminal") {
  const Study study;
  study.classify("run.sqlite");
  study.change("technocrats.yaml", "worked: true", "worked: false");
  for (const Arguments& arguments :
       {Arguments{"check", "technocrats.yaml"},
        Arguments{"classify", "strict.yaml", "package", "-o", "-"},
        Arguments{"figures", "run.sqlite", "--chart"}, Arguments{"explain", "run.sqlite", "an-min"},
        Arguments{"explain", "run.sqlite", "an-min", "technocrat"},
        Arguments{"query", "run.sqlite", "SELECT * FROM people"}}) {
    const Outcome outcome = study.run(arguments);
    CAPTURE(arguments[0]);
    CHECK_FALSE(outcome.out.empty());
    CHECK(outcome.out.find(kEscape) == std::string::npos);
    CHECK(outcome.err.find(kEscape) == std::string::npos);
  }
}

TEST_CASE("on a terminal there are colours, but with NO_COLOR and on a dumb one") {
  if (!has_program("script")) return;
  const Study study;
  study.classify("run.sqlite");
  const auto on_terminal = [&](const std::string& variables) {
    return shell(study, "env -u NO_COLOR " + variables +
                            " script -qec \"cadre explain run.sqlite an-min technocrat\" "
                            "/dev/null < /dev/null");
  };
  const std::string colourful = on_terminal("TERM=xterm");
  CHECK_THAT(colourful, ContainsSubstring("\033[32mTRUE\033[0m"));
  CHECK_THAT(colourful, ContainsSubstring("\033[1;30;43m机械\033[0m制造"));
  CHECK_THAT(colourful, ContainsSubstring("status 0\n"));
  for (const char* plain : {"TERM=xterm NO_COLOR=1", "TERM=dumb"}) {
    const std::string out = on_terminal(plain);
    CHECK(out.find(kEscape) == std::string::npos);
    CHECK_THAT(out, ContainsSubstring("[机械]制造"));
  }
  CHECK_THAT(on_terminal("TERM=xterm NO_COLOR="), ContainsSubstring(kEscape));
}

TEST_CASE("a reader that goes away is no mistake") {
  const Study study;
  study.classify("run.sqlite");
  const std::string many =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
      "SELECT i FROM n";
  CHECK(shell(study, "cadre query run.sqlite \"" + many + "\" | head -2; echo ${PIPESTATUS[0]}") ==
        "     i\n     1\n141\nstatus 0\n");
}

TEST_CASE("standard output that cannot be written is a mistake") {
  const Study study;
  study.classify("run.sqlite");
  CHECK(shell(study, "cadre query run.sqlite \"SELECT 1\" > /dev/full") ==
        "cadre: cannot write to standard output: No space left on device\nstatus 2\n");
}

TEST_CASE("completions know the commands and their options") {
  const Study study;
  for (const char* name : {"bash", "zsh", "fish"}) {
    const Outcome outcome = study.run({"completions", name});
    CAPTURE(name);
    CHECK(outcome.status == 0);
    for (const char* word : {"check", "classify", "figures", "explain", "query", "completions",
                             "threads", "strict", "chart", "quiet"}) {
      CHECK_THAT(outcome.out, ContainsSubstring(word));
    }
    study.write(name, outcome.out);
  }
  CHECK(shell(study, "bash -n bash && echo good") == "good\nstatus 0\n");
  if (has_program("zsh")) CHECK(shell(study, "zsh -n zsh && echo good") == "good\nstatus 0\n");
  if (has_program("fish")) CHECK(shell(study, "fish -n fish && echo good") == "good\nstatus 0\n");
}

TEST_CASE("bash completes commands, options and files") {
  const Study study;
  study.write("completions", study.run({"completions", "bash"}).out);
  const auto completed = [&](const std::string& words, int at) {
    return shell(study, "source ./completions; COMP_WORDS=(" + words + "); COMP_CWORD=" +
                            std::to_string(at) + "; _cadre; echo ${COMPREPLY[*]}");
  };
  CHECK(completed("cadre cl", 1) == "classify\nstatus 0\n");
  CHECK(completed("cadre check --st", 2) == "--strict\nstatus 0\n");
  CHECK(completed("cadre check tech", 2) == "technocrats.yaml\nstatus 0\n");
}

}  // namespace
}  // namespace cadre
