// Portions of a stream, worked on by threads and finished in order, and what becomes of the
// mistakes in them.
#pragma once

#include <cstddef>
#include <functional>

#include "cadre/base/diagnostic.hpp"
#include "cadre/data/plausibility.hpp"
#include "cadre/data/portions.hpp"

namespace cadre {

/// What became of a portion.
struct PortionResult {
  Diagnostics diagnostics;
  Findings findings;             ///< of the people who were read
  std::function<void()> finish;  ///< what remains to be done in the order of the input
};

/// Calls `work` with each portion, in `threads` threads (0: as many as the machine has cores), and
/// finishes what it gives in order, as in_order does (base/parallel.hpp). The first portion whose
/// diagnostics have errors, and all after it, are not finished. Returns the diagnostics, in order:
/// once there are `max_diagnostics` only errors, as warnings of every portion would fill the
/// memory, and at the end what was not UTF-8 and what was found of all that is finished.
Diagnostics work_on_portions(PortionReader& reader, unsigned threads, std::size_t max_diagnostics,
                             const std::function<PortionResult(const Portion&)>& work);

}  // namespace cadre
