// Content keys: equal keys stand for equal content, whatever rule set it came from.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cadre {

/// 128 bits of a SHA-256. That two different contents share a key is not expected to happen, also
/// where somebody tries to make it happen.
struct Key {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  friend auto operator<=>(const Key&, const Key&) = default;
};

/// For hash tables. The bits of a key are random already.
struct KeyHash {
  std::size_t operator()(const Key& key) const { return static_cast<std::size_t>(key.low); }
};

/// The key of some bytes. Throws Error kIo when the cryptographic library refuses.
Key key_of(std::string_view bytes);

}  // namespace cadre
