// The starter lexicons in English, held against each other: a case that one leaves out is found by
// the one that it belongs to.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "cadre/match/matcher.hpp"
#include "cadre/rules/load.hpp"
#include "tests/catch.hpp"
#include "tests/support/paths.hpp"

namespace cadre::test {
namespace {

using Paths = std::set<std::string>;

std::vector<Lexicon> english_lexicons() {
  std::vector<Lexicon> lexicons;
  const auto folder = testing::source_dir() / "rules/lexicons/en";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const Loaded loaded = load_rules(entry.path());
    REQUIRE(loaded.rules.has_value());
    lexicons.push_back(loaded.rules->lexicons.at(0));
  }
  return lexicons;
}

/// The first levels of the categories that are found in a text, as "law/practice".
Paths branches(const std::vector<Lexicon>& lexicons, std::string_view text) {
  std::vector<Match> matches;
  Matcher(lexicons).find(text, "en", matches);
  Paths found;
  for (const Match& match : matches) {
    const Lexicon& lexicon = lexicons[match.lexicon];
    const std::string& path = lexicon.categories[match.category].path;
    found.insert(lexicon.name + "/" + path.substr(0, path.find('/')));
  }
  return found;
}

TEST_CASE("English lexicons: a case on the border of two belongs to the right one") {
  struct Row {
    const char* text;
    Paths found;
  };
  const std::vector<Lexicon> lexicons = english_lexicons();
  const Row rows[] = {
      {"Attorney General", {"government/executive"}},
      {"law enforcement officer", {"government/police"}},
      {"General Counsel", {"law/practice"}},
      {"General", {}},
      {"Major General", {"military/ranks"}},
      {"general manager", {"business/management"}},
      {"professor of law", {"education/higher", "law/study"}},
      {"professor of economics", {"education/higher", "economics/study"}},
      {"Secretary of Agriculture", {"government/executive"}},
      {"Chairman of the Committee on Agriculture", {"government/legislature"}},
      {"Chairman of the Finance Committee", {"government/legislature"}},
      {"Minister of Finance", {"government/executive"}},
      {"Surgeon General", {"government/executive"}},
      {"Secretary of the Navy", {"government/executive"}},
      {"lieutenant governor", {"government/executive"}},
      {"sergeant at arms", {"government/legislature"}},
      {"doctor of philosophy", {}},
      {"press secretary", {"government/staff"}},
      {"press secretaries", {"government/staff"}},
      {"dean of the School of Nursing", {"education/higher", "medicine/study"}},
      {"Bank of the River", {}},
      {"Farmers and Merchants Bank", {"finance/banking"}},
      {"nursing home", {"medicine/care"}},
      {"medical student", {"medicine/study"}},
      {"military attaché", {"government/diplomacy", "military/ranks"}},
      {"court reporter", {"law/clerks"}},
      {"company commander", {"military/ranks"}},
      {"wind farm", {}},
      {"Methodist minister", {}},
      {"campaign manager", {"government/party"}},
      {"city manager", {"government/local"}},
      {"State Treasurer", {"government/executive"}},
      {"Small Business Administration", {"government/executive"}},
      {"insurance commissioner", {"government/executive"}},
      {"judge advocate", {"law/practice"}},
      {"trade union", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(branches(lexicons, row.text) == row.found);
  }
}

TEST_CASE("English lexicons: each has forty terms and fifteen tests of its own") {
  for (const Lexicon& lexicon : english_lexicons()) {
    CAPTURE(lexicon.name);
    CHECK(lexicon.plurals == Plurals::kEnglish);
    CHECK(lexicon.tests.size() >= 15);
    const auto found = std::count_if(lexicon.terms.begin(), lexicon.terms.end(),
                                     [](const Term& term) { return is_found(term.kind); });
    CHECK(found >= 40);
  }
}

}  // namespace
}  // namespace cadre::test
