#include "cadre/rules/declared_schema.hpp"

#include <algorithm>

namespace cadre {

const SchemaColumn* SchemaTable::find(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const SchemaColumn& other) { return other.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

std::optional<Table> DeclaredSchema::find_table(std::string_view table) const {
  for (const Table number : all()) {
    if (this->table(number).name == table) return number;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> DeclaredSchema::find_date(std::string_view date) const {
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (dates[i].name == date) return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

std::string_view stored_name(const SchemaTable& table) {
  return table.name == "person" ? std::string_view("people") : std::string_view(table.name);
}

}  // namespace cadre
