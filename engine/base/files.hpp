// Reading files whole, and writing them whole or not at all, never over a file that was read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace cadre {

inline constexpr std::size_t kDefaultMaxFileBytes = std::size_t{1} << 30;

/// The regular files that a piece of work reads, so that none of its outputs replaces one of them.
/// A file is known by its device and number, whatever path or link leads to it. Readers add what
/// they open; writers refuse. Not to be shared between threads.
class FilesRead {
 public:
  /// Nothing happens for what is not there or is no regular file.
  void add(const std::filesystem::path& path);
  void add(int descriptor, const std::filesystem::path& shown);

  /// Throws Error kUsage, with both names, when `target` is one of the files. Of /dev/stdout and
  /// its like it is the file that the descriptor leads to.
  void refuse(const std::filesystem::path& target) const;

  /// Whether the open descriptor leads to one of the files.
  bool contains(int descriptor) const;

 private:
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> files_;  // by device and number
};

/// A file that is read from its beginning to its end. Regular files only: named pipes, devices,
/// sockets and folders are refused, and opening one never waits. /dev/stdin, /dev/fd/N and
/// /proc/self/fd/N may also be pipes, sockets and terminals, which somebody has opened already.
class FileReader {
 public:
  /// Errors name the file as `shown`; empty: as its path. Throws Error kMissing or kIo.
  explicit FileReader(const std::filesystem::path& path, FilesRead* read = nullptr,
                      std::string shown = {});
  ~FileReader();
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  /// Fills a part of the bytes and says how many, 0 at the end. Throws Error kIo.
  std::size_t read(std::span<char> bytes);

  /// The size of a regular file, as a hint: it may grow. 0 for others.
  std::size_t size() const { return size_; }

 private:
  std::string shown_;
  int descriptor_ = -1;
  std::size_t size_ = 0;
};

/// The bytes of a file, as FileReader reads it, which is added to `read`. `-` is not special here.
/// Throws Error: kMissing, kIo, or kLimit when the file is longer than `max_bytes`.
std::string read_file(const std::filesystem::path& path,
                      std::size_t max_bytes = kDefaultMaxFileBytes, FilesRead* read = nullptr);

/// Calls `write` with the path of a new, empty file in the folder of `target`, then makes that file
/// appear under `target` in one step, safe on the disk. If `write` throws, or the step fails, the
/// old `target` is untouched and nothing is left behind. A `target` that is a symbolic link stays
/// one, and the file it points to is replaced; one that is a folder or a device is refused. The new
/// file has the permissions of the old one, and its owner and group where the system allows it.
/// Throws Error kIo, and kUsage when `target` is one of the files that were `read`, before `write`
/// is called or, when `write` itself reads, after.
void write_whole(const std::filesystem::path& target,
                 const std::function<void(const std::filesystem::path&)>& write,
                 const FilesRead& read = {});

/// Whether the path is something that is written as it comes: a named pipe, a device such as
/// /dev/null, or a descriptor that is open already (/dev/stderr, /dev/fd/N, /proc/self/fd/N).
bool is_stream(const std::filesystem::path& path);

/// As write_whole, for a writer that writes from the beginning to the end; also writes to streams
/// (is_stream). The stream that `write` is given throws Error kIo when a write fails. A terminal,
/// whatever path leads to it, gets whole lines with control characters made visible
/// (text/visible.hpp).
void write_stream(const std::filesystem::path& target,
                  const std::function<void(std::ostream&)>& write, const FilesRead& read = {});

/// write_stream for text that is already there.
void write_file(const std::filesystem::path& target, std::string_view text,
                const FilesRead& read = {});

/// A file that is written piece by piece beside `target` and later moved there (move_into_place).
class AppendedFile {
 public:
  /// Opens the file at `path`, or makes it with the permissions of `target`, and cuts it to `size`
  /// bytes. Throws Error kIo.
  AppendedFile(const std::filesystem::path& path, const std::filesystem::path& target,
               std::size_t size);
  ~AppendedFile();
  AppendedFile(const AppendedFile&) = delete;
  AppendedFile& operator=(const AppendedFile&) = delete;

  /// Throws Error kIo.
  void write(std::string_view bytes);
  /// Returns once all that was written is on the disk. Throws Error kIo.
  void flush();
  /// Throws Error kIo.
  void close();

 private:
  std::filesystem::path path_;
  int descriptor_;
};

/// Makes a finished file appear under `target` in one step, as write_whole does. Throws Error kIo,
/// or kUsage, and then both are where they were.
void move_into_place(const std::filesystem::path& file, const std::filesystem::path& target,
                     const FilesRead& read = {});

/// Throws Error kIo: that the file cannot be written, with what the system said last (errno). For
/// streams, which say no more than that they failed; to be called before anything else is.
[[noreturn]] void fail_to_write(const std::filesystem::path& path);

/// Holds a file, which is made when it is not there, against other programs that ask likewise, as
/// long as it lives. The end of the program lets go of it too.
class FileLock {
 public:
  /// Throws Error kUsage when another program holds it, kIo when it cannot be opened.
  explicit FileLock(const std::filesystem::path& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int file_;
};

}  // namespace cadre
