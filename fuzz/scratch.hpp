// A folder for what can only be read from files: in memory where the system has such a place, and
// removed at the end of the program.
#pragma once

#include <filesystem>
#include <string_view>

namespace cadre::fuzz {

/// Made by the first call; each process has its own.
const std::filesystem::path& scratch();

/// Writes a file of that name in it and returns its path.
std::filesystem::path scratch_file(std::string_view name, std::string_view bytes);

}  // namespace cadre::fuzz
