#include "cadre/classify/distinct_texts.hpp"

#include <unordered_map>
#include <utility>

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

std::span<const std::uint32_t> DistinctTexts::people_with(std::uint32_t text) const {
  listed_.call([this] {
    const auto for_each_text = [this](const auto& visit) {
      std::vector<std::size_t> seen(texts_.size(), first_.size());  // the last who had the text
      for (std::size_t person = 0; person < first_.size(); ++person) {
        const bool last = person + 1 == first_.size();
        const std::size_t end = last ? cells_.size() : first_[person + 1].front();
        for (std::size_t cell = first_[person].front(); cell < end; ++cell) {
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
