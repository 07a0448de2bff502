// The texts of a dataset in which terms may be looked for, each distinct text of a language once:
// careers share their schools and offices. Ids, dates and numbers are not among them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cadre/base/once.hpp"
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

  /// The empty text first, then in the order in which people, tables, rows and columns hold them.
  const std::vector<Text>& all() const { return texts_; }

  /// The number of a cell's text among all; 0 where it is empty or of a column that is not
  /// searched.
  std::uint32_t number(std::size_t person, Table table, std::uint32_t row,
                       std::uint32_t column) const {
    const std::size_t columns = schema_.table(table).columns.size();
    return cells_[begin_of(person, table) + row * columns + column];
  }

  /// The people who have a text, in ascending order. The first call lists those of all texts.
  std::span<const std::uint32_t> people_with(std::uint32_t text) const;

 private:
  /// Where the cells of a table begin; those of the table behind the last begin where the next
  /// person's do.
  std::size_t begin_of(std::size_t person, Table table) const {
    return first_[person * schema_.tables.size() + static_cast<std::size_t>(table)];
  }

  const Schema& schema_;
  std::size_t people_count_ = 0;
  std::vector<Text> texts_;
  std::vector<std::size_t> first_;    // by person and table: where its cells begin
  std::vector<std::uint32_t> cells_;  // their texts
  mutable Once listed_;
  mutable std::vector<std::size_t> first_person_;  // by text: where its people begin, and the end
  mutable std::vector<std::uint32_t> people_;
};

}  // namespace cadre
