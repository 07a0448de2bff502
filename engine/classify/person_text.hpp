// What the matcher finds in the cells of one person. Each cell is matched once, when it is first
// asked for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/match/matcher.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

class PersonText {
 public:
  /// Keeps references to all three.
  PersonText(const Matcher& matcher, const Schema& schema, const Person& person);

  const Person& person() const { return person_; }
  const Schema& schema() const { return schema_; }

  /// The matches in a cell, ordered by lexicon and place. The span is good until the next call.
  std::span<const Match> matches(Table table, std::uint32_t row, std::uint32_t column);

 private:
  struct Cell {
    bool matched = false;
    std::vector<Match> matches;
  };

  const Matcher& matcher_;
  const Schema& schema_;
  const Person& person_;
  std::vector<Cell> cells_[4];  // by table, then row by row
};

}  // namespace cadre
