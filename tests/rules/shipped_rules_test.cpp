// The rule files that come with cadre load without a word, and do what their own tests say.
#include <filesystem>
#include <string>

#include "cadre/classify/rule_tests.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/render.hpp"
#include "tests/catch.hpp"
#include "tests/support/paths.hpp"

namespace cadre::test {
namespace {

TEST_CASE("shipped rules: no errors, no warnings, and their own tests pass") {
  const std::filesystem::path folder = testing::source_dir() / "rules";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    // A sweep is no rule file but names rule files.
    if (entry.path().parent_path().filename() == "sweeps") continue;
    ++files;
    const Loaded loaded = load_rules(entry.path());
    CHECK(render_text(loaded.diagnostics) == "");
    REQUIRE(loaded.rules.has_value());
    const RuleTestReport report = run_rule_tests(*loaded.rules);
    CHECK(render_text(report.diagnostics) == "");
  }
  CHECK(files > 0);
}

}  // namespace
}  // namespace cadre::test
