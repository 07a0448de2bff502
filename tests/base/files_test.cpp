#include "cadre/base/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "cadre/base/error.hpp"
#include "tests/catch.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for a test, removed afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "cadre-files-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path operator/(const char* name) const { return path_ / name; }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path_))
      names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  fs::path path_;
};

using Names = std::vector<std::string>;

/// What `action` throws.
template <typename Action>
Error error_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  FAIL("no Error was thrown");
  throw std::logic_error("not reached");
}

TEST_CASE("a file is read as it was written") {
  const Folder folder;
  std::string bytes =
      GENERATE(std::string(), std::string("a\0b\r\n\xFF", 6), std::string(200'000, 'x') + "end");
  write_file(folder / "a", bytes);
  CHECK(read_file(folder / "a") == bytes);
  CHECK(read_file(folder / "a", bytes.size()) == bytes);
  CHECK(folder.names() == Names{"a"});
}

TEST_CASE("what cannot be read") {
  const Folder folder;
  SECTION("a file that is not there") {
    const fs::path path = folder / "none.yaml";
    const Error error = error_of([&] { read_file(path); });
    CHECK(error.kind() == Error::Kind::kMissing);
    CHECK(error.path() == path.string());
    CHECK(error.what() == "cannot read '" + path.string() + "': No such file or directory");
  }
  SECTION("a file below a file") {
    write_file(folder / "a", "");
    CHECK(error_of([&] { read_file(folder / "a/b"); }).kind() == Error::Kind::kMissing);
  }
  SECTION("a folder") {
    const Error error = error_of([&] { read_file(folder / "."); });
    CHECK(error.kind() == Error::Kind::kIo);
    CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring("it is a folder, not a file"));
  }
  SECTION("a file that is too long") {
    write_file(folder / "a", "12345");
    const Error error = error_of([&] { read_file(folder / "a", 4); });
    CHECK(error.kind() == Error::Kind::kLimit);
    CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring("limit of 4 bytes"));
  }
  SECTION("a device") {
    const Error error = error_of([&] { read_file("/dev/zero", 100'000); });
    CHECK(error.what() == std::string("cannot read '/dev/zero': it is a device, not a file"));
  }
  SECTION("a named pipe, without waiting for somebody to write to it") {
    const fs::path pipe = folder / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const Error error = error_of([&] { read_file(pipe); });
    CHECK(error.kind() == Error::Kind::kIo);
    CHECK_THAT(error.what(), Catch::Matchers::EndsWith("it is a named pipe, not a file"));
    fs::create_symlink("pipe", folder / "link");
    CHECK_THAT(error_of([&] { read_file(folder / "link"); }).what(),
               Catch::Matchers::EndsWith("it is a named pipe, not a file"));
  }
  SECTION("a socket") {
    const fs::path path = folder / "s";
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(path.native().size() < sizeof(address.sun_path));
    path.native().copy(address.sun_path, path.native().size());
    REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
    CHECK_THAT(error_of([&] { read_file(path); }).what(),
               Catch::Matchers::EndsWith("it is a socket, not a file"));
    ::close(socket);
  }
  SECTION("a name with a NUL, of which the system would read the first part") {
    write_file(folder / "a", "x");
    const fs::path path = (folder / "a").native() + std::string("\0b", 2);
    CHECK_THAT(error_of([&] { read_file(path); }).what(),
               Catch::Matchers::EndsWith("its name holds a NUL character"));
  }
}

TEST_CASE("a file is replaced in one step") {
  const Folder folder;
  const fs::path target = folder / "run";
  write_file(target, "old");
  write_whole(target, [&](const fs::path& aside) {
    CHECK(aside.parent_path() == target.parent_path());
    CHECK(read_file(aside).empty());
    std::ofstream(aside) << "new";
    CHECK(read_file(target) == "old");
  });
  CHECK(read_file(target) == "new");
  CHECK(folder.names() == Names{"run"});
}

TEST_CASE("a write that fails leaves the old file and nothing else") {
  const Folder folder;
  const fs::path target = folder / "run";
  write_file(target, "old");
  CHECK_THROWS_AS(write_whole(target,
                              [](const fs::path& aside) {
                                std::ofstream(aside) << "half";
                                throw std::runtime_error("stop");
                              }),
                  std::runtime_error);
  CHECK(read_file(target) == "old");
  CHECK(folder.names() == Names{"run"});
}

TEST_CASE("a new file has the usual permissions") {
  const Folder folder;
  const mode_t mask = ::umask(022);
  write_file(folder / "a", "");
  ::umask(mask);
  CHECK(fs::status(folder / "a").permissions() == static_cast<fs::perms>(0644));
}

TEST_CASE("a file that is replaced keeps its permissions") {
  const Folder folder;
  const fs::path file = folder / "a";
  for (const unsigned mode : {0600U, 0640U, 0444U, 0777U}) {
    write_file(file, "old");
    fs::permissions(file, fs::perms(mode));
    write_whole(file, [&](const fs::path& aside) {
      // Nobody sees it in the meantime who may not see the old one.
      CHECK((fs::status(aside).permissions() & fs::perms(0077)) == fs::perms::none);
      std::ofstream(aside) << "new";
    });
    CHECK(read_file(file) == "new");
    CHECK(fs::status(file).permissions() == fs::perms(mode));
    fs::permissions(file, fs::perms(0600));
    write_file(folder / "b", "moved");
    fs::permissions(file, fs::perms(mode));
    move_into_place(folder / "b", file);
    CHECK(fs::status(file).permissions() == fs::perms(mode));
    fs::remove(file);
  }
}

TEST_CASE("a file that was read is not written over, whatever leads to it") {
  const Folder folder;
  const fs::path file = folder / "data";
  write_file(file, "what is read");
  fs::create_directory(folder / "in");
  fs::create_symlink("data", folder / "symbolic");
  fs::create_hard_link(file, folder / "hard");
  fs::create_directory_symlink(".", folder / "itself");
  FilesRead read;
  CHECK(read_file(file, 100, &read) == "what is read");
  for (const char* name : {"data", "in/../data", "symbolic", "hard", "itself/data"}) {
    CAPTURE(name);
    const fs::path target = folder / name;
    const auto is_refused = [&](const auto& action) {
      const Error error = error_of(action);
      CHECK(error.kind() == Error::Kind::kUsage);
      CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring("would overwrite"));
      CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring(target.string()));
      CHECK(read_file(target) == "what is read");
      CHECK(folder.names() == Names{"data", "hard", "in", "itself", "symbolic"});
    };
    is_refused([&] { write_file(target, "x", read); });
    is_refused([&] { write_whole(target, [](const fs::path&) { FAIL("was called"); }, read); });
    is_refused([&] { write_stream(target, [](std::ostream&) { FAIL("was called"); }, read); });
  }
  CHECK(error_of([&] { write_file(folder / "hard", "x", read); }).what() ==
        fmt::format("'{}' would overwrite '{}', which is read; give another name",
                    (folder / "hard").string(), file.string()));
  write_file(folder / "other", "x", read);
  CHECK(read_file(folder / "other") == "x");
}

TEST_CASE("a file that is read while the output is written is not written over either") {
  const Folder folder;
  write_file(folder / "data", "what is read");
  FilesRead read;
  const auto write = [&](std::ostream& out) { out << read_file(folder / "data", 100, &read); };
  CHECK(error_of([&] { write_stream(folder / "data", write, read); }).kind() ==
        Error::Kind::kUsage);
  CHECK(read_file(folder / "data") == "what is read");
  CHECK(folder.names() == Names{"data"});
}

TEST_CASE("streams are written as they come") {
  const Folder folder;
  SECTION("a named pipe") {
    const fs::path pipe = folder / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(is_stream(pipe));
    std::string got;
    std::thread reader([&] {
      std::ifstream in(pipe);
      got.assign(std::istreambuf_iterator<char>(in), {});
    });
    const std::string text(200'000, 'x');
    write_file(pipe, text);
    reader.join();
    CHECK(got == text);
    CHECK(folder.names() == Names{"pipe"});
  }
  SECTION("a device") {
    CHECK(is_stream("/dev/null"));
    write_file("/dev/null", "x");
  }
  SECTION("a descriptor, from where it stands") {
    write_file(folder / "a", "first ");
    const int descriptor = ::open((folder / "a").c_str(), O_WRONLY | O_APPEND);
    REQUIRE(descriptor >= 0);
    for (const char* name : {"/dev/fd/{}", "/proc/self/fd/{}"}) {
      write_file(fmt::format(fmt::runtime(name), descriptor), "and more ");
    }
    ::close(descriptor);
    CHECK(read_file(folder / "a") == "first and more and more ");
  }
  SECTION("no file, and no folder") {
    write_file(folder / "a", "");
    CHECK_FALSE(is_stream(folder / "a"));
    CHECK_FALSE(is_stream(folder / "."));
    CHECK_FALSE(is_stream(folder / "none"));
  }
}

TEST_CASE("what cannot be written") {
  const Folder folder;
  SECTION("into a folder that is not there") {
    const fs::path target = folder / "none/a";
    const Error error = error_of([&] { write_file(target, "x"); });
    CHECK(error.kind() == Error::Kind::kIo);
    CHECK(error.path() == target.string());
    CHECK(error.what() == "cannot write '" + target.string() + "': No such file or directory");
  }
  SECTION("over a folder") {
    fs::create_directory(folder / "a");
    CHECK(error_of([&] { write_file(folder / "a", "x"); }).kind() == Error::Kind::kIo);
    CHECK(fs::is_directory(folder / "a"));
    CHECK(folder.names() == Names{"a"});
  }
  SECTION("a database to a device") {
    const Error error = error_of([] { write_whole("/dev/null", [](const fs::path&) {}); });
    CHECK(error.what() == std::string("cannot write '/dev/null': it is not a regular file"));
  }
  SECTION("to a device that is full") {
    const Error error = error_of([] { write_file("/dev/full", "x"); });
    CHECK(error.what() == std::string("cannot write '/dev/full': No space left on device"));
  }
  SECTION("when the new file has vanished") {
    const auto vanish = [&] {
      write_whole(folder / "a", [](const fs::path& p) { fs::remove(p); });
    };
    CHECK(error_of(vanish).kind() == Error::Kind::kIo);
    CHECK(folder.names().empty());
  }
}

TEST_CASE("a symbolic link stays, and its file is replaced") {
  const Folder folder;
  fs::create_directory(folder / "runs");
  write_file(folder / "runs/today", "old");
  fs::create_symlink("runs/today", folder / "run");
  write_file(folder / "run", "new");
  CHECK(fs::is_symlink(folder / "run"));
  CHECK(read_file(folder / "runs/today") == "new");

  fs::create_symlink("runs/tomorrow", folder / "next");
  write_file(folder / "next", "later");
  CHECK(read_file(folder / "runs/tomorrow") == "later");
}

TEST_CASE("a path without a folder stands in the current one") {
  const Folder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder / ".");
  write_file("a", "x");
  fs::current_path(before);
  CHECK(folder.names() == Names{"a"});
}

TEST_CASE("many threads write the same file, each whole") {
  const Folder folder;
  std::vector<std::thread> threads;
  for (char c : {'a', 'b', 'c', 'd'}) {
    threads.emplace_back([&folder, c] {
      for (int i = 0; i < 10; ++i) write_file(folder / "run", std::string(5000, c));
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::string bytes = read_file(folder / "run");
  CHECK(bytes == std::string(5000, bytes.at(0)));
  CHECK(folder.names() == Names{"run"});
}

}  // namespace
}  // namespace cadre
