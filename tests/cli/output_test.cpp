// What commands print and where: control characters, Markdown, spreadsheets, streams in and out.
#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cadre/text/utf8.hpp"
#include "cadre/text/visible.hpp"
#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/child.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;
using testing::Outcome;
using testing::Study;
namespace fs = std::filesystem;

using Words = std::vector<std::string>;

/// A study with what a terminal would obey in names, words, titles and notes.
void make_hostile(const Study& study) {
  const std::string bad = "\\u001b]0;owned\\u0007\\u009b2J\\u202egnp\\u2066\\u007f";
  study.write("people.jsonl",
              R"({"id":"p1","name_en":"Eve )" + bad + R"(","career":[{"org_en":"Works )" + bad +
                  R"(","role_en":"engineer )" + bad + R"(","start":"1980","end":"1985"}]})" + "\n");
  study.write("hostile.yaml",
              "ruleset: hostile\ncadre: 1\ntitle: \"t \\e[31m\"\ninclude: [figure.yaml]\n"
              "params: {years: 1}\nlabels:\n  worked:\n    title: \"x \\e[2J\\u202e\"\n"
              "    career: {role: {matches: engineer}}\n    total_years: {at_least: $years}\n");
  study.write("figure.yaml",
              "figure: f\ntitle: \"f \\e[31m\"\nnote: \"n \\e[5m\\u061c\"\n"
              "sql: SELECT name_en, worked FROM people JOIN labels_wide ON person = id\n");
  study.write("bad.yaml",
              "ruleset: bad\ncadre: 1\nlabels:\n  \"a\\e[31mb\": {all: [\"\\e[2J\"]}\n");
  study.write("coding.csv", "person,label,value,coder,note\np1,worked,false,ada,\x1b[31mnote\n");
  REQUIRE(
      study.run({"classify", "hostile.yaml", "people.jsonl", "-o", "run.sqlite", "-q"}).status ==
      0);
}

const std::vector<Words> kForPeople = {
    {"explain", "run.sqlite", "p1"},
    {"explain", "run.sqlite", "p1", "worked", "--all"},
    {"explain", "run.sqlite", "\x1b[31mnobody"},
    {"figures", "run.sqlite"},
    {"figures", "run.sqlite", "--list"},
    {"figures", "run.sqlite", "--format", "markdown"},
    {"query", "run.sqlite", "SELECT * FROM people"},
    {"query", "run.sqlite", "SELECT char(27) AS \"a\x1b[31m\""},
    {"query", "run.sqlite", "SELECT name_en FROM people", "--format", "markdown"},
    {"query", "run.sqlite", "SELECT nix AS \"\x1b[31m\""},
    {"diff", "run.sqlite", "--set", "years=9"},
    {"diff", "run.sqlite", "--set", "years=9", "--format", "markdown"},
    {"evaluate", "run.sqlite", "coding.csv"},
    {"evaluate", "run.sqlite", "coding.csv", "--format", "markdown"},
    {"check", "bad.yaml"},
    {"check", "hostile.yaml"},
    {"check", "no\x1b[31m.yaml"},
    {"classify", "hostile.yaml", "people.jsonl", "-o", "a\x1b[31m.csv"},
};

/// The control characters of a text; an escape sequence of colours is none where `colour`.
std::string controls(std::string text, bool colour) {
  if (colour) {
    for (const char* code :
         {"0", "1", "2", "31", "32", "33", "34", "36", "1;30;43", "1;31", "1;33", "1;34", "1;32"}) {
      const std::string escape = fmt::format("\x1b[{}m", code);
      for (auto at = text.find(escape); at != std::string::npos; at = text.find(escape)) {
        text.erase(at, escape.size());
      }
    }
  }
  std::string found;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_control(c)) found += fmt::format("U+{:04X} ", static_cast<unsigned>(c));
  }
  return found;
}

