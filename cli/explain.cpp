// cadre explain: why a label holds of a person, word by word.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cadre/analyse/explanation.hpp"
#include "cadre/analyse/people.hpp"
#include "cadre/base/error.hpp"
#include "cadre/run/run.hpp"
#include "cadre/text/utf8.hpp"
#include "cli/command.hpp"
#include "cli/explanation_json.hpp"
#include "cli/explanation_tree.hpp"
#include "cli/named_rules.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::string run;
  std::string person;
  std::string label;
  std::string format = "text";
  bool all = false;
  Limits limits;
};

/// The one person who is meant, or an Error that says who may have been.
PersonSummary the_person(const Run& run, const std::string& text) {
  constexpr std::size_t kListed = 10;
  const FoundPeople found = find_people(run, text, kListed + 1);
  if (found.matches.size() == 1) return found.matches.front();
  std::string message = found.matches.empty()
                            ? fmt::format("nobody in this run is called '{}'", text)
                            : fmt::format("'{}' may be any of these; give the id", text);
  const std::vector<PersonSummary>& listed = found.matches.empty() ? found.near : found.matches;
  if (found.matches.empty() && !listed.empty()) message += "; did you mean";
  for (std::size_t i = 0; i < std::min(listed.size(), kListed); ++i) {
    message += "\n  " + padded(listed[i].id, 24) + " " + names_and_birth(listed[i]);
  }
  if (listed.size() > kListed) message += "\n  ...";
  throw Error(Error::Kind::kUsage, "", message);
}

/// All labels of a person, a line each.
std::string overview(const Run& run, const PersonSummary& person, const Terminal& terminal) {
  std::vector<ExplainedLabel> labels;
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (const std::string& name : list_labels(run)) {
    labels.push_back(explain(run, person.id, name).front());
    name_width = std::max(name_width, display_width(name));
    value_width = std::max(value_width, display_width(verdict(labels.back())));
  }
  std::string out;
  for (const ExplainedLabel& label : labels) {
    const std::string value = padded(verdict(label), value_width);
    out += fmt::format("{}  {}  {}", padded(label.name, name_width),
                       terminal.styled(style_of(label.value), value), label.title);
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  }
  return out;
}

int run(const Options& options) {
  FilesRead read;
  const Run run = open_run(options.run, options.limits, read);
  check_output("-", read);
  const Terminal terminal = Terminal::of(stdout);
  const PersonSummary person = the_person(run, options.person);

  if (options.format == "json") {
    const std::vector<std::string> names =
        options.label.empty() ? list_labels(run) : std::vector<std::string>{options.label};
    std::vector<ExplainedLabel> labels;
    for (const std::string& name : names) {
      if (options.label.empty()) {
        labels.push_back(explain(run, person.id, name).front());
      } else {
        labels = explain(run, person.id, name);
      }
    }
    print_data(render_explanation_json(person, labels), read);
    return kSuccess;
  }
  // Nothing is printed before all is known.
  std::string explanation;
  if (!options.label.empty()) {
    explanation = render_explanation(explain(run, person.id, options.label), options.all, terminal);
  }
  print(render_person(person, terminal), read);
  if (options.label.empty()) {
    print("\n" + overview(run, person, terminal), read);
    print(terminal.styled(Style::kDim,
                          fmt::format("\nWhy? cadre explain {} {} LABEL", options.run, person.id)) +
              "\n",
          read);
  } else {
    print(explanation, read);
  }
  return kSuccess;
}

}  // namespace

void add_explain(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("explain", "Say why a label holds of a person, or not");
  command.argument("RUN", options->run, "A run in SQLite").require();
  command.argument("PERSON", options->person, "An id, or a name in any of its languages").require();
  command.argument("LABEL", options->label, "A label; without one, all of them in short");
  command.flag("--all", options->all, "Every step and every row");
  command.option("--format", options->format, "How to print it")
      .show_default()
      .take_one_of({"text", "json"});
  add_limit_option(command, options->limits);
  command.examples = {
      "cadre explain run.sqlite xu-dazhe technocrat",
      "cadre explain run.sqlite 许达哲 industry --all",
      "cadre explain run.sqlite \"Xu Dazhe\"",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
