// What every subcommand has in common: it adds itself to the command line and says what to run.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/base/diagnostic.hpp"

namespace CLI {
class App;
}

namespace cadre::cli {

/// Exit statuses. Anything that a user got wrong, and anything that the machine refused, is 2.
inline constexpr int kSuccess = 0;
inline constexpr int kDiffers = 1;  ///< tests failed, results differ
inline constexpr int kMistake = 2;

/// The command that was chosen; main runs it after the command line has been read.
using Action = std::function<int()>;

void add_check(CLI::App& app, Action& action);
void add_classify(CLI::App& app, Action& action);
void add_figures(CLI::App& app, Action& action);
void add_explain(CLI::App& app, Action& action);
void add_evaluate(CLI::App& app, Action& action);
void add_report(CLI::App& app, Action& action);
void add_sweep(CLI::App& app, Action& action);
void add_diff(CLI::App& app, Action& action);
void add_import(CLI::App& app, Action& action);
void add_query(CLI::App& app, Action& action);
void add_completions(CLI::App& app, Action& action);

/// Prints diagnostics to standard error, and a closing line that counts them.
void print_diagnostics(const Diagnostics& diagnostics);

/// Reads the values of --set, each NAME=VALUE. Throws Error kUsage for any other form.
std::vector<std::pair<std::string, std::string>> parse_settings(
    const std::vector<std::string>& settings);

/// Throws Error kUsage when writing `output` would destroy one of the files that are read. `option`
/// is what the message puts before its name.
void refuse_overwriting(const std::string& output, const std::vector<std::string>& inputs,
                        std::string_view option = "-o ");

/// Whether the file begins as SQLite databases do, and so as runs do.
bool is_database(const std::string& path);

/// The text of --help below the options.
std::string examples(const std::vector<std::string>& lines);

/// "1 person", "2 people".
std::string counted(std::size_t count, const std::string& one, const std::string& many);

}  // namespace cadre::cli
