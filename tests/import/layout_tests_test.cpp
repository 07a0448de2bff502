// The tests that layouts carry.
#include "cadre/import/layout_tests.hpp"

#include <string>

#include "tests/catch.hpp"
#include "tests/import/layouts.hpp"

namespace cadre {
namespace {

using Catch::Matchers::ContainsSubstring;

TEST_CASE("layout tests: those of the layouts that come with cadre pass") {
  for (const auto& [name, ignored] : shipped_layouts()) {
    const Loaded loaded = testing::load_shipped(name);
    REQUIRE(loaded.rules);
    const RuleTestReport report = run_layout_tests(*loaded.rules);
    INFO(render_text(report.diagnostics));
    CHECK(report.run > 5);
    CHECK(report.failed == 0);
  }
}

Loaded load(const std::string& tests) {
  LoadOptions options;
  options.read = [&](const std::filesystem::path&) {
    return "layout: plain\n"
           "language: en\n"
           "lines: '^\\d'\n"
           "periods: [{name: range, is: range, regex: '(?P<from>\\d{4})-(?P<to>\\d{4}) '}]\n"
           "jobs: [{name: job, regex: '^(?P<role>\\w+) at (?P<org>.+)$'}]\n"
           "tests:\n" +
           tests;
  };
  return load_rules("plain.yaml", options);
}

TEST_CASE("layout tests: what came out instead is told, and where it was asked for") {
  const Loaded loaded = load(
      "  - text: 1980-1984 engineer at Northern Works\n"
      "    expect: {career: [{start: '1980', role_en: engineer}], education: [], unparsed: []}\n"
      "  - name: a wrong one\n"
      "    text: |\n"
      "      1980-1984 engineer at Northern Works\n"
      "      1984-1980 director at Southern Works\n"
      "    expect: {career: [{org_en: Southern Works}], unparsed: [no-date]}\n");
  INFO(render_text(loaded.diagnostics));
  REQUIRE(loaded.rules);
  const RuleTestReport report = run_layout_tests(*loaded.rules);
  CHECK(report.run == 5);
  CHECK(report.failed == 2);
  REQUIRE(report.diagnostics.size() == 2);
  CHECK(report.diagnostics[0].message ==
        "a wrong one: career is {org_en: Northern Works}, expected {org_en: Southern Works}");
  CHECK(report.diagnostics[0].place.line == 9);
  CHECK(report.diagnostics[1].message ==
        "a wrong one: unparsed is end-before-start, expected no-date");
}

TEST_CASE("layout tests: mistakes in them are told like any other") {
  const Loaded loaded = load("  - {text: 1980, expects: {}}\n  - {expect: {jobs: []}}\n");
  const std::string text = render_text(loaded.diagnostics);
  CHECK_THAT(text, ContainsSubstring("expects"));
  CHECK_THAT(text, ContainsSubstring("did you mean 'expect'?"));
  CHECK_THAT(text, ContainsSubstring("'jobs'"));
}

}  // namespace
}  // namespace cadre
