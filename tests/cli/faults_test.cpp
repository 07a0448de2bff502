// What can go wrong around cadre: it is killed, the disk is full, inputs are cut short or damaged,
// the reader of its output goes away, somebody else writes the same file. The old output is whole
// or the new one is, what happened is told, and the exit status is not 0.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "cadre/base/files.hpp"
#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/child.hpp"
#include "tests/support/compress.hpp"
#include "tests/support/sanitizers.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;
using testing::Outcome;
using testing::Study;
using testing::wait_for;
using Words = std::vector<std::string>;

constexpr int kKills = testing::kSanitized ? 20 : 200;  // each run takes ten times as long

/// Starts cadre in the folder of the study; what it says goes to the files `out` and `err`, unless
/// `before`, which runs in the new process, has it otherwise.
pid_t start(const Study& study, const Words& arguments, const std::function<void()>& before = {}) {
  return testing::start_cadre(arguments, study.path(), [&] {
    testing::redirect("out", O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
    testing::redirect("err", O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    if (before) before();
  });
}

/// What is left of runs that were killed is known by its name.
std::set<std::string> files_but_leftovers(const Study& study) {
  std::set<std::string> files = study.files();
  std::erase_if(files, [](const std::string& file) {
    return std::filesystem::path(file).filename().string().starts_with(".cadre-");
  });
  return files;
}

TEST_CASE("faults: killed at any moment, the old run is whole or the new one is") {
  const Study study;
  const Words classify = {"classify", "technocrats.yaml", "package", "-o", "run.sqlite", "-q"};
  const auto begin = std::chrono::steady_clock::now();
  REQUIRE(study.run(classify).status == 0);
  const auto whole = std::chrono::steady_clock::now() - begin;
  const std::string after = study.read("run.sqlite");
  Words other = classify;
  other.insert(other.end(), {"--set", "min_years=20"});
  REQUIRE(study.run(other).status == 0);
  const std::string before = study.read("run.sqlite");
  REQUIRE(before != after);
  study.write("out", "");
  study.write("err", "");
  const std::set<std::string> files = study.files();

  std::mt19937 random(1976);
  const auto most = std::chrono::duration_cast<std::chrono::microseconds>(whole).count();
  int struck = 0;
  for (int i = 0; i < kKills; ++i) {
    CAPTURE(i);
    const pid_t child = start(study, classify);
    REQUIRE(child > 0);
    const auto moment = std::uniform_int_distribution<long>(0, most)(random);
    std::this_thread::sleep_for(std::chrono::microseconds(moment));
    kill(child, SIGKILL);
    struck += wait_for(child) == 128 + SIGKILL ? 1 : 0;
    const std::string found = study.read("run.sqlite");
    REQUIRE((found == before || found == after));
    REQUIRE(files_but_leftovers(study) == files);
    if (found != before) study.write("run.sqlite", before);
  }
  CHECK(struck > kKills / 4);
  // Nothing that was left behind is in the way.
  CHECK(study.run(classify).status == 0);
  CHECK(study.read("run.sqlite") == after);
}

TEST_CASE("faults: a file that cannot grow, as on a full disk") {
  const Study study;
  study.classify("run.sqlite");
  study.write("labels.csv", "as it was\n");
  study.write("out", "");
  study.write("err", "");
  const std::string before = study.read("run.sqlite");
  const std::set<std::string> files = study.files();
  const auto small_disk = [] {
    const rlimit limit{16 << 10, 16 << 10};
    setrlimit(RLIMIT_FSIZE, &limit);
  };
  CHECK(wait_for(start(study, {"classify", "technocrats.yaml", "package", "-o", "run.sqlite"},
                       small_disk)) == 2);
  CHECK_THAT(study.read("err"), ContainsSubstring("cadre: "));
  CHECK_THAT(study.read("err"), ContainsSubstring("run.sqlite"));
  CHECK(study.read("run.sqlite") == before);
  CHECK(study.files() == files);

  const auto tiny_disk = [] {
    const rlimit limit{100, 100};
    setrlimit(RLIMIT_FSIZE, &limit);
  };
  CHECK(wait_for(start(study, {"classify", "technocrats.yaml", "package", "-q", "-o", "labels.csv"},
                       tiny_disk)) == 2);
  CHECK(study.read("labels.csv") == "as it was\n");
  CHECK(study.read("err") == "cadre: cannot write 'labels.csv': File too large\n");
  CHECK(study.files() == files);

  // What was interrupted by that goes on once there is room.
  const Words resumed = {"classify", "technocrats.yaml", "people.jsonl", "-q",
                         "-o",       "labels.jsonl",     "--resume"};
  CHECK(wait_for(start(study, resumed, [] {
          const rlimit limit{400, 400};
          setrlimit(RLIMIT_FSIZE, &limit);
        })) == 2);
  CHECK_THAT(study.read("err"), ContainsSubstring("': File too large"));
  CHECK(study.files().count("labels.jsonl") == 0);
  CHECK(study.run(resumed).status == 0);
  REQUIRE(study.run({"classify", "technocrats.yaml", "people.jsonl", "-q", "-o", "once.jsonl"})
              .status == 0);
  CHECK(study.read("labels.jsonl") == study.read("once.jsonl"));
}

TEST_CASE("faults: standard output that takes nothing") {
  const Study study;
  study.classify("run.sqlite");
  for (const Words& words :
       {Words{"query", "run.sqlite", "SELECT * FROM people"}, Words{"figures", "run.sqlite"},
        Words{"explain", "run.sqlite", "an-min", "technocrat"},
        Words{"classify", "technocrats.yaml", "people.jsonl", "-q", "-o", "-"},
        Words{"check", "technocrats.yaml"}}) {
    CAPTURE(words.front());
    const auto full = [] { dup2(open("/dev/full", O_WRONLY), 1); };
    CHECK(wait_for(start(study, words, full)) == 2);
    CHECK_THAT(study.read("err"), ContainsSubstring("No space left on device"));
  }
}

TEST_CASE("faults: the reader of the output goes away") {
  const Study study;
  study.classify("run.sqlite");
  const std::string many =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT i FROM "
      "n";
  std::string people;
  for (int i = 0; i < 3000; ++i) people += fmt::format("{{\"id\": \"{}\"}}\n", i);
  study.write("many.jsonl", people);
  const Words words =
      GENERATE_REF(Words{"query", "run.sqlite", many, "--format", "csv"},
                   Words{"classify", "technocrats.yaml", "many.jsonl", "-q", "-o", "-"});
  CAPTURE(words.front());
  int pipe_ends[2];
  REQUIRE(pipe(pipe_ends) == 0);
  const pid_t child = start(study, words, [&] {
    dup2(pipe_ends[1], 1);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
  });
  close(pipe_ends[1]);
  char line[2];
  CHECK(read(pipe_ends[0], line, sizeof line) == 2);
  close(pipe_ends[0]);
  CHECK(wait_for(child) == 128 + SIGPIPE);
  CHECK(study.read("err").empty());
}

TEST_CASE("faults: a folder that nobody may write to") {
  const Study study;
  study.write("closed/run.sqlite", "as it was\n");
  const std::filesystem::path folder = study.path() / "closed";
  chmod(study.path().c_str(), 0777);
  chmod(folder.c_str(), 0555);
  const auto as_anybody = [] {
    constexpr uid_t kNobody = 65534;
    if (geteuid() == 0 && setuid(kNobody) != 0) _exit(126);  // root may write anywhere
  };
  const int status = wait_for(start(
      study, {"classify", "technocrats.yaml", "package", "-o", "closed/run.sqlite"}, as_anybody));
  chmod(folder.c_str(), 0755);
  if (status == 127) {
    WARN("the program lies where only root may go: nothing was tested");
    return;
  }
  CHECK(status == 2);
  CHECK_THAT(study.read("err"), ContainsSubstring("cannot write 'closed/run.sqlite'"));
  CHECK(study.read("closed/run.sqlite") == "as it was\n");
}

TEST_CASE("faults: inputs that are cut short or damaged") {
  const Study study;
  const std::string people = study.read("people.jsonl");
  const auto classify = [&](const std::string& data) {
    const Outcome outcome =
        study.run({"classify", "technocrats.yaml", data, "-o", "run.sqlite", "-q"});
    CHECK((outcome.status == 0 || outcome.status == 2));
    CHECK((outcome.status == 0) == study.files().contains("run.sqlite"));
    CHECK_THAT(outcome.err, !ContainsSubstring("internal error"));
    if (outcome.status == 0) std::filesystem::remove(study.path() / "run.sqlite");
    return outcome;
  };
  std::mt19937 random(1966);
  const auto some_place = [&](const std::string& text) {
    return std::uniform_int_distribution<std::size_t>(1, text.size() - 1)(random);
  };
  for (const auto& [name, packed] :
       {std::pair<std::string, std::string>("p.jsonl.gz", testing::gzip(people)),
        {"p.jsonl.zst", testing::zstd(people)}}) {
    CAPTURE(name);
    for (int i = 0; i < 8; ++i) {
      const std::size_t at = some_place(packed);
      CAPTURE(at);
      study.write(name, packed.substr(0, at));
      const Outcome cut = classify(name);
      CHECK(cut.status == 2);
      CHECK_THAT(cut.err, ContainsSubstring(name));

      std::string changed = packed;
      changed[at] = static_cast<char>(~changed[at]);
      study.write(name, changed);
      classify(name);
    }
  }
  for (int i = 0; i < 8; ++i) {
    study.write("cut.jsonl", people.substr(0, some_place(people)));
    classify("cut.jsonl");
  }
  for (const std::string file : {"package/datapackage.json", "package/career.csv"}) {
    const std::string whole = study.read(file);
    for (int i = 0; i < 6; ++i) {
      study.write(file, whole.substr(0, some_place(whole)));
      classify("package");
    }
    study.write(file, whole);
  }
}

TEST_CASE("faults: a run with changed bytes is told, or gives an answer") {
  const Study study;
  study.classify("run.sqlite");
  const std::string whole = study.read("run.sqlite");
  std::mt19937 random(1949);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  int told = 0;
  for (int i = 0; i < 40; ++i) {
    std::string damaged = whole;
    // Some in the header and the pages of the schema, most anywhere.
    for (int n = 0; n < 5; ++n) {
      damaged[below(i % 4 == 0 ? 8192 : damaged.size())] = static_cast<char>(below(256));
    }
    study.write("damaged.sqlite", damaged);
    for (const Words& words :
         {Words{"query", "damaged.sqlite", "SELECT * FROM labels JOIN people ON person = id"},
          Words{"figures", "damaged.sqlite"}, Words{"explain", "damaged.sqlite", "an-min"}}) {
      CAPTURE(i, words.front());
      const Outcome outcome = study.run(words);
      CHECK((outcome.status == 0 || outcome.status == 2));
      CHECK((outcome.status == 0) == outcome.err.empty());
      CHECK_THAT(outcome.err, !ContainsSubstring("internal error"));
      told += outcome.status == 2 ? 1 : 0;
    }
  }
  CHECK(told > 0);
}

TEST_CASE("faults: tables of a run that somebody made views are refused") {
  const Study study;
  study.classify("run.sqlite");
  std::string run = study.read("run.sqlite");
  const std::string table = "CREATE TABLE inputs";
  const std::size_t at = run.find(table);
  REQUIRE(at != std::string::npos);
  run.replace(at, table.size(), "CREATE VIEW  inputs");
  study.write("run.sqlite", run);
  CHECK(study.run({"query", "run.sqlite", "SELECT 1"}).status == 2);
}

TEST_CASE("faults: two that write the same file") {
  const Study study;
  const auto words = [](const std::string& years) {
    return Words{"classify", "technocrats.yaml",  "package", "-o", "run.sqlite", "-q",
                 "--set",    "min_years=" + years};
  };
  std::vector<std::string> either;
  for (const std::string years : {"1", "20"}) {
    REQUIRE(study.run(words(years)).status == 0);
    either.push_back(study.read("run.sqlite"));
  }
  for (int round = 0; round < 10; ++round) {
    const pid_t one = start(study, words("1"));
    const pid_t other = start(study, words("20"));
    CHECK(wait_for(one) == 0);
    CHECK(wait_for(other) == 0);
    const std::string found = study.read("run.sqlite");
    CHECK((found == either[0] || found == either[1]));
  }
  CHECK(files_but_leftovers(study) == study.files());
}

}  // namespace
}  // namespace cadre