TEST_CASE("output: no text for people has control characters") {
  const Study study;
  make_hostile(study);
  for (const Words& command : kForPeople) {
    CAPTURE(command);
    const Outcome outcome = study.run(command);
    CHECK(controls(outcome.out, false).empty());
    CHECK(controls(outcome.err, false).empty());
  }
  for (const Words& command : {Words{"diff", "run.sqlite", "--set", "years=9"},
                               Words{"evaluate", "run.sqlite", "coding.csv"}}) {
    Words to_file = command;
    to_file.insert(to_file.end(), {"-o", "out.txt"});
    study.run(to_file);
    CHECK(study.read("out.txt") == visible(study.read("out.txt")));
  }
  const Outcome shown = study.run({"query", "run.sqlite", "SELECT name_en FROM people"});
  CHECK_THAT(shown.out, ContainsSubstring("Eve \\u001b]0;owned\\u0007\\u009b2J\\u202egnp"));
}

/// What cadre writes to a terminal, where lines end in CR LF. TERMINAL in the command stands for
/// its path.
std::string on_a_terminal(const Study& study, Words command, bool colour) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  REQUIRE(terminal >= 0);
  REQUIRE(::grantpt(terminal) == 0);
  REQUIRE(::unlockpt(terminal) == 0);
  const std::string name = ::ptsname(terminal);
  std::replace(command.begin(), command.end(), std::string("TERMINAL"), name);
  const pid_t child = testing::start_cadre(command, study.path(), [&] {
    testing::redirect("/dev/null", O_RDONLY, STDIN_FILENO);
    testing::redirect(name, O_RDWR | O_NOCTTY, STDOUT_FILENO);
    testing::redirect(name, O_RDWR | O_NOCTTY, STDERR_FILENO);
    ::setenv("TERM", "xterm", 1);
    ::setenv("NO_COLOR", colour ? "" : "1", 1);
  });
  // Reading ends in an error once the child, the only one to hold the other side, has ended.
  std::string text;
  char bytes[4096];
  for (ssize_t got; (got = ::read(terminal, bytes, sizeof(bytes))) > 0;) {
    text.append(bytes, static_cast<std::size_t>(got));
  }
  testing::wait_for(child);
  ::close(terminal);
  for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at)) {
    text.erase(at, 1);
  }
  return text;
}

TEST_CASE("output: nothing that was read gives a terminal an order, with colours or without") {
  const Study study;
  make_hostile(study);
  std::vector<Words> commands = kForPeople;
  for (const char* format : {"json", "csv"}) {
    commands.push_back({"query", "run.sqlite", "SELECT name_en FROM people", "--format", format});
    commands.push_back({"figures", "run.sqlite", "--format", format});
    commands.push_back({"diff", "run.sqlite", "--set", "years=9", "--format", format});
    commands.push_back({"evaluate", "run.sqlite", "coding.csv", "--format", format});
  }
  commands.push_back({"explain", "run.sqlite", "p1", "worked", "--format", "json"});
  commands.push_back({"check", "bad.yaml", "--format", "json"});
  commands.push_back({"report", "run.sqlite", "-o", "-"});
  commands.push_back({"classify", "hostile.yaml", "people.jsonl", "-o", "-"});
  for (const bool colour : {false, true}) {
    for (const Words& command : commands) {
      CAPTURE(command, colour);
      const std::string text = on_a_terminal(study, command, colour);
      CHECK(!text.empty());
      CHECK(controls(text, colour) == "");
    }
  }
}

TEST_CASE("output: a terminal that is given as a file gets no orders either") {
  const Study study;
  make_hostile(study);
  for (const std::string path : {"TERMINAL", "/dev/stderr", "/dev/fd/2", "/dev/stdout"}) {
    for (const Words& command : std::vector<Words>{
             {"classify", "hostile.yaml", "people.jsonl", "-q"},
             {"classify", "hostile.yaml", "people.jsonl", "-q", "--format", "csv"},
             {"report", "run.sqlite"},
             {"diff", "run.sqlite", "--set", "years=9", "--format", "json"},
             {"diff", "run.sqlite", "--set", "years=9"},
             {"evaluate", "run.sqlite", "coding.csv", "--format", "csv"},
         }) {
      Words there = command;
      there.insert(there.end(), {"-o", path});
      CAPTURE(there);
      const std::string text = on_a_terminal(study, there, false);
      CHECK(!text.empty());
      CHECK(controls(text, false) == "");
    }
  }
  // Byte by byte where it is no terminal.
  const Words query = {"diff", "run.sqlite", "--set", "years=9", "--format", "csv"};
  Words to_stream = query;
  to_stream.insert(to_stream.end(), {"-o", "/dev/stderr"});
  CHECK(study.run(to_stream).err == study.run(query).out);
}

