#include "cadre/data/person.hpp"

#include <fmt/format.h>

#include "cadre/base/error.hpp"

namespace cadre {

std::span<const Row> Person::rows(Table table) const {
  if (table == Table::kPerson) return {&facts, 1};
  const std::size_t number = static_cast<std::size_t>(table) - 1;
  if (number >= tables.size()) return {};
  return tables[number];
}

std::vector<Row>& Person::rows_to_edit(Table table) {
  const std::size_t number = static_cast<std::size_t>(table) - 1;
  if (number >= tables.size()) tables.resize(number + 1);
  return tables[number];
}

void check_cells(const Person& person, const Schema& schema) {
  for (const Table table : schema.all()) {
    const std::size_t columns = schema.table(table).columns.size();
    for (const Row& row : person.rows(table)) {
      if (row.cells.size() >= columns) continue;
      throw Error(Error::Kind::kUsage, "",
                  fmt::format("the row '{}' of '{}' has {} cells, and its table has {} columns",
                              row.id, person.id, row.cells.size(), columns));
    }
  }
}

}  // namespace cadre
