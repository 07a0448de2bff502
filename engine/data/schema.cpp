#include "cadre/data/schema.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cadre {
namespace {

using Kind = Column::Kind;

Column column(std::string name, Kind kind) {
  Column out = make_column(std::move(name), {});
  out.kind = kind;
  return out;
}

Kind kind_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kText:
    case ColumnKind::kDeclared:
      return Kind::kText;
    case ColumnKind::kDate:
      return Kind::kDate;
    case ColumnKind::kNumber:
      return Kind::kNumber;
    case ColumnKind::kName:
    case ColumnKind::kList:
    case ColumnKind::kOrdered:
      break;
  }
  return Kind::kName;
}

/// Where in a text a row was read, and by what guess, if by any (docs/import.md).
void add_source_columns(TableSchema& table) {
  table.columns.push_back(column("source_file", Kind::kName));
  table.columns.push_back(column("source_line", Kind::kNumber));
  table.columns.push_back(column("source_begin", Kind::kNumber));
  table.columns.push_back(column("source_end", Kind::kNumber));
  table.columns.push_back(column("source_text", Kind::kName));
  table.columns.push_back(column("guessed", Kind::kName));
}

Schema make_imported() {
  Schema schema = Schema::standard();
  for (TableSchema& table : schema.tables) add_source_columns(table);
  return schema;
}

}  // namespace

std::vector<Column> columns_of(const SchemaTable& table) {
  std::vector<Column> columns = {column("id", Kind::kName)};
  if (stored_name(table) != "people") columns.push_back(column("person", Kind::kName));
  for (const SchemaColumn& declared : table.columns) {
    Column one = column(declared.name, kind_of(declared.kind));
    one.values = declared.values;
    one.ordered = declared.kind == ColumnKind::kOrdered;
    one.open_end = table.span && declared.name == table.span->end;
    if (declared.languages.empty()) columns.push_back(one);
    for (const std::string& language : declared.languages) {
      one.name = declared.name + "_" + language;
      one.language = language;
      columns.push_back(one);
    }
  }
  return columns;
}

Schema::Schema(SchemaPointer the_declared)
    : declared(std::move(the_declared)), languages(declared->languages) {
  for (const SchemaTable& table : declared->tables) {
    const SchemaSpan span = table.span.value_or(SchemaSpan());
    tables.push_back({std::string(stored_name(table)), {}, span.start, span.end});
  }
}

std::optional<Table> Schema::find_table(std::string_view name) const {
  for (const Table number : all()) {
    if (table(number).name == name) return number;
  }
  return std::nullopt;
}

Schema Schema::of(SchemaPointer declared) {
  Schema schema(std::move(declared));
  for (const Table table : schema.all()) {
    schema.table(table).columns = columns_of(schema.declared->table(table));
  }
  return schema;
}

Column make_column(std::string name, const std::vector<std::string>& languages) {
  Column column;
  column.logical = name;
  const std::size_t mark = name.rfind('_');
  if (mark != std::string::npos && mark > 0) {
    const std::string suffix = name.substr(mark + 1);
    if (std::find(languages.begin(), languages.end(), suffix) != languages.end()) {
      column.language = suffix;
      column.logical.resize(mark);
    }
  }
  column.open_end = name == "end";
  column.name = std::move(name);
  return column;
}

Column as_of_column() {
  return column("as_of", Kind::kDate);
}

std::optional<std::uint32_t> TableSchema::find(std::string_view column) const {
  for (std::uint32_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == column) return i;
  }
  return std::nullopt;
}

std::vector<std::uint32_t> TableSchema::find_logical(std::string_view logical) const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < columns.size(); ++i) {
    if (columns[i].logical == logical && columns[i].read) found.push_back(i);
  }
  return found;
}

const Schema& Schema::standard() {
  static const Schema kStandard = of(default_schema());
  return kStandard;
}

const Schema& Schema::imported() {
  static const Schema kImported = make_imported();
  return kImported;
}

bool read_language(Schema& schema, std::string_view language) {
  const auto has_it = [language](const Column& column) { return column.language == language; };
  if (std::none_of(schema.tables.begin(), schema.tables.end(), [&](const TableSchema& table) {
        return std::any_of(table.columns.begin(), table.columns.end(), has_it);
      })) {
    return false;
  }
  for (TableSchema& table : schema.tables) {
    for (Column& column : table.columns) {
      column.read = column.language.empty() || has_it(column);
    }
  }
  return true;
}

}  // namespace cadre
