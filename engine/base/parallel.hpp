// Work for several threads.
#pragma once

#include <atomic>
#include <cstddef>
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

/// Shares so many things out among at most thread_count(`threads`) threads: `work` is called with
/// [begin, end) of one portion after another, all but the last of them `portion` (not 0) things,
/// until it says with false that no more is wanted. What is thrown ends it, as with in_parallel.
void in_portions(std::size_t things, std::size_t portion, unsigned threads,
                 const std::function<bool(std::size_t begin, std::size_t end)>& work);

/// What remains to be done of a task once its work is done. False says that no more is wanted.
using Finish = std::function<bool()>;
using Task = std::function<Finish()>;

/// Calls `next` in this thread until it gives no task. `threads` others do the tasks, and what
/// remains of each is called in the order of the tasks, one at a time. At most two tasks for each
/// thread are under way: when finishing is slow `next` waits, so that memory does not depend on how
/// many tasks there are. What any of them throws ends it all and is thrown again. One thread alone
/// is this one, which then does everything.
void in_order(unsigned threads, const std::function<Task()>& next);

}  // namespace cadre
