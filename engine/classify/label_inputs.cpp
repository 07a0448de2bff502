#include "cadre/classify/label_inputs.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

namespace cadre {
namespace {

/// Whether labels cannot tell the matches apart: they do not look at terms.
bool same_matches(std::span<const Match> a, std::span<const Match> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Match& x, const Match& y) {
    return x.category == y.category && x.begin == y.begin && x.end == y.end;
  });
}

}  // namespace

std::vector<std::uint32_t> people_touched(const LabelInputs& before, const LabelInputs& now,
                                          const DistinctTexts& texts, std::size_t people) {
  std::vector<bool> touched(people);
  const auto count = static_cast<std::uint32_t>(texts.all().size());
  for (const auto& [number, matches] : now.lexicons) {
    const LexiconMatches& old = *before.lexicons.at(number);
    if (&old == matches.get()) continue;
    for (std::uint32_t text = 0; text < count; ++text) {
      if (same_matches(old.in(text), matches->in(text))) continue;
      for (const std::uint32_t person : texts.people_with(text)) touched[person] = true;
    }
  }
  for (const auto& [name, column] : now.labels) {
    const LabelColumn& old = *before.labels.at(name);
    if (&old == column.get()) continue;
    for (std::size_t person = 0; person < people; ++person) {
      if (!column->same_outcome(person, old)) touched[person] = true;
    }
  }
  std::vector<std::uint32_t> all;
  for (std::uint32_t person = 0; person < people; ++person) {
    if (touched[person]) all.push_back(person);
  }
  return all;
}

}  // namespace cadre
