#include "cadre/data/schema.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cadre {
namespace {

using Kind = Column::Kind;

const std::vector<std::string>& degrees() {
  static const std::vector<std::string> kDegrees = {
      "none", "certificate", "secondary", "associate", "bachelor", "master", "doctor"};
  return kDegrees;
}

Column column(std::string name, Kind kind, std::vector<std::string> values = {}) {
  Column out = make_column(std::move(name), Schema().languages);
  out.kind = kind;
  out.values = std::move(values);
  return out;
}

Column degree(std::string name) {
  Column out = column(std::move(name), Kind::kName, degrees());
  out.ordered = true;
  return out;
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

Schema make_standard() {
  Schema schema;
  schema.table(Table::kPerson).columns = {
      column("id", Kind::kName),
      column("name_zh", Kind::kName),
      column("name_en", Kind::kName),
      column("birth", Kind::kDate),
      column("gender", Kind::kName, {"M", "F"}),
      column("ethnicity", Kind::kText),
      column("native_place", Kind::kText),
      column("work_started", Kind::kDate),
      column("party_joined", Kind::kDate),
      column("party", Kind::kName, {"ccp", "nonparty"}),
      degree("highest_degree"),
      column("source", Kind::kName),
  };
  schema.table(Table::kEducation).columns = {
      column("id", Kind::kName),
      column("person", Kind::kName),
      column("start", Kind::kDate),
      column("end", Kind::kDate),
      column("institution_zh", Kind::kText),
      column("institution_en", Kind::kText),
      column("field_zh", Kind::kText),
      column("field_en", Kind::kText),
      degree("degree"),
      column("mode", Kind::kName,
             {"full-time", "in-service", "correspondence", "party-school", "visiting"}),
      column("source", Kind::kName),
  };
  schema.table(Table::kCareer).columns = {
      column("id", Kind::kName),      column("person", Kind::kName),  column("start", Kind::kDate),
      column("end", Kind::kDate),     column("org_zh", Kind::kText),  column("org_en", Kind::kText),
      column("role_zh", Kind::kText), column("role_en", Kind::kText), column("source", Kind::kName),
  };
  schema.table(Table::kPosts).columns = {
      column("id", Kind::kName),
      column("person", Kind::kName),
      column("province", Kind::kName),
      column("office", Kind::kName, {"party_secretary", "governor"}),
      column("start", Kind::kDate),
      column("end", Kind::kDate),
      column("acting_from", Kind::kDate),
      column("source", Kind::kName),
  };
  return schema;
}

Schema make_imported() {
  Schema schema = Schema::standard();
  for (TableSchema& table : schema.tables) add_source_columns(table);
  return schema;
}

}  // namespace

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
  static const Schema kStandard = make_standard();
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
