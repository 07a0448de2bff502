#include "cadre/classify/distinct_texts.hpp"

#include <unordered_map>

#include "cadre/base/seeded_hash.hpp"

namespace cadre {
namespace {

struct HashText {
  std::size_t operator()(const DistinctTexts::Text& text) const {
    const SeededHash hash;
    return hash(text.text) * 31 + hash(text.language);
  }
};

}  // namespace

DistinctTexts::DistinctTexts(std::span<const Person> people, const Schema& schema)
    : schema_(schema) {
  std::unordered_map<Text, std::uint32_t, HashText> numbers;
  first_.resize(people.size());
  for (std::size_t person = 0; person < people.size(); ++person) {
    check_cells(people[person], schema);
    for (const Table table : kTables) {
      first_[person][static_cast<std::size_t>(table)] = cells_.size();
      const std::vector<Column>& columns = schema.table(table).columns;
      for (const Row& row : people[person].rows(table)) {
        for (std::size_t column = 0; column < columns.size(); ++column) {
          const Text text{row.cells[column], columns[column].language};
          const auto [at, is_new] =
              numbers.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
          if (is_new) texts_.push_back(text);
          cells_.push_back(at->second);
        }
      }
    }
  }
}

}  // namespace cadre
