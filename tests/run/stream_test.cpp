#include "cadre/run/stream.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>

#include "cadre/classify/classifier.hpp"
#include "cadre/data/jsonl.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/run/writer.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

constexpr const char* kRockets = R"(ruleset: r
cadre: 1
labels:
  rockets:
    any: [{career: {org: {matches: 航天}}}]
)";

Rules rules(const std::string& text = kRockets) {
  LoadOptions options;
  options.read = [&](const std::filesystem::path&) { return text; };
  Loaded loaded = load_rules("r.yaml", options);
  REQUIRE(loaded.rules);
  return *std::move(loaded.rules);
}

std::string person(int number) {
  const std::string id = "p" + std::to_string(number);
  const std::string org = number % 3 == 0 ? "航天部" : number % 3 == 1 ? "煤炭部" : "";
  return R"({"id":")" + id + R"(","career":[{"org_zh":")" + org + "\"}]}\n";
}

std::string people(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += person(i);
  return text;
}

/// Streams `text`, which is read by pieces of `piece` bytes.
StreamReport stream(const std::string& text, std::size_t piece, std::string& out,
                    const StreamOptions& options, const std::string& rule_text = kRockets) {
  const Rules the_rules = rules(rule_text);
  std::size_t at = 0;
  return classify_stream(
      the_rules, "people.jsonl",
      [&](std::span<char> bytes) {
        const std::size_t got = std::min({piece, bytes.size(), text.size() - at});
        std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), got, bytes.begin());
        at += got;
        return got;
      },
      [&](std::string_view lines) {
        CHECK((lines.empty() || lines.ends_with('\n')));
        out += lines;
      },
      options);
}

/// The same, all at once.
std::string at_once(const std::string& text, const std::string& rule_text = kRockets) {
  const Rules the_rules = rules(rule_text);
  Diagnostics diagnostics;
  Problems problems(diagnostics, 10);
  const auto dataset = read_json_lines(text, "people.jsonl", {}, problems);
  REQUIRE(dataset);
  const auto results = Classifier(the_rules, dataset->schema).classify(dataset->people);
  std::ostringstream out;
  write_run_jsonl({the_rules, *dataset, results, {}}, out);
  return out.str();
}

TEST_CASE("a stream gives what a whole file gives, however it is cut and by however many threads") {
  const std::string text = people(100);
  const std::string expected = at_once(text);
  for (const std::size_t portion : {1U, 50U, 64U, 1000U, 100'000U}) {
    for (const std::size_t piece : {1U, 7U, 100'000U}) {
      for (const unsigned threads : {1U, 2U, 5U}) {
        CAPTURE(portion, piece, threads);
        StreamOptions options;
        options.portion_bytes = portion;
        options.threads = threads;
        std::string out;
        const StreamReport report = stream(text, piece, out, options);
        CHECK(out == expected);
        CHECK(report.diagnostics.empty());
        CHECK(report.people == 100);
        REQUIRE(report.labels.size() == 1);
        CHECK(report.labels[0][static_cast<std::size_t>(Truth::kTrue)] == 34);
        CHECK(report.labels[0][static_cast<std::size_t>(Truth::kFalse)] == 33);
        CHECK(report.labels[0][static_cast<std::size_t>(Truth::kUnknown)] == 33);
      }
    }
  }
}

TEST_CASE("in a stream rows that still run end on the last day of their own person") {
  const std::string years = R"(ruleset: r
cadre: 1
labels:
  long:
    career: {org: {matches: 航天}}
    total_years: {at_least: 5}
)";
  std::string text;
  for (const char* day : {"\"2010-06\"", "\"2022-06\"", "null"}) {
    text += "{\"id\": \"p" + std::to_string(text.size()) + "\", \"as_of\": " + day +
            R"(, "career": [{"org_zh": "航天部", "start": "2008-06", "end": ".."}]})" + "\n";
  }
  for (const std::size_t portion : {1U, 100'000U}) {
    StreamOptions options;
    options.portion_bytes = portion;
    std::string out;
    const StreamReport report = stream(text, 100'000, out, options, years);
    CHECK(report.diagnostics.empty());
    CHECK(out == at_once(text, years));
    CHECK(report.labels[0] == std::array<std::size_t, 3>{1, 1, 1});
  }
}

TEST_CASE("a stream reads people who were imported") {
  const std::string text =
      R"({"id": "a", "source_file": "a.txt", "career": [{"org_zh": "航天部", "source_line": 2}]})"
      "\n";
  std::string out;
  const StreamReport report = stream(text, 100'000, out, {});
  CHECK(report.diagnostics.empty());
  CHECK(report.labels[0][static_cast<std::size_t>(Truth::kTrue)] == 1);
}

TEST_CASE("a stream tells what is hardly true once, whatever its portions") {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    text += "{\"id\": \"p" + std::to_string(i) +
            R"(", "birth": 1950, "career": [{"start": 1940, "org_zh": "航天部"}]})" + "\n";
  }
  StreamOptions options;
  options.portion_bytes = 1;
  std::string out;
  const StreamReport report = stream(text, 100'000, out, options);
  REQUIRE(report.diagnostics.size() == 1);
  CHECK(report.diagnostics[0].code == "before-birth");
  CHECK(report.diagnostics[0].message ==
        "40 rows begin before the person was born; the first: it begins 1940, 'p0' was born 1950");
  CHECK(report.diagnostics[0].place.line == 1);
}

TEST_CASE("a stream may end without a line feed and have blank lines and a byte order mark") {
  std::string text = people(20);
  const std::string expected = at_once(text);
  text.pop_back();
  text.insert(text.find('\n') + 1, "\n  \n");
  StreamOptions options;
  options.portion_bytes = 1;
  std::string out;
  CHECK(stream("\xEF\xBB\xBF" + text, 3, out, options).people == 20);
  CHECK(out == expected);
}

TEST_CASE("a stream stops before the portion that has a mistake, and tells its line") {
  std::string text = people(50) + "{\"id\": 7, \"nonsense\": 1}\n" + people(50);
  StreamOptions options;
  options.portion_bytes = 200;
  options.threads = 3;
  std::string out;
  const StreamReport report = stream(text, 100'000, out, options);
  REQUIRE(report.diagnostics.size() == 1);
  CHECK(report.diagnostics[0].code == "unknown-key");
  CHECK(report.diagnostics[0].place.line == 51);
  CHECK(at_once(people(50)).starts_with(out));
  CHECK(report.people < 50);
  CHECK(static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n')) == report.people);
}

TEST_CASE("an empty stream is told of") {
  std::string out;
  const StreamReport report = stream("", 1, out, {});
  CHECK(has_errors(report.diagnostics));
  CHECK(out.empty());
}

TEST_CASE("what reading and writing throw ends a stream") {
  const Rules the_rules = rules();
  StreamOptions options;
  options.portion_bytes = 1;
  options.threads = 2;
  const std::string line = person(0);
  const auto endless = [&](std::span<char> bytes) {
    std::copy(line.begin(), line.end(), bytes.begin());
    return line.size();
  };
  int written = 0;
  const auto full = [&](std::string_view) {
    if (++written == 10) throw std::runtime_error("full");
  };
  CHECK_THROWS_WITH(classify_stream(the_rules, "p", endless, full, options), "full");
  CHECK(written == 10);

  int read = 0;
  const auto broken = [&](std::span<char> bytes) {
    if (++read == 10) throw std::runtime_error("broken");
    return endless(bytes);
  };
  CHECK_THROWS_WITH(
      classify_stream(the_rules, "p", broken, [](std::string_view) {}, options), "broken");
}

}  // namespace
}  // namespace cadre
