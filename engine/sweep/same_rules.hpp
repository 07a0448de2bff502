// Specifications of a sweep that choose otherwise and come to the same rules all the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "cadre/rules/sweep.hpp"
#include "cadre/sweep/sweeper.hpp"

namespace cadre {

struct SameRules {
  std::size_t first = 0;  ///< index of the first specification with these rules
  std::size_t again = 0;  ///< index of another one
};

/// Those whose rules are equal by their content, in the order of the specifications. Left out is
/// what check_sweep tells of alternatives of one axis: specifications that differ only by these.
std::vector<SameRules> same_rules(const Sweep& sweep, const SweepResults& results,
                                  const SweepCheck& check);

}  // namespace cadre
