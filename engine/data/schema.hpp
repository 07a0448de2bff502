// What columns the tables of a dataset have, as it names them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/rules/declared_schema.hpp"

namespace cadre {

/// A column as it stands in a file. Columns whose names differ only in a language suffix (`org_zh`,
/// `org_en`) are forms of one logical column (`org`), by which rules call it.
struct Column {
  enum class Kind : std::uint8_t {
    kText,  ///< free text: terms are looked for in it
    kName,  ///< an identifier, a name or a value out of a list: compared, never searched
    kDate,  ///< EDTF level 0
    kNumber,
  };
  std::string name;      ///< "org_zh"
  std::string logical;   ///< "org"
  std::string language;  ///< "zh", or empty
  Kind kind = Kind::kText;
  std::vector<std::string> values;  ///< the allowed values of a list; empty: any
  bool ordered = false;             ///< `values` are ordered from the least
  bool open_end = false;            ///< a row may last until `..`, the day that the data knows
  bool read = true;                 ///< rules look at it; see read_language
};

/// A text column of that name, which ends in a language when the part after its last `_` is one.
Column make_column(std::string name, const std::vector<std::string>& languages);

/// `as_of` of people: the day up to which each is known, where that is not the same for all.
Column as_of_column();

struct TableSchema {
  std::string name;  ///< in files and runs: "people", "career"
  /// In the order of the schema, `id` and (but for people) `person` always among them.
  std::vector<Column> columns;
  std::string start = "start";  ///< the columns between which a row lasts, if it has them
  std::string end = "end";

  std::optional<std::uint32_t> find(std::string_view column) const;  ///< by full name
  /// All its forms that are read.
  std::vector<std::uint32_t> find_logical(std::string_view logical) const;
};

/// The columns of a declared table: `id` and (but for people) `person`, then its own, each in all
/// its languages.
std::vector<Column> columns_of(const SchemaTable& table);

/// The tables that rules can speak of.
struct Schema {
  /// The tables of a declared schema, none of which has columns yet.
  explicit Schema(SchemaPointer declared = default_schema());

  SchemaPointer declared;           ///< what the tables mean; never null
  std::vector<TableSchema> tables;  ///< by number. The first is of people, with one row for each.
  std::vector<std::string> languages;  ///< suffixes that mean a language
  std::optional<Date> as_of;           ///< the day up to which the dataset knows; `..` ends there

  const TableSchema& table(Table table) const { return tables[static_cast<std::size_t>(table)]; }
  TableSchema& table(Table table) { return tables[static_cast<std::size_t>(table)]; }
  Tables all() const { return Tables(tables.size()); }
  Tables all_but_people() const { return Tables(tables.size(), 1); }
  /// By which rules call a table: "person" for that of people.
  const std::string& rule_name(Table table) const { return declared->table(table).name; }
  /// The table of that name in files and runs, or nothing.
  std::optional<Table> find_table(std::string_view name) const;

  /// The columns that a declared schema gives. JSON Lines are read with these.
  static Schema of(SchemaPointer declared);

  /// Those of the default schema, the columns of docs/data.md.
  static const Schema& standard();

  /// The same with, behind them, the columns that tell where a row of `cadre import` was read
  /// (docs/import.md).
  static const Schema& imported();
};

/// From now on rules look at columns of this language and at those of none, as if the others were
/// not there; they stay in the data. False, and nothing is changed, when no column has the
/// language.
bool read_language(Schema& schema, std::string_view language);

}  // namespace cadre
