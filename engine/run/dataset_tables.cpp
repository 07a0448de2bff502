#include "cadre/run/dataset_tables.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "cadre/base/json.hpp"
#include "cadre/run/sqlite.hpp"
#include "cadre/run/tables.hpp"
#include "cadre/run/wide.hpp"

namespace cadre {
namespace {

constexpr std::array kDayColumns = {"start_first", "start_last", "end_first", "end_last"};

/// The columns that views and `explain` read whatever the dataset has.
std::vector<std::string_view> needed_columns(const SchemaTable& table) {
  std::vector<std::string_view> columns;
  if (table.find("birth") != nullptr && stored_name(table) == "people") columns = {"birth"};
  if (table.offices) {
    for (const std::string* column : {&table.offices->unit, &table.offices->office}) {
      if (!column->empty()) columns.push_back(*column);
    }
  }
  if (table.span) columns.insert(columns.end(), {table.span->start, table.span->end});
  return columns;
}

std::string definition(std::string_view column, Column::Kind kind) {
  return sqlite::quoted(column) + (kind == Column::Kind::kNumber ? " NUMERIC" : " TEXT");
}

/// A table as it is stored: `id` first and `person` second, then the cells that follow.
struct StoredTable {
  std::string create;
  StoredNames names;                 // parallel to the schema's columns
  std::vector<std::uint32_t> cells;  // which cells follow id and person
  std::size_t missing = 0;           // how many needed columns the dataset lacks
  std::size_t columns = 0;           // of all
};

StoredTable store(const SchemaTable& table, const TableSchema& schema) {
  StoredTable stored;
  Names names;
  std::string columns = sqlite::quoted(names.add("id")) + " TEXT PRIMARY KEY";
  stored.columns = 1;
  const bool of_person = schema.name != "people";
  if (of_person) {
    columns += ", " + sqlite::quoted(names.add("person")) + " TEXT NOT NULL REFERENCES people";
    ++stored.columns;
  }
  if (table.offices) {
    for (const char* day : kDayColumns) names.add(day);
  }
  for (std::uint32_t i = 0; i < schema.columns.size(); ++i) {
    const Column& column = schema.columns[i];
    if (column.name == "id" || (of_person && column.name == "person")) {
      stored.names.push_back(column.name);
      continue;
    }
    stored.names.push_back(names.add(column.name));
    stored.cells.push_back(i);
    columns += ", " + definition(stored.names.back(), column.kind);
  }
  for (const std::string_view needed : needed_columns(table)) {
    if (schema.find(needed)) continue;
    columns += ", " + definition(names.add(needed), Column::Kind::kDate);
    ++stored.missing;
  }
  stored.columns += stored.cells.size() + stored.missing;
  if (table.offices) {
    for (const char* day : kDayColumns) columns += ", " + definition(day, Column::Kind::kDate);
    stored.columns += kDayColumns.size();
  }
  stored.create = "CREATE TABLE " + sqlite::quoted(schema.name) + " (" + columns + ")";
  return stored;
}

void bind_day(sqlite::Insert& insert, std::string& text, const std::optional<Date>& date,
              Day (Date::*which)() const) {
  text = date ? iso_date(((*date).*which)()) : "";
  insert.bind(text);
}

void bind_days(sqlite::Insert& insert, std::array<std::string, 4>& texts, const RowSpan& span,
               const std::optional<Date>& as_of) {
  bind_day(insert, texts[0], span.start, &Date::first);
  bind_day(insert, texts[1], span.start, &Date::last);
  if (span.open) {
    const Day forever = day_of(9999, 12, 31);  // later days have longer texts
    texts[2] = iso_date(as_of ? std::min(as_of->last() + 1, forever) : forever);
    insert.bind(texts[2]);
    insert.bind(texts[2]);
  } else {
    bind_day(insert, texts[2], span.end, &Date::first);
    bind_day(insert, texts[3], span.end, &Date::last);
  }
}

void write_table(sqlite3* database, Table table, const StoredTable& stored,
                 const Dataset& dataset) {
  sqlite::execute(database, stored.create);
  const std::string& name = dataset.schema.table(table).name;
  const bool has_offices = dataset.schema.declared->table(table).offices.has_value();
  sqlite::Insert insert(database, name, stored.columns);
  std::array<std::string, 4> days;  // bound texts live until the row is finished
  for (const Person& person : dataset.people) {
    for (const Row& row : person.rows(table)) {
      insert.bind(table == Table::kPerson ? person.id : row.id);
      if (table != Table::kPerson) insert.bind(person.id);
      for (const std::uint32_t cell : stored.cells) insert.bind(row.cells[cell]);
      for (std::size_t i = 0; i < stored.missing; ++i) insert.bind("");
      if (has_offices) {
        bind_days(insert, days, row.span, person.as_of ? person.as_of : dataset.schema.as_of);
      }
      insert.finish();
    }
  }
  if (table != Table::kPerson) {
    sqlite::execute(database, "CREATE INDEX " + sqlite::quoted(name + "_by_person") + " ON " +
                                  sqlite::quoted(name) + " (person)");
  }
}

/// What is said of the tables and of their columns, for all of them.
class Descriptions {
 public:
  explicit Descriptions(sqlite3* database)
      : tables_(database, "tables", 3),
        columns_(database, "columns", 9),
        numbers_(database, "numbers_as_written", 4) {}