TEST_CASE("output: a colour that stands in the data colours nothing") {
  const Study study;
  make_hostile(study);
  const std::string text =
      on_a_terminal(study, {"query", "run.sqlite", "SELECT char(27) || '[31mred' AS c"}, true);
  CHECK_THAT(text, ContainsSubstring("\\u001b[31mred"));
  CHECK_THAT(text, !ContainsSubstring("\x1b[31m"));
}

TEST_CASE(
    "output: data goes byte by byte into files and pipes, and JSON on a terminal is the same") {
  const Study study;
  make_hostile(study);
  const Outcome csv =
      study.run({"query", "run.sqlite", "SELECT name_en FROM people", "--format", "csv"});
  CHECK_THAT(csv.out, ContainsSubstring("\x1b]0;owned\a\u009b2J\u202e"));
  const Words command = {"query", "run.sqlite", "SELECT name_en FROM people", "--format", "json"};
  CHECK(json::parse(on_a_terminal(study, command, true)) == json::parse(study.run(command).out));
}

// --- Markdown -----------------------------------------------------------------------------------

TEST_CASE("output: Markdown of every command holds no markup of the data") {
  const Study study;
  const std::string bad = "<img src=x> [a](b) `c` *d* a|b \\n# e";
  study.write("people.jsonl",
              R"({"id":"p|1","name_en":"Eve )" + bad + R"(","career":[{"org_en":"Works ``` )" +
                  bad + R"(","role_en":"engineer","start":"1980","end":"1985"}]})" + "\n");
  study.write("r.yaml",
              "ruleset: r\ncadre: 1\ntitle: \"" + bad +
                  "\"\ninclude: [f.yaml]\nparams: {years: 1}\n"
                  "labels:\n  worked:\n    title: \"" +
                  bad +
                  "\"\n"
                  "    career: {role: {matches: engineer}}\n    total_years: {at_least: $years}\n");
  study.write("f.yaml", "figure: f\ntitle: \"" + bad + "\"\nnote: \"" + bad +
                            "\"\nsql: SELECT name_en, worked AS \"w|<b>\" FROM people JOIN "
                            "labels_wide ON person = id\nkey: [name_en]\n");
  study.write("s.yaml", "sweep: s\ncadre: 1\ntitle: \"" + bad +
                            "\"\naxes:\n"
                            "  years: {param: years, values: [1, 9]}\n");
  study.write("coding.csv",
              "person,label,value,coder,note\np|1,worked,false,<img src=y>,\"``` <img src=z>\"\n");
  REQUIRE(study.run({"classify", "r.yaml", "people.jsonl", "-o", "run.sqlite", "-q"}).status == 0);
  const std::vector<Words> commands = {
      {"query", "run.sqlite", "SELECT name_en AS \"c|<d>\", 'a|b' AS e FROM people"},
      {"figures", "run.sqlite"},
      {"figures", "run.sqlite", "--list"},
      {"diff", "run.sqlite", "--set", "years=9"},
      {"evaluate", "run.sqlite", "coding.csv"},
      {"sweep", "r.yaml", "s.yaml", "people.jsonl"},
  };
  for (Words command : commands) {
    CAPTURE(command);
    command.insert(command.end(), {"--format", "markdown"});
    const Outcome outcome = study.run(command);
    REQUIRE(outcome.status < 2);
    // What stands in a block of code is code.
    std::string text;
    std::string fence;
    for (std::size_t at = 0; at < outcome.out.size();) {
      const std::size_t end = outcome.out.find('\n', at);
      const std::string line = outcome.out.substr(at, end - at);
      at = end + 1;
      if (fence.empty() && line.starts_with("```")) {
        fence = line;
      } else if (line == fence) {
        fence.clear();
      } else if (fence.empty()) {
        text += line + "\n";
      }
    }
    CHECK(fence.empty());
    for (const char* markup : {"<img", "<b>", "<d>", " [a](b)", " *d*", " a|b", "\n# e"}) {
      CHECK_THAT(text, !ContainsSubstring(markup));
    }
  }
  const Outcome query =
      study.run({"query", "run.sqlite", "SELECT 'a|b' AS \"c|d\"", "--format", "markdown"});
  CHECK(query.out == "| c\\|d |\n| --- |\n| a\\|b |\n");
  const Outcome backticks = study.run(
      {"query", "run.sqlite", "SELECT 'a `b` c' AS pair, 'a ` b' AS one", "--format", "markdown"});
  CHECK(backticks.out == "| pair | one |\n| --- | --- |\n| a `b` c | a \\` b |\n");
  // In code a reference would be shown as it is written.
  const Outcome code =
      study.run({"query", "run.sqlite", "SELECT 'a `<b> & *c*` d' AS t", "--format", "markdown"});
  CHECK(code.out == "| t |\n| --- |\n| a \\`&lt;b> &amp; \\*c\\*\\` d |\n");
}

