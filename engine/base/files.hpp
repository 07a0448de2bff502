// Reading files whole and writing them whole or not at all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace cadre {

inline constexpr std::size_t kDefaultMaxFileBytes = std::size_t{1} << 30;

/// The bytes of a file. `-` is not special here.
/// Throws Error: kMissing, kIo, or kLimit when the file is longer than `max_bytes`.
std::string read_file(const std::filesystem::path& path,
                      std::size_t max_bytes = kDefaultMaxFileBytes);

/// Calls `write` with the path of a new, empty file in the folder of `target`, then makes that file
/// appear under `target` in one step, safe on the disk. If `write` throws, or the step fails, the
/// old `target` is untouched and nothing is left behind. A `target` that is a symbolic link stays
/// one, and the file it points to is replaced; one that is a folder or a device is refused.
/// Throws Error kIo.
void write_whole(const std::filesystem::path& target,
                 const std::function<void(const std::filesystem::path&)>& write);

/// Throws Error kIo: that the file cannot be written, with what the system said last (errno). For
/// streams, which say no more than that they failed; to be called before anything else is.
[[noreturn]] void fail_to_write(const std::filesystem::path& path);

/// Makes a finished file appear under `target` in one step, as write_whole does. Throws Error kIo,
/// and then both are where they were.
void move_into_place(const std::filesystem::path& file, const std::filesystem::path& target);

/// write_whole for text that is already there.
void write_file(const std::filesystem::path& target, std::string_view text);

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
