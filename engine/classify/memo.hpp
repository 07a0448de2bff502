// Values by content key, each computed once.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "cadre/base/once.hpp"
#include "cadre/rules/key.hpp"

namespace cadre {

/// Safe to share between threads: who asks for a value that another thread is computing waits for
/// it. After a computation that throws, the next call computes again.
template <typename Value>
class Memo {
 public:
  template <typename Make>
  std::shared_ptr<const Value> get(const Key& key, const Make& make) {
    std::shared_ptr<Slot> slot;
    {
      const std::lock_guard lock(mutex_);
      std::shared_ptr<Slot>& at = slots_[key];
      if (!at) at = std::make_shared<Slot>();
      slot = at;
    }
    slot->once.call([&] { slot->value = make(); });
    return slot->value;
  }

  void forget() {
    const std::lock_guard lock(mutex_);
    slots_.clear();
  }

 private:
  struct Slot {
    Once once;
    std::shared_ptr<const Value> value;
  };
  std::mutex mutex_;
  std::unordered_map<Key, std::shared_ptr<Slot>, KeyHash> slots_;
};

}  // namespace cadre
