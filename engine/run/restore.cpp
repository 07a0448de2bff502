#include "cadre/run/restore.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/base/seeded_hash.hpp"
#include "cadre/data/cell_check.hpp"
#include "cadre/data/person_rows.hpp"
#include "cadre/data/text_file.hpp"
#include "cadre/rules/cell_json.hpp"
#include "cadre/run/sqlite.hpp"

namespace cadre {
namespace {

constexpr std::array kKinds = {"text", "name", "date", "number"};

[[noreturn]] void fail(const std::string& why) {
  throw Error(Error::Kind::kCorrupt, "", "the run is damaged: " + why);
}

/// The text of a cell as a dataset has it; empty for NULL.
std::string text_of(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *number);
  if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{}", *number);
  const auto* text = std::get_if<std::string>(&cell);
  return text ? *text : std::string();
}

std::size_t number_of(const Cell& cell) {
  const auto* number = std::get_if<std::int64_t>(&cell);
  if (number == nullptr || *number < 0) fail("a number is missing");
  return static_cast<std::size_t>(*number);
}

std::vector<std::string> list_of(const Cell& cell) {
  const std::string text = text_of(cell);
  if (text.empty()) return {};
  const Json list = Json::parse(text).value_or(nullptr);
  if (!list.is_array()) fail(fmt::format("'{}' is not a list", quotable(text)));
  std::vector<std::string> items;
  for (const Json& item : list) {
    if (!item.is_string()) fail(fmt::format("'{}' is not a list of texts", quotable(text)));
    items.push_back(item.string());
  }
  return items;
}

/// A table of the dataset as the run holds it.
struct StoredTable {
  std::string name;  ///< in the run
  TableSchema schema;
  std::vector<std::string> columns;  ///< their names in the run, parallel to the schema's
};

class DatasetReader {
 public:
  explicit DatasetReader(const Run& run) : run_(run) {}

  Dataset read() {
    read_head();
    std::vector<StoredTable> tables = read_schema();
    for (const Table table : dataset_.schema.all()) {
      const StoredTable stored = take(tables, dataset_.schema.table(table).name);
      dataset_.schema.table(table).columns = stored.schema.columns;
      table == Table::kPerson ? read_people(stored) : read_rows(table, stored);
    }
    for (StoredTable& table : tables) {
      std::vector<std::vector<std::string>> rows = cells_of(table);
      dataset_.extra.push_back({std::move(table.schema), std::move(rows)});
    }
    if (!language_.empty() && !read_language(dataset_.schema, language_)) {
      fail(fmt::format("it has no columns in '{}', which it was made of", language_));
    }
    return std::move(dataset_);
  }

 private:
  Result query(std::string_view sql, const std::vector<std::string>& arguments = {}) const {
    try {
      return run_.query(sql, arguments);
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::kUsage) throw;
      fail(fmt::format("its tables are not those of a run: {}", error.what()));
    }
  }

  void read_head() {
    std::map<std::string, Cell> values;
    for (const auto& row : query("SELECT key, value FROM run").rows) {
      values.emplace(text_of(row[0]), row[1]);
    }
    dataset_.name = text_of(values["data"]);
    dataset_.title = text_of(values["data_title"]);
    language_ = text_of(values["option.language"]);
    dataset_.schema = Schema(schema_of(run_));
    dataset_.schema.languages = list_of(values["data_languages"]);
    if (const std::string as_of = text_of(values["data_as_of"]); !as_of.empty()) {
      dataset_.schema.as_of = Date::parse(as_of);
      if (!dataset_.schema.as_of) fail(fmt::format("'{}' is no date", as_of));
    }
    const std::string_view inputs =
        "SELECT path, bytes, sha256 FROM inputs WHERE role = 'data' ORDER BY rowid";
    for (const auto& row : query(inputs).rows) {
      dataset_.inputs.push_back({text_of(row[0]), number_of(row[1]), text_of(row[2])});
    }
  }

