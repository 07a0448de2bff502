// The size and hash that datapackage.json states of a table's files (`bytes`, `hash`).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cadre/base/source.hpp"

struct evp_md_ctx_st;

namespace cadre {

struct StatedSize {
  std::uint64_t bytes = 0;
  Place place;
};

struct StatedHash {
  std::string algorithm;  ///< md5, sha1, sha256 or sha512
  std::string digest;     ///< in lower-case hexadecimal digits
  Place place;
};

/// The algorithm and digest of a `hash`: "sha256:9f86..." or, without an algorithm, MD5. Nothing
/// when the algorithm is none of the four or the digest has not its length.
std::optional<StatedHash> parse_hash(std::string_view text);

/// The digest of bytes that come piece by piece.
class FileHash {
 public:
  /// `algorithm` is one of StatedHash. Throws Error kUsage when OpenSSL does not offer it.
  explicit FileHash(const std::string& algorithm);

  void add(std::string_view bytes);
  std::string digest();  ///< in lower-case hexadecimal digits; ends the hash

 private:
  std::unique_ptr<evp_md_ctx_st, void (*)(evp_md_ctx_st*)> context_;
};

}  // namespace cadre
