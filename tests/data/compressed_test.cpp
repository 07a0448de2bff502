#include "cadre/data/compressed.hpp"

#include <string>

#include "cadre/base/error.hpp"
#include "tests/catch.hpp"
#include "tests/support/compress.hpp"

namespace cadre {
namespace {

using testing::gzip;
using testing::zstd;

constexpr std::size_t kPlenty = std::size_t{1} << 30;

/// Text that does not compress to nothing.
std::string long_text() {
  std::string text;
  unsigned state = 1;
  for (int i = 0; i < 300'000; ++i) {
    state = state * 1103515245U + 12345U;
    text += static_cast<char>('a' + (state >> 16) % 26);
  }
  return text;
}

std::string message_of(const std::string& bytes, std::size_t max_bytes, Error::Kind kind) {
  try {
    decompress(bytes, "data/career.csv", max_bytes);
  } catch (const Error& error) {
    CHECK(error.kind() == kind);
    CHECK(error.path() == "data/career.csv");
    return error.what();
  }
  return "nothing was thrown";
}

TEST_CASE("compressed: the first bytes tell the format") {
  CHECK(compression_of(gzip("x")) == Compression::kGzip);
  CHECK(compression_of(zstd("x")) == Compression::kZstd);
  CHECK(compression_of("id,name\n") == Compression::kNone);
  CHECK(compression_of("") == Compression::kNone);
  CHECK(compression_of("\x1f") == Compression::kNone);
}

TEST_CASE("compressed: texts come back as they were") {
  for (const std::string& text : {std::string(), std::string("id,name\n"), long_text()}) {
    CHECK(decompress(gzip(text), "x", kPlenty) == text);
    CHECK(decompress(zstd(text), "x", kPlenty) == text);
  }
  CHECK(decompress("plain", "x", kPlenty) == "plain");
}

TEST_CASE("compressed: several members or frames are one text") {
  CHECK(decompress(gzip("ab") + gzip("") + gzip("cd"), "x", kPlenty) == "abcd");
  CHECK(decompress(zstd("ab") + zstd("cd"), "x", kPlenty) == "abcd");
  const std::string skippable("\x50\x2a\x4d\x18\x02\x00\x00\x00zz", 10);
  CHECK(decompress(skippable + zstd("ab"), "x", kPlenty) == "ab");
}

TEST_CASE("compressed: zeros behind a gzip stream are padding") {
  CHECK(decompress(gzip("ab") + std::string(512, '\0'), "x", kPlenty) == "ab");
}

TEST_CASE("compressed: a stream that is cut off is told of at every length") {
  const std::string text = "id,name\n1,a\n2,b\n";
  const std::string packed = gzip(text);
  for (std::size_t size = 2; size < packed.size(); ++size) {
    CAPTURE(size);
    CHECK(message_of(packed.substr(0, size), kPlenty, Error::Kind::kCorrupt) ==
          "cannot read 'data/career.csv': the gzip stream is cut off at its end, byte " +
              std::to_string(size));
  }
  const std::string frame = zstd(text);
  for (std::size_t size = 4; size < frame.size(); ++size) {
    CAPTURE(size);
    CHECK(message_of(frame.substr(0, size), kPlenty, Error::Kind::kCorrupt) ==
          "cannot read 'data/career.csv': the zstd stream is cut off at its end, byte " +
              std::to_string(size));
  }
}

TEST_CASE("compressed: a damaged stream is told of with the byte where that showed") {
  std::string packed = gzip("id,name\n1,a\n");
  packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 1);  // the checksum
  CHECK(message_of(packed, kPlenty, Error::Kind::kCorrupt)
            .rfind("cannot read 'data/career.csv': the gzip stream is damaged at byte ", 0) == 0);
  CHECK(message_of(gzip("a") + "rest", kPlenty, Error::Kind::kCorrupt) ==
        "cannot read 'data/career.csv': the gzip stream is damaged at byte " +
            std::to_string(gzip("a").size() + 2));
  CHECK(message_of(gzip("a") + std::string(3, '\0') + "rest", kPlenty, Error::Kind::kCorrupt) ==
        "cannot read 'data/career.csv': the gzip stream is damaged at byte " +
            std::to_string(gzip("a").size()));
  CHECK(message_of(zstd("a") + "rest", kPlenty, Error::Kind::kCorrupt)
            .rfind("cannot read 'data/career.csv': the zstd stream is damaged at byte ", 0) == 0);
}

TEST_CASE("compressed: a bomb stops at the limit") {
  const std::string zeros(std::size_t{20} << 20, ' ');
  const std::string expected =
      "cannot read 'data/career.csv': decompressed it is longer than the limit of 1048576 bytes";
  CHECK(message_of(gzip(zeros), std::size_t{1} << 20, Error::Kind::kLimit) == expected);
  CHECK(message_of(zstd(zeros), std::size_t{1} << 20, Error::Kind::kLimit) == expected);
  CHECK(decompress(gzip("1234"), "x", 4) == "1234");
  CHECK(message_of(gzip("12345"), 4, Error::Kind::kLimit) ==
        "cannot read 'data/career.csv': decompressed it is longer than the limit of 4 bytes");
}

}  // namespace
}  // namespace cadre
