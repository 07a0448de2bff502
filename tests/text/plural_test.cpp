#include "cadre/text/plural.hpp"

#include <string>
#include <vector>

#include "cadre/text/fold.hpp"
#include "cadre/text/term.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

using Words = std::vector<std::string>;

Words plurals(const std::string& term) {
  return fold_term(term, {}, Plurals::kEnglish).also;
}

TEST_CASE("the regular plural of an English term changes its last word") {
  CHECK(plurals("attorney") == Words{"attorneys"});
  CHECK(plurals("Secretary") == Words{"secretaries"});
  CHECK(plurals("soliloquy") == Words{"soliloquies"});
  CHECK(plurals("boss") == Words{"bosses"});
  CHECK(plurals("tax") == Words{"taxes"});
  CHECK(plurals("waltz") == Words{"waltzes"});
  CHECK(plurals("brush") == Words{"brushes"});
  CHECK(plurals("monarch") == Words{"monarches", "monarchs"});
  CHECK(plurals("hero") == Words{"heroes", "heros"});
  CHECK(plurals("radio") == Words{"radios"});
  CHECK(plurals("engineer") == Words{"engineers"});
  CHECK(plurals("law firm") == Words{"law firms"});
  CHECK(plurals("by-law") == Words{"by laws"});
  CHECK(plurals("attorney general") == Words{"attorney generals"});
}

TEST_CASE("man becomes men, but not at the end of a word that is no compound of it") {
  CHECK(plurals("chairman") == Words{"chairmen"});
  CHECK(plurals("business woman") == Words{"business women"});
  CHECK(plurals("man") == Words{"men"});
  CHECK(plurals("German") == Words{"germans"});
  CHECK(plurals("shaman") == Words{"shamans"});
  CHECK(plurals("superhuman") == Words{"superhumans"});
}

TEST_CASE("irregular and foreign plurals are not made") {
  CHECK(plurals("alumnus") == Words{"alumnuses"});
  CHECK(plurals("wife") == Words{"wifes"});
  CHECK(plurals("child") == Words{"childs"});
}

TEST_CASE(
    "abbreviations, single letters, prefixes and what ends in no Latin letter have no plural") {
  for (const char* term : {"IT", "MP", "vice MP", "section C", "x", "engineer*", "B-52", "C++",
                           "工程师", "инженер", "ρήτορ", "(editor)"}) {
    CAPTURE(term);
    CHECK(plurals(term).empty());
  }
  CHECK(plurals("PhD") == Words{"phds"});
  CHECK(plurals("café") == Words{"cafes"});
  CHECK(fold_term("café", {Blanks::kDropped, Accents::kKept}, Plurals::kEnglish).also ==
        Words{"cafés"});
}

TEST_CASE("a term has no plural unless it is asked for") {
  CHECK(fold_term("attorney").also.empty());
}

}  // namespace
}  // namespace cadre