  void write(std::string_view table, const TableSchema& schema, const StoredNames& names) {
    constexpr std::array kKinds = {"text", "name", "date", "number"};
    tables_.row(table, schema.name, position_++);
    for (std::size_t i = 0; i < schema.columns.size(); ++i) {
      const Column& column = schema.columns[i];
      const std::string allowed =
          column.values.empty() ? std::string() : Json(column.values).compact();
      columns_.row(table, names[i], column.logical, column.language,
                   kKinds.at(static_cast<std::size_t>(column.kind)), i, column.name, allowed,
                   column.ordered ? 1 : 0);
    }
  }

  /// Keeps what SQL would not give back as it was written.
  void write_numbers(std::string_view table, const TableSchema& schema, const StoredNames& names,
                     std::size_t position, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < schema.columns.size(); ++i) {
      const bool differs = schema.columns[i].kind == Column::Kind::kNumber && !cells[i].empty() &&
                           !is_plain_whole_number(cells[i]);
      if (differs) numbers_.row(table, names[i], position, cells[i]);
    }
  }

 private:
  static bool is_plain_whole_number(const std::string& text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    return std::from_chars(text.data(), end, number).ptr == end && std::to_string(number) == text;
  }

  sqlite::Insert tables_;
  sqlite::Insert columns_;
  sqlite::Insert numbers_;
  std::size_t position_ = 0;
};

void write_extra(sqlite3* database, const ExtraTable& table, std::string_view name,
                 Descriptions& descriptions) {
  Names taken;
  StoredNames names;
  std::string columns;
  for (const Column& column : table.schema.columns) {
    if (!columns.empty()) columns += ", ";
    names.push_back(taken.add(column.name));
    columns += definition(names.back(), column.kind);
  }
  if (columns.empty()) return;
  descriptions.write(name, table.schema, names);
  sqlite::execute(database, "CREATE TABLE " + sqlite::quoted(name) + " (" + columns + ")");
  sqlite::Insert insert(database, name, table.schema.columns.size());
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    for (const std::string& cell : table.rows[i]) insert.bind(cell);
    insert.finish();
    descriptions.write_numbers(name, table.schema, names, i, table.rows[i]);
  }
}

}  // namespace

std::vector<StoredNames> write_dataset(sqlite3* database, const Dataset& dataset) {
  std::vector<StoredNames> names;
  Descriptions descriptions(database);
  for (const Table table : dataset.schema.all()) {
    const TableSchema& schema = dataset.schema.table(table);
    StoredTable stored = store(dataset.schema.declared->table(table), schema);
    descriptions.write(schema.name, schema, stored.names);
    write_table(database, table, stored, dataset);
    std::size_t position = 0;
    for (const Person& person : dataset.people) {
      for (const Row& row : person.rows(table)) {
        descriptions.write_numbers(schema.name, schema, stored.names, position++, row.cells);
      }
    }
    names.push_back(std::move(stored.names));
  }
  Names taken;
  for (const std::string& name : reserved_table_names(*dataset.schema.declared)) taken.add(name);
  for (const ExtraTable& table : dataset.extra) {
    // SQLite keeps names that begin with sqlite_ for itself.
    const bool refused = table.schema.name.starts_with("sqlite_") || table.schema.name.empty();
    write_extra(database, table, taken.add((refused ? "data_" : "") + table.schema.name),
                descriptions);
  }
  return names;
}

}  // namespace cadre
