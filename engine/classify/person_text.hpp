// What the matcher finds in the cells of one person. The cells of many people are matched together:
// first every PersonText adds its cells to a batch, then the batch is matched, then matches are
// asked for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cadre/classify/searched_columns.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/match/matcher.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

class PersonText {
 public:
  /// Adds the cells of the `searched` columns to `batch`. Keeps references to the first three.
  PersonText(const Schema& schema, const Person& person, MatchBatch& batch,
             const SearchedColumns& searched);

  const Person& person() const { return *person_; }
  const Schema& schema() const { return *schema_; }

  /// The matches in a cell of a searched column, ordered by lexicon and place. For use once the
  /// batch has been matched; the span is good until the batch changes.
  std::span<const Match> matches(Table table, std::uint32_t row, std::uint32_t column) const;

 private:
  static constexpr std::uint32_t kNotAdded = 0xFFFFFFFF;

  const Schema* schema_;
  const Person* person_;
  const MatchBatch* batch_;
  std::vector<std::uint32_t> cells_[4];  // numbers in the batch; by table, then row by row
};

}  // namespace cadre
