#include "cadre/import/imported_dataset.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <map>
#include <utility>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/data/csv.hpp"
#include "cadre/data/schema.hpp"

namespace cadre {
namespace {

// Of the default schema, which imported biographies have.
constexpr Table kEducation{1};
constexpr Table kCareer{2};
constexpr Table kPosts{3};
constexpr std::array<Table, 3> kRowTables = {kEducation, kCareer, kPosts};
constexpr const char* kSource = "import";

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, "; "));
}

const std::vector<ImportedRow>& rows(const Biography& biography, Table table) {
  return table == kEducation ? biography.education
         : table == kCareer  ? biography.career
                             : biography.posts;
}

std::vector<std::string> row_ids(const Biography& biography, Table table) {
  std::vector<std::string> ids;
  if (table != kPosts) {
    for (std::size_t i = 1; i <= rows(biography, table).size(); ++i) {
      ids.push_back(fmt::format("{}/{}{}", biography.id, table == kEducation ? 'e' : 'c', i));
    }
    return ids;
  }
  // province/office/person, with /2 for a second tenure
  std::map<std::string, std::size_t> tenures;
  for (const ImportedRow& post : biography.posts) {
    const std::string id =
        fmt::format("{}/{}/{}", post.cells.at("province"), post.cells.at("office"), biography.id);
    const std::size_t tenure = ++tenures[id];
    ids.push_back(tenure == 1 ? id : fmt::format("{}/{}", id, tenure));
  }
  return ids;
}

/// The value of a column of a row; empty where it is not known.
std::string cell(const Biography& biography, const ImportedRow& row, const std::string& id,
                 const std::string& column, const std::string& file) {
  if (column == "id") return id;
  if (column == "person") return biography.id;
  if (column == "start") return row.start ? row.start->text() : "";
  if (column == "end") return row.open ? ".." : row.end ? row.end->text() : "";
  if (column == "source") return kSource;
  if (column == "source_file") return file;
  if (column == "source_line") return std::to_string(row.source.line);
  if (column == "source_begin") return std::to_string(row.source.begin);
  if (column == "source_end") return std::to_string(row.source.end);
  if (column == "source_text") return row.text;
  if (column == "guessed") return joined(row.guesses);
  const auto found = row.cells.find(column);
  return found == row.cells.end() ? std::string() : found->second;
}

std::string fact(const Biography& biography, const std::string& column, const std::string& file) {
  if (column == "id") return biography.id;
  if (column == "source") return kSource;
  if (column == "source_file") return file;
  if (column == "guessed") return "";
  if (column == "source_text") return biography.text;
  const bool placed = biography.source.line != 0;
  if (column == "source_line") return placed ? std::to_string(biography.source.line) : "";
  if (column == "source_begin") return placed ? std::to_string(biography.source.begin) : "";
  if (column == "source_end") return placed ? std::to_string(biography.source.end) : "";
  const auto found = biography.facts.find(column);
  return found == biography.facts.end() ? std::string() : found->second;
}

void put(Json& object, const Column& column, const std::string& value) {
  if (value.empty()) return;
  if (column.kind == Column::Kind::kNumber) {
    object[column.name] = std::stoull(value);
  } else {
    object[column.name] = value;
  }
}

constexpr std::array<std::string_view, 7> kUnparsedColumns = {
    "person", "source_file", "source_line", "source_begin", "source_end", "reason", "text"};

Json field_of(const Column& column) {
  Json field;
  field["name"] = column.name;
  field["type"] = column.kind == Column::Kind::kNumber ? "integer" : "string";
  if (column.kind == Column::Kind::kDate) {
    field["rdfType"] = "http://id.loc.gov/datatypes/edtf/EDTF-level0";
  }
  if (column.kind == Column::Kind::kName && column.values.empty()) field["cadre:kind"] = "name";
  if (column.ordered) {
    field["categories"] = column.values;
    field["categoriesOrdered"] = true;
  } else if (!column.values.empty()) {
    field["constraints"]["enum"] = column.values;
  }
  return field;
}

}  // namespace

std::string json_line(const Biography& biography, const std::string& file,
                      const std::optional<Date>& as_of) {
  const Schema& schema = Schema::imported();
  Json person = Json::object();
  for (const Column& column : schema.table(Table::kPerson).columns) {
    put(person, column, fact(biography, column.name, file));
    if (column.name == "id" && as_of) person["as_of"] = iso_date(as_of->last());
  }
  for (const Table table : kRowTables) {
    Json list = Json::array();
    const std::vector<std::string> ids = row_ids(biography, table);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      Json row = Json::object();
      for (const Column& column : schema.table(table).columns) {
        if (column.name == "person") continue;
        put(row, column, cell(biography, rows(biography, table)[i], ids[i], column.name, file));
      }
      list.push_back(std::move(row));
    }
    if (!list.empty()) person[schema.table(table).name] = std::move(list);
  }
  Json unparsed = Json::array();
  for (const Unparsed& one : biography.unparsed) {
    unparsed.push_back({{"source_line", one.source.line},
                        {"source_begin", one.source.begin},
                        {"source_end", one.source.end},
                        {"reason", one.reason},
                        {"text", one.text}});
  }
  if (!unparsed.empty()) person["unparsed"] = std::move(unparsed);
  return person.compact() + "\n";
}

