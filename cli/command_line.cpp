#include "cli/command_line.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

#include "cadre/base/diagnostic.hpp"
#include "cli/help.hpp"

namespace cadre::cli {
namespace {

/// An option from its names and what its value is called: "-o,--output FILE".
Option named(std::string_view names, std::string_view meaning, Target target) {
  Option option;
  option.meaning = meaning;
  option.target = std::move(target);
  const std::size_t blank = names.find(' ');
  if (blank != std::string_view::npos) option.value = names.substr(blank + 1);
  option.value_optional = option.value.starts_with('[') && option.value.ends_with(']');
  const std::string_view all = names.substr(0, blank);
  const std::size_t dashes = all.find("--");
  if (dashes != 0) option.short_name = all.substr(1, 1);
  if (dashes != std::string_view::npos) option.long_name = all.substr(dashes + 2);
  return option;
}

Option argument_called(std::string_view name, std::string_view meaning, Target target) {
  Option option;
  option.argument = name;
  option.meaning = meaning;
  option.target = std::move(target);
  return option;
}

Command command_called(std::string_view name, std::string_view summary) {
  Command command;
  command.name = name;
  command.summary = summary;
  command.options.push_back(named("-h,--help", "Print this help", {}));
  return command;
}

// --- reading, with CLI11 ------------------------------------------------------------------------

/// "; did you mean '--format'?" or nothing.
std::string guess(const std::string& word, const std::vector<std::string>& known) {
  const std::string nearest = nearest_name(word, known);
  return nearest.empty() ? "" : fmt::format("; did you mean '{}'?", nearest);
}

/// Why a value is not the one that `option` takes; empty when it is.
std::string refused(const Option& option, const std::string& value) {
  if (std::holds_alternative<unsigned*>(option.target)) {
    const bool digits = !value.empty() && value.size() < 7 &&
                        value.find_first_not_of("0123456789") == std::string::npos;
    return digits ? "" : fmt::format("'{}' is no number from 0 to 999999", value);
  }
  const std::vector<std::string>& words = option.words;
  if (words.empty() || std::find(words.begin(), words.end(), value) != words.end()) return "";
  return fmt::format("'{}' is none of {}{}", value, fmt::join(words, ", "), guess(value, words));
}

/// The names as CLI11 wants them: "-o,--output".
std::string names_of(const Option& option) {
  if (!option.argument.empty()) return option.argument;
  std::string names;
  if (!option.short_name.empty()) names = "-" + option.short_name;
  if (!option.long_name.empty()) names += (names.empty() ? "--" : ",--") + option.long_name;
  return names;
}

/// Gives CLI11 an option that writes our variable; null when CLI11 has its own, as for --help.
CLI::Option* bound(CLI::App& app, const Option& option) {
  const std::string names = names_of(option);
  return std::visit(
      [&](const auto& target) -> CLI::Option* {
        using Kind = std::decay_t<decltype(target)>;
        if constexpr (std::is_same_v<Kind, std::monostate>) {
          return nullptr;
        } else if constexpr (std::is_same_v<Kind, bool*>) {
          return app.add_flag(names, *target);
        } else if constexpr (std::is_same_v<Kind, unsigned*>) {
          return app.add_option_function<std::string>(names, [target](const std::string& digits) {
            *target = static_cast<unsigned>(std::stoul(digits));
          });
        } else if constexpr (!std::is_same_v<Kind, Take>) {
          return app.add_option(names, *target);
        } else if (!option.repeated) {
          return app.add_option_function<std::string>(names, target);
        } else {
          return app.add_option_function<std::vector<std::string>>(
              names, [target](const std::vector<std::string>& values) {
                for (const std::string& value : values) target(value);
              });
        }
      },
      option.target);
}

/// An option of ours that was given, once CLI11 has counted.
struct Counted {
  const CLI::Option* option;
  bool* given;
};

void add_options(CLI::App& app, const Command& command, std::vector<Counted>& counted) {
  app.set_help_flag("-h,--help");
  for (const Option& option : command.options) {
    CLI::Option* read = bound(app, option);
    if (read == nullptr) continue;
    read->required(option.required);
    if (option.argument.empty() && option.repeated) read->allow_extra_args(false);
    if (option.value_optional) read->expected(0, 1);
    if (!std::holds_alternative<bool*>(option.target)) {
      read->check([&option](const std::string& value) { return refused(option, value); });
    }
    if (option.given != nullptr) counted.push_back({read, option.given});
  }
}

std::string unknown_option(const std::string& word, const Command& command) {
  std::vector<std::string> known;
  for (const Option& option : command.options) {
    if (!option.long_name.empty()) known.push_back("--" + option.long_name);
  }
  const std::string name = word.substr(0, word.find('='));
  return fmt::format("there is no option '{}'{}", name, guess(name, known));
}

std::string unknown_command(const std::string& word, const CommandLine& line) {
  std::vector<std::string> known;
  for (const Command& command : line.commands) known.push_back(command.name);
  return fmt::format("there is no command '{}'{}", word, guess(word, known));
}

/// "cadre check: there is no option ...", and where to look. `chosen` is null without a command.
std::string mistake(const CommandLine& line, const Command* chosen, const CLI::App& app,
                    const CLI::ParseError& error) {
  const std::string& program = line.program.name;
  const std::string name = chosen == nullptr ? program : program + " " + chosen->name;
  std::string why = error.what();
  if (error.get_name() == "ArgumentMismatch") why = why.substr(0, why.find(':')) + " needs a value";
  if (const std::vector<std::string> rest = app.remaining(true); !rest.empty()) {
    const auto option = std::find_if(rest.begin(), rest.end(), [](const std::string& word) {
      return word.starts_with('-') && word.size() > 1;
    });
    why = option != rest.end() ? unknown_option(*option, chosen == nullptr ? line.program : *chosen)
          : chosen == nullptr  ? unknown_command(rest.front(), line)
                               : fmt::format("'{}' is one word too many", rest.front());
  }
  return fmt::format("{}: {}\nSee '{} --help'.\n", name, why, name);
}

}  // namespace

// --- describing ---------------------------------------------------------------------------------

Option& Option::require() {
  required = true;
  return *this;
}

Option& Option::take_one_of(std::vector<std::string> only) {
  words = std::move(only);
  if (argument.empty()) value = fmt::format("{}", fmt::join(words, "|"));
  return *this;
}

Option& Option::repeat() {
  repeated = true;
  return *this;
}

Option& Option::show_default() {
  return show_default(*std::get<std::string*>(target));
}

Option& Option::show_default(std::string_view word) {
  default_value = word;
  return *this;
}

Option& Option::tell(bool& flag) {
  given = &flag;
  return *this;
}

Option& Command::argument(std::string_view called, std::string& variable,
                          std::string_view meaning) {
  return options.emplace_back(argument_called(called, meaning, &variable));
}

Option& Command::argument(std::string_view called, std::vector<std::string>& variable,
                          std::string_view meaning) {
  return options.emplace_back(argument_called(called, meaning, &variable)).repeat();
}

Option& Command::option(std::string_view names, std::string& variable, std::string_view meaning) {
  return options.emplace_back(named(names, meaning, &variable));
}

Option& Command::option(std::string_view names, std::vector<std::string>& variable,
                        std::string_view meaning) {
  return options.emplace_back(named(names, meaning, &variable)).repeat();
}

Option& Command::option(std::string_view names, unsigned& variable, std::string_view meaning) {
  Option& option = options.emplace_back(named(names, meaning, &variable));
  option.value = "NUMBER";
  return option.show_default(std::to_string(variable));
}

Option& Command::option(std::string_view names, Take take, std::string_view meaning) {
  return options.emplace_back(named(names, meaning, std::move(take)));
}

Option& Command::flag(std::string_view names, bool& variable, std::string_view meaning) {
  return options.emplace_back(named(names, meaning, &variable));
}

CommandLine::CommandLine(std::string_view name, std::string_view summary, std::string_view number)
    : program(command_called(name, summary)), version(number) {
  program.options.push_back(named("--version", "Print the version", {}));
}

Command& CommandLine::add(std::string_view name, std::string_view summary) {
  return commands.emplace_back(command_called(name, summary));
}

Request CommandLine::read(int argc, const char* const* argv) const {
  CLI::App app(program.summary, program.name);
  app.set_version_flag("--version", program.name + " " + version);
  app.require_subcommand(1);
  std::vector<Counted> counted;
  add_options(app, program, counted);
  for (const Command& command : commands) {
    add_options(*app.add_subcommand(command.name), command, counted);
  }
  const auto chosen = [&]() -> const Command* {
    const std::vector<CLI::App*> given = app.get_subcommands();
    const auto at = std::find_if(commands.begin(), commands.end(), [&](const Command& command) {
      return !given.empty() && command.name == given.front()->get_name();
    });
    return at == commands.end() ? nullptr : &*at;
  };

  Request request;
  try {
    app.parse(argc, argv);
    for (const Counted& one : counted) *one.given = one.option->count() > 0;
    request.action = chosen()->action;
  } catch (const CLI::CallForVersion& asked) {
    request.answer = std::string(asked.what()) + "\n";
  } catch (const CLI::Success&) {  // --help
    const Command* command = chosen();
    request.answer = command == nullptr ? help(*this) : help(*this, *command);
  } catch (const CLI::ParseError& error) {
    request.mistake = mistake(*this, chosen(), app, error);
  }
  return request;
}

}  // namespace cadre::cli