  std::vector<StoredTable> read_schema() {
    std::vector<StoredTable> tables;
    for (const auto& row : query(R"(SELECT "table", name FROM tables ORDER BY position)").rows) {
      StoredTable& table = tables.emplace_back();
      table.name = text_of(row[0]);
      table.schema.name = text_of(row[1]);
      const Result columns = query(
          R"(SELECT "column", name, logical, language, kind, allowed, ordered FROM columns
             WHERE "table" = ?1 ORDER BY position)",
          {table.name});
      for (const auto& cells : columns.rows) {
        table.columns.push_back(text_of(cells[0]));
        Column& column = table.schema.columns.emplace_back();
        column.name = text_of(cells[1]);
        column.logical = text_of(cells[2]);
        column.language = text_of(cells[3]);
        const auto kind = std::find(kKinds.begin(), kKinds.end(), text_of(cells[4]));
        if (kind == kKinds.end()) fail("a column is of no known kind");
        column.kind = static_cast<Column::Kind>(kind - kKinds.begin());
        column.values = list_of(cells[5]);
        column.ordered = number_of(cells[6]) == 1;
      }
    }
    return tables;
  }

  static StoredTable take(std::vector<StoredTable>& tables, std::string_view name) {
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const StoredTable& table) { return table.name == name; });
    if (found == tables.end()) fail(fmt::format("the table '{}' is not described", name));
    StoredTable table = std::move(*found);
    tables.erase(found);
    return table;
  }

  /// The rows of a table as the dataset had them, in its order.
  std::vector<std::vector<std::string>> cells_of(const StoredTable& table) const {
    std::string columns;
    for (const std::string& column : table.columns) {
      if (!columns.empty()) columns += ", ";
      columns += sqlite::quoted(column);
    }
    if (columns.empty()) fail(fmt::format("the table '{}' has no columns", table.name));
    std::vector<std::vector<std::string>> rows;
    const std::string sql =
        fmt::format("SELECT {} FROM {} ORDER BY rowid", columns, sqlite::quoted(table.name));
    Result result = query(sql);
    rows.reserve(result.rows.size());
    for (std::vector<Cell>& row : result.rows) {
      std::vector<std::string>& cells = rows.emplace_back();
      cells.reserve(row.size());
      for (const Cell& cell : row) cells.push_back(text_of(cell));
      row = {};
    }
    restore_numbers(table, rows);
    return rows;
  }

  void restore_numbers(const StoredTable& table,
                       std::vector<std::vector<std::string>>& rows) const {
    const Result numbers =
        query(R"(SELECT position, "column", text FROM numbers_as_written WHERE "table" = ?1)",
              {table.name});
    for (const std::vector<Cell>& number : numbers.rows) {
      const std::size_t row = number_of(number[0]);
      const auto column = std::find(table.columns.begin(), table.columns.end(), text_of(number[1]));
      if (row >= rows.size() || column == table.columns.end()) {
        fail(fmt::format("a number of '{}' belongs to no cell", table.name));
      }
      rows[row][static_cast<std::size_t>(column - table.columns.begin())] = text_of(number[2]);
    }
  }

  static std::size_t column(const StoredTable& table, std::string_view name) {
    const std::optional<std::uint32_t> found = table.schema.find(name);
    if (!found) fail(fmt::format("the table '{}' has no column '{}'", table.name, name));
    return *found;
  }

  void read_people(const StoredTable& table) {
    const std::size_t id = column(table, "id");
    const SpanColumns span(dataset_.schema.table(Table::kPerson));
    for (std::vector<std::string>& cells : cells_of(table)) {
      Person& person = dataset_.people.emplace_back();
      person.facts = make_row(std::move(cells), id, span);
      person.id = person.facts.id;
      take_as_of(person, dataset_.schema.table(Table::kPerson));
    }
    for (std::size_t i = 0; i < dataset_.people.size(); ++i) {
      people_.emplace(dataset_.people[i].id, i);
    }
  }

  void read_rows(Table which, const StoredTable& table) {
    if (table.columns.empty()) return;  // the dataset has no such table
    const std::size_t id = column(table, "id");
    const std::size_t owner = column(table, "person");
    const SpanColumns span(dataset_.schema.table(which));
    for (std::vector<std::string>& cells : cells_of(table)) {
      const auto person = people_.find(cells[owner]);
      if (person == people_.end()) {
        fail(fmt::format("a row of '{}' belongs to nobody", table.name));
      }
      dataset_.people[person->second].rows_to_edit(which).push_back(
          make_row(std::move(cells), id, span));
    }
  }

  const Run& run_;
  Dataset dataset_;
  std::string language_;  // the only one that was read; empty: all
  std::unordered_map<std::string, std::size_t, SeededHash> people_;  // by id
};

}  // namespace

std::vector<std::pair<std::string, std::string>> restore_options(const Run& run) {
  constexpr std::string_view kPrefix = "option.";
  std::vector<std::pair<std::string, std::string>> options;
  for (const auto& row : run.query("SELECT key, value FROM run ORDER BY rowid").rows) {
    const std::string key = text_of(row[0]);
    if (key.starts_with(kPrefix)) {
      options.emplace_back(key.substr(kPrefix.size()), text_of(row[1]));
    }
  }
  return options;
}

std::vector<std::pair<std::string, std::string>> restore_settings(const Run& run) {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const auto& [name, value] : restore_options(run)) {
    const std::size_t equals = value.find('=');
    if (name != "set" || equals == std::string::npos) continue;
    settings.emplace_back(value.substr(0, equals), value.substr(equals + 1));
  }
  return settings;
}

Loaded restore_rules(const Run& run,
                     const std::vector<std::pair<std::string, std::string>>& settings) {
  std::map<std::string, std::string> texts;
  std::string root;
  const std::string_view files =
      "SELECT path, text FROM inputs WHERE role = 'rules' ORDER BY rowid";
  for (const auto& row : run.query(files).rows) {
    const std::string path = text_of(row[0]);
    if (root.empty()) root = path;  // the file that was asked for comes first
    texts.emplace(path, text_of(row[1]));
  }
  if (root.empty()) fail("it holds no rule files");

  LoadOptions options;
  options.settings = settings;
  options.read = [&texts](const std::filesystem::path& path) {
    const auto found = texts.find(path.generic_string());
    if (found == texts.end()) {
      throw Error(Error::Kind::kMissing, path.generic_string(),
                  fmt::format("the run does not hold the file {}", path.generic_string()));
    }
    return found->second;
  };
  return load_rules(root, options);
}

SchemaPointer schema_of(const Run& run) {
  const Result found = run.query("SELECT value FROM run WHERE key = 'schema'");
  if (found.rows.empty()) return default_schema();
  SchemaPointer schema = parse_schema(text_of(found.rows.front().front()));
  if (!schema) fail("its schema has mistakes");
  return schema;
}

Dataset restore_dataset(const Run& run) {
  return DatasetReader(run).read();
}

}  // namespace cadre