// --- CSV, JSON and numbers ----------------------------------------------------------------------

TEST_CASE("output: --spreadsheet-safe leaves no formula in CSV of any command") {
  const Study study;
  study.write(
      "people.jsonl",
      R"x({"id":"=1+1","name_en":"@SUM(A1)","career":[{"org_en":"-x","role_en":"+engineer",)x"
      R"x("start":"1980","end":"1985"}]})x"
      "\n");
  study.write("r.yaml",
              "ruleset: r\ncadre: 1\ninclude: [f.yaml]\nparams: {years: 1}\nlabels:\n  worked:\n"
              "    career: {role: {matches: engineer}}\n    total_years: {at_least: $years}\n");
  study.write("f.yaml",
              "figure: f\ntitle: F\nsql: SELECT person AS \"=p\", -worked AS n FROM labels_wide\n");
  study.write("coding.csv", "person,label,value,coder\n=1+1,worked,false,=ada\n");
  REQUIRE(study.run({"classify", "r.yaml", "people.jsonl", "-o", "run.sqlite", "-q"}).status == 0);
  const auto csv = [&](Words command) {
    CAPTURE(command);
    const Outcome plain = study.run(command);
    CHECK_THAT(plain.out, !ContainsSubstring("'"));
    command.emplace_back("--spreadsheet-safe");
    const Outcome outcome = study.run(command);
    CHECK(outcome.status == plain.status);
    CHECK_THAT(outcome.out, !ContainsSubstring("\n=") && !ContainsSubstring(",="));
    return outcome.out;
  };
  CHECK(csv({"query", "run.sqlite", "SELECT id AS '=c', -5 AS n, -0.5 AS r FROM people", "--format",
             "csv"}) == "'=c,n,r\r\n'=1+1,-5,-0.5\r\n");
  CHECK(csv({"figures", "run.sqlite", "f", "--format", "csv"}) == "'=p,n\r\n'=1+1,-1\r\n");
  CHECK_THAT(csv({"classify", "r.yaml", "people.jsonl", "-o", "-", "--format", "csv", "-q"}),
             ContainsSubstring("\r\n'=1+1,1"));
  CHECK_THAT(csv({"diff", "run.sqlite", "--set", "years=9", "--format", "csv"}),
             ContainsSubstring("worked,'=1+1,'@SUM(A1),"));
  CHECK_THAT(
      csv({"evaluate", "run.sqlite", "coding.csv", "--disagreements", "all", "--format", "csv"}),
      ContainsSubstring("worked,'=1+1,"));
  REQUIRE(study
              .run({"classify", "r.yaml", "people.jsonl", "-o", "o.csv", "--resume",
                    "--spreadsheet-safe", "-q"})
              .status == 0);
  CHECK_THAT(study.read("o.csv"), ContainsSubstring("'=1+1"));
  const Outcome other =
      study.run({"query", "run.sqlite", "SELECT 1", "--spreadsheet-safe", "--format", "json"});
  CHECK(other.status == 2);
  CHECK(other.err == "cadre: --spreadsheet-safe is for CSV, and the format is json\n");
}

