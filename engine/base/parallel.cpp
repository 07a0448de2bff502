#include "cadre/base/parallel.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace cadre {
namespace {

class OrderedWork {
 public:
  explicit OrderedWork(unsigned threads) : threads_(threads) {}

  void run(const std::function<Task()>& next) {
    {
      std::vector<std::jthread> workers;
      workers.reserve(threads_);
      try {
        for (unsigned i = 0; i < threads_; ++i) workers.emplace_back([this] { work(); });
        for (Task task = next(); task && hand_out(std::move(task)); task = next()) {
        }
      } catch (...) {
        fail(std::current_exception());
      }
      const std::lock_guard lock(mutex_);
      no_more_ = true;
      changed_.notify_all();
    }
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  /// Waits until few enough tasks are under way. False when nothing more is wanted.
  bool hand_out(Task task) {
    const std::size_t most = std::size_t{2} * threads_;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || under_way_ < most; });
    if (stopped_) return false;
    ++under_way_;
    waiting_.push_back(std::move(task));
    changed_.notify_all();
    return true;
  }

  void work() {
    try {
      for (;;) {
        Task task;
        std::size_t number = 0;
        {
          std::unique_lock lock(mutex_);
          changed_.wait(lock, [&] { return stopped_ || no_more_ || !waiting_.empty(); });
          if (stopped_ || waiting_.empty()) return;
          task = std::move(waiting_.front());
          waiting_.pop_front();
          number = handed_out_++;
        }
        finish(number, task());
      }
    } catch (...) {
      fail(std::current_exception());
    }
  }

  /// Finishes what is done, in order.
  void finish(std::size_t number, Finish one) {
    std::unique_lock lock(mutex_);
    done_.emplace(number, std::move(one));
    if (finishing_) return;  // whoever finishes now comes to this one too
    finishing_ = true;
    while (!stopped_ && !done_.empty() && done_.begin()->first == next_) {
      const Finish next = std::move(done_.begin()->second);
      done_.erase(done_.begin());
      ++next_;
      lock.unlock();
      const bool go_on = next();
      lock.lock();
      --under_way_;
      if (!go_on) stopped_ = true;
      changed_.notify_all();
    }
    finishing_ = false;
  }

  void fail(std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
    stopped_ = true;
    changed_.notify_all();
  }

  const unsigned threads_;
  std::mutex mutex_;  // over all that follows
  std::condition_variable changed_;
  std::deque<Task> waiting_;
  std::map<std::size_t, Finish> done_;  // and not yet finished
  std::size_t handed_out_ = 0;          // to the workers
  std::size_t under_way_ = 0;           // given by `next` and not yet finished
  std::size_t next_ = 0;                // to be finished
  bool finishing_ = false;
  bool no_more_ = false;
  bool stopped_ = false;
  std::exception_ptr failure_;
};

}  // namespace

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

void in_portions(std::size_t things, std::size_t portion, unsigned threads,
                 const std::function<bool(std::size_t begin, std::size_t end)>& work) {
  const std::size_t portions = (things + portion - 1) / portion;
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> wanted = true;
  const auto most = static_cast<unsigned>(std::min<std::size_t>(thread_count(threads), portions));
  in_parallel(most, [&](const std::atomic<bool>& failed) {
    while (wanted && !failed) {
      const std::size_t number = next++;
      if (number >= portions) return;
      const std::size_t begin = number * portion;
      if (!work(begin, std::min(begin + portion, things))) wanted = false;
    }
  });
}

void in_order(unsigned threads, const std::function<Task()>& next) {
  if (threads <= 1) {
    for (Task task = next(); task; task = next()) {
      const Finish finish = task();
      if (!finish()) return;
    }
    return;
  }
  OrderedWork(threads).run(next);
}

}  // namespace cadre
