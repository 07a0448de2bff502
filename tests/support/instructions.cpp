#include "tests/support/instructions.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "tests/support/child.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/sanitizers.hpp"

namespace cadre::testing {

std::optional<std::uint64_t> count_instructions(const std::vector<std::string>& arguments,
                                                const std::filesystem::path& folder) {
  if (kSanitized) return std::nullopt;
  const TemporaryFolder streams;
  const std::filesystem::path in = streams.write("in", "");
  const std::filesystem::path out = streams.write("out", "");
  const std::filesystem::path log = streams.path() / "log";
  std::vector<std::string> words = {"valgrind",
                                    "--tool=cachegrind",
                                    "--cache-sim=no",
                                    "--cachegrind-out-file=/dev/null",
                                    "--log-file=" + log.string(),
                                    cadre_binary().string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  wait_for(start_cadre(arguments, folder, [&] {
    redirect(in, O_RDONLY, STDIN_FILENO);
    redirect(out, O_WRONLY | O_TRUNC, STDOUT_FILENO);
    redirect(out, O_WRONLY | O_TRUNC, STDERR_FILENO);
    execvp(argv[0], argv.data());
    _exit(127);  // there is no valgrind
  }));

  std::ifstream file(log);
  std::string line;
  while (std::getline(file, line)) {
    const std::size_t at = line.find(" refs:");  // "==12== I   refs:      144,891,016"
    if (at == std::string::npos) continue;
    std::uint64_t count = 0;
    for (const char c : line.substr(at)) {
      if (c >= '0' && c <= '9') count = 10 * count + static_cast<std::uint64_t>(c - '0');
    }
    return count;
  }
  return std::nullopt;
}

}  // namespace cadre::testing
