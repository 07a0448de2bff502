// Memory grows with the input and not with its square: files of a few hundred kilobytes that took
// gigabytes, within little memory.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/sanitizers.hpp"

namespace cadre {
namespace {

using Catch::Matchers::Contains;
using testing::Outcome;
using testing::TemporaryFolder;

/// Runs cadre with so much memory; sanitizers need more of their own.
Outcome run_within(const std::string& memory, std::vector<std::string> arguments,
                   const TemporaryFolder& folder) {
  if (!testing::kSanitized) arguments.insert(arguments.end(), {"--limit", "memory=" + memory});
  return testing::run_cadre(arguments, folder.path());
}

TEST_CASE("tests that fail are listed up to a number, and keep no copies of their line") {
  const TemporaryFolder folder;
  std::string text = "lexicon: l\ncategories:\n  a: {terms: {en: [alpha]}}\ntests: [";
  for (int i = 0; i < 8000; ++i) text += "{text: beta, expect: [a]},";
  folder.write("x.yaml", text + "]\n");
  const Outcome outcome = run_within("192MiB", {"check", "x.yaml", "--junit", "x.xml"}, folder);
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.err, Contains("'beta' gives nothing, expected a"));
  CHECK_THAT(outcome.err, Contains("7000 more tests failed and are not listed"));
  CHECK(outcome.err.size() < 1'000'000);
}

TEST_CASE("rows of a long entry quote the part of it that tells of them") {
  const TemporaryFolder folder;
  std::string text = "1970年参加工作，历任";
  for (int i = 0; i < 8000; ++i) text += fmt::format("第{}厂厂长、", i);
  folder.write("x.txt", text);
  const Outcome outcome = run_within("256MiB", {"import", "x.txt", "-o", "-"}, folder);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.size() < 12'000'000);
  CHECK(outcome.out.find("第7777厂厂长") != std::string::npos);
}

TEST_CASE("a text gives so many rows, and the rest is set aside") {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 10'010; ++i) {
    text += fmt::format("19{:02}.01-19{:02}.01 某厂厂长\n", i % 90, i % 90 + 5);
  }
  folder.write("x.txt", text);
  const Outcome outcome = run_within("512MiB", {"import", "x.txt", "-o", "x.jsonl"}, folder);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, Contains("unparsed: 10 too-many-rows"));
}

TEST_CASE("a diff of many labels that changed needs no copy of all rules for each") {
  const TemporaryFolder folder;
  folder.write("l.yaml", "lexicon: l\ncategories:\n  a: {terms: {en: [alpha]}}\n");
  folder.write("p.jsonl",
               "{\"id\": \"p\", \"career\": [{\"org_en\": \"alpha\", \"start\": \"1980\", "
               "\"end\": \"1981\"}]}\n");
  for (const int years : {1, 2}) {
    std::string text = "ruleset: r\ncadre: 1\ninclude: [l.yaml]\nlabels:\n";
    for (int i = 0; i < 500; ++i) {
      text += fmt::format(
          "  l{}: {{title: X, career: {{org: {{in: l}}}}, total_years: "
          "{{at_least: {}}}}}\n",
          i, years);
    }
    folder.write(fmt::format("r{}.yaml", years), text);
  }
  const Outcome outcome =
      run_within("384MiB", {"diff", "r1.yaml", "r2.yaml", "p.jsonl", "--threads", "2"}, folder);
  CAPTURE(outcome.err);
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out, Contains("l499"));
}

}  // namespace
}  // namespace cadre
