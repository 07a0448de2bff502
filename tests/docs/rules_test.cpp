// Every example of docs/rules.md is loaded, and the tests in it are run.
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/classify/rule_tests.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/render.hpp"
#include "tests/catch.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

struct Example {
  std::string file;  // the name it loads under
  std::string text;
  bool has_tests = false;
};

/// The fenced yaml blocks of a page. Those that begin with `# file:` are files; the others are
/// parts of a rule set and get the head that the page promises.
std::vector<Example> examples_in(const std::string& page) {
  const std::string kHead =
      "ruleset: example\ncadre: 1\n"
      "include: [fields.yaml, industries.yaml, roles.yaml, eras.yaml]\n";
  const std::string kFence = "```yaml\n";
  const std::string kFile = "# file: ";
  std::vector<Example> examples;
  for (std::size_t at = page.find(kFence); at != std::string::npos; at = page.find(kFence, at)) {
    at += kFence.size();
    const std::size_t end = page.find("```", at);
    Example example;
    example.text = page.substr(at, end - at);
    example.has_tests = example.text.find("\ntests:") != std::string::npos;
    if (example.text.starts_with(kFile)) {
      example.file = example.text.substr(kFile.size(), example.text.find('\n') - kFile.size());
    } else {
      example.file = fmt::format("example-{}.yaml", examples.size());
      example.text = kHead + example.text;
    }
    examples.push_back(std::move(example));
    at = end;
  }
  return examples;
}

TEST_CASE("every example of the rule language reference is true") {
  const std::vector<Example> examples =
      examples_in(read_file(testing::source_dir() / "docs/rules.md"));
  REQUIRE(examples.size() >= 15);

  std::map<std::string, std::string> files;
  for (const Example& example : examples) files[example.file] = example.text;
  LoadOptions options;
  options.read = [&](const std::filesystem::path& path) {
    const auto found = files.find(path.filename().string());
    if (found == files.end()) {
      throw Error(Error::Kind::kMissing, path.string(), "no such file: " + path.string());
    }
    return found->second;
  };

  for (const Example& example : examples) {
    DYNAMIC_SECTION(example.file) {
      const Loaded loaded = load_rules(example.file, options);
      INFO(example.text);
      INFO(render_text(loaded.diagnostics, false));
      CHECK_FALSE(has_errors(loaded.diagnostics));
      REQUIRE(loaded.rules.has_value());
      const RuleTestReport report = run_rule_tests(*loaded.rules);
      INFO(render_text(report.diagnostics, false));
      CHECK(report.failed == 0);
      if (example.has_tests) CHECK(report.run > 0);
    }
  }
}

}  // namespace
}  // namespace cadre
