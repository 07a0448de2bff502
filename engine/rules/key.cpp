#include "cadre/rules/key.hpp"

#include <array>
#include <cstring>

#include "cadre/base/sha256.hpp"

namespace cadre {

Key key_of(std::string_view bytes) {
  static const Sha256 kSha256;
  const std::array<std::uint8_t, 32> digest = kSha256.digest(bytes);
  Key key;
  std::memcpy(&key.high, digest.data(), sizeof key.high);
  std::memcpy(&key.low, digest.data() + sizeof key.high, sizeof key.low);
  return key;
}

}  // namespace cadre
