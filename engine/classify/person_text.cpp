#include "cadre/classify/person_text.hpp"

namespace cadre {

PersonText::PersonText(const Schema& schema, const Person& person, MatchBatch& batch,
                       const SearchedColumns& searched)
    : schema_(&schema), person_(&person), batch_(&batch) {
  for (const Table table : {Table::kPerson, Table::kEducation, Table::kCareer, Table::kPosts}) {
    const auto number = static_cast<std::size_t>(table);
    if (searched[number].empty()) continue;
    const std::vector<Column>& columns = schema.table(table).columns;
    const std::span<const Row> rows = person.rows(table);
    cells_[number].assign(rows.size() * columns.size(), kNotAdded);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (const std::uint32_t column : searched[number]) {
        const std::string& cell = rows[row].cells[column];
        if (cell.empty()) continue;
        cells_[number][row * columns.size() + column] = batch.add(cell, columns[column].language);
      }
    }
  }
}

std::span<const Match> PersonText::matches(Table table, std::uint32_t row,
                                           std::uint32_t column) const {
  const std::vector<std::uint32_t>& cells = cells_[static_cast<std::size_t>(table)];
  const std::uint32_t cell = cells[row * schema_->table(table).columns.size() + column];
  return cell == kNotAdded ? std::span<const Match>() : batch_->matches(cell);
}

}  // namespace cadre
