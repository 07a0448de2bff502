// cadre completions: what a shell needs to complete commands and options, made from the command
// line's own description.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/command_line.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

std::vector<std::string> option_names(const Command& command) {
  std::vector<std::string> names;
  for (const Option& option : command.options) {
    if (!option.long_name.empty()) names.push_back("--" + option.long_name);
    if (!option.short_name.empty()) names.push_back("-" + option.short_name);
  }
  return names;
}

std::string bash(const CommandLine& line) {
  std::vector<std::string> names;
  std::string cases;
  for (const Command& command : line.commands) {
    names.push_back(command.name);
    cases += fmt::format("    {}) words=\"{}\" ;;\n", command.name,
                         fmt::join(option_names(command), " "));
  }
  return fmt::format(
      "_cadre() {{\n"
      "  local word=\"${{COMP_WORDS[COMP_CWORD]}}\" words=\"\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"{} {}\" -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  case \"${{COMP_WORDS[1]}}\" in\n{}  esac\n"
      "  case \"$word\" in\n"
      "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;\n"
      "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _cadre cadre\n",
      fmt::join(names, " "), fmt::join(option_names(line.program), " "), cases);
}

std::string zsh(const CommandLine& line) {
  return "#compdef cadre\nautoload -U +X bashcompinit && bashcompinit\n" + bash(line);
}

std::string fish(const CommandLine& line) {
  const auto quoted = [](std::string text) {
    for (std::size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 2)) {
      text.insert(at, "\\");
    }
    return "'" + text + "'";
  };
  std::string out;
  for (const Command& command : line.commands) {
    out += fmt::format("complete -c cadre -n __fish_use_subcommand -f -a {} -d {}\n", command.name,
                       quoted(command.summary));
    for (const Option& option : command.options) {
      std::string names;
      if (!option.long_name.empty()) names += " -l " + option.long_name;
      if (!option.short_name.empty()) names += " -s " + option.short_name;
      if (names.empty()) continue;
      out += fmt::format("complete -c cadre -n '__fish_seen_subcommand_from {}'{} -d {}\n",
                         command.name, names, quoted(option.meaning));
    }
  }
  return out;
}

}  // namespace

void add_completions(CommandLine& line) {
  auto shell = std::make_shared<std::string>();
  Command& command = line.add("completions", "Print completions for a shell");
  command.argument("SHELL", *shell, "bash, zsh or fish")
      .require()
      .take_one_of({"bash", "zsh", "fish"});
  command.examples = {
      "cadre completions bash > ~/.local/share/bash-completion/completions/cadre",
      "cadre completions fish > ~/.config/fish/completions/cadre.fish",
  };
  command.action = [&line, shell] {
    print(*shell == "bash" ? bash(line) : *shell == "zsh" ? zsh(line) : fish(line), {});
    return kSuccess;
  };
}

}  // namespace cadre::cli
