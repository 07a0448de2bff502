#include "cadre/base/diagnostic.hpp"

#include <string>
#include <vector>

#include "tests/catch.hpp"

namespace cadre {
namespace {

Diagnostic diagnostic(std::string code, std::string path, std::uint32_t line,
                      std::uint32_t column) {
  Diagnostic d;
  d.code = std::move(code);
  d.place = {std::move(path), line, column, column + 1, ""};
  return d;
}

TEST_CASE("warnings alone are no errors") {
  Diagnostics diagnostics;
  CHECK_FALSE(has_errors(diagnostics));
  diagnostics.emplace_back().severity = Severity::kWarning;
  CHECK_FALSE(has_errors(diagnostics));
  diagnostics.emplace_back().severity = Severity::kError;
  CHECK(has_errors(diagnostics));
}

TEST_CASE("diagnostics are sorted by file as met, line and column") {
  Diagnostics diagnostics = {
      diagnostic("1", "z.yaml", 9, 1), diagnostic("2", "a.yaml", 2, 5),
      diagnostic("3", "z.yaml", 2, 7), diagnostic("4", "a.yaml", 2, 3),
      diagnostic("5", "z.yaml", 2, 7), diagnostic("6", "z.yaml", 0, 0),
  };
  sort_by_place(diagnostics);
  std::string order;
  for (const Diagnostic& d : diagnostics) order += d.code;
  CHECK(order == "635142");
}

TEST_CASE("the nearest name is the one a slip away") {
  struct Row {
    const char* name;
    std::vector<std::string> candidates;
    const char* nearest;
  };
  const Row rows[] = {
      {"stem_feilds", {"roles", "stem_fields", "industries"}, "stem_fields"},
      {"feild", {"field"}, "field"},               // a transposition is one slip
      {"fild", {"field"}, "field"},                // so is a letter left out
      {"fieeld", {"field"}, "field"},              // or put in
      {"fjeld", {"field"}, "field"},               // or struck wrongly
      {"abcdef", {"abcdXY"}, "abcdXY"},            // two of six letters
      {"abcde", {"abcXY"}, ""},                    // two of five
      {"abcdefghi", {"abcdefXYZ"}, "abcdefXYZ"},   // three of nine
      {"abcdefghi", {"abcdeWXYZ"}, ""},            // four of nine
      {"ab", {"ac"}, "ac"},                        // one slip is always allowed
      {"ab", {"cd"}, ""},                          //
      {"x", {"y"}, ""},                            // but not all of the letters
      {"x", {"xy"}, "xy"},                         //
      {"", {"a", ""}, ""},                         //
      {"field", {"fields", "fielx"}, "fields"},    // of equals the first
      {"fields", {"fxelds", "fields"}, "fields"},  //
      {"航天工业", {"航空工业"}, "航空工业"},      // letters, not bytes
      {"航天工业", {"航空兵工"}, ""},              //
      {"ca", {"abc"}, ""},                         // no letter is edited twice
      {"anything", {}, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name, row.candidates);
    CHECK(nearest_name(row.name, row.candidates) == row.nearest);
  }
}

TEST_CASE("very long names and bytes that are not UTF-8 are answered") {
  const std::string longest(200, 'a');
  CHECK(nearest_name(longest, {longest + "b"}) == longest + "b");
  const std::string too_long(201, 'a');
  CHECK(nearest_name(too_long, {too_long + "b"}).empty());
  CHECK(nearest_name("fi\xFFld", {"field"}) == "field");
}

TEST_CASE("did you mean") {
  CHECK(did_you_mean("feild", {"field"}) == "; did you mean 'field'?");
  CHECK(did_you_mean("feild", {"role"}).empty());
}

}  // namespace
}  // namespace cadre
