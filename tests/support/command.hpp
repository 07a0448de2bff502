// Running the built `cadre` as a user would.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cadre::testing {

struct Outcome {
  int status = -1;  ///< exit status, or 128 and more for a signal
  std::string out;
  std::string err;
};

/// Runs the binary in `folder` with these arguments and `input` on standard input, with no terminal
/// and a plain environment.
Outcome run_cadre(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                  const std::string& input = "");

/// A folder of its own for one test, removed at its end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Writes a file, making the folders above it, and returns its path.
  std::filesystem::path write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

}  // namespace cadre::testing
