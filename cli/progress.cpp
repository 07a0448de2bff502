#include "cli/progress.hpp"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

void show(const std::string& title, const std::atomic<std::size_t>& done, std::size_t total,
          const std::stop_token& stop) {
  using namespace std::chrono_literals;
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  bool shown = false;
  auto pause = 1000ms;
  while (!wake.wait_for(lock, stop, pause, [&stop] { return stop.stop_requested(); })) {
    constexpr std::size_t kWidth = 30;
    const std::size_t now = done.load();
    const std::size_t filled = total == 0 ? 0 : kWidth * now / total;
    std::string bar;
    for (std::size_t i = 0; i < kWidth; ++i) bar += i < filled ? "█" : "░";
    print_error(fmt::format("\r{} {} {} of {}", title, bar, now, total));
    shown = true;
    pause = 100ms;
  }
  if (shown) print_error("\r\033[K");
}

}  // namespace

ProgressBar::ProgressBar(std::string title, const std::atomic<std::size_t>& done,
                         std::size_t total) {
  if (!Terminal::of(stderr).is_terminal) return;
  thread_ = std::jthread([title = std::move(title), &done, total](const std::stop_token& stop) {
    show(title, done, total, stop);
  });
}

ProgressBar::~ProgressBar() = default;

}  // namespace cadre::cli
