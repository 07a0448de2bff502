// Work that is done once, by whichever thread asks first.
#pragma once

#include <atomic>
#include <mutex>

namespace cadre {

/// Like std::once_flag with std::call_once, except that a call may throw: the next one tries again.
/// (glibc's pthread_once under the thread sanitizer waits forever after an exception.)
class Once {
 public:
  /// Runs `work` unless an earlier call has. Returns when it has been done; another thread's call
  /// waits. What `work` wrote is visible to the caller. Costs one atomic load once it is done.
  /// Throws what `work` throws.
  template <typename Work>
  void call(const Work& work) {
    if (done_.load(std::memory_order_acquire)) return;
    const std::lock_guard lock(mutex_);
    if (done_.load(std::memory_order_relaxed)) return;
    work();
    done_.store(true, std::memory_order_release);
  }

 private:
  std::atomic<bool> done_ = false;
  std::mutex mutex_;
};

}  // namespace cadre
