// cadre classify on people who come as they come.
#include <fcntl.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/catch.hpp"
#include "tests/cli/study.hpp"
#include "tests/support/child.hpp"
#include "tests/support/sanitizers.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;
using testing::Study;

/// The study's people again and again, each time under other ids.
std::string many(const Study& study, int times) {
  std::string people = study.read("people.jsonl");
  if (!people.ends_with('\n')) people += '\n';
  std::string text;
  for (int i = 0; i < times; ++i) {
    std::string again = people;
    for (std::size_t at = again.find("\"id\": \""); at != std::string::npos;
         at = again.find("\"id\": \"", at + 1)) {
      again.insert(at + 7, std::to_string(i) + "-");
    }
    text += again;
  }
  return text;
}

TEST_CASE("stream: files give what standard input and output give") {
  const Study study;
  const std::string people = many(study, 500);
  study.write("many.jsonl", people);
  const std::string format = GENERATE(as<std::string>{}, "jsonl", "csv");
  REQUIRE(
      study.run({"classify", "technocrats.yaml", "many.jsonl", "-o", "a." + format, "-q"}).status ==
      0);
  const auto out =
      study.run({"classify", "technocrats.yaml", "-", "-o", "-", "--format", format, "-q"}, people);
  CHECK(out.status == 0);
  CHECK(out.out == study.read("a." + format));
  REQUIRE(
      study.run({"classify", "technocrats.yaml", "-", "-o", "b." + format, "-q"}, people).status ==
      0);
  CHECK(study.read("b." + format) == study.read("a." + format));
}

TEST_CASE("stream: mistakes leave the old output as it was") {
  const Study study;
  study.write("out.jsonl", "as it was\n");
  const auto outcome = study.run({"classify", "technocrats.yaml", "-", "-o", "out.jsonl"},
                                 many(study, 1) + "{\"id\": \"x\", \"nonsense\": 1}\n{]\n");
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, ContainsSubstring("<standard input>:5:"));
  CHECK(study.read("out.jsonl") == "as it was\n");
}

TEST_CASE("since: the people whom an edit changes, and what they were") {
  const Study study;
  REQUIRE(study.run({"classify", "technocrats.yaml", "people.jsonl", "-o", "before.sqlite", "-q"})
              .status == 0);
  study.change("fields.yaml", "机械", "机电");
  const auto outcome = study.run({"classify", "technocrats.yaml", "people.jsonl", "-o",
                                  "changed.jsonl", "--since", "before.sqlite"});
  CHECK(outcome.status == 0);
  testing::check_golden("since.txt", outcome.err);
  testing::check_golden("since.jsonl", study.read("changed.jsonl"));
  // The same from a parameter.
  const auto set = study.run({"classify", "technocrats.yaml", "people.jsonl", "-o", "-", "--since",
                              "technocrats.yaml", "--set", "min_years=20"});
  CHECK(set.status == 0);
  CHECK_THAT(set.err, ContainsSubstring("of 3 people labelled otherwise than by technocrats.yaml"));
  CHECK_THAT(set.out, ContainsSubstring("\"before\":{\"worked\":{\"value\":true}"));
}

TEST_CASE("since: of a dataset, too") {
  const Study study;
  study.classify("zh.sqlite", {"--language", "zh"});
  study.change("fields.yaml", "机械", "机电");
  const auto outcome = study.run({"classify", "technocrats.yaml", "package", "-o", "changed.jsonl",
                                  "--since", "zh.sqlite", "--language", "zh", "--threads", "3"});
  CHECK(outcome.status == 0);
  testing::check_golden("since-dataset.txt", outcome.err);
  testing::check_golden("since-dataset.jsonl", study.read("changed.jsonl"));
}

TEST_CASE("since: a run is what it would be otherwise") {
  const Study study;
  REQUIRE(study.run({"classify", "technocrats.yaml", "people.jsonl", "-o", "first.sqlite", "-q"})
              .status == 0);
  study.change("fields.yaml", "机械", "机电");
  const std::string data = GENERATE(as<std::string>{}, "people.jsonl", "package");
  REQUIRE(study.run({"classify", "technocrats.yaml", data, "-o", "second.sqlite", "-q"}).status ==
          0);
  REQUIRE(study
              .run({"classify", "technocrats.yaml", data, "-o", "since.sqlite", "-q", "--since",
                    "first.sqlite"})
              .status == 0);
  CHECK((study.read("since.sqlite") == study.read("second.sqlite")));
}

