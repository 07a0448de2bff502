#include "cadre/base/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <streambuf>
#include <system_error>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/text/visible.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view verb, const std::string& shown, const std::string& why) {
  throw Error(Error::Kind::kIo, shown, fmt::format("cannot {} '{}': {}", verb, shown, why));
}

[[noreturn]] void fail(std::string_view verb, const std::string& shown, int code) {
  const std::string why = std::generic_category().message(code);
  if (verb == "read" && (code == ENOENT || code == ENOTDIR)) {
    throw Error(Error::Kind::kMissing, shown, fmt::format("cannot read '{}': {}", shown, why));
  }
  fail(verb, shown, why);
}

/// What is no regular file, in words.
std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a named pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

/// N of /dev/fd/N and its like.
std::optional<int> open_descriptor(const fs::path& path) {
  const std::string text = path.lexically_normal().string();
  if (text == "/dev/stdin") return 0;
  if (text == "/dev/stdout") return 1;
  if (text == "/dev/stderr") return 2;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!text.starts_with(folder)) continue;
    int number = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data() + folder.size(), end, number);
    if (error == std::errc() && rest == end && number >= 0) return number;
  }
  return std::nullopt;
}

/// Opens a regular file, or takes a stream that is open already. Never waits for a named pipe.
int open_to_read(const fs::path& path, const std::string& shown, struct stat& info) {
  if (path.native().find('\0') != std::string::npos) {
    // What follows the NUL would be cut off from the message.
    fail("read", shown.substr(0, shown.find('\0')), "its name holds a NUL character");
  }
  if (const auto number = open_descriptor(path)) {
    if (::fstat(*number, &info) != 0) fail("read", shown, errno);
    if (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode) || S_ISCHR(info.st_mode)) {
      const int copy = ::fcntl(*number, F_DUPFD_CLOEXEC, 0);
      if (copy < 0) fail("read", shown, errno);
      return copy;
    }
  }
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) {
    // Sockets and some devices cannot even be opened.
    const int code = errno;
    if (::stat(path.c_str(), &info) != 0 || S_ISREG(info.st_mode)) fail("read", shown, code);
    if (code == EACCES || code == EPERM) fail("read", shown, code);
    fail("read", shown, fmt::format("it is {}, not a file", kind_of(info.st_mode)));
  }
  if (::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode)) return descriptor;
  ::close(descriptor);
  fail("read", shown, fmt::format("it is {}, not a file", kind_of(info.st_mode)));
}

/// Writes all of it, or says why not by errno.
bool put_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

/// An open file descriptor, or -1.
class File {
 public:
  File(const fs::path& path, int flags, mode_t mode = 0)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  explicit File(int descriptor) : fd_(descriptor) {}
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int fd() const { return fd_; }

