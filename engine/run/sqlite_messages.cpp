#include "cadre/run/sqlite_messages.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "cadre/data/text_file.hpp"

namespace cadre {
namespace {

struct Message {
  std::string_view start;
  std::string_view end;
  const char* ours;  ///< with {} for what stands between start and end
};

/// The first of several that fit counts.
constexpr auto kQueryMessages = std::to_array<Message>({
    {"no such table: ", "", "no such table: {}"},
    {"no such column: \"", "\" - should this be a string literal in single-quotes?",
     "no such column: {}"},
    {"no such column: ", "", "no such column: {}"},
    {"no such function: ", "", "no such function: {}"},
    {"ambiguous column name: ", "",
     "several tables have the column '{}'; write TABLE.COLUMN or give the table an alias"},
    {"near \"", "\": syntax error", "syntax error at '{}'"},
    {"incomplete input", "", "it ends too early"},
    {"unrecognized token: \"'", "\"", "a text begins at '{}' and has no closing single quote"},
    {"unrecognized token: \"\"", "\"", "a name begins at '{}' and has no closing double quote"},
    {"unrecognized token: \"`", "\"", "a name begins at '{}' and has no closing backquote"},
    {"unrecognized token: \"[", "\"", "a name begins at '{}' and has no closing bracket"},
    {"unrecognized token: \"", "\"", "SQL has no such sign or number: '{}'"},
    {"parser stack overflow", "", "it is nested too deeply"},
    {"Expression tree is too large", "", "it is nested too deeply"},
    {"malformed JSON", "", "a JSON function was given a text that is not JSON"},
    {"JSON cannot hold BLOB values", "", "JSON cannot hold a blob"},
    {"JSON path error near '", "'", "a JSON path is wrong at '{}'"},
    {"bad JSON path: '", "'", "'{}' is not a JSON path"},
    {"datatype mismatch", "", "a whole number is needed, as after LIMIT, and the value is another"},
    {"integer overflow", "", "a whole number does not fit into 64 bits"},
    {"RAISE() may only be used within a trigger-program", "", "RAISE() is for triggers only"},
    {"LIKE or GLOB pattern too complex", "", "a pattern of LIKE or GLOB is longer than 200 bytes"},
    {"ESCAPE expression must be a single character", "", "ESCAPE takes one character"},
    {"misuse of aggregate: ", "", "the aggregate {} may not stand here; use HAVING or a subquery"},
    {"misuse of aggregate function ", "",
     "the aggregate {} may not stand here; use HAVING or a subquery"},
    {"misuse of window function ", "", "the window function {} may not stand here; use a subquery"},
    {"misuse of aliased aggregate ", "",
     "the alias '{}' is an aggregate and may not stand here; use HAVING or a subquery"},
    {"misuse of aliased window function ", "",
     "the alias '{}' is a window function and may not stand here; use a subquery"},
    {"wrong number of arguments to function ", "", "{} takes another number of arguments"},
    {"a GROUP BY clause is required before HAVING", "", "HAVING needs a GROUP BY"},
    {"HAVING clause on a non-aggregate query", "", "HAVING needs a GROUP BY or an aggregate"},
    {"no tables specified", "", "'*' needs a FROM"},
    {"no such collation sequence: ", "", "no such collation: {}"},
    {"SELECTs to the left and right of ", " do not have the same number of result columns",
     "the queries on both sides of {} have different numbers of columns"},
    {"too many terms in compound SELECT", "", "it joins too many queries by UNION and the like"},
    {"too many columns in result set", "", "it has too many columns"},
    {"too many columns in", "", "it has too many columns"},
    {"too many arguments on function ", "", "{}() is given too many arguments"},
    {"circular reference: ", "", "'{}' is defined by itself"},
    {"row value misused", "", "a list in parentheses stands where one value is needed"},
});

std::optional<std::string> translated(const Message& known, std::string_view message) {
  if (message.size() < known.start.size() + known.end.size() || !message.starts_with(known.start) ||
      !message.ends_with(known.end)) {
    return std::nullopt;
  }
  message.remove_prefix(known.start.size());
  message.remove_suffix(known.end.size());
  // A name is kept for hints; a text that is not closed may be all the rest of the query.
  const std::size_t letters = known.start.starts_with("unrecognized") ? 30 : 200;
  return fmt::format(fmt::runtime(known.ours), quotable(message, letters));
}

/// Errors that our own functions raise (run/functions.cpp).
bool is_ours(std::string_view message) {
  return message.find("() is not to be had here, ") != std::string_view::npos;
}

}  // namespace

std::string query_mistake(std::string_view message) {
  if (is_ours(message)) return std::string(message);
  for (const Message& known : kQueryMessages) {
    if (auto ours = translated(known, message)) return *std::move(ours);
  }
  return fmt::format("SQLite says: {}", quotable(message, 200));
}

std::string damage(std::string_view message) {
  constexpr std::string_view kSchema = "malformed database schema (";
  if (message.starts_with(kSchema)) {
    const std::string_view name =
        message.substr(kSchema.size())
            .substr(0, message.find(')', kSchema.size()) - kSchema.size());
    return name.empty() || name == "?"
               ? "the list of its tables cannot be read"
               : fmt::format("the list of its tables is wrong at '{}'", quotable(name));
  }
  return "its pages do not fit together";
}

}  // namespace cadre
