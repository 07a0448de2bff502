#include "cadre/classify/distinct_texts.hpp"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "cadre/base/seeded_hash.hpp"

namespace cadre {
namespace {

/// Whether rules may look for terms in a column.
bool may_be_searched(const Column& column) {
  const bool of_words = column.kind == Column::Kind::kText || column.kind == Column::Kind::kName;
  return of_words && column.name != "id" && column.name != "person";
}

/// The numbers of the texts of one language.
using Numbers = std::unordered_map<std::string_view, std::uint32_t, SeededHash>;

}  // namespace

DistinctTexts::DistinctTexts(std::span<const Person> people, const Schema& schema)
    : schema_(schema), people_count_(people.size()) {
  std::map<std::string_view, Numbers> languages;
  std::vector<std::vector<Numbers*>> numbers(schema.tables.size());  // by table and column
  for (const Table table : schema.all()) {
    for (const Column& column : schema.table(table).columns) {
      numbers[static_cast<std::size_t>(table)].push_back(
          may_be_searched(column) ? &languages[column.language] : nullptr);
    }
  }
  texts_.push_back({});  // the number of what is empty or not searched
  first_.resize(people.size() * schema.tables.size());
  for (std::size_t person = 0; person < people.size(); ++person) {
    check_cells(people[person], schema);
    for (const Table table : schema.all()) {
      const auto index = static_cast<std::size_t>(table);
      first_[person * schema.tables.size() + index] = cells_.size();
      const std::vector<Column>& columns = schema.table(table).columns;
      for (const Row& row : people[person].rows(table)) {
        for (std::size_t column = 0; column < columns.size(); ++column) {
          const std::string& cell = row.cells[column];
          Numbers* of_language = numbers[index][column];
          if (of_language == nullptr || cell.empty()) {
            cells_.push_back(0);
            continue;
          }
          const auto [at, is_new] =
              of_language->try_emplace(cell, static_cast<std::uint32_t>(texts_.size()));
          if (is_new) texts_.push_back({cell, columns[column].language});
          cells_.push_back(at->second);
        }
      }
    }
  }
}

std::span<const std::uint32_t> DistinctTexts::people_with(std::uint32_t text) const {
  listed_.call([this] {
    const auto for_each_text = [this](const auto& visit) {
      std::vector<std::size_t> seen(texts_.size(), people_count_);  // the last who had the text
      for (std::size_t person = 0; person < people_count_; ++person) {
        const bool last = person + 1 == people_count_;
        const std::size_t end = last ? cells_.size() : begin_of(person + 1, Table::kPerson);
        for (std::size_t cell = begin_of(person, Table::kPerson); cell < end; ++cell) {
          if (std::exchange(seen[cells_[cell]], person) != person) visit(cells_[cell], person);
        }
      }
    };
    first_person_.resize(texts_.size() + 1);
    for_each_text([this](std::uint32_t one, std::size_t) { ++first_person_[one + 1]; });
    for (std::size_t i = 0; i < texts_.size(); ++i) first_person_[i + 1] += first_person_[i];
    people_.resize(first_person_.back());
    std::vector<std::size_t> next(first_person_.begin(), first_person_.end() - 1);
    for_each_text([&](std::uint32_t one, std::size_t person) {
      people_[next[one]++] = static_cast<std::uint32_t>(person);
    });
  });
  const std::size_t begin = first_person_[text];
  return std::span(people_).subspan(begin, first_person_[text + 1] - begin);
}

}  // namespace cadre
