#include "cli/language.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "cadre/base/error.hpp"
#include "cli/command_line.hpp"

namespace cadre::cli {

void add_language_option(Command& command, std::string& language) {
  command.option("--language LANGUAGE", language,
                 "Look at the columns of this language only (zh, en), and at those of none");
}

void read_only_language(Schema& schema, const std::string& language) {
  if (read_language(schema, language)) return;
  std::set<std::string> languages;
  for (const Table table : schema.all()) {
    for (const Column& column : schema.table(table).columns) {
      if (!column.language.empty()) languages.insert(column.language);
    }
  }
  throw Error(
      Error::Kind::kUsage, "",
      languages.empty()
          ? fmt::format("the data has no columns in '{}': its columns name no language", language)
          : fmt::format("the data has no columns in '{}'; it has {}", language,
                        fmt::join(languages, ", ")));
}

}  // namespace cadre::cli
