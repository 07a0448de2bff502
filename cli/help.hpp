// What the command line says of itself: --help, and what it makes of a line it does not understand.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
class ParseError;
}  // namespace CLI

namespace cadre::cli {

/// Gives `app`, and the commands that are added to it afterwards, cadre's form of --help.
void set_help(CLI::App& app);

/// Lets an option take one of these words only, and says so in --help.
void take_one_of(CLI::Option* option, const std::vector<std::string>& words);

/// Lets an option take a whole number that is not negative only.
void take_number(CLI::Option* option);

/// Why a command line was not understood, with a remedy: "cadre check: there is no option ...".
std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

}  // namespace cadre::cli
