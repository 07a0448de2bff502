// Ctrl-C while cadre works.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

using testing::Study;

/// `cadre classify technocrats.yaml INPUT -o results/run.sqlite` beside the test.
pid_t start(const Study& study, const char* input) {
  const std::string binary = testing::cadre_binary();
  const pid_t child = fork();
  if (child != 0) return child;
  const int nowhere = open("/dev/null", O_RDWR);
  if (chdir(study.path().c_str()) != 0 || dup2(nowhere, 1) < 0 || dup2(nowhere, 2) < 0) _exit(126);
  execl(binary.c_str(), "cadre", "classify", "technocrats.yaml", input, "-o", "results/run.sqlite",
        static_cast<char*>(nullptr));
  _exit(127);
}

int wait_for(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::string many_people() {
  std::string text;
  for (int i = 0; i < 20000; ++i) {
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

  const pid_t child = start(study, "people.jsonl");
  REQUIRE(child > 0);
  // Strikes as soon as there is something to leave behind.
  bool ended = false;
  while (!ended && std::filesystem::is_empty(results)) {
    siginfo_t info{};
    waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
    ended = info.si_pid != 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  CHECK_FALSE(ended);
  kill(child, signal);
  CHECK(wait_for(child) == 128 + signal);
  CHECK(std::filesystem::is_empty(results));
}

TEST_CASE("a signal while cadre waits for its input ends it") {
  const Study study;
  std::filesystem::create_directory(study.path() / "results");
  REQUIRE(mkfifo((study.path() / "people").c_str(), 0600) == 0);
  const pid_t child = start(study, "people");
  REQUIRE(child > 0);
  // Opening the pipe for writing waits until cadre reads it.
  const int pipe = open((study.path() / "people").c_str(), O_WRONLY);
  kill(child, SIGINT);
  CHECK(wait_for(child) == 128 + SIGINT);
  close(pipe);
  CHECK(std::filesystem::is_empty(study.path() / "results"));
}

}  // namespace
}  // namespace cadre
