#include "cadre/classify/person_text.hpp"

#include <algorithm>
#include <utility>

namespace cadre {
namespace {

/// Of matches ordered by lexicon those of one lexicon.
std::span<const Match> of_lexicon(std::span<const Match> matches, std::uint32_t lexicon) {
  const auto begin = std::find_if(matches.begin(), matches.end(),
                                  [=](const Match& match) { return match.lexicon == lexicon; });
  const auto end = std::find_if(begin, matches.end(),
                                [=](const Match& match) { return match.lexicon != lexicon; });
  return {begin, end};
}

}  // namespace

PersonText::PersonText(const Schema& schema, const Person& person, MatchBatch& batch,
                       const SearchedColumns& searched)
    : schema_(&schema), person_(&person), batch_(&batch) {
  cells_.resize(schema.tables.size());
  for (const Table table : schema.all()) {
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

PersonText::PersonText(const Schema& schema, const Person& person, FindMatches find)
    : schema_(&schema), person_(&person), find_(std::move(find)) {}

std::span<const Match> PersonText::matches(Table table, std::uint32_t row, std::uint32_t column,
                                           std::uint32_t lexicon) const {
  if (batch_ == nullptr) return find_(table, row, column, lexicon);
  const std::vector<std::uint32_t>& cells = cells_[static_cast<std::size_t>(table)];
  const std::uint32_t cell = cells[row * schema_->table(table).columns.size() + column];
  if (cell == kNotAdded) return {};
  return of_lexicon(batch_->matches(cell), lexicon);
}

}  // namespace cadre
