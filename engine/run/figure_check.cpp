#include "cadre/run/figure_check.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/rules/diagnostic_sink.hpp"
#include "cadre/rules/figure_places.hpp"
#include "cadre/rules/places.hpp"
#include "cadre/run/build.hpp"
#include "cadre/run/query.hpp"
#include "cadre/run/query_hint.hpp"
#include "cadre/run/sql_words.hpp"
#include "cadre/run/sqlite.hpp"
#include "cadre/run/tables.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

Column text_column(const std::string& name) {
  Column column;
  column.name = name;
  column.logical = name;
  return column;
}

void add_missing(TableSchema& table, const std::string& name) {
  if (!table.find(name)) table.columns.push_back(text_column(name));
}

/// What a dataset for these rules looks like, as far as the rules know.
Dataset empty_dataset(const Rules& rules) {
  Dataset dataset;
  dataset.schema = Schema::of(rules.schema);
  for (const DeclaredColumn& declared : rules.columns) {
    TableSchema& table = dataset.schema.table(declared.table);
    add_missing(table, declared.name);
    for (const std::string& language : dataset.schema.languages) {
      add_missing(table, declared.name + "_" + language);
    }
  }
  for (const SchemaTable& other : rules.schema->others) {
    ExtraTable table;
    table.schema.name = other.name;
    for (const Column& column : columns_of(other)) {
      if (column.name != "person") table.schema.columns.push_back(column);
    }
    dataset.extra.push_back(std::move(table));
  }
  return dataset;
}

class FigureCheck {
 public:
  FigureCheck(const Rules& rules, sqlite3* database)
      : rules_(rules), database_(database), figure_places_(rules) {
    if (rules.sources) places_.emplace(*rules.sources);
  }

  Diagnostics run() {
    for (const Figure& figure : rules_.figures) check(figure);
    if (told_ > diagnostics_.size()) {
      const std::size_t more = told_ - diagnostics_.size();
      Diagnostic& last = diagnostics_.emplace_back();
      last.severity = errors_ != 0 ? Severity::kError : Severity::kWarning;
      last.code = "too-many-diagnostics";
      last.message = std::to_string(more) + " more mistakes of figures are not listed";
      last.place.path = diagnostics_.front().place.path;
    }
    return std::move(diagnostics_);
  }

 private:
  void check(const Figure& figure) {
    try {
      const sqlite::Statement statement = prepare_query(database_, figure.sql);
      check_columns(figure, column_names(statement.get()));
    } catch (const Error& error) {
      const std::string message = error.what();
      const bool in_sql = error.kind() == Error::Kind::kUsage;
      tell_error(figure, message, in_sql ? find_mistake(figure.sql, message) : std::nullopt);
    }
  }

  /// Bytes of the SQL.
  struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// Where the mistake is of the statement that has just been refused: the second statement, where
  /// SQLite says, the name that its message ends with, or else the first word.
  std::optional<Part> find_mistake(std::string_view sql, std::string_view message) const {
    const std::size_t first = sql.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return std::nullopt;
    const bool wrong = message.starts_with("the query is wrong: ");
    const std::size_t last = sql.find_last_not_of(" \t\r\n;");
    if (message == "the query is more than one statement") {
      const std::size_t at = second_statement(database_, sql);
      return Part{at, std::max(at + 1, word_end(sql, at))};
    }
    if (wrong && message.ends_with(": it ends too early")) return Part{last, last + 1};
    if (const int offset = sqlite3_error_offset(database_); wrong && offset >= 0) {
      const auto at = std::min(static_cast<std::size_t>(offset), last);
      return Part{at, std::max(at + 1, name_end(sql, at))};
    }
    const std::size_t name = message.find(": ", std::min(message.find("no such "), message.size()));
    if (name != std::string_view::npos) {
      if (const auto part = find_word(sql, message.substr(name + 2))) return part;
    }
    return Part{first, std::max(first + 1, word_end(sql, first))};
  }

  static std::optional<Part> find_word(std::string_view sql, std::string_view word) {
    const std::string wanted = ascii_lower_case(word);
    for (std::size_t at = 0; at + word.size() <= sql.size(); ++at) {
      const std::size_t end = at + word.size();
      if (at > 0 && is_word(sql[at - 1])) continue;
      if (end < sql.size() && is_word(sql[end])) continue;
      if (ascii_lower_case(sql.substr(at, word.size())) == wanted) return Part{at, end};
    }
    return std::nullopt;
  }

  /// The end of the word or the name in double quotes that begins at `at`.
  static std::size_t name_end(std::string_view sql, std::size_t at) {
    if (sql[at] != '"') return word_end(sql, at);
    const std::size_t quote = sql.find_first_of("\"\n", at + 1);
    return quote != std::string_view::npos && sql[quote] == '"' ? quote + 1 : at;
  }