struct PackageWriter::Tables {
  std::ofstream people;
  std::array<std::ofstream, kRowTables.size()> rows;
  std::ofstream unparsed;
};

PackageWriter::PackageWriter(std::filesystem::path folder)
    : folder_(std::move(folder)), tables_(std::make_unique<Tables>()) {
  const Schema& schema = Schema::imported();
  const auto open = [&](std::ofstream& out, const std::string& name,
                        const std::vector<std::string>& columns) {
    out.open(folder_ / (name + ".csv"), std::ios::binary);
    out << fmt::format("{}", fmt::join(columns, ",")) << "\n";
  };
  const auto names = [](const TableSchema& table) {
    std::vector<std::string> columns;
    for (const Column& column : table.columns) columns.push_back(column.name);
    return columns;
  };
  open(tables_->people, "people", names(schema.table(Table::kPerson)));
  for (std::size_t i = 0; i < kRowTables.size(); ++i) {
    const TableSchema& table = schema.table(kRowTables[i]);
    open(tables_->rows[i], table.name, names(table));
  }
  open(tables_->unparsed, "unparsed", {kUnparsedColumns.begin(), kUnparsedColumns.end()});
}

PackageWriter::~PackageWriter() = default;

void PackageWriter::write(const Biography& biography, const std::string& file) {
  const Schema& schema = Schema::imported();
  const auto put_row = [](std::ofstream& out, const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& one : cells) line += (line.empty() ? "" : ",") + csv_field(one);
    out << line << "\n";
  };
  std::vector<std::string> cells;
  for (const Column& column : schema.table(Table::kPerson).columns) {
    cells.push_back(fact(biography, column.name, file));
  }
  put_row(tables_->people, cells);
  for (std::size_t i = 0; i < kRowTables.size(); ++i) {
    const std::vector<std::string> ids = row_ids(biography, kRowTables[i]);
    for (std::size_t k = 0; k < ids.size(); ++k) {
      const ImportedRow& row = rows(biography, kRowTables[i])[k];
      cells.clear();
      for (const Column& column : schema.table(kRowTables[i]).columns) {
        cells.push_back(cell(biography, row, ids[k], column.name, file));
      }
      put_row(tables_->rows[i], cells);
    }
  }
  for (const Unparsed& one : biography.unparsed) {
    put_row(tables_->unparsed,
            {biography.id, file, std::to_string(one.source.line), std::to_string(one.source.begin),
             std::to_string(one.source.end), one.reason, one.text});
  }
}

void PackageWriter::close(const std::string& name, const std::optional<Date>& as_of) {
  const Schema& schema = Schema::imported();
  Json package;
  package["$schema"] = "https://datapackage.org/profiles/2.0/datapackage.json";
  package["name"] = name;
  if (as_of) package["as_of"] = iso_date(as_of->last());
  package["languages"] = schema.languages;
  const auto resource = [&](const std::string& table, Json fields, bool of_person) {
    Json one;
    one["name"] = table;
    one["path"] = table + ".csv";
    one["encoding"] = "utf-8";
    one["schema"]["fields"] = std::move(fields);
    if (of_person) {
      one["schema"]["foreignKeys"].push_back(
          {{"fields", "person"}, {"reference", {{"resource", "people"}, {"fields", "id"}}}});
    }
    package["resources"].push_back(std::move(one));
  };
  const auto fields_of = [](const TableSchema& table) {
    Json fields = Json::array();
    for (const Column& column : table.columns) fields.push_back(field_of(column));
    return fields;
  };
  resource("people", fields_of(schema.table(Table::kPerson)), false);
  for (const Table table : kRowTables) {
    resource(schema.table(table).name, fields_of(schema.table(table)), true);
  }
  Json unparsed = Json::array();
  for (const std::string_view column : kUnparsedColumns) {
    const bool number = column.starts_with("source_") && column != "source_file";
    unparsed.push_back({{"name", column}, {"type", number ? "integer" : "string"}});
  }
  resource("unparsed", std::move(unparsed), true);

  std::ofstream description(folder_ / "datapackage.json", std::ios::binary);
  description << package.indented() << "\n";
  bool good = true;
  const auto finish = [&](std::ofstream& out) {
    out.close();
    good &= !out.fail();
  };
  finish(description);
  finish(tables_->people);
  for (std::ofstream& one : tables_->rows) finish(one);
  finish(tables_->unparsed);
  if (!good) {
    throw Error(Error::Kind::kIo, folder_.string(),
                fmt::format("cannot write the tables of '{}'", folder_.string()));
  }
}

}  // namespace cadre
