// How far a batch of people is.
#pragma once

#include <atomic>
#include <cstddef>

namespace cadre {

/// Shared with a thread that shows how far a batch is, or stops it.
struct Progress {
  std::atomic<std::size_t> done = 0;  ///< people who are finished
  std::atomic<bool> cancel = false;   ///< set it, and the batch returns early
};

}  // namespace cadre
