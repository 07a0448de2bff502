// Conditions on rows, bound to the columns of a schema and applied to the rows of one person.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cadre/classify/classification.hpp"
#include "cadre/classify/named_date.hpp"
#include "cadre/classify/person_text.hpp"
#include "cadre/classify/years.hpp"
#include "cadre/data/schema.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

/// A row that a condition was applied to.
struct TestedRow {
  std::uint32_t row = 0;
  Truth met = Truth::kFalse;
  double nearness = 0;  ///< how many tests it met; a test that is unknown counts half
  double lacking = 0;   ///< how many it did not meet, of alternatives those of the nearest
  RowWindows windows;   ///< the part of the row that counts; certain parts only if it is met
  std::vector<Words> words;
  std::vector<std::string> lacks;
};

/// What a condition came to.
struct RowsResult {
  Truth value = Truth::kUnknown;
  std::vector<TestedRow> met;       ///< the rows that met all tests
  std::vector<TestedRow> possible;  ///< those of which it is unknown
  /// When the condition does not hold: of the other rows the one that came nearest, if no row met
  /// the tests or if it may decide.
  std::optional<TestedRow> nearest;
  std::optional<Bounds> years;  ///< where years are asked for
  std::string measured;         ///< for people, such as "31.8 years, needs at least 1"
};

/// The date that a rule names, for this person; nothing when nothing is known of it.
using FindDate = std::function<std::optional<NamedDate>(const DateRef&)>;

struct BoundTest;
class ContextReasons;

/// A lexicon in a column.
struct TermLookup {
  std::uint32_t column = 0;
  std::uint32_t lexicon = 0;

  friend bool operator==(const TermLookup&, const TermLookup&) = default;
};

/// A RowsCondition whose columns, orders and regular expressions have been looked up once. Safe to
/// share between threads. Keeps references to `condition` and `rules`.
class BoundRows {
 public:
  BoundRows(const RowsCondition& condition, const Rules& rules, const Schema& schema);
  ~BoundRows();
  BoundRows(BoundRows&&) noexcept;
  BoundRows& operator=(BoundRows&&) noexcept;

  RowsResult apply(const PersonText& text, const FindDate& find_date,
                   Reasons reasons = Reasons::kKept) const;

 private:
  const RowsCondition* condition_;
  std::vector<TermLookup> lookups_;  // all that the tests may ask for, each once
  std::unique_ptr<const ContextReasons> context_reasons_;
  std::vector<BoundTest> tests_;
};

}  // namespace cadre
