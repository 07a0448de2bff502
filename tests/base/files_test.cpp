#include "cadre/base/files.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
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
    CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring("Is a directory"));
  }
  SECTION("a file that is too long") {
    write_file(folder / "a", "12345");
    const Error error = error_of([&] { read_file(folder / "a", 4); });
    CHECK(error.kind() == Error::Kind::kLimit);
    CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring("limit of 4 bytes"));
  }
  SECTION("a stream without an end") {
    CHECK(error_of([&] { read_file("/dev/zero", 100'000); }).kind() == Error::Kind::kLimit);
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
  SECTION("over a device") {
    const Error error = error_of([] { write_file("/dev/null", "x"); });
    CHECK(error.what() == std::string("cannot write '/dev/null': it is not a regular file"));
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
