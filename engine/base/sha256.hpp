// A digest of bytes, by which files and other inputs are told apart.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_st;  // of OpenSSL

namespace cadre {

/// The SHA-256 of some bytes in lower-case hexadecimal (FIPS 180-4). Throws Error kIo when the
/// cryptographic library refuses.
std::string sha256(std::string_view bytes);

/// The same for many short texts, as bytes: what the library has to look up is looked up once. Safe
/// to share between threads.
class Sha256 {
 public:
  Sha256();

  std::array<std::uint8_t, 32> digest(std::string_view bytes) const;

 private:
  std::shared_ptr<const evp_md_st> method_;
};

}  // namespace cadre
