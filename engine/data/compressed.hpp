// Compressed input: gzip (RFC 1952, also of several members) and zstd (RFC 8878, also of several
// frames), known by their first bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cadre {

enum class Compression { kNone, kGzip, kZstd };

Compression compression_of(std::string_view bytes);

/// What `bytes` stand for: themselves, when they are not compressed. `path` is for messages.
/// Throws Error: kCorrupt for a stream that is cut off or damaged, with the byte where that showed,
/// and kLimit when the result would be longer than `max_bytes`.
std::string decompress(std::string bytes, const std::string& path, std::size_t max_bytes);

}  // namespace cadre
