// cadre started beside the test, which goes on meanwhile: to be killed, or to be one of two.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cadre::testing {

/// Starts cadre in `folder` and returns its process. `before` runs in the new process, just before
/// it becomes cadre: it may direct its output elsewhere, or take rights away.
pid_t start_cadre(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                  const std::function<void()>& before);

/// In the new process: lets a standard stream come from or go to a file.
void redirect(const std::filesystem::path& file, int flags, int stream);

/// Waits until the process ends; its exit status, or 128 and the number of the signal.
int wait_for(pid_t child);

/// Waits until the condition holds; false: the process ended before.
bool wait_until(pid_t child, const std::function<bool()>& holds);

}  // namespace cadre::testing
