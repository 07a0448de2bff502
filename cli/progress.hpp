// A progress bar on standard error for work that takes long enough to ask about.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <thread>

namespace cadre::cli {

/// Says what is being done, and how far `done` is on the way to `total`, until it is destroyed.
/// Nothing is shown when standard error is no terminal, or in the first second.
class ProgressBar {
 public:
  ProgressBar(std::string title, const std::atomic<std::size_t>& done, std::size_t total);

  /// For work of which nobody knows how much there is.
  explicit ProgressBar(std::string title);

  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

 private:
  void start(std::string title, const std::atomic<std::size_t>* done, std::size_t total);

  std::jthread thread_;
};

}  // namespace cadre::cli