TEST_CASE("since and resume: what cannot be is refused") {
  const Study study;
  const auto [arguments, message] = GENERATE(table<std::vector<std::string>, std::string>({
      {{"people.jsonl", "-o", "x.csv", "--since", "strict.yaml"}, "--since writes JSON Lines"},
      {{"package", "-o", "x.csv", "--since", "strict.yaml"}, "--since writes JSON Lines"},
      {{"people.jsonl", "-o", "x.jsonl", "--since", "nothing.yaml"}, "nothing.yaml"},
      {{"people.jsonl", "-o", "x.jsonl", "--language", "zh", "--resume"}, "all languages"},
      {{"package", "-o", "x.jsonl", "--resume"}, "--resume is for people"},
      {{"people.jsonl", "-o", "-", "--resume"}, "give -o FILE"},
      {{"people.jsonl", "-o", "x.jsonl", "--resume", "--since", "strict.yaml"},
       "do not go together"},
  }));
  std::vector<std::string> command = {"classify", "technocrats.yaml"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const auto outcome = study.run(command);
  CAPTURE(outcome.err);
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, ContainsSubstring(message));
  CHECK_FALSE(std::filesystem::exists(study.path() / "x.jsonl"));
}

TEST_CASE("since: a run of one language is no measure for all of them") {
  const Study study;
  study.classify("zh.sqlite", {"--language", "zh"});
  const auto outcome = study.run(
      {"classify", "technocrats.yaml", "people.jsonl", "-o", "-", "--since", "zh.sqlite"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, ContainsSubstring("was made of columns in zh only"));
}

TEST_CASE("resume: what was kept is gone on with, and the output is the same") {
  const Study study;
  study.write("many.jsonl", many(study, 1500));
  const std::vector<std::string> command = {"classify", "technocrats.yaml", "many.jsonl", "-q"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), command.begin(), command.end());
    return more;
  };
  REQUIRE(study.run(with({"-o", "whole.jsonl"})).status == 0);
  const std::string whole = study.read("whole.jsonl");

  // A mistake ends the batch as a signal would, and what was before it is kept.
  const std::string people = study.read("many.jsonl");
  const std::size_t middle = people.find('\n', people.size() / 2) + 1;
  study.write("many.jsonl", people.substr(0, middle) + "{]\n" + people.substr(middle));
  CHECK(study.run(with({"-o", "out.jsonl", "--resume"})).status == 2);
  CHECK_FALSE(study.files().contains("out.jsonl"));
  const std::string kept = study.read("out.jsonl.partial");
  REQUIRE(!kept.empty());
  CHECK(whole.starts_with(kept));

  const auto other = study.run(with({"-o", "out.jsonl", "--resume", "--set", "min_years=5"}));
  CHECK(other.status == 2);
  CHECK_THAT(other.err, ContainsSubstring("was made from other rules"));

  study.write("many.jsonl", people);
  const auto resumed = study.run(with({"-o", "out.jsonl", "--resume"}));
  CHECK(resumed.status == 0);
  CHECK_THAT(resumed.err, ContainsSubstring("people were done before"));
  CHECK(study.read("out.jsonl") == whole);
  CHECK_FALSE(study.files().contains("out.jsonl.partial"));
  CHECK_FALSE(study.files().contains("out.jsonl.journal"));
}

TEST_CASE("resume: killed at any moment, again and again, the output is the same in the end") {
  const Study study;
  study.write("many.jsonl", many(study, 3000));
  REQUIRE(
      study.run({"classify", "technocrats.yaml", "many.jsonl", "-o", "whole.jsonl", "-q"}).status ==
      0);
  const std::string whole = study.read("whole.jsonl");
  const auto quietly = [] {
    for (const int stream : {1, 2}) testing::redirect("/dev/null", O_WRONLY, stream);
  };
  std::mt19937 random(1976);
  int killed = 0;
  for (int i = 0; i < (testing::kSanitized ? 1 : 5); ++i) {
    CAPTURE(i);
    std::filesystem::remove(study.path() / "out.jsonl");
    for (int status = -1; status != 0;) {
      const pid_t child = testing::start_cadre(
          {"classify", "technocrats.yaml", "many.jsonl", "-o", "out.jsonl", "-q", "--resume"},
          study.path(), quietly);
      REQUIRE(child > 0);
      // Each attempt is given more time, so that the last one comes to the end.
      const int most = 20'000 * (++killed);
      std::this_thread::sleep_for(
          std::chrono::microseconds(std::uniform_int_distribution<int>(0, most)(random)));
      kill(child, SIGKILL);
      status = testing::wait_for(child);
      REQUIRE((status == 0 || status == 128 + SIGKILL));
      if (study.files().contains("out.jsonl")) CHECK(study.read("out.jsonl") == whole);
    }
    CHECK(study.read("out.jsonl") == whole);
    CHECK_FALSE(study.files().contains("out.jsonl.partial"));
  }
  CHECK(killed > (testing::kSanitized ? 1 : 5));
}

}  // namespace
}  // namespace cadre
