// A digest of bytes, by which files and other inputs are told apart.
#pragma once

#include <string>
#include <string_view>

namespace cadre {

/// The SHA-256 of some bytes in lower-case hexadecimal (FIPS 180-4). Throws Error kIo when the
/// cryptographic library refuses.
std::string sha256(std::string_view bytes);

}  // namespace cadre
