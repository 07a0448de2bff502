// People made at random of whom not all is known, and ways of filling in what is missing.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "cadre/data/person.hpp"
#include "cadre/data/schema.hpp"
#include "tests/support/dice.hpp"

namespace cadre::testing {

/// A person with gaps: empty cells, starts and ends that are not known, ends that are open, dates
/// of which only the year or the month is known, tables without rows. What is written down does not
/// contradict itself and lies before the schema's `as_of`.
Person random_person(Dice& dice, const Schema& schema);

/// What is filled in, and what counts as missing.
struct Filling {
  /// The days of partial dates are filled in, but those of `keep`. A partial date is the same day
  /// wherever it is written, as equal dates are equal.
  bool partial_dates = false;
  std::set<std::string> keep;
  /// The text columns of a row are looked at together: they are missing when all are empty.
  bool text_together = false;
};

/// A person of whom nothing is missing that agrees with what is known of `person`. A row that is
/// open where `schema` has no `as_of` gets an end. Nothing when no way was found to fill in partial
/// dates.
std::optional<Person> fill(const Person& person, const Schema& schema, const Filling& filling,
                           Dice& dice);

/// Whether the year or the month is all that is known of some date.
bool has_partial_dates(const Person& person, const Schema& schema);

/// As a line of JSON Lines.
std::string json(const Person& person, const Schema& schema);

}  // namespace cadre::testing
