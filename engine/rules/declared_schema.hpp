// A schema: the tables of a study, what their columns mean, and which of them hold offices. A rule
// file of its own (`schema: NAME`, docs/schemas.md); rules, datasets, views and reports take their
// words from it. Without one, the schema of the provincial leaders holds, which is compiled in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/source.hpp"

namespace cadre {

/// A table of a schema, by its number. The first is of people and has one row for each person; the
/// others have any number of rows for a person.
enum class Table : std::uint16_t { kPerson = 0 };

/// The tables with the numbers 0 to n - 1, to go over.
class Tables {
 public:
  class Iterator {
   public:
    explicit Iterator(std::size_t number) : number_(number) {}
    Table operator*() const { return static_cast<Table>(number_); }
    Iterator& operator++() {
      ++number_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    std::size_t number_;
  };

  explicit Tables(std::size_t count, std::size_t first = 0) : first_(first), count_(count) {}
  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(count_); }

 private:
  std::size_t first_;
  std::size_t count_;
};

enum class ColumnKind : std::uint8_t {
  kText,     ///< free text: terms are looked for in it
  kName,     ///< an identifier or a name: compared, never searched
  kList,     ///< a value out of a list
  kOrdered,  ///< a value out of a list that has an order
  kDate,
  kNumber,
  kDeclared,  ///< declared by a rule set without an order: text or name, as the data has it
};

/// A column by its logical name, by which rules call it.
struct SchemaColumn {
  std::string name;
  ColumnKind kind = ColumnKind::kText;
  std::vector<std::string> values;     ///< kList, kOrdered: from the least
  std::vector<std::string> languages;  ///< the forms it has, such as org_zh; empty: one, without
  std::string units;                   ///< the table of units whose ids stand in it, or empty
};

/// From when to when a row lasts.
struct SchemaSpan {
  std::string start;  ///< names of date columns
  std::string end;
};

/// That the rows of a table are spells in offices.
struct Offices {
  std::string unit;    ///< the column of the place; empty: one place for all
  std::string office;  ///< the column that tells offices apart; empty: one office
  /// How many hold an office at once in one unit; nothing: any number. Only where it is 1, an end
  /// that is not told is taken from the next holder.
  std::optional<std::uint32_t> holders;
  bool merge_adjacent = false;  ///< successive rows of one office are one tenure
  std::string tenures;          ///< names of the views
  std::string eras;
};

struct SchemaTable {
  std::string name;                   ///< by which rules call it; "person" is stored as "people"
  std::string title;                  ///< for people: "Provincial posts"
  std::string one;                    ///< a row in words, without an article: "provincial post"
  std::string many;                   ///< "provincial posts"
  std::vector<SchemaColumn> columns;  ///< without `id` and `person`, which every table has
  std::optional<SchemaSpan> span;
  std::optional<Offices> offices;

  const SchemaColumn* find(std::string_view column) const;
};

/// A date of a person that rules can name: the first or the last of a column.
struct SchemaDate {
  std::string name;
  std::string title;  ///< in a sentence: "the first provincial post"
  Table table = Table::kPerson;
  std::string column;
  bool last = false;
};

/// Rows whose columns have one of some values, all of them.
struct RowMatch {
  struct Test {
    std::string column;
    std::vector<std::string> values;
  };
  std::vector<Test> tests;
};

/// A view of the moves from some offices to others: of a person's successive tenures, those that
/// meet `from` and are followed by one that meets `to`.
struct SchemaTransition {
  std::string name;
  std::string title;
  Table table = Table::kPerson;
  RowMatch from;
  RowMatch to;
};

/// A view of who held the offices of a unit, from when until when: a row for each stretch of an era
/// in which no holder changed.
struct SchemaStretch {
  struct Holder {
    std::string name;  ///< of the column with the person
    RowMatch rows;
    /// The how manieth of those in office at once, by the start of their tenures, from 1; 0: the
    /// one who began last.
    std::uint32_t nth = 0;
  };
  std::string name;
  std::string title;
  Table table = Table::kPerson;
  std::vector<Holder> holders;
};

struct DeclaredSchema {
  std::string name;
  std::string title;
  std::vector<std::string> languages;  ///< suffixes of columns that mean a language
  std::vector<SchemaTable> tables;     ///< by number; the first is `person`
  std::vector<SchemaTable> others;     ///< whose rows belong to nobody, such as `provinces`
  std::vector<SchemaDate> dates;
  std::vector<SchemaTransition> transitions;
  std::vector<SchemaStretch> stretches;
  std::string text;  ///< of the file
  Range range;

  const SchemaTable& table(Table number) const { return tables[static_cast<std::size_t>(number)]; }
  Tables all() const { return Tables(tables.size()); }
  Tables all_but_people() const { return Tables(tables.size(), 1); }

  /// The table of that name, by which rules call it, or nothing.
  std::optional<Table> find_table(std::string_view table) const;
  /// The index of a date, or nothing.
  std::optional<std::uint32_t> find_date(std::string_view date) const;
};

/// A schema that outlives whoever uses it.
using SchemaPointer = std::shared_ptr<const DeclaredSchema>;

/// The schema that holds where none is named: provincial leaders of China.
const SchemaPointer& default_schema();

/// A schema out of the text of its file; null where the text has mistakes.
SchemaPointer parse_schema(std::string_view text);

/// The name of a table in a run and in a data package: "people" for `person`.
std::string_view stored_name(const SchemaTable& table);

}  // namespace cadre
