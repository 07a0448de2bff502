#include "cadre/sweep/same_rules.hpp"

#include <set>
#include <unordered_map>

#include "cadre/sweep/specifications.hpp"

namespace cadre {

std::vector<SameRules> same_rules(const Sweep& sweep, const SweepResults& results,
                                  const SweepCheck& check) {
  using Choices = std::vector<std::uint32_t>;
  struct Known {
    std::size_t first = 0;
    std::set<Choices> choices;  // with the first of the alternatives that are the same
  };
  std::unordered_map<Key, Known, KeyHash> known;
  std::vector<SameRules> same;
  for (std::size_t i = 0; i < results.specifications.size(); ++i) {
    const std::optional<Key>& rules = results.specifications[i].rules;
    if (!rules) continue;
    Choices choices = alternatives_of(sweep, results.numbers[i]);
    for (std::size_t axis = 0; axis < choices.size(); ++axis) {
      choices[axis] = check.same_alternatives[axis][choices[axis]];
    }
    const auto [at, is_new] = known.try_emplace(*rules);
    if (is_new) at->second.first = i;
    if (at->second.choices.insert(std::move(choices)).second && !is_new) {
      same.push_back({at->second.first, i});
    }
  }
  return same;
}

}  // namespace cadre
