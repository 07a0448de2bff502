#include "tests/support/hand_made.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "tests/catch.hpp"
#include "tests/support/tables.hpp"

namespace cadre::testing {
namespace {

void set_cell(const TableSchema& table, Row& row, const std::string& column,
              const std::string& value) {
  const auto index = table.find(column);
  if (!index) throw std::invalid_argument("no column " + column);
  row.cells[*index] = value;
}

Date date(const std::string& text) {
  const auto parsed = Date::parse(text);
  if (!parsed) throw std::invalid_argument("no date: " + text);
  return *parsed;
}

}  // namespace

HandMade::HandMade() {
  rules.name = "made";
  dataset.name = "made-people";
  dataset.schema = Schema::standard();
  dataset.schema.as_of = date("2022-12-31");
}

Person& HandMade::person(const std::string& id, const std::string& name_en) {
  for (Person& known : dataset.people) {
    if (known.id == id) return known;
  }
  Person person;
  person.id = id;
  person.facts.id = id;
  person.facts.cells.resize(dataset.schema.table(Table::kPerson).columns.size());
  set_cell(dataset.schema.table(Table::kPerson), person.facts, "id", id);
  set_cell(dataset.schema.table(Table::kPerson), person.facts, "name_en", name_en);
  dataset.people.push_back(std::move(person));
  Classification classification;
  classification.person = id;
  classification.labels.resize(rules.labels.size());
  classifications.push_back(std::move(classification));
  return dataset.people.back();
}

void HandMade::row(const std::string& id, Table table,
                   const std::vector<std::pair<std::string, std::string>>& cells) {
  Person& owner = person(id);
  std::vector<Row>& rows = owner.rows_to_edit(table);
  const TableSchema& schema = dataset.schema.table(table);
  Row row;
  row.id = fmt::format("{}/{}{}", id, dataset.schema.table(table).name.front(), rows.size() + 1);
  row.cells.resize(schema.columns.size());
  for (const auto& [column, value] : cells) {
    set_cell(schema, row, column, value);
    if (column == "id") row.id = value;
    if (column == "start") row.span.start = Date::parse(value);
    if (column == "end") row.span.end = Date::parse(value);
    if (column == "end") row.span.open = value == "..";
  }
  set_cell(schema, row, "id", row.id);
  set_cell(schema, row, "person", id);
  rows.push_back(std::move(row));
}

void HandMade::post(const std::string& id, const std::string& province, const std::string& office,
                    const std::string& start, const std::string& end) {
  std::string post = province + "/" + office + "/" + id;
  int count = 1;
  for (const Row& other : person(id).rows(kPosts)) count += other.id.starts_with(post) ? 1 : 0;
  if (count > 1) post += fmt::format("/{}", count);
  row(id, kPosts,
      {{"id", post}, {"province", province}, {"office", office}, {"start", start}, {"end", end}});
}

EraScheme& HandMade::eras(
    const std::string& name,
    const std::vector<std::pair<std::string, std::string>>& ids_and_first_days) {
  EraScheme scheme;
  scheme.name = name;
  for (const auto& [id, first_day] : ids_and_first_days) {
    if (!scheme.eras.empty()) scheme.eras.back().to = date(first_day);
    Era era;
    era.id = id;
    era.label = "label of " + id;
    era.leader = "leader of " + id;
    era.from = date(first_day);
    scheme.eras.push_back(std::move(era));
  }
  rules.eras.push_back(std::move(scheme));
  return rules.eras.back();
}

void HandMade::label(const std::string& name) {
  Label label;
  label.name = name;
  rules.labels.push_back(std::move(label));
  for (Classification& one : classifications) one.labels.emplace_back();
}

LabelValue& HandMade::value(const std::string& id, const std::string& label) {
  const auto index = rules.find_label(label);
  if (!index) throw std::invalid_argument("no label " + label);
  person(id);
  for (Classification& one : classifications) {
    if (one.person == id) return one.labels[*index];
  }
  throw std::logic_error("no classification");
}

RunContents HandMade::contents() const {
  return {rules, dataset, classifications, options};
}

Run HandMade::written(const TemporaryFolder& folder, const std::string& name) const {
  const auto path = folder.path() / name;
  write_run_sqlite(contents(), path);
  return Run::open(path);
}

std::string cell_text(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *number);
  if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{}", *number);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return "-";
}

std::string table_text(const Run& run, const std::string& sql,
                       const std::vector<std::string>& arguments) {
  std::string text;
  for (const std::vector<Cell>& row : run.query(sql, arguments).rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i ? " | " : "") + cell_text(row[i]);
    text += "\n";
  }
  return text;
}

}  // namespace cadre::testing
