// What the command line says of itself with --help.
#pragma once

#include <string>

#include "cli/command_line.hpp"

namespace cadre::cli {

/// The help of the program: what it is for, and its commands.
std::string help(const CommandLine& line);

/// The help of one of its commands.
std::string help(const CommandLine& line, const Command& command);

}  // namespace cadre::cli
