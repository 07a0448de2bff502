// Rule sets made at random out of every condition of the language that does not ask about a gap
// itself (`known`, `unknown_as`, conditions on unknown).
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace cadre::testing {

struct RandomRules {
  std::string yaml;
  std::map<std::string, std::string> included;  ///< as rules_from takes them
  bool durations = false;                       ///< some label depends on how long rows last
  bool all_text = false;        ///< some label looks at all the text columns of a row together
  std::set<std::string> dates;  ///< those that the rules name, as written
};

/// The same `seed` gives the same rules; with another `order`, all lists of conditions in another
/// order.
RandomRules random_rules(std::uint32_t seed, std::uint32_t order = 0);

}  // namespace cadre::testing