TEST_CASE("output: JSON keeps every column, also those of one name") {
  const Study study;
  study.classify("run.sqlite");
  const Outcome outcome =
      study.run({"query", "run.sqlite", "SELECT 1 AS a, 2 AS a, 3 AS \"a:2\", 4 AS a, 5 AS b",
                 "--format", "json"});
  CHECK(json::parse(outcome.out) ==
        json::parse(R"([{"a": 1, "a:3": 2, "a:2": 3, "a:4": 4, "b": 5}])"));
  const Outcome two =
      study.run({"query", "run.sqlite", "SELECT 1 AS a, 2 AS a", "--format", "json"});
  CHECK(json::parse(two.out) == json::parse(R"([{"a": 1, "a:2": 2}])"));
}

TEST_CASE("output: numbers print as numbers") {
  const Study study;
  study.classify("run.sqlite");
  const Outcome outcome =
      study.run({"query", "run.sqlite", "SELECT 0.004 AS a, 5.001 AS b, -0.001 AS c, 2.50 AS d"});
  CHECK(outcome.out == "    a      b       c    d\n0.004  5.001  -0.001  2.5\n");
}

TEST_CASE("output: what a query may not use is told in our words") {
  const Study study;
  study.classify("run.sqlite");
  const auto says = [&](const std::string& sql, const std::string& error) {
    const Outcome outcome = study.run({"query", "run.sqlite", sql});
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "cadre: " + error + "\n");
  };
  says("SELECT load_extension('x')", "a query may not use the function 'load_extension'");
  says("ATTACH 'x' AS y", "a query may only read the run");
}

// --- streams ------------------------------------------------------------------------------------

