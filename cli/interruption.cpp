#include "cli/interruption.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <system_error>
#include <utility>

#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kStop = SIGUSR2;  // ends the watch

/// The signals to wait for: those that end programs, but what `nohup` and its like switched off.
sigset_t watched() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, kStop);
  for (const int one : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action;
    if (sigaction(one, nullptr, &action) == 0 && action.sa_handler != SIG_IGN) {
      sigaddset(&signals, one);
    }
  }
  return signals;
}

/// Removes a file or a folder, also one in which another thread is just making files: once it is
/// gone no more can be made.
void remove_for_good(const fs::path& path) {
  constexpr int kMostTries = 1000;
  std::error_code error;
  for (int tries = 0; tries < kMostTries; ++tries) {
    fs::remove_all(path, error);
    if (error != std::errc::directory_not_empty) return;
  }
}

void remove_aside(const fs::path& target) {
  std::error_code ignored;
  const fs::path folder = fs::weakly_canonical(target, ignored).parent_path();
  const std::string prefix = fmt::format(".cadre-{}-", ::getpid());
  for (fs::directory_iterator at(folder, ignored), end; at != end; at.increment(ignored)) {
    if (at->path().filename().string().starts_with(prefix)) remove_for_good(at->path());
  }
}

/// Ends the program the way the signal does, so that shells know why.
void end_by(int signal) {
  std::signal(signal, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal);
  pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
  raise(signal);
}

void watch(const sigset_t& signals, const fs::path& target, const std::string& last_words) {
  int signal = 0;
  if (sigwait(&signals, &signal) != 0 || signal == kStop) return;
  remove_aside(target);
  if (!last_words.empty()) print_error(last_words);
  end_by(signal);
}

}  // namespace

Interruption::Interruption(fs::path target, std::string last_words) {
  const sigset_t signals = watched();
  pthread_sigmask(SIG_BLOCK, &signals, &before_);
  thread_ = std::thread([signals, target = std::move(target), last_words = std::move(last_words)] {
    watch(signals, target, last_words);
  });
}

Interruption::~Interruption() {
  pthread_kill(thread_.native_handle(), kStop);
  thread_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace cadre::cli
