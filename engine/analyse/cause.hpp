// The smallest set of changes that does it alone.
//
// Single changes are tried first, then sets of two, three, ... as long as there are tries left.
// When these run out, what is left is found by leaving out one change after the other for as long
// as the rest still does it (A. Zeller, R. Hildebrandt: Simplifying and Isolating Failure-Inducing
// Input, IEEE TSE 28/2, 2002): then no single change of the set can be left out, though a smaller
// set of other changes might do it as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace cadre {

struct Causes {
  /// Sets that each suffice, in order, all of the same size. Empty: not even all changes together
  /// do it.
  std::vector<std::vector<std::uint32_t>> sets;
  /// Whether every smaller set was tried. Otherwise `sets` has one set, of which no single change
  /// can be left out.
  bool smallest = true;
  /// Whether all sets of that size were tried, so that no other one does it.
  bool all_found = true;
};

/// `does_it` says whether exactly the changes of a set, made alone, do it; the sets that it is
/// asked about are sorted. At most `tries` sets are tried before one is settled for, and some more
/// to make that one small.
Causes find_causes(const std::vector<std::uint32_t>& changes,
                   const std::function<bool(const std::vector<std::uint32_t>&)>& does_it,
                   std::size_t tries);

}  // namespace cadre
