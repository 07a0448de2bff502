// cadre query: SQL over a run or the result of a sweep.
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/diagnostic.hpp"
#include "cadre/base/error.hpp"
#include "cadre/run/run.hpp"
#include "cadre/sweep/files.hpp"
#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "cli/table.hpp"

namespace cadre::cli {
namespace {

struct Options {
  std::string run;
  std::string sql;
  std::string format = "table";
  bool spreadsheet_safe = false;
  Limits limits;
};

/// Answers a query.
using Ask = std::function<Result(std::string_view sql)>;

/// What may have been meant by a table that is not there: "; did you mean 'people'?" or nothing.
std::string guess_table(const Ask& ask, const std::string& message) {
  constexpr std::string_view kMissing = "no such table: ";
  const std::size_t at = message.find(kMissing);
  if (at == std::string::npos) return {};
  std::vector<std::string> names;
  for (const auto& row :
       ask("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").rows) {
    names.push_back(cell_text(row.front()));
  }
  const std::string nearest = nearest_name(message.substr(at + kMissing.size()), names);
  return nearest.empty() ? "" : "; did you mean '" + nearest + "'?";
}

int run(const Options& options) {
  check_spreadsheet_option(options.spreadsheet_safe, options.format);
  FilesRead read;
  read.add(options.run);
  if (options.sql == "-") read.add("/dev/stdin");
  check_output("-", read);
  std::string sql = options.sql;
  if (sql == "-") sql.assign(std::istreambuf_iterator<char>(std::cin), {});
  const auto answer = [&](const auto& file) {
    try {
      print_table(file.query(sql, {}, options.limits.queries), table_format(options.format),
                  options.spreadsheet_safe, read);
    } catch (const Error& error) {
      const Ask ask = [&](std::string_view query) { return file.query(query); };
      throw Error(error.kind(), error.path(), error.what() + guess_table(ask, error.what()));
    }
  };
  if (is_sweep(options.run)) {
    answer(SweepFile::open(options.run, options.limits.queries));
  } else {
    answer(Run::open(options.run, options.limits.queries));
  }
  return kSuccess;
}

}  // namespace

void add_query(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("query", "Ask a run or a sweep in SQL; nothing can be changed by it");
  command.argument("RUN", options->run, "A run in SQLite, or the result of a sweep").require();
  command.argument("SQL", options->sql, "A query, or - to read it from standard input").require();
  command.option("--format", options->format, "How to print the answer")
      .show_default()
      .take_one_of(table_format_names());
  add_spreadsheet_option(command, options->spreadsheet_safe);
  add_limit_option(command, options->limits);
  command.examples = {
      "cadre query run.sqlite \"SELECT person, industry FROM labels_wide WHERE technocrat\"",
      "cadre query run.sqlite - --format csv < question.sql > answer.csv",
      "cadre query run.sqlite \"SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')\"",
  };
  command.action = [options] { return run(*options); };
}

}  // namespace cadre::cli
