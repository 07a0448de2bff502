// Diagnostics as text, JSON and SARIF. The text form of real mistakes is in bad_rules_test.cpp.
#include "cadre/rules/render.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "cadre/text/visible.hpp"
#include "tests/catch.hpp"

namespace cadre::test {
namespace {

using Json = nlohmann::json;

Diagnostic diagnostic(const std::string& line, std::uint32_t column, std::uint32_t end) {
  Diagnostic out;
  out.code = "some-code";
  out.message = "something is wrong";
  out.place.path = "a.yaml";
  out.place.line = 7;
  out.place.column = column;
  out.place.end_column = end;
  out.place.excerpt = line;
  return out;
}

/// The quoted line and the carets.
std::string excerpt(const Diagnostic& one) {
  const std::string text = render_text({one});
  return text.substr(text.find('\n') + 1);
}

TEST_CASE("render: carets stand under wide characters") {
  CHECK(excerpt(diagnostic("zh: [航天, 工程]", 10, 12)) ==
        "    7 | zh: [航天, 工程]\n"
        "      |            ^^^^\n");
  CHECK(excerpt(diagnostic("a\tb", 3, 4)) == "    7 | a b\n      |   ^\n");
}

TEST_CASE("render: a place past the end of the line has one caret") {
  CHECK(excerpt(diagnostic("ab", 3, 3)) == "    7 | ab\n      |   ^\n");
}

TEST_CASE("render: long lines are cut around the place") {
  const std::string line = std::string(150, 'a') + "HERE" + std::string(150, 'b');
  const std::string text = excerpt(diagnostic(line, 151, 155));
  CHECK(text == "    7 | ..." + std::string(33, 'a') + "HERE" + std::string(63, 'b') +
                    "...\n      | " + std::string(36, ' ') + "^^^^\n");
}

TEST_CASE("render: what a terminal would obey is not printed") {
  CHECK(excerpt(diagnostic("a\x1b[31mb", 3, 4)) == "    7 | a\\u001b[31mb\n      |        ^\n");
  Diagnostic one = diagnostic("a\u202eb", 1, 2);
  one.message = "no '\x1b[2J'";
  one.hint = "\u009b";
  one.place.path = "\a.yaml";
  one.notes.push_back({one.place, "\r"});
  const std::string text = render_text({one});
  CHECK(text == visible(text));
  CHECK_THAT(text, Catch::Matchers::ContainsSubstring("no '\\u001b[2J'"));
}

TEST_CASE("render: colour adds escapes and nothing else") {
  Diagnostic one = diagnostic("ab", 1, 2);
  one.hint = "do this";
  one.notes.push_back({one.place, "a note"});
  std::string coloured = render_text({one}, true);
  CHECK(coloured.find("\x1b[1;31merror[some-code]:\x1b[0m") != std::string::npos);
  for (std::size_t at = coloured.find('\x1b'); at != std::string::npos;
       at = coloured.find('\x1b')) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  CHECK(coloured == render_text({one}, false));
}

TEST_CASE("render: nothing to say is nothing") {
  CHECK(render_text({}).empty());
  CHECK(render_json({}) == "[]\n");
}

TEST_CASE("render: a place without a line is the file") {
  Diagnostic one = diagnostic("", 0, 0);
  one.place.line = 0;
  CHECK(render_text({one}) == "a.yaml: error[some-code]: something is wrong\n");
}

TEST_CASE("render: JSON has all there is") {
  Diagnostic one = diagnostic("工程 \"x\"", 1, 3);
  one.severity = Severity::kWarning;
  one.hint = "do this";
  one.notes.push_back({one.place, "a note"});
  const Json json = Json::parse(render_json({one}));
  REQUIRE(json.size() == 1);
  CHECK(json[0]["severity"] == "warning");
  CHECK(json[0]["code"] == "some-code");
  CHECK(json[0]["path"] == "a.yaml");
  CHECK(json[0]["line"] == 7);
  CHECK(json[0]["column"] == 1);
  CHECK(json[0]["end_column"] == 3);
  CHECK(json[0]["excerpt"] == "工程 \"x\"");
  CHECK(json[0]["hint"] == "do this");
  CHECK(json[0]["notes"][0]["message"] == "a note");
}

TEST_CASE("render: SARIF names each rule once") {
  Diagnostic one = diagnostic("ab", 1, 2);
  one.hint = "do this";
  one.notes.push_back({one.place, "a note"});
  Diagnostic other = one;
  other.code = "other-code";
  other.severity = Severity::kWarning;
  const Json log = Json::parse(render_sarif({one, other, one}));
  CHECK(log["version"] == "2.1.0");
  const Json& run = log["runs"][0];
  CHECK(run["tool"]["driver"]["rules"].size() == 2);
  REQUIRE(run["results"].size() == 3);
  CHECK(run["results"][1]["ruleId"] == "other-code");
  CHECK(run["results"][1]["ruleIndex"] == 1);
  CHECK(run["results"][1]["level"] == "warning");
  CHECK(run["results"][2]["ruleIndex"] == 0);
  const Json& result = run["results"][0];
  CHECK(result["message"]["text"] == "something is wrong\ndo this");
  const Json& region = result["locations"][0]["physicalLocation"]["region"];
  CHECK(region["startLine"] == 7);
  CHECK(region["endColumn"] == 2);
  CHECK(result["relatedLocations"][0]["message"]["text"] == "a note");
}

}  // namespace
}  // namespace cadre::test
