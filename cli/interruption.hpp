// What happens on Ctrl-C while a file is being written.
#pragma once

#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

namespace cadre::cli {

/// While it lives, SIGINT, SIGTERM and SIGHUP remove what was written aside for `target`, a
/// file or a folder (base/files.hpp says how it is called), and then end the program as they do
/// without it. To be made before other threads are.
class Interruption {
 public:
  /// `last_words` go to standard error before the program ends.
  explicit Interruption(std::filesystem::path target, std::string last_words = {});
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

 private:
  sigset_t before_;
  std::thread thread_;
};

}  // namespace cadre::cli
