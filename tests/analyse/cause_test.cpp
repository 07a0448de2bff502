// The smallest sets of changes that do it, held against trying every set there is.
#include <algorithm>
#include <random>
#include <set>

#include "cadre/analyse/cause.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

using Set = std::vector<std::uint32_t>;

bool holds(const Set& set, const Set& part) {
  return std::includes(set.begin(), set.end(), part.begin(), part.end());
}

TEST_CASE("one change that does it alone is the cause, and so is each of several") {
  const auto needs = [](const Set& set) { return holds(set, {3}) || holds(set, {5}); };
  const Causes causes = find_causes({1, 3, 5, 7}, needs, 100);
  CHECK(causes.sets == std::vector<Set>{{3}, {5}});
  CHECK(causes.smallest);
  CHECK(causes.all_found);
}

TEST_CASE("changes that only do it together are one cause") {
  const auto needs = [](const Set& set) { return holds(set, {2, 9}); };
  CHECK(find_causes({1, 2, 4, 9}, needs, 100).sets == std::vector<Set>{{2, 9}});
}

TEST_CASE("no set is asked about twice where all smaller ones are tried") {
  std::vector<Set> asked;
  const auto needs = [&](const Set& set) {
    asked.push_back(set);
    return holds(set, {2, 4, 9});
  };
  CHECK(find_causes({2, 4, 9}, needs, 100).sets == std::vector<Set>{{2, 4, 9}});
  CHECK(asked.size() == 7);
}

TEST_CASE("what not even all changes do has no cause") {
  CHECK(find_causes({1, 2}, [](const Set&) { return false; }, 100).sets.empty());
  CHECK(find_causes({}, [](const Set&) { return true; }, 100).sets.empty());
}

TEST_CASE("when tries run out, a set of which nothing can be left out is settled for") {
  Set many;
  for (std::uint32_t i = 0; i < 40; ++i) many.push_back(i);
  const Set needed = {4, 8, 15, 16, 23};
  const Causes causes = find_causes(many, [&](const Set& set) { return holds(set, needed); }, 100);
  CHECK(causes.sets == std::vector<Set>{needed});
  CHECK_FALSE(causes.smallest);
  CHECK_FALSE(causes.all_found);
}

TEST_CASE("random causes are those that trying every set finds") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    // A change does it if the set holds one of these, whatever else, and none that spoils it.
    constexpr std::uint32_t kChanges = 7;
    std::vector<Set> ways(1 + random() % 3);
    for (Set& way : ways) {
      std::set<std::uint32_t> members;
      for (std::uint32_t i = 0, size = 1 + random() % 4; i < size; ++i) {
        members.insert(static_cast<std::uint32_t>(random() % kChanges));
      }
      way.assign(members.begin(), members.end());
    }
    const auto spoiler = static_cast<std::uint32_t>(random() % kChanges);
    const auto does_it = [&](const Set& set) {
      const bool all = set.size() == kChanges;
      return all ||
             (!holds(set, {spoiler}) && std::any_of(ways.begin(), ways.end(), [&](const Set& way) {
               return holds(set, way);
             }));
    };
    std::vector<Set> expected;
    for (std::uint32_t size = 1; size <= kChanges && expected.empty(); ++size) {
      for (std::uint32_t bits = 0; bits < (1U << kChanges); ++bits) {
        Set set;
        for (std::uint32_t i = 0; i < kChanges; ++i) {
          if ((bits >> i & 1U) != 0) set.push_back(i);
        }
        if (set.size() == size && does_it(set)) expected.push_back(set);
      }
    }
    std::sort(expected.begin(), expected.end());
    const Causes causes = find_causes({0, 1, 2, 3, 4, 5, 6}, does_it, 1000);
    CHECK(causes.sets == expected);
    CHECK(causes.smallest);
  }
}

}  // namespace
}  // namespace cadre
