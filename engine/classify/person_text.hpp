// What the matcher finds in the cells of one person. The cells of many people are matched together:
// first every PersonText adds its cells to a batch, then the batch is matched, then matches are
// asked for.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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
  /// The matches of one lexicon in a cell, ordered by place.
  using FindMatches = std::function<std::span<const Match>(
      Table table, std::uint32_t row, std::uint32_t column, std::uint32_t lexicon)>;

  /// Adds the cells of the `searched` columns to `batch`. Keeps references to the first three.
  PersonText(const Schema& schema, const Person& person, MatchBatch& batch,
             const SearchedColumns& searched);
  /// The same where the matches are known already. Keeps references to the first two.
  PersonText(const Schema& schema, const Person& person, FindMatches find);

  const Person& person() const { return *person_; }
  const Schema& schema() const { return *schema_; }
  /// The day on which the person's rows that still run end.
  const std::optional<Date>& as_of() const {
    return person_->as_of ? person_->as_of : schema_->as_of;
  }

  /// The matches of a lexicon, by its number in the rules, in a cell of a searched column, ordered
  /// by place. For use once the batch has been matched; the span is good until the batch changes.
  std::span<const Match> matches(Table table, std::uint32_t row, std::uint32_t column,
                                 std::uint32_t lexicon) const;

 private:
  static constexpr std::uint32_t kNotAdded = 0xFFFFFFFF;

  const Schema* schema_;
  const Person* person_;
  const MatchBatch* batch_ = nullptr;  // nullptr: find_ is asked
  FindMatches find_;
  std::vector<std::vector<std::uint32_t>>
      cells_;  // numbers in the batch; by table, then row by row
};

}  // namespace cadre
