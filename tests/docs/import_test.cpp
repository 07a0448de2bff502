// The layout of docs/import.md loads and reads the line that the page gives.
#include <filesystem>
#include <string>

#include "cadre/base/files.hpp"
#include "cadre/import/biography_reader.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/render.hpp"
#include "tests/catch.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

TEST_CASE("the layout of the import page reads its line") {
  const std::string page = read_file(testing::source_dir() / "docs/import.md");
  const std::string fence = "```yaml\n";
  const std::size_t begin = page.find(fence) + fence.size();
  const std::string yaml = page.substr(begin, page.find("```", begin) - begin);
  LoadOptions options;
  options.read = [&](const std::filesystem::path&) { return yaml; };
  const Loaded loaded = load_rules("layout.yaml", options);
  INFO(render_text(loaded.diagnostics));
  REQUIRE(loaded.rules);
  CHECK(loaded.diagnostics.empty());

  const std::string promise = "reads lines such as\n`";
  const std::size_t at = page.find(promise) + promise.size();
  const std::string line = page.substr(at, page.find('`', at) - at);
  const Biography one = BiographyReader(loaded.rules->layouts).read("x", line);
  REQUIRE(one.career.size() == 1);
  CHECK(one.career[0].start->text() == "1984-09");
  CHECK(one.career[0].end->text() == "1988-06");
  CHECK(one.career[0].cells.at("role_en") == "engineer");
  CHECK(one.career[0].cells.at("org_en") == "Northern Works");
}

}  // namespace
}  // namespace cadre
