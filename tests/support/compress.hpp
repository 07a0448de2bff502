// Compressed texts, made as tests need them.
#pragma once

#include <string>
#include <string_view>

namespace cadre::testing {

std::string gzip(std::string_view text);
std::string zstd(std::string_view text);

}  // namespace cadre::testing
