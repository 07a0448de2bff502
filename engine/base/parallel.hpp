// Work for several threads.
#pragma once

#include <atomic>
#include <functional>

namespace cadre {

/// How many threads to use when `asked` were asked for: 0 means as many as the machine has cores.
/// More than 16 for each core are never used, as they only cost memory.
unsigned thread_count(unsigned asked);

/// Calls `work` in this thread and at the same time in `threads` - 1 others, and waits for all of
/// them. `failed` turns true when one of them throws: the others should return soon. What was
/// thrown first is thrown again at the end.
void in_parallel(unsigned threads,
                 const std::function<void(const std::atomic<bool>& failed)>& work);

}  // namespace cadre
