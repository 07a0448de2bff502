#include "cadre/data/file_hash.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

struct Algorithm {
  std::string_view name;
  std::size_t digits;
};
constexpr std::array<Algorithm, 4> kAlgorithms = {
    {{"md5", 32}, {"sha1", 40}, {"sha256", 64}, {"sha512", 128}}};

[[noreturn]] void refused(const std::string& algorithm) {
  throw Error(Error::Kind::kUsage, "",
              fmt::format("OpenSSL does not compute hashes by {}: take 'hash' out of "
                          "datapackage.json",
                          algorithm));
}

}  // namespace

std::optional<StatedHash> parse_hash(std::string_view text) {
  const std::size_t colon = text.find(':');
  StatedHash hash;
  hash.algorithm = colon == std::string_view::npos
                       ? "md5"
                       : ascii_lower_case(std::string(text.substr(0, colon)));
  std::erase(hash.algorithm, '-');  // sha-256
  hash.digest = ascii_lower_case(
      std::string(colon == std::string_view::npos ? text : text.substr(colon + 1)));
  const auto known = std::find_if(kAlgorithms.begin(), kAlgorithms.end(),
                                  [&](const auto& one) { return one.name == hash.algorithm; });
  if (known == kAlgorithms.end() || hash.digest.size() != known->digits ||
      hash.digest.find_first_not_of("0123456789abcdef") != std::string::npos) {
    return std::nullopt;
  }
  return hash;
}

FileHash::FileHash(const std::string& algorithm) : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
  const EVP_MD* method = EVP_get_digestbyname(algorithm.c_str());
  if (!context_ || method == nullptr || EVP_DigestInit_ex(context_.get(), method, nullptr) != 1) {
    refused(algorithm);
  }
}

void FileHash::add(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

std::string FileHash::digest() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

}  // namespace cadre
