#include "cadre/base/seeded_hash.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <random>

namespace cadre {
namespace {

struct Key {
  std::uint64_t first;
  std::uint64_t second;
};

const Key& process_key() {
  static const Key kKey = [] {
    std::random_device device;
    const auto word = [&device] {
      return (std::uint64_t{device()} << 32) | (std::uint64_t{device()} & 0xFFFFFFFF);
    };
    const std::uint64_t first = word();
    return Key{first, word()};
  }();
  return kKey;
}

/// The state of SipHash (Aumasson and Bernstein, 2012): https://www.aumasson.jp/siphash.
class SipState {
 public:
  explicit SipState(const Key& key)
      : v0_(key.first ^ 0x736f6d6570736575),
        v1_(key.second ^ 0x646f72616e646f6d),
        v2_(key.first ^ 0x6c7967656e657261),
        v3_(key.second ^ 0x7465646279746573) {}

  void add(std::uint64_t word) {
    v3_ ^= word;
    mix();
    v0_ ^= word;
  }

  std::uint64_t finish() {
    v2_ ^= 0xFF;
    for (int i = 0; i < 3; ++i) mix();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

 private:
  void mix() {
    v0_ += v1_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v3_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ += v3_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ += v1_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v2_ = std::rotl(v2_, 32);
  }

  std::uint64_t v0_;
  std::uint64_t v1_;
  std::uint64_t v2_;
  std::uint64_t v3_;
};

}  // namespace

std::size_t SeededHash::operator()(std::string_view text) const {
  SipState state(process_key());
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= sizeof(std::uint64_t); left -= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    state.add(word);
    at += sizeof(word);
  }
  std::uint64_t last = std::uint64_t{text.size()} << 56;
  for (std::size_t i = 0; i < left; ++i) {
    last |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
  }
  state.add(last);
  return static_cast<std::size_t>(state.finish());
}

}  // namespace cadre