TEST_CASE("output: /dev/stdout and its like are standard output") {
  const Study study;
  study.classify("run.sqlite");
  const std::string expected =
      study.run({"classify", "technocrats.yaml", "package", "-o", "-", "-q"}).out;
  const std::string page = study.run({"report", "run.sqlite", "-o", "-"}).out;
  CHECK(!expected.empty());
  for (const std::string name : {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
    CHECK(study.run({"classify", "technocrats.yaml", "package", "-o", name, "-q"}).out == expected);
    CHECK(study.run({"report", "run.sqlite", "-o", name}).out == page);
    CHECK(study.run({"diff", "run.sqlite", "--set", "min_years=9", "-o", name}).out ==
          study.run({"diff", "run.sqlite", "--set", "min_years=9"}).out);
    const Outcome database =
        study.run({"classify", "technocrats.yaml", "package", "-o", name, "--format", "sqlite"});
    CHECK(database.status == 2);
    CHECK_THAT(database.err, ContainsSubstring("a SQLite run cannot go to standard output"));
  }
  CHECK(study.run({"report", "run.sqlite", "-o", "/dev/stderr"}).err == page);
  CHECK(study.run({"report", "run.sqlite", "-o", "/dev/null"}).status == 0);
  CHECK(study.run({"check", "technocrats.yaml", "--junit", "-", "--format", "json"})
            .out.starts_with("<?xml"));
  const Outcome sweep =
      study.run({"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o", "/dev/null"});
  CHECK(sweep.status == 2);
  CHECK_THAT(sweep.err, ContainsSubstring("cannot go into '/dev/null'"));
}

TEST_CASE("output: a named pipe is written to") {
  const Study study;
  const fs::path pipe = study.path() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const std::string expected =
      study.run({"classify", "technocrats.yaml", "package", "-o", "-", "-q"}).out;
  const pid_t child = testing::start_cadre(
      {"classify", "technocrats.yaml", "package", "-o", "pipe", "-q"}, study.path(), [] {});
  std::ostringstream written;
  written << std::ifstream(pipe, std::ios::binary).rdbuf();
  CHECK(written.str() == expected);
  CHECK(testing::wait_for(child) == 0);
}

TEST_CASE("input: pipes and devices are refused at once, wherever they are named") {
  const Study study;
  study.classify("run.sqlite");
  REQUIRE(::mkfifo((study.path() / "pipe").c_str(), 0600) == 0);
  REQUIRE(::mkfifo((study.path() / "pipe.jsonl").c_str(), 0600) == 0);
  REQUIRE(::mkfifo((study.path() / "pipe.yaml").c_str(), 0600) == 0);
  study.write("including.yaml", "ruleset: r\ncadre: 1\ninclude: [pipe.yaml]\nlabels: {}\n");
  study.write("extending.yaml", "ruleset: r\ncadre: 1\nextends: pipe\n");
  study.write("devices.yaml", "ruleset: r\ncadre: 1\ninclude: [folder.yaml]\nlabels: {}\n");
  fs::create_directory(study.path() / "folder.yaml");
  fs::copy(study.path() / "package", study.path() / "piped");
  fs::remove(study.path() / "piped/career.csv");
  REQUIRE(::mkfifo((study.path() / "piped/career.csv").c_str(), 0600) == 0);
  fs::create_directory(study.path() / "described");
  REQUIRE(::mkfifo((study.path() / "described/datapackage.json").c_str(), 0600) == 0);
  const std::vector<Words> commands = {
      {"check", "pipe.yaml"},
      {"check", "including.yaml"},
      {"check", "extending.yaml"},
      {"check", "devices.yaml"},
      {"classify", "technocrats.yaml", "pipe", "-o", "o.csv"},
      {"classify", "technocrats.yaml", "pipe.jsonl", "-o", "o.csv"},
      {"classify", "technocrats.yaml", "pipe.jsonl", "-o", "o.csv", "--since", "strict.yaml"},
      {"classify", "technocrats.yaml", "piped", "-o", "o.csv"},
      {"classify", "technocrats.yaml", "described", "-o", "o.csv"},
      {"classify", "technocrats.yaml", "/dev/zero", "-o", "o.csv"},
      {"classify", "pipe.yaml", "package", "-o", "o.csv"},
      {"classify", "technocrats.yaml", "package", "-o", "o.sqlite", "--since", "pipe"},
      {"evaluate", "run.sqlite", "pipe"},
      {"evaluate", "pipe", "run.sqlite"},
      {"report", "pipe", "-o", "o.html"},
      {"explain", "pipe", "an-min"},
      {"figures", "pipe"},
      {"query", "pipe", "SELECT 1"},
      {"diff", "pipe", "run.sqlite"},
      {"diff", "technocrats.yaml", "pipe.yaml", "package"},
      {"diff", "technocrats.yaml", "strict.yaml", "pipe"},
      {"sweep", "technocrats.yaml", "pipe.yaml", "package"},
      {"sweep", "technocrats.yaml", "sweep.yaml", "pipe"},
      {"import", "pipe.jsonl", "-o", "o.jsonl"},
      {"import", "pipe", "-o", "o.jsonl"},
      {"import", "people.jsonl", "-o", "o.jsonl", "--layout", "pipe.yaml"},
  };
  for (const Words& command : commands) {
    CAPTURE(command);
    const Outcome outcome = study.run(command);
    INFO(outcome.err);
    CHECK(outcome.status == 2);
    CHECK(!outcome.err.empty());
  }
  CHECK(study.run({"classify", "technocrats.yaml", "piped", "-o", "o.csv"}).err ==
        "cadre: cannot read 'piped/career.csv': it is a named pipe, not a file\n");
  CHECK_THAT(study.run({"check", "including.yaml"}).err,
             ContainsSubstring("including.yaml:3:11: error[unreadable-file]") &&
                 ContainsSubstring("it is a named pipe, not a file"));
}

TEST_CASE("input: what comes through standard input may be named as a file") {
  const Study study;
  const std::string people = study.read("people.jsonl");
  const Words classify = {"classify", "technocrats.yaml", "-", "-o", "-", "-q"};
  const std::string expected = study.run(classify, people).out;
  CHECK(!expected.empty());
  for (const std::string name : {"/dev/stdin", "/dev/fd/0"}) {
    // From a pipe, as of `cat people.jsonl | cadre ...` or <(zcat people.jsonl.gz).
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = testing::start_cadre(
        {"classify", "technocrats.yaml", name, "-o", "o.jsonl", "-q"}, study.path(), [&] {
          ::dup2(ends[0], STDIN_FILENO);
          ::close(ends[0]);
          ::close(ends[1]);
        });
    ::close(ends[0]);
    REQUIRE(::write(ends[1], people.data(), people.size()) == static_cast<ssize_t>(people.size()));
    ::close(ends[1]);
    CHECK(testing::wait_for(child) == 0);
    CHECK(study.read("o.jsonl") == expected);
    CHECK(study.run({"classify", "technocrats.yaml", name, "-o", "-", "-q"}, people).out ==
          expected);
  }
}

TEST_CASE("input: a path with a NUL is refused at its place") {
  const Study study;
  study.write(
      "nul.yaml",
      "ruleset: r\ncadre: 1\ninclude: [fields.yaml, \"fields.yaml\\0nothing\"]\nlabels: {}\n");
  const Outcome outcome = study.run({"check", "nul.yaml"});
  CHECK(outcome.status == 2);
  CHECK_THAT(
      outcome.err,
      ContainsSubstring("nul.yaml:3:24: error[bad-path]: a path cannot hold the character NUL"));
}

unsigned mode_of(const fs::path& file) {
  return static_cast<unsigned>(fs::status(file).permissions());
}

TEST_CASE("file modes: replacing a file of mode 600 keeps 600, a new file gets what umask gives") {
  const Study study;
  study.classify("run.sqlite");
  study.write("coding.csv", "person,label,value,coder\nan-min,technocrat,true,ada\n");
  const Words command = GENERATE(
      Words{"classify", "technocrats.yaml", "package", "-q", "-o", "out.sqlite"},
      Words{"classify", "technocrats.yaml", "package", "-q", "-o", "out.jsonl"},
      Words{"classify", "technocrats.yaml", "package", "-q", "-o", "out.csv"},
      Words{"classify", "technocrats.yaml", "people.jsonl", "-q", "--resume", "-o", "out.csv"},
      Words{"classify", "technocrats.yaml", "people.jsonl", "-q", "--since", "strict.yaml", "-o",
            "out.jsonl"},
      Words{"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o", "out.sqlite"},
      Words{"evaluate", "run.sqlite", "coding.csv", "--format", "csv", "-o", "out.csv"},
      Words{"report", "run.sqlite", "-o", "out.html"},
      Words{"check", "technocrats.yaml", "--junit", "out.xml"});
  CAPTURE(command);
  const fs::path file = study.path() / command.back();
  for (const unsigned mask : {0022U, 0077U, 0002U}) {
    CAPTURE(mask);
    const mode_t before = ::umask(mask);
    const int status = study.run(command).status;
    ::umask(before);
    REQUIRE(status == 0);
    CHECK(mode_of(file) == (0666U & ~mask));
    fs::remove(file);
  }
  study.write(file.filename().string(), "old");
  for (const unsigned mode : {0600U, 0640U}) {
    fs::permissions(file, fs::perms(mode));
    REQUIRE(study.run(command).status == 0);
    CHECK(study.read(file.filename().string()) != "old");
    CHECK(mode_of(file) == mode);
  }
}

}  // namespace
}  // namespace cadre
