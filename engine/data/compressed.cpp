#include "cadre/data/compressed.hpp"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "cadre/base/error.hpp"

namespace cadre {
namespace {

constexpr std::size_t kChunk = std::size_t{256} << 10;

/// What there is to say when a stream cannot be read, and the text that has been read so far.
class Output {
 public:
  Output(std::string_view format, const std::string& path, std::size_t max_bytes)
      : format_(format), path_(path), max_bytes_(max_bytes) {}

  /// Makes room for more and returns where it begins.
  char* grow() {
    if (text_.size() - used_ < kChunk) text_.resize(std::max(text_.size() * 2, used_ + kChunk));
    return text_.data() + used_;
  }
  std::size_t room() const { return text_.size() - used_; }

  void add(std::size_t bytes) {
    used_ += bytes;
    if (used_ <= max_bytes_) return;
    throw Error(
        Error::Kind::kLimit, path_,
        fmt::format("cannot read '{}': decompressed it is longer than the limit of {} bytes", path_,
                    max_bytes_));
  }

  std::string take() {
    text_.resize(used_);
    return std::move(text_);
  }

  [[noreturn]] void cut_off(std::size_t at) const {
    throw Error(Error::Kind::kCorrupt, path_,
                fmt::format("cannot read '{}': the {} stream is cut off at its end, byte {}", path_,
                            format_, at));
  }
  [[noreturn]] void damaged(std::size_t at) const {
    throw Error(
        Error::Kind::kCorrupt, path_,
        fmt::format("cannot read '{}': the {} stream is damaged at byte {}", path_, format_, at));
  }
  [[noreturn]] void no_memory() const {
    throw Error(
        Error::Kind::kLimit, path_,
        fmt::format("cannot read '{}': its {} stream needs too much memory", path_, format_));
  }

 private:
  std::string_view format_;
  const std::string& path_;
  std::size_t max_bytes_;
  std::string text_;
  std::size_t used_ = 0;
};

template <class Integer>
Integer at_most(std::size_t size) {
  return static_cast<Integer>(
      std::min<std::size_t>(size, static_cast<std::size_t>(std::numeric_limits<Integer>::max())));
}

std::string gunzip(std::string_view bytes, const std::string& path, std::size_t max_bytes) {
  Output out("gzip", path, max_bytes);
  z_stream stream{};
  constexpr int kGzipOnly = 16 + MAX_WBITS;
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) out.no_memory();
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> closes(&stream, &inflateEnd);

  std::size_t at = 0;
  for (;;) {
    // zlib counts in 32 bits, so longer input is given to it in parts. It does not write to it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + at));
    stream.avail_in = at_most<uInt>(bytes.size() - at);
    stream.next_out = reinterpret_cast<Bytef*>(out.grow());
    stream.avail_out = at_most<uInt>(out.room());
    const uInt in_before = stream.avail_in;
    const uInt out_before = stream.avail_out;
    const int status = inflate(&stream, Z_NO_FLUSH);
    at += in_before - stream.avail_in;
    out.add(out_before - stream.avail_out);
    if (status == Z_STREAM_END) {
      // The end, zeros that fill up a block on a tape, or another member.
      const std::size_t more = bytes.find_first_not_of('\0', at);
      if (more == std::string_view::npos) return out.take();
      if (more != at || inflateReset(&stream) != Z_OK) out.damaged(at);
    } else if (status == Z_MEM_ERROR) {
      out.no_memory();
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      out.damaged(at);
    } else if (at == bytes.size() && stream.avail_out > 0) {
      out.cut_off(at);
    }
  }
}

std::string unzstd(std::string_view bytes, const std::string& path, std::size_t max_bytes) {
  Output out("zstd", path, max_bytes);
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                     &ZSTD_freeDCtx);
  if (context == nullptr) out.no_memory();

  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  for (;;) {
    char* to = out.grow();
    ZSTD_outBuffer part{to, out.room(), 0};
    const std::size_t left = ZSTD_decompressStream(context.get(), &part, &in);
    out.add(part.pos);
    if (ZSTD_isError(left) != 0) {
      if (ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation) out.no_memory();
      out.damaged(in.pos);
    }
    const bool flushed = part.pos < part.size;
    if (in.pos == in.size && flushed) {
      if (left != 0) out.cut_off(in.size);
      return out.take();
    }
  }
}

}  // namespace

Compression compression_of(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x1f\x8b"sv)) return Compression::kGzip;
  if (bytes.starts_with("\x28\xb5\x2f\xfd"sv)) return Compression::kZstd;
  // A frame that decoders skip; parallel compressors begin with one.
  const bool skippable = bytes.size() >= 4 &&
                         (static_cast<unsigned char>(bytes[0]) & 0xF0) == 0x50 &&
                         bytes.substr(1, 3) == "\x2a\x4d\x18"sv;
  return skippable ? Compression::kZstd : Compression::kNone;
}

std::string decompress(std::string bytes, const std::string& path, std::size_t max_bytes) {
  switch (compression_of(bytes)) {
    case Compression::kGzip:
      return gunzip(bytes, path, max_bytes);
    case Compression::kZstd:
      return unzstd(bytes, path, max_bytes);
    case Compression::kNone:
      break;
  }
  return bytes;
}

}  // namespace cadre
