// The one error that the machine can cause: a disk that is full, a file that cannot be read, a
// damaged run. It travels as an exception to whoever called the library; the command line turns it
// into a message and exit status 2. What an analyst wrote wrongly is never an Error but a
// Diagnostic (base/diagnostic.hpp).
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace cadre {

class Error : public std::runtime_error {
 public:
  enum class Kind {
    kMissing,  ///< the file or folder is not there
    kIo,       ///< the operating system refused to read or write
    kCorrupt,  ///< the bytes are not what the file claims to be
    kLimit,    ///< a stated limit was passed (file size, nesting, memory)
    kUsage,    ///< the caller asked for something that cannot be (a person not in the run)
  };

  /// `path` is the file concerned, or empty; `what` is a full sentence for a person to read.
  Error(Kind kind, std::string path, const std::string& what)
      : std::runtime_error(what), kind_(kind), path_(std::move(path)) {}

  Kind kind() const { return kind_; }
  const std::string& path() const { return path_; }

 private:
  Kind kind_;
  std::string path_;
};

}  // namespace cadre
