#include "cadre/base/sha256.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "cadre/base/error.hpp"

namespace cadre {
namespace {

[[noreturn]] void refused() {
  throw Error(Error::Kind::kIo, "", "cannot compute SHA-256: OpenSSL refuses");
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::string hex;
  for (const std::uint8_t byte : Sha256().digest(bytes)) hex += fmt::format("{:02x}", byte);
  return hex;
}

Sha256::Sha256()
    : method_(EVP_MD_fetch(nullptr, "SHA256", nullptr),
              [](EVP_MD* method) { EVP_MD_free(method); }) {
  if (!method_) refused();
}

std::array<std::uint8_t, 32> Sha256::digest(std::string_view bytes) const {
  std::array<std::uint8_t, 32> digest;
  unsigned int size = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, method_.get(), nullptr);
  if (done != 1 || size != digest.size()) refused();
  return digest;
}

}  // namespace cadre
