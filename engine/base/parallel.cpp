#include "cadre/base/parallel.hpp"

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

namespace cadre {

unsigned thread_count(unsigned asked) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  return asked == 0 ? cores : std::min(asked, 16 * cores);
}

void in_parallel(unsigned threads,
                 const std::function<void(const std::atomic<bool>& failed)>& work) {
  std::atomic<bool> failed = false;
  std::exception_ptr failure;
  const auto guarded = [&] {
    try {
      work(failed);
    } catch (...) {
      if (!failed.exchange(true)) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(guarded);
    guarded();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace cadre
