// What is well formed in a dataset and can hardly be true: rows that begin before their person was
// born, people who would be more than 110 years old, rows after the last day that the data know,
// and two people with one name and one day of birth. Warnings, one of each kind with its count.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cadre/base/source.hpp"
#include "cadre/data/person.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/data/schema.hpp"

namespace cadre {

/// What was found, of all kinds.
class Findings {
 public:
  enum class Kind : std::uint8_t { kBeforeBirth, kTooOld, kAfterLastDay, kSamePerson };
  static constexpr std::size_t kKinds = 4;
  using PlaceOf = std::function<Place()>;

  /// `what` says what the first one is. `place` is only asked for the first few of a kind.
  void add(Kind kind, const PlaceOf& place, const std::function<std::string()>& what);

  /// Those of a part of the data that comes after.
  void add(const Findings& later);

  /// A warning for each kind.
  void tell(Problems& problems) const;

 private:
  struct OfKind {
    std::size_t count = 0;
    std::string first;
    std::vector<Place> places;  // of the first few
  };
  std::array<OfKind, kKinds> kinds_;
};

/// Looks at people and rows of one dataset. A date that is known to the year counts only where all
/// its days are wrong.
class PlausibilityCheck {
 public:
  /// Where a row stands; for Table::kPerson the row of the people table.
  using PlaceOfRow = std::function<Place(Table table, std::size_t row)>;

  /// Keeps references to both.
  PlausibilityCheck(const Schema& schema, Findings& findings);

  /// Of one person what lies in their rows. `place` is told the row's number among theirs.
  void check_rows(const Person& person, const PlaceOfRow& place);

  /// Two people with one name and birth. `place` tells where a person stands. In time and memory
  /// linear in the number of people.
  void check_same_people(std::span<const Person> people,
                         const std::function<Place(std::size_t person)>& place);

 private:
  void check_row(const Person& person, Table table, std::size_t number,
                 const std::optional<Date>& birth, const PlaceOfRow& place);
  bool same_names(const Person& one, const Person& other) const;

  const Schema& schema_;
  Findings& findings_;
  std::optional<std::uint32_t> birth_;
  std::vector<std::uint32_t> names_;
};

}  // namespace cadre
