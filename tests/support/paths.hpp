// Where the tests find the project's files and the program under test.
#pragma once

#include <filesystem>

namespace cadre::testing {

std::filesystem::path source_dir();    ///< the root of the project
std::filesystem::path cadre_binary();  ///< the built `cadre`

}  // namespace cadre::testing
