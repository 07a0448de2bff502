#include "cadre/data/person_rows.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <utility>

namespace cadre {

Row make_row(std::vector<std::string> cells, std::size_t id, const SpanColumns& span) {
  Row row;
  row.id = cells[id];
  row.span = span.of(cells);
  row.cells = std::move(cells);
  return row;
}

void take_as_of(Person& person, const TableSchema& people) {
  const std::optional<std::uint32_t> column = people.find("as_of");
  if (!column || people.columns[*column].kind != Column::Kind::kDate) return;
  person.as_of = Date::parse(person.facts.cells[*column]);
}

std::string derived_id(std::string_view person, const TableSchema& table, std::size_t number) {
  const fmt::format_int digits(number);
  std::string id;
  id.reserve(person.size() + 2 + digits.size());
  id += person;
  id += '/';
  id += table.name.front();
  return id.append(digits.data(), digits.size());
}

}  // namespace cadre
