#include "cli/help.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cadre/base/diagnostic.hpp"
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

bool takes_many(const CLI::Option& option) {
  return option.get_expected_max() > 1;
}

/// "-o, --output FILE", "RULES...".
std::string name_of(const CLI::Option& option) {
  std::string text;
  if (option.get_positional()) {
    text = option.get_name(true);
  } else {
    for (const std::string& name : option.get_snames()) text += (text.empty() ? "-" : ", -") + name;
    for (const std::string& name : option.get_lnames()) {
      text += (text.empty() ? "--" : ", --") + name;
    }
    if (option.get_expected_max() > 0 && option.get_type_size() > 0) {
      text += " " + option.get_type_name();
    }
  }
  return takes_many(option) ? text + "..." : text;
}

std::string meaning_of(const CLI::Option& option) {
  std::string text = option.get_description();
  if (const std::string value = option.get_default_str(); !value.empty()) {
    text += fmt::format(" [{}]", value);
  }
  return text;
}

std::string usage(const CLI::App& app, const std::string& name) {
  std::string text = "Usage: " + name;
  if (!app.get_subcommands([](const CLI::App*) { return true; }).empty()) {
    return text + " COMMAND [OPTIONS]\n";
  }
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    const std::string argument = name_of(*option);
    text += option->get_required() ? " " + argument : " [" + argument + "]";
  }
  // An option that must be there is no option to whoever reads this.
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional() || !option->get_required()) continue;
    text += fmt::format(" -{} {}", option->get_snames().front(), option->get_type_name());
  }
  return text + " [OPTIONS]\n";
}

std::string help(const CLI::App* app, const std::string& name, CLI::AppFormatMode) {
  std::string arguments;
  std::string options;
  std::string commands;
  for (const CLI::Option* option : app->get_options()) {
    (option->get_positional() ? arguments : options) +=
        entry(name_of(*option), meaning_of(*option));
  }
  for (const CLI::App* command : app->get_subcommands([](const CLI::App*) { return true; })) {
    commands += entry(command->get_name(), command->get_description());
  }
  std::string out = app->get_description() + "\n\n" + usage(*app, name);
  if (!commands.empty()) out += "\nCommands:\n" + commands;
  if (!arguments.empty()) out += "\nArguments:\n" + arguments;
  if (!options.empty()) out += "\nOptions:\n" + options;
  return out + "\n" + app->get_footer() + "\n";
}

/// "; did you mean '--format'?" or nothing.
std::string guess(const std::string& word, const std::vector<std::string>& known) {
  const std::string nearest = nearest_name(word, known);
  return nearest.empty() ? "" : fmt::format("; did you mean '{}'?", nearest);
}

std::string unknown_option(const std::string& word, const CLI::App& command) {
  std::vector<std::string> known;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  const std::string name = word.substr(0, word.find('='));
  return fmt::format("there is no option '{}'{}", name, guess(name, known));
}

std::string unknown_command(const std::string& word, const CLI::App& app) {
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    known.push_back(command->get_name());
  }
  return fmt::format("there is no command '{}'{}", word, guess(word, known));
}

}  // namespace

void set_help(CLI::App& app) {
  app.formatter(std::make_shared<CLI::FormatterLambda>(help));
  app.set_help_flag("-h,--help", "Print this help");
}

void take_one_of(CLI::Option* option, const std::vector<std::string>& words) {
  const auto check = [words](const std::string& value) -> std::string {
    if (std::find(words.begin(), words.end(), value) != words.end()) return {};
    return fmt::format("'{}' is none of {}{}", value, fmt::join(words, ", "), guess(value, words));
  };
  option->check(check)->type_name(fmt::format("{}", fmt::join(words, "|")));
}

void take_number(CLI::Option* option) {
  const auto check = [](const std::string& value) -> std::string {
    const bool digits = !value.empty() && value.size() < 7 &&
                        value.find_first_not_of("0123456789") == std::string::npos;
    return digits ? "" : fmt::format("'{}' is no number from 0 to 999999", value);
  };
  option->check(check)->type_name("NUMBER");
}

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  const std::string name = chosen.empty() ? "cadre" : "cadre " + command.get_name();
  std::string why = error.what();
  if (error.get_name() == "ArgumentMismatch") why = why.substr(0, why.find(':')) + " needs a value";
  if (const std::vector<std::string> rest = app.remaining(true); !rest.empty()) {
    const auto option = std::find_if(rest.begin(), rest.end(), [](const std::string& word) {
      return word.starts_with('-') && word.size() > 1;
    });
    why = option != rest.end() ? unknown_option(*option, command)
          : chosen.empty()     ? unknown_command(rest.front(), app)
                               : fmt::format("'{}' is one word too many", rest.front());
  }
  return fmt::format("{}: {}\nSee '{} --help'.\n", name, why, name);
}

}  // namespace cadre::cli
