#include "tests/support/paths.hpp"

namespace cadre::testing {

std::filesystem::path source_dir() {
  return CADRE_SOURCE_DIR;
}

std::filesystem::path cadre_binary() {
  return CADRE_BINARY;
}

}  // namespace cadre::testing
