// cadre query: SQL over a run.
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/base/error.hpp"
#include "cadre/run/run.hpp"
#include "cli/command.hpp"
#include "cli/reading.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::string run;
  std::string sql;
  std::string format = "table";
  Limits limits;
};

/// What may have been meant by a table that is not there: "; did you mean 'people'?" or nothing.
std::string guess_table(const Run& run, const std::string& message) {
  constexpr std::string_view kMissing = "no such table: ";
  const std::size_t at = message.find(kMissing);
  if (at == std::string::npos) return {};
  std::vector<std::string> names;
  for (const auto& row :
       run.query("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").rows) {
    names.push_back(cell_text(row.front()));
  }
  const std::string nearest = nearest_name(message.substr(at + kMissing.size()), names);
  return nearest.empty() ? "" : "; did you mean '" + nearest + "'?";
}

int run(const Options& options) {
  std::string sql = options.sql;
  if (sql == "-") sql.assign(std::istreambuf_iterator<char>(std::cin), {});
  const Run run = Run::open(options.run);
  try {
    print(render_table(run.query(sql, {}, options.limits.queries), table_format(options.format),
                       Terminal::of(stdout)));
  } catch (const Error& error) {
    throw Error(error.kind(), error.path(), error.what() + guess_table(run, error.what()));
  }
  return kSuccess;
}

}  // namespace

void add_query(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("query", "Ask a run in SQL; nothing can be changed by it");
  command.argument("RUN", options->run, "A run in SQLite").require();
  command.argument("SQL", options->sql, "A query, or - to read it from standard input").require();
  command.option("--format", options->format, "How to print the answer")
      .show_default()
      .take_one_of(table_format_names());
  add_limit_option(command, options->limits);
  command.examples = {
      "cadre query run.sqlite \"SELECT person, industry FROM labels_wide WHERE technocrat\"",
      "cadre query run.sqlite - --format csv < question.sql > answer.csv",
      "cadre query run.sqlite \"SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')\"",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
