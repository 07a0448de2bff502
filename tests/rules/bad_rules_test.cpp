// Everything that can be wrong in a rule file, and exactly what is said about it: the cases of
// tests/rules/bad. With CADRE_UPDATE_EXPECTED=1 what is said now is written as what is expected.
#include <cstdlib>
#include <fstream>
#include <string>

#include "cadre/base/files.hpp"
#include "cadre/rules/render.hpp"
#include "tests/catch.hpp"
#include "tests/rules/bad_rules.hpp"

namespace cadre::test {

TEST_CASE("bad rules are told as the files of tests/rules/bad say") {
  const bool update = std::getenv("CADRE_UPDATE_EXPECTED") != nullptr;
  for (const BadRules& one : all_bad_rules()) {
    INFO(one.name);
    const Loaded loaded = load(one.files, "rules.yaml", one.options);
    const std::string told = render_text(loaded.diagnostics);
    if (update) std::ofstream(one.expected, std::ios::binary) << told;
    CHECK(told == read_file(one.expected));
    CHECK(loaded.rules.has_value() == !has_errors(loaded.diagnostics));
  }
}

TEST_CASE("there are bad rules of every kind") {
  CHECK(all_bad_rules().size() >= 188);
}

}  // namespace cadre::test
