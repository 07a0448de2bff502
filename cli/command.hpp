// What every subcommand has in common: it adds itself to the command line and says what to run.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cli/command_line.hpp"

namespace cadre::cli {

/// Exit statuses. Anything that a user got wrong, and anything that the machine refused, is 2.
inline constexpr int kSuccess = 0;
inline constexpr int kDiffers = 1;  ///< tests failed, results differ
inline constexpr int kMistake = 2;

void add_check(CommandLine& line);
void add_classify(CommandLine& line);
void add_figures(CommandLine& line);
void add_explain(CommandLine& line);
void add_evaluate(CommandLine& line);
void add_report(CommandLine& line);
void add_sweep(CommandLine& line);
void add_diff(CommandLine& line);
void add_import(CommandLine& line);
void add_query(CommandLine& line);
void add_completions(CommandLine& line);

/// Prints diagnostics to standard error, and a closing line that counts them.
void print_diagnostics(const Diagnostics& diagnostics);

/// Reads the values of --set, each NAME=VALUE. Throws Error kUsage for any other form.
std::vector<std::pair<std::string, std::string>> parse_settings(
    const std::vector<std::string>& settings);

/// Whether the file begins as SQLite databases do, and so as runs do.
bool is_database(const std::string& path);

/// "1 person", "2 people".
std::string counted(std::size_t count, const std::string& one, const std::string& many);

}  // namespace cadre::cli
