#include "cli/help.hpp"

#include <fmt/format.h>

#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

constexpr std::size_t kTextColumn = 30;
constexpr std::size_t kWidth = 100;

/// A name and what it means, the meaning broken into lines.
std::string entry(const std::string& name, const std::string& meaning) {
  std::string out = "  " + padded(name, kTextColumn - 4);
  if (name.size() > kTextColumn - 4) out += "\n" + std::string(kTextColumn - 2, ' ');
  out += "  ";
  for (const char c : wrapped(meaning, kWidth - kTextColumn)) {
    out += c;
    if (c == '\n') out += std::string(kTextColumn, ' ');
  }
  return out + "\n";
}

/// "-o, --output FILE", "RULES...".
std::string name_of(const Option& option) {
  std::string text = option.argument;
  if (!option.short_name.empty()) text += "-" + option.short_name;
  if (!option.long_name.empty()) text += (text.empty() ? "--" : ", --") + option.long_name;
  if (!option.value.empty()) text += " " + option.value;
  return option.repeated ? text + "..." : text;
}

std::string meaning_of(const Option& option) {
  if (option.default_value.empty()) return option.meaning;
  return fmt::format("{} [{}]", option.meaning, option.default_value);
}

/// "Usage: cadre query RUN SQL [OPTIONS]".
std::string usage(const Command& command, const std::string& name) {
  std::string text = "Usage: " + name;
  for (const Option& option : command.options) {
    if (option.argument.empty()) continue;
    text += option.required ? " " + name_of(option) : " [" + name_of(option) + "]";
  }
  // An option that must be there is no option to whoever reads this.
  for (const Option& option : command.options) {
    if (!option.argument.empty() || !option.required) continue;
    text += fmt::format(" -{} {}", option.short_name, option.value);
  }
  return text + " [OPTIONS]\n";
}

/// All of the help; `usage` and `commands` are whole lines.
std::string help(const Command& command, const std::string& usage, const std::string& commands) {
  std::string arguments;
  std::string options;
  for (const Option& option : command.options) {
    (option.argument.empty() ? options : arguments) += entry(name_of(option), meaning_of(option));
  }
  std::string out = command.summary + "\n\n" + usage;
  if (!commands.empty()) out += "\nCommands:\n" + commands;
  if (!arguments.empty()) out += "\nArguments:\n" + arguments;
  out += "\nOptions:\n" + options + "\nExamples:\n";
  for (const std::string& example : command.examples) out += "  " + example + "\n";
  return out;
}

}  // namespace

std::string help(const CommandLine& line) {
  std::string commands;
  for (const Command& command : line.commands) commands += entry(command.name, command.summary);
  return help(line.program, "Usage: " + line.program.name + " COMMAND [OPTIONS]\n", commands);
}

std::string help(const CommandLine& line, const Command& command) {
  return help(command, usage(command, line.program.name + " " + command.name), "");
}

}  // namespace cadre::cli
