#include "cadre/base/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view verb, const fs::path& path, int code) {
  const bool missing = verb == "read" && (code == ENOENT || code == ENOTDIR);
  throw Error(missing ? Error::Kind::kMissing : Error::Kind::kIo, path.string(),
              fmt::format("cannot {} '{}': {}", verb, path.string(),
                          std::generic_category().message(code)));
}

/// An open file descriptor, or -1.
class File {
 public:
  File(const fs::path& path, int flags, mode_t mode = 0)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int fd() const { return fd_; }

  /// Tells whether the system could keep what was written.
  bool close() { return fd_ < 0 || ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

/// Removes a file unless it was kept.
class Aside {
 public:
  explicit Aside(fs::path path) : path_(std::move(path)) {}
  ~Aside() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  const fs::path& path() const { return path_; }
  void keep() { path_.clear(); }

 private:
  fs::path path_;
};

/// Makes a new file beside `target`, whose name no other thread or process has.
fs::path make_aside(const fs::path& folder, const fs::path& target) {
  for (unsigned attempt = 0;; ++attempt) {
    fs::path path = folder / fmt::format(".cadre-{}-{}.tmp", ::getpid(), attempt);
    const File file(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file.fd() >= 0) return path;
    if (errno != EEXIST) fail("write", target, errno);
  }
}

void flush(const fs::path& path, int flags, const fs::path& target) {
  const File file(path, flags);
  // Some file systems cannot flush a folder and say EINVAL.
  if (file.fd() < 0 || (::fsync(file.fd()) != 0 && errno != EINVAL)) fail("write", target, errno);
}

/// Follows symbolic links and refuses what a rename must not replace.
fs::path real_target(const fs::path& target) {
  struct stat info;
  if (::stat(target.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
    throw Error(Error::Kind::kIo, target.string(),
                fmt::format("cannot write '{}': it is not a regular file", target.string()));
  }
  // A link may lead to a file that is not there yet.
  constexpr int kMostLinks = 40;
  fs::path real = target;
  std::error_code error;
  for (int i = 0; i < kMostLinks && fs::is_symlink(real, error); ++i) {
    const fs::path next = fs::read_symlink(real, error);
    if (error) fail("write", target, error.value());
    real = real.parent_path() / next;
  }
  return real;
}

fs::path folder_of(const fs::path& real) {
  return real.has_parent_path() ? real.parent_path() : fs::path(".");
}

void move_to_real(const fs::path& file, const fs::path& real, const fs::path& target) {
  flush(file, O_RDONLY, target);
  if (::rename(file.c_str(), real.c_str()) != 0) fail("write", target, errno);
  flush(folder_of(real), O_RDONLY | O_DIRECTORY, target);
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const File file(path, O_RDONLY);
  struct stat info;
  if (file.fd() < 0 || ::fstat(file.fd(), &info) != 0) fail("read", path, errno);

  // The size is a hint only: pipes have none, and a file may grow while it is read.
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  std::string bytes;
  const std::size_t hint = S_ISREG(info.st_mode) ? static_cast<std::size_t>(info.st_size) : 0;
  std::size_t size = 0;
  while (size <= max_bytes) {
    if (size == bytes.size()) {
      bytes.resize(size == 0 && hint <= max_bytes ? hint + 1 : size + std::max(size, kChunk));
    }
    const ssize_t got = ::read(file.fd(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path, errno);
    if (got == 0) {
      bytes.resize(size);
      return bytes;
    }
    size += static_cast<std::size_t>(got);
  }
  throw Error(Error::Kind::kLimit, path.string(),
              fmt::format("cannot read '{}': it is longer than the limit of {} bytes",
                          path.string(), max_bytes));
}

void write_whole(const std::filesystem::path& target,
                 const std::function<void(const std::filesystem::path&)>& write) {
  const fs::path real = real_target(target);
  Aside aside(make_aside(folder_of(real), target));
  write(aside.path());
  move_to_real(aside.path(), real, target);
  aside.keep();
}

void fail_to_write(const fs::path& path) {
  const int code = errno;
  if (code != 0) fail("write", path, code);
  throw Error(Error::Kind::kIo, path.string(), fmt::format("cannot write '{}'", path.string()));
}

void move_into_place(const std::filesystem::path& file, const std::filesystem::path& target) {
  move_to_real(file, real_target(target), target);
}

void write_file(const std::filesystem::path& target, std::string_view text) {
  write_whole(target, [&](const fs::path& aside) {
    File file(aside, O_WRONLY);
    if (file.fd() < 0) fail("write", target, errno);
    while (!text.empty()) {
      const ssize_t put = ::write(file.fd(), text.data(), text.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) fail("write", target, errno);
      text.remove_prefix(static_cast<std::size_t>(put));
    }
    if (!file.close()) fail("write", target, errno);
  });
}

FileLock::FileLock(const fs::path& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
  if (file_ < 0) fail("write", path, errno);
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
  const int code = errno;
  ::close(file_);
  if (code != EWOULDBLOCK) fail("write", path, code);
  throw Error(Error::Kind::kUsage, path.string(),
              fmt::format("another program is just writing '{}'", path.string()));
}

FileLock::~FileLock() {
  ::close(file_);
}

}  // namespace cadre
