// Ctrl-C while cadre works.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/child.hpp"

namespace cadre {
namespace {

using testing::Study;
using testing::wait_for;
using testing::wait_until;

/// Starts cadre in the folder of the study, its output thrown away.
pid_t start(const Study& study, const std::vector<std::string>& arguments) {
  return testing::start_cadre(arguments, study.path(), [] {
    testing::redirect("/dev/null", O_WRONLY, STDOUT_FILENO);
    testing::redirect("/dev/null", O_WRONLY, STDERR_FILENO);
  });
}

pid_t start_classify(const Study& study, const std::string& input) {
  return start(study, {"classify", "technocrats.yaml", input, "-o", "results/run.sqlite"});
}

std::string many_people() {
  std::string text;
  for (int i = 0; i < 8000; ++i) {
    text += fmt::format(
        "{{\"id\": \"p{}\", \"education\": [{{\"field_zh\": \"机械制造\", \"degree\": "
        "\"bachelor\"}}], "
        "\"career\": [{{\"org_zh\": \"航天部\", \"role_zh\": \"工程师\", \"start\": \"1980\", "
        "\"end\": "
        "\"1990\"}}]}}\n",
        i);
  }
  return text;
}

TEST_CASE("a signal while the run is written leaves nothing behind") {
  const Study study;
  study.write("people.jsonl", many_people());
  const std::filesystem::path results = study.path() / "results";
  std::filesystem::create_directory(results);
  const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP);
  CAPTURE(signal);

  const pid_t child = start_classify(study, "people.jsonl");
  REQUIRE(child > 0);
  // Strikes as soon as there is something to leave behind.
  CHECK(wait_until(child, [&] { return !std::filesystem::is_empty(results); }));
  kill(child, signal);
  CHECK(wait_for(child) == 128 + signal);
  CHECK(std::filesystem::is_empty(results));
}

TEST_CASE("a signal while a folder is written leaves nothing behind") {
  const Study study;
  std::string texts;
  for (int i = 0; i < 20000; ++i) {
    texts += fmt::format("{{\"id\": \"p{}\", \"text\": \"1980.01-1990.01 航天部工程师\"}}\n", i);
  }
  study.write("texts.jsonl", texts);
  const std::filesystem::path results = study.path() / "results";
  std::filesystem::create_directory(results);
  const pid_t child = start(study, {"import", "texts.jsonl", "-o", "results/imported"});
  REQUIRE(child > 0);
  CHECK(wait_until(child, [&] { return !std::filesystem::is_empty(results); }));
  kill(child, SIGINT);
  CHECK(wait_for(child) == 128 + SIGINT);
  CHECK(std::filesystem::is_empty(results));
}

TEST_CASE("a signal while cadre waits for its input ends it") {
  const Study study;
  std::filesystem::create_directory(study.path() / "results");
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = testing::start_cadre(
      {"classify", "technocrats.yaml", "-", "-o", "results/run.sqlite"}, study.path(), [&] {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        testing::redirect("/dev/null", O_WRONLY, STDERR_FILENO);
      });
  REQUIRE(child > 0);
  REQUIRE(write(ends[1], "\n", 1) == 1);
  CHECK(wait_until(child, [&] {
    int left = 1;  // in the pipe: none, once cadre has read it
    return ioctl(ends[1], FIONREAD, &left) == 0 && left == 0;
  }));
  kill(child, SIGINT);
  CHECK(wait_for(child) == 128 + SIGINT);
  for (const int end : ends) close(end);
  CHECK(std::filesystem::is_empty(study.path() / "results"));
}

TEST_CASE("a sweep that a signal ends goes on where it stopped, and ends in the same bytes") {
  const Study study;
  std::string values;
  for (int i = 0; i < 800; ++i) values += fmt::format("{}0.{:04}", i == 0 ? "" : ", ", i);
  study.write("sweep.yaml", "sweep: long\ncadre: 1\naxes:\n  years: {param: min_years, values: [" +
                                values + "]}\n");
  const auto sweep = [](const std::string& output) {
    return std::vector<std::string>{"sweep", "technocrats.yaml", "sweep.yaml", "package", "-o",
                                    output};
  };
  const int signal = GENERATE(SIGINT, SIGKILL);
  CAPTURE(signal);

  const pid_t child = start(study, sweep("part.sqlite"));
  REQUIRE(child > 0);
  const std::filesystem::path partial = study.path() / "part.sqlite.partial";
  CHECK(wait_until(child, [&] {
    std::error_code none;
    const auto bytes = std::filesystem::file_size(partial, none);
    return !none && bytes > 10000;
  }));
  kill(child, signal);
  CHECK(wait_for(child) == 128 + signal);
  CHECK(study.files().count("part.sqlite") == 0);
  CHECK(study.files().count("part.sqlite.partial") == 1);

  std::vector<std::string> again = sweep("part.sqlite");
  again.emplace_back("--resume");
  const testing::Outcome resumed = study.run(again);
  CHECK(resumed.status == 0);
  CHECK(resumed.err.find("of 800 specifications were done before") != std::string::npos);
  REQUIRE(study.run(sweep("whole.sqlite")).status == 0);
  CHECK(study.read("part.sqlite") == study.read("whole.sqlite"));
  CHECK(study.files().count("part.sqlite.partial") == 0);
}

}  // namespace
}  // namespace cadre
