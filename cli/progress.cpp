#include "cli/progress.hpp"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "cadre/text/visible.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

/// "classifying ██████░░░░░░ 120 of 361".
std::string state(const std::string& title, const std::atomic<std::size_t>* done,
                  std::size_t total) {
  if (done == nullptr || total == 0) return title + " ...";
  constexpr std::size_t kWidth = 30;
  const std::size_t now = done->load();
  const std::size_t filled = kWidth * now / total;
  std::string bar;
  for (std::size_t i = 0; i < kWidth; ++i) bar += i < filled ? "█" : "░";
  return fmt::format("{} {} {} of {}", title, bar, now, total);
}

void show(const std::string& title, const std::atomic<std::size_t>* done, std::size_t total,
          const std::stop_token& stop) {
  using namespace std::chrono_literals;
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  bool shown = false;
  auto pause = 1000ms;
  while (!wake.wait_for(lock, stop, pause, [&stop] { return stop.stop_requested(); })) {
    // A line that is too long would leave its first part behind.
    const std::size_t width = Terminal::of(stderr).width - 1;
    print_status(cut_to_width(visible(state(title, done, total)), width));
    shown = true;
    pause = 100ms;
  }
  if (shown) print_status("");
}

}  // namespace

ProgressBar::ProgressBar(std::string title, const std::atomic<std::size_t>& done,
                         std::size_t total) {
  start(std::move(title), &done, total);
}

ProgressBar::ProgressBar(std::string title) {
  start(std::move(title), nullptr, 0);
}

ProgressBar::~ProgressBar() = default;

void ProgressBar::start(std::string title, const std::atomic<std::size_t>* done,
                        std::size_t total) {
  if (!Terminal::of(stderr).is_terminal) return;
  thread_ = std::jthread([title = std::move(title), done, total](const std::stop_token& stop) {
    show(title, done, total, stop);
  });
}

}  // namespace cadre::cli