  /// Tells whether the system could keep what was written.
  bool close() { return fd_ < 0 || ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

/// Writes what a std::ostream is given to a descriptor: byte by byte, or, to a terminal, in whole
/// lines made visible. Throws Error kIo, which the stream passes on.
class DescriptorBuffer : public std::streambuf {
 public:
  DescriptorBuffer(int descriptor, const fs::path& target)
      : descriptor_(descriptor), target_(target), terminal_(::isatty(descriptor) == 1) {
    setp(bytes_.data(), bytes_.data() + bytes_.size());
  }

  /// Writes what is left.
  void finish() {
    sync();
    put_all_of(visible_data(std::exchange(line_, {})));
  }

 protected:
  int_type overflow(int_type c) override {
    sync();
    if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }

  std::streamsize xsputn(const char* text, std::streamsize size) override {
    if (size > epptr() - pptr()) sync();
    if (size > epptr() - pptr()) {
      put({text, static_cast<std::size_t>(size)});
    } else {
      std::copy_n(text, size, pptr());
      pbump(static_cast<int>(size));
    }
    return size;
  }

  int sync() override {
    put({pbase(), static_cast<std::size_t>(pptr() - pbase())});
    setp(bytes_.data(), bytes_.data() + bytes_.size());
    return 0;
  }

 private:
  void put(std::string_view bytes) {
    if (!terminal_) return put_all_of(bytes);
    line_ += bytes;
    const std::size_t end = line_.rfind('\n') + 1;  // 0 when there is none
    put_all_of(visible_data(std::string_view(line_).substr(0, end)));
    line_.erase(0, end);
  }

  void put_all_of(std::string_view bytes) const {
    if (!put_all(descriptor_, bytes)) fail("write", target_.string(), errno);
  }

  int descriptor_;
  const fs::path& target_;
  bool terminal_;
  std::string line_;  // the beginning of a line that a terminal does not have yet
  std::array<char, std::size_t{64} << 10> bytes_;
};

void write_to(int descriptor, const fs::path& target,
              const std::function<void(std::ostream&)>& write) {
  DescriptorBuffer buffer(descriptor, target);
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit);  // what the buffer throws is thrown on
  write(out);
  buffer.finish();
}

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

/// The permissions for a file that is to take the place of `real`, until it does: nobody may see
/// in the meantime what they may not see afterwards.
mode_t mode_meanwhile(const fs::path& real) {
  struct stat info;
  return ::stat(real.c_str(), &info) == 0 ? 0600 : 0666;
}

/// Makes a new file beside `target`, whose name no other thread or process has.
fs::path make_aside(const fs::path& folder, const fs::path& real, const fs::path& target) {
  const mode_t mode = mode_meanwhile(real);
  for (unsigned attempt = 0;; ++attempt) {
    fs::path path = folder / fmt::format(".cadre-{}-{}.tmp", ::getpid(), attempt);
    const File file(path, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (file.fd() >= 0) return path;
    if (errno != EEXIST) fail("write", target.string(), errno);
  }
}

void flush(const fs::path& path, int flags, const fs::path& target) {
  const File file(path, flags);
  // Some file systems cannot flush a folder and say EINVAL.
  if (file.fd() < 0 || (::fsync(file.fd()) != 0 && errno != EINVAL)) {
    fail("write", target.string(), errno);
  }
}

/// Follows symbolic links and refuses what a rename must not replace.
fs::path real_target(const fs::path& target) {
  struct stat info;
  if (::stat(target.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
    fail("write", target.string(), "it is not a regular file");
  }
  // A link may lead to a file that is not there yet.
  constexpr int kMostLinks = 40;
  fs::path real = target;
  std::error_code error;
  for (int i = 0; i < kMostLinks && fs::is_symlink(real, error); ++i) {
    const fs::path next = fs::read_symlink(real, error);
    if (error) fail("write", target.string(), error.value());
    real = real.parent_path() / next;
  }
  return real;
}

fs::path folder_of(const fs::path& real) {
  return real.has_parent_path() ? real.parent_path() : fs::path(".");
}

/// Gives a file the permissions of the one that it replaces, and its owner and group where that is
/// allowed. Where the group is not, the new group is allowed nothing.
void take_over_permissions(const fs::path& file, const fs::path& real, const fs::path& target) {
  struct stat old;
  if (::stat(real.c_str(), &old) != 0) return;
  constexpr uid_t kSameOwner = static_cast<uid_t>(-1);
  mode_t mode = old.st_mode & 0777;
  if (::chown(file.c_str(), old.st_uid, old.st_gid) != 0 &&
      ::chown(file.c_str(), kSameOwner, old.st_gid) != 0) {
    mode &= ~mode_t{070};
  }
  if (::chmod(file.c_str(), mode) != 0) fail("write", target.string(), errno);
}

void move_to_real(const fs::path& file, const fs::path& real, const fs::path& target) {
  flush(file, O_RDONLY, target);
  take_over_permissions(file, real, target);
  if (::rename(file.c_str(), real.c_str()) != 0) fail("write", target.string(), errno);
  flush(folder_of(real), O_RDONLY | O_DIRECTORY, target);
}

/// Opens what is_stream() says may be written as it comes. Waits until somebody reads a named pipe.
int open_stream(const fs::path& target) {
  const auto number = open_descriptor(target);
  const int descriptor = number ? ::fcntl(*number, F_DUPFD_CLOEXEC, 0)
                                : ::open(target.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) fail("write", target.string(), errno);
  return descriptor;
}

}  // namespace

// --- what was read ------------------------------------------------------------------------------

namespace {

using FileId = std::pair<std::uint64_t, std::uint64_t>;

std::optional<FileId> file_id(int failed, const struct stat& info) {
  if (failed != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  return FileId(info.st_dev, info.st_ino);
}

std::optional<FileId> file_id(const fs::path& path) {
  struct stat info;
  return file_id(::stat(path.c_str(), &info), info);
}

std::optional<FileId> file_id(int descriptor) {
  struct stat info;
  return file_id(::fstat(descriptor, &info), info);
}

void refuse_one_of(const std::map<FileId, std::string>& files, std::optional<FileId> id,
                   const fs::path& target) {
  if (!id) return;
  const auto found = files.find(*id);
  if (found == files.end()) return;
  const std::string what = found->second == target.string()
                               ? std::string("what is read")
                               : fmt::format("'{}', which is read", found->second);
  throw Error(Error::Kind::kUsage, target.string(),
              fmt::format("'{}' would overwrite {}; give another name", target.string(), what));
}

}  // namespace

void FilesRead::add(const fs::path& path) {
  if (const auto id = file_id(path)) files_.emplace(*id, path.string());
}

void FilesRead::add(int descriptor, const fs::path& shown) {
  if (const auto id = file_id(descriptor)) files_.emplace(*id, shown.string());
}

void FilesRead::refuse(const fs::path& target) const {
  const auto number = open_descriptor(target);
  refuse_one_of(files_, number ? file_id(*number) : file_id(target), target);
}

bool FilesRead::contains(int descriptor) const {
  const auto id = file_id(descriptor);
  return id && files_.contains(*id);
}

// --- reading ------------------------------------------------------------------------------------

FileReader::FileReader(const fs::path& path, FilesRead* read, std::string shown)
    : shown_(shown.empty() ? path.string() : std::move(shown)) {
  struct stat info;
  descriptor_ = open_to_read(path, shown_, info);
  if (S_ISREG(info.st_mode)) size_ = static_cast<std::size_t>(info.st_size);
  if (read != nullptr) read->add(descriptor_, shown_);
}

FileReader::~FileReader() {
  ::close(descriptor_);
}

std::size_t FileReader::read(std::span<char> bytes) {
  for (;;) {
    const ssize_t got = ::read(descriptor_, bytes.data(), bytes.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail("read", shown_, errno);
  }
}

std::string read_file(const fs::path& path, std::size_t max_bytes, FilesRead* read) {
  FileReader file(path, read);
  // The size is a hint only: pipes have none, and a file may grow while it is read.
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  std::string bytes;
  std::size_t size = 0;
  while (size <= max_bytes) {
    if (size == bytes.size()) {
      const bool whole = size == 0 && file.size() <= max_bytes;
      bytes.resize(whole ? file.size() + 1 : size + std::max(size, kChunk));
    }
    const std::size_t got = file.read(std::span(bytes).subspan(size));
    if (got == 0) {
      bytes.resize(size);
      return bytes;
    }
    size += got;
  }
  throw Error(Error::Kind::kLimit, path.string(),
              fmt::format("cannot read '{}': it is longer than the limit of {} bytes",
                          path.string(), max_bytes));
}

// --- writing ------------------------------------------------------------------------------------

void write_whole(const fs::path& target, const std::function<void(const fs::path&)>& write,
                 const FilesRead& read) {
  read.refuse(target);
  const fs::path real = real_target(target);
  Aside aside(make_aside(folder_of(real), real, target));
  write(aside.path());
  read.refuse(target);
  move_to_real(aside.path(), real, target);
  aside.keep();
}

bool is_stream(const fs::path& path) {
  if (open_descriptor(path)) return true;
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 && (S_ISFIFO(info.st_mode) || S_ISCHR(info.st_mode));
}

void write_stream(const fs::path& target, const std::function<void(std::ostream&)>& write,
                  const FilesRead& read) {
  if (is_stream(target)) {
    File file(open_stream(target));
    read.refuse(target);
    write_to(file.fd(), target, write);
    if (!file.close()) fail("write", target.string(), errno);
    return;
  }
  const auto write_aside = [&](const fs::path& aside) {
    File file(aside, O_WRONLY);
    if (file.fd() < 0) fail("write", target.string(), errno);
    write_to(file.fd(), target, write);
    if (!file.close()) fail("write", target.string(), errno);
  };
  write_whole(target, write_aside, read);
}

void write_file(const fs::path& target, std::string_view text, const FilesRead& read) {
  write_stream(target, [text](std::ostream& out) { out << text; }, read);
}

AppendedFile::AppendedFile(const fs::path& path, const fs::path& target, std::size_t size)
    : path_(path),
      descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC,
                         mode_meanwhile(target))) {
  struct stat info = {};
  if (descriptor_ >= 0 && ::fstat(descriptor_, &info) == 0 && S_ISREG(info.st_mode) &&
      ::ftruncate(descriptor_, static_cast<off_t>(size)) == 0) {
    return;
  }
  const int code = errno;
  const bool other_kind = descriptor_ >= 0 && !S_ISREG(info.st_mode);
  if (descriptor_ >= 0) ::close(descriptor_);
  if (other_kind) fail("write", path_.string(), "it is not a regular file");
  fail("write", path_.string(), code);
}

AppendedFile::~AppendedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void AppendedFile::write(std::string_view bytes) {
  if (!put_all(descriptor_, bytes)) fail("write", path_.string(), errno);
}

void AppendedFile::flush() {
  if (::fdatasync(descriptor_) != 0) fail("write", path_.string(), errno);
}

void AppendedFile::close() {
  if (::close(std::exchange(descriptor_, -1)) != 0) fail("write", path_.string(), errno);
}

void move_into_place(const fs::path& file, const fs::path& target, const FilesRead& read) {
  read.refuse(target);
  move_to_real(file, real_target(target), target);
}

void fail_to_write(const fs::path& path) {
  const int code = errno;
  if (code != 0) fail("write", path.string(), code);
  throw Error(Error::Kind::kIo, path.string(), fmt::format("cannot write '{}'", path.string()));
}

FileLock::FileLock(const fs::path& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
  if (file_ < 0) fail("write", path.string(), errno);
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
  const int code = errno;
  ::close(file_);
  if (code != EWOULDBLOCK) fail("write", path.string(), code);
  throw Error(Error::Kind::kUsage, path.string(),
              fmt::format("another program is just writing '{}'", path.string()));
}

FileLock::~FileLock() {
  ::close(file_);
}

}  // namespace cadre
