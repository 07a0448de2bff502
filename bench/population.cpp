#include "bench/population.hpp"

#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

namespace cadre::bench {
namespace {

// Of the default schema.
constexpr Table kEducation{1};
constexpr Table kCareer{2};
constexpr Table kPosts{3};

void add_field(std::string& json, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  if (json.back() != '{') json += ',';
  json += '"';
  json += name;
  json += "\":";
  json += nlohmann::json(value).dump();
}

bool is_own(std::string_view column) {
  return column != "id" && column != "person";
}

}  // namespace

const Person& Population::somebody() {
  return dataset_.people[random_() % dataset_.people.size()];
}

void Population::add_rows(std::string& json, Table table) {
  const TableSchema& schema = dataset_.schema.table(table);
  const TableSchema& known = Schema::standard().table(table);
  const std::size_t count = somebody().rows(table).size();
  if (count == 0) return;
  json += ",\"" + std::string(schema.name) + "\":[";
  for (std::size_t i = 0; i < count; ++i) {
    std::span<const Row> rows = somebody().rows(table);
    while (rows.empty()) rows = somebody().rows(table);
    const Row& row = rows[random_() % rows.size()];
    if (i > 0) json += ',';
    json += '{';
    for (std::size_t column = 0; column < schema.columns.size(); ++column) {
      const std::string& name = schema.columns[column].name;
      if (is_own(name) && known.find(name)) add_field(json, name, row.cells[column]);
    }
    json += '}';
  }
  json += ']';
}

std::string Population::next() {
  std::string json = "{\"id\":\"p" + std::to_string(++count_) + '"';
  const TableSchema& people = dataset_.schema.table(Table::kPerson);
  const Person& person = somebody();
  for (std::size_t column = 0; column < people.columns.size(); ++column) {
    const std::string& name = people.columns[column].name;
    if (is_own(name) && Schema::standard().table(Table::kPerson).find(name)) {
      add_field(json, name, person.facts.cells[column]);
    }
  }
  for (const Table table : {kEducation, kCareer, kPosts}) {
    add_rows(json, table);
  }
  return json + '}';
}

}  // namespace cadre::bench
