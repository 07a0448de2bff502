// The command line as data: the commands, what each takes, and what --help says of it. Each command
// describes itself once, and reading words, --help and completions all go by that:
//
//   Command& command = line.add("check", "Find mistakes in rule files and run their tests");
//   command.argument("RULES", options->files, "Rule sets, lexicons, eras or figures").require();
//   command.option("-o,--output FILE", options->output, "The file to write");
//   command.option("--set NAME=VALUE", options->settings, "Give a parameter another value");
//   command.option("--format", options->format, "How to print it").take_one_of({"text", "json"});
//   command.flag("--strict", options->strict, "Count warnings as failures");
//   command.examples = {"cadre check rules/macropolo-2022.yaml"};
//   command.action = [options] { return run(*options); };
//
// The variables are written when the line is read, and must live until then: commands keep theirs
// in what their action holds. CLI11 reads the words, and only command_line.cpp knows it: its one
// header takes five seconds to compile.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cadre::cli {

/// What a command does; its result is the exit status.
using Action = std::function<int()>;

/// Is given each value of an option as it is read; may throw Error kUsage.
using Take = std::function<void(const std::string& value)>;

/// Where a value goes; nowhere: --help and --version.
using Target =
    std::variant<std::monostate, bool*, unsigned*, std::string*, std::vector<std::string>*, Take>;

/// What a command takes: an argument, which is known by its place, or an option, by its name.
struct Option {
  std::string argument;    ///< of an argument, what help calls it: "RULES"
  std::string short_name;  ///< of an option, without its dash: "o"; or empty
  std::string long_name;   ///< "output"; or empty
  std::string value;       ///< what help calls its value: "FILE"; empty: it takes none
  std::string meaning;
  std::vector<std::string> words;  ///< the only values that it takes; empty: any
  std::string default_value;       ///< the value without it, as help shows it; or empty
  bool required = false;
  bool repeated = false;        ///< an argument takes many values; an option may be given again
  bool value_optional = false;  ///< it may be given without its value
  Target target;
  bool* given = nullptr;  ///< is set to whether it was given, unless null

  /// It must be there.
  Option& require();

  /// It takes one of these words only; help names them as the value of an option.
  Option& take_one_of(std::vector<std::string> only);

  /// It may be given more than once. Options that are kept in lists may be anyway.
  Option& repeat();

  /// Help shows the value that its variable has now, or this one, as what stands without it.
  Option& show_default();
  Option& show_default(std::string_view word);

  /// Sets `flag` to whether it was given.
  Option& tell(bool& flag);
};

struct Command {
  std::string name;
  std::string summary;                ///< one line
  std::vector<std::string> examples;  ///< whole command lines, below the options in help
  Action action;
  std::deque<Option> options;  ///< arguments too; in the order in which help lists them

  /// An argument. A list takes one word or more; at most one list in a command, and last.
  Option& argument(std::string_view name, std::string& variable, std::string_view meaning);
  Option& argument(std::string_view name, std::vector<std::string>& variable,
                   std::string_view meaning);

  /// An option and what help calls its value: "-o,--output FILE"; "--chart [DIR]" when it may be
  /// given without. With a list each --label takes one value, and may be given again. A number is
  /// one from 0 to 999999, and help shows the one that stands.
  Option& option(std::string_view names, std::string& variable, std::string_view meaning);
  Option& option(std::string_view names, std::vector<std::string>& variable,
                 std::string_view meaning);
  Option& option(std::string_view names, unsigned& variable, std::string_view meaning);
  Option& option(std::string_view names, Take take, std::string_view meaning);

  /// An option without a value.
  Option& flag(std::string_view names, bool& variable, std::string_view meaning);
};

/// What a command line asks for: one of the three is set.
struct Request {
  Action action;        ///< that of the command
  std::string answer;   ///< to --help or --version
  std::string mistake;  ///< why the words were not understood, with a remedy
};

/// A program and its commands.
struct CommandLine {
  Command program;  ///< what it says without a command, with --help and --version as options
  std::string version;
  std::deque<Command> commands;

  CommandLine(std::string_view name, std::string_view summary, std::string_view version);

  /// Another command. The reference stays good.
  Command& add(std::string_view name, std::string_view summary);

  /// Reads the words and writes the variables of the command that they name.
  Request read(int argc, const char* const* argv) const;
};

}  // namespace cadre::cli
