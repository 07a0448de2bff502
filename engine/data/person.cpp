#include "cadre/data/person.hpp"

#include <fmt/format.h>

#include "cadre/base/error.hpp"

namespace cadre {

std::span<const Row> Person::rows(Table table) const {
  switch (table) {
    case Table::kEducation:
      return education;
    case Table::kCareer:
      return career;
    case Table::kPosts:
      return posts;
    case Table::kPerson:
      break;
  }
  return {&facts, 1};
}

void check_cells(const Person& person, const Schema& schema) {
  for (const Table table : kTables) {
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
