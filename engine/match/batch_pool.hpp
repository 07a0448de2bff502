// Batches for threads that come and go: each borrows one and gives it back with what it knows.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "cadre/match/matcher.hpp"

namespace cadre {

/// For one matcher. Safe to share between threads.
class BatchPool {
 public:
  /// A batch on loan, until this is destroyed.
  class Loan {
   public:
    explicit Loan(BatchPool& pool) : pool_(pool), batch_(pool.take()) {}
    ~Loan() { pool_.give(std::move(batch_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    MatchBatch& operator*() const { return *batch_; }

   private:
    BatchPool& pool_;
    std::unique_ptr<MatchBatch> batch_;
  };

 private:
  std::unique_ptr<MatchBatch> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<MatchBatch>();
    std::unique_ptr<MatchBatch> batch = std::move(free_.back());
    free_.pop_back();
    return batch;
  }

  void give(std::unique_ptr<MatchBatch> batch) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(batch));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<MatchBatch>> free_;
};

}  // namespace cadre
