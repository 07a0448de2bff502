#include "cadre/classify/person_text.hpp"

namespace cadre {

PersonText::PersonText(const Matcher& matcher, const Schema& schema, const Person& person)
    : matcher_(matcher), schema_(schema), person_(person) {}

std::span<const Match> PersonText::matches(Table table, std::uint32_t row, std::uint32_t column) {
  const std::vector<Column>& columns = schema_.table(table).columns;
  std::vector<Cell>& cells = cells_[static_cast<std::size_t>(table)];
  const std::span<const Row> rows = person_.rows(table);
  if (cells.empty()) cells.resize(rows.size() * columns.size());

  Cell& cell = cells[row * columns.size() + column];
  if (!cell.matched) {
    cell.matched = true;
    matcher_.find(rows[row].cells[column], columns[column].language, cell.matches);
  }
  return cell.matches;
}

}  // namespace cadre
