// cadre explain: why a label holds of a person, word by word.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cadre/analyse/explanation.hpp"
#include "cadre/analyse/people.hpp"
#include "cadre/base/error.hpp"
#include "cadre/run/run.hpp"
#include "cli/command.hpp"
#include "cli/explanation_json.hpp"
#include "cli/explanation_tree.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::string run;
  std::string person;
  std::string label;
  std::string format = "text";
  bool all = false;
};

/// The one person who is meant, or an Error that says who may have been.
PersonSummary the_person(const Run& run, const std::string& text) {
  const FoundPeople found = find_people(run, text);
  if (found.matches.size() == 1) return found.matches.front();
  std::string message = found.matches.empty()
                            ? fmt::format("nobody in this run is called '{}'", text)
                            : fmt::format("'{}' may be any of these; give the id", text);
  const std::vector<PersonSummary>& listed = found.matches.empty() ? found.near : found.matches;
  if (found.matches.empty() && !listed.empty()) message += "; did you mean";
  for (const PersonSummary& person : listed) {
    message += "\n  " + padded(person.id, 24) + " " + names_and_birth(person);
  }
  throw Error(Error::Kind::kUsage, "", message);
}

/// All labels of a person in a table.
std::string overview(const Run& run, const PersonSummary& person, const Terminal& terminal) {
  Result table{{"label", "value", "", "title"}, {}};
  for (const std::string& name : list_labels(run)) {
    const ExplainedLabel label = explain(run, person.id, name).front();
    const std::string measured = label.steps.empty() ? "" : label.steps.front().measured;
    table.rows.push_back({label.name, verdict(label), measured, label.title});
  }
  return render_table(table, TableFormat::kTable, terminal);
}

int run(const Options& options) {
  const Run run = Run::open(options.run);
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
    print(render_explanation_json(person, labels));
    return kSuccess;
  }
  print(render_person(person, terminal));
  if (options.label.empty()) {
    print("\n" + overview(run, person, terminal));
    print(terminal.styled(Style::kDim, fmt::format("\nwhy: cadre explain {} {} LABEL",
                                                   options.run, person.id)) +
          "\n");
  } else {
    print(render_explanation(explain(run, person.id, options.label), options.all, terminal));
  }
  return kSuccess;
}

}  // namespace

void add_explain(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("explain", "Say why a label holds of a person, or not");
  command->add_option("RUN", options->run, "A run in SQLite")->required();
  command->add_option("PERSON", options->person, "An id, or a name in any of its languages")
      ->required();
  command->add_option("LABEL", options->label, "A label; without one, all of them in short");
  command->add_flag("--all", options->all, "Every step and every row");
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->footer(examples({
      "cadre explain run.sqlite xu-dazhe technocrat",
      "cadre explain run.sqlite 许达哲 industry --all",
      "cadre explain run.sqlite \"Xu Dazhe\"",
  }));
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

}  // namespace cadre::cli
