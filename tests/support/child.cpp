#include "tests/support/child.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "tests/support/paths.hpp"

namespace cadre::testing {

pid_t start_cadre(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                  const std::function<void()>& before) {
  std::vector<std::string> words = {cadre_binary().string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child != 0) return child;
  if (chdir(folder.c_str()) != 0) _exit(126);
  before();
  execv(argv[0], argv.data());
  _exit(127);
}

void redirect(const std::filesystem::path& file, int flags, int stream) {
  const int opened = open(file.c_str(), flags, 0666);
  if (opened < 0 || dup2(opened, stream) < 0) _exit(126);
}

int wait_for(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool wait_until(pid_t child, const std::function<bool()>& holds) {
  while (!holds()) {
    siginfo_t info{};
    waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
    if (info.si_pid != 0) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace cadre::testing
