// cadre query: SQL over a run.
#include <CLI/CLI.hpp>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

#include "cadre/run/run.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::string run;
  std::string sql;
  std::string format = "table";
};

int run(const Options& options) {
  std::string sql = options.sql;
  if (sql == "-") sql.assign(std::istreambuf_iterator<char>(std::cin), {});
  const Result result = Run::open(options.run).query(sql);
  print(render_table(result, table_format(options.format), Terminal::of(stdout)));
  return kSuccess;
}

}  // namespace

void add_query(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("query", "Ask a run in SQL; nothing can be changed by it");
  command->add_option("RUN", options->run, "A run in SQLite")->required();
  command->add_option("SQL", options->sql, "A query, or - to read it from standard input")
      ->required();
  take_one_of(command->add_option("--format", options->format, "How to print the answer")
                  ->capture_default_str(),
              table_format_names());
  command->footer(examples({
      "cadre query run.sqlite \"SELECT person, industry FROM labels_wide WHERE technocrat\"",
      "cadre query run.sqlite - --format csv < question.sql > answer.csv",
      "cadre query run.sqlite \"SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')\"",
  }));
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

}  // namespace cadre::cli