  void tell_error(const Figure& figure, const std::string& message, std::optional<Part> part) {
    static const std::string kNoTable = "the query is wrong: no such table: ";
    if (!message.starts_with(kNoTable)) {
      const std::string hint = query_hint(database_, figure.sql, message);
      return tell(Severity::kError, "figure-sql", figure, message + hint, part);
    }
    const std::string table = message.substr(kNoTable.size());
    std::vector<std::string> known;
    for (const SchemaTable& other : rules_.schema->others) known.push_back(other.name);
    for (const std::string& name : reserved_table_names(*rules_.schema)) known.push_back(name);
    const std::string meant = did_you_mean(table, known);
    if (!meant.empty()) {
      return tell(Severity::kError, "figure-sql", figure, message + meant, part);
    }
    tell(Severity::kWarning, "figure-table", figure,
         "its SQL reads the table '" + table + "', which only the dataset could bring", part);
  }

  void check_columns(const Figure& figure, const std::vector<std::string>& columns) {
    const auto lacks = [&](const std::string& name) {
      return std::find(columns.begin(), columns.end(), name) == columns.end();
    };
    const auto message = [&](const std::string& what, const std::string& column) {
      return what + " names the column '" + column + "', which its SQL does not give" +
             did_you_mean(column, columns);
    };
    for (const std::string& column : figure.key) {
      if (lacks(column)) {
        tell(Severity::kError, "figure-column", figure, message("its key", column),
             range_of(figure, ColumnUse::kKey, column));
      }
    }
    for (const std::string& column : chart_columns(figure)) {
      if (lacks(column)) {
        tell(Severity::kError, "figure-column", figure, message("its chart", column),
             range_of(figure, ColumnUse::kChart, column));
      }
    }
    if (!figure.published) return;
    std::vector<std::string> told;
    for (const auto& row : figure.published->rows) {
      for (const auto& [column, cell] : row) {
        if (!lacks(column) || std::find(told.begin(), told.end(), column) != told.end()) continue;
        told.push_back(column);
        tell(Severity::kWarning, "figure-published", figure, message("a published row", column),
             range_of(figure, ColumnUse::kPublished, column));
      }
    }
  }

  /// As FigurePlaces::of_column, but unknown for what is not listed.
  Range range_of(const Figure& figure, ColumnUse use, const std::string& column) {
    return told_ < DiagnosticSink::kMaxDiagnostics ? figure_places_.of_column(figure, use, column)
                                                   : Range{};
  }

  /// The columns that the axes of a chart name.
  static std::vector<std::string> chart_columns(const Figure& figure) {
    std::vector<std::string> columns;
    const Json chart = Json::parse(figure.chart_json).value_or(nullptr);
    for (const char* axis : {"x", "y", "color"}) {
      const Json* found = chart.find(axis);
      if (found == nullptr) continue;
      if (found->is_string()) columns.push_back(found->string());
      if (!found->is_array()) continue;
      for (const Json& one : *found) {
        if (one.is_string()) columns.push_back(one.string());
      }
    }
    return columns;
  }

  /// `part`: of its SQL, where it is known.
  void tell(Severity severity, std::string code, const Figure& figure, const std::string& what,
            std::optional<Part> part = std::nullopt) {
    const bool listed = told_ < DiagnosticSink::kMaxDiagnostics;
    tell(severity, std::move(code), figure, what,
         part && listed ? figure_places_.in_sql(figure, part->begin, part->end) : Range{});
  }

  /// `range`: of what is wrong, or unknown for the figure as a whole.
  void tell(Severity severity, std::string code, const Figure& figure, const std::string& what,
            Range range) {
    if (severity == Severity::kError) ++errors_;
    if (++told_ > DiagnosticSink::kMaxDiagnostics) return;
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = std::move(code);
    diagnostic.message = "figure '" + figure.name + "': " + what;
    if (!range.known()) range = figure.range;
    if (places_ && range.known()) diagnostic.place = places_->place(range);
    diagnostics_.push_back(std::move(diagnostic));
  }

  const Rules& rules_;
  sqlite3* database_;
  FigurePlaces figure_places_;
  std::optional<Places> places_;
  std::size_t told_ = 0;
  std::size_t errors_ = 0;
  Diagnostics diagnostics_;
};

}  // namespace

Diagnostics check_figures(const Rules& rules) {
  const Dataset dataset = empty_dataset(rules);
  const sqlite::Database database =
      sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  build_run(database.get(), {rules, dataset, {}, {}});
  bound_queries(database.get());
  allow_reading_only(database.get());
  return FigureCheck(rules, database.get()).run();
}

}  // namespace cadre
