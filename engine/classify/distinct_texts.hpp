// The texts of all cells of a dataset, each distinct text of a language once: careers share their
// schools and offices.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"

namespace cadre {

class DistinctTexts {
 public:
  struct Text {
    std::string_view text;
    std::string_view language;  ///< of its column; may be empty

    friend bool operator==(const Text&, const Text&) = default;
  };

  /// Keeps references to both. Throws Error kUsage as check_cells does.
  DistinctTexts(std::span<const Person> people, const Schema& schema);

  /// In the order in which people, tables, rows and columns hold them first.
  const std::vector<Text>& all() const { return texts_; }

  /// The number of a cell's text among all.
  std::uint32_t number(std::size_t person, Table table, std::uint32_t row,
                       std::uint32_t column) const {
    const std::size_t columns = schema_.table(table).columns.size();
    return cells_[first_[person][static_cast<std::size_t>(table)] + row * columns + column];
  }

  /// The numbers of the texts of all cells of a person.
  std::span<const std::uint32_t> of_person(std::size_t person) const {
    const std::size_t begin = first_[person][0];
    const std::size_t end = person + 1 < first_.size() ? first_[person + 1][0] : cells_.size();
    return std::span(cells_).subspan(begin, end - begin);
  }

 private:
  const Schema& schema_;
  std::vector<Text> texts_;
  std::vector<std::array<std::size_t, kTables.size()>> first_;  // by person: the tables' cells
  std::vector<std::uint32_t> cells_;                            // their texts
};

}  // namespace cadre
