// Compressed files: a text, or an Error that says where the stream breaks.
#include "cadre/data/compressed.hpp"

#include <string>

#include "cadre/base/error.hpp"
#include "fuzz/targets.hpp"

namespace cadre::fuzz {

void compressed(std::string_view bytes) {
  constexpr std::size_t kMost = std::size_t{1} << 20;
  try {
    const std::string text = decompress(std::string(bytes), "p", kMost);
    must(text.size() <= kMost || compression_of(bytes) == Compression::kNone, "the limit holds");
    if (compression_of(bytes) == Compression::kNone) must(text == bytes, "plain text stays");
  } catch (const Error& error) {
    must(error.kind() == Error::Kind::kCorrupt || error.kind() == Error::Kind::kLimit,
         "a bad stream is damaged or too large");
  }
}

}  // namespace cadre::fuzz
