// One person and their rows: what the classifier reads.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/data/schema.hpp"

namespace cadre {

/// The time that a row covers, as far as it is known.
struct RowSpan {
  std::optional<Date> start;
  std::optional<Date> end;
  bool open = false;  ///< the end is `..`: still running at the dataset's as_of
};

struct Row {
  std::string id;
  std::vector<std::string> cells;  ///< one for each column of the table's schema; empty: unknown
  RowSpan span;                    ///< from the columns TableSchema::start and `end`
};

/// Rows keep the order of the source.
struct Person {
  std::string id;
  Row facts;  ///< the row of the people table
  /// The rows of the other tables: of the table with number n in the schema at n - 1. There may be
  /// fewer than the schema has; the others have no rows.
  std::vector<std::vector<Row>> tables;
  std::optional<Date> as_of;  ///< the day up to which this person is known; else Schema::as_of

  /// The rows of a table; for Table::kPerson the one row of facts.
  std::span<const Row> rows(Table table) const;
  /// The same to add to and to change; not for Table::kPerson.
  std::vector<Row>& rows_to_edit(Table table);
};

/// Throws Error kUsage for a row that has not one cell for each column of its table. It may have
/// more, which are not looked at: rows of Schema::imported() are read by Schema::standard() too.
void check_cells(const Person& person, const Schema& schema);

}  // namespace cadre
