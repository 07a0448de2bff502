// The columns that every dataset has, by their logical names, and those that a rule set declares:
// what the tests of a rule are checked against.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

enum class ColumnKind : std::uint8_t {
  kText,     ///< free text: terms are looked for in it
  kName,     ///< an identifier or a name: compared, never searched
  kList,     ///< a value out of a list
  kOrdered,  ///< a value out of a list that has an order
  kDate,
  kDeclared,  ///< declared by the rule set without an order: text or name, as the data has it
};

struct StandardColumn {
  Table table = Table::kCareer;
  std::string_view name;  ///< logical, without a language
  ColumnKind kind = ColumnKind::kText;
  std::span<const std::string_view> values;  ///< kList, kOrdered: from the least
};

/// The columns of docs/data.md. Schema::standard() (data/schema.hpp) says the same with the
/// languages added.
std::span<const StandardColumn> standard_columns();

/// The columns that a rule may name. Refers to no other memory than its own.
class KnownColumns {
 public:
  struct Column {
    std::string name;
    ColumnKind kind = ColumnKind::kText;
    std::vector<std::string> values;
  };

  KnownColumns();  ///< the standard ones

  /// Adds a column that a rule set declares, or changes the order of one that is there.
  void declare(const DeclaredColumn& column);

  const Column* find(Table table, std::string_view name) const;
  /// A column by the name it has in a file, with or without a language: org, org_zh.
  const Column* find_written(Table table, std::string_view name) const;
  /// The names of a table's columns, the standard ones first.
  const std::vector<std::string>& names(Table table) const {
    return tables_[static_cast<std::size_t>(table)].names;
  }
  /// Whether the table has columns in which terms are looked for.
  bool has_text(Table table) const;

 private:
  struct TableColumns {
    std::vector<Column> columns;
    std::vector<std::string> names;                                  // parallel to columns
    std::unordered_map<std::string, std::size_t, SeededHash> index;  // by name
  };

  void add(Table table, Column column);

  TableColumns tables_[kTables.size()];
};

/// Whether this is an ISO 639-1 code of a language, such as zh.
bool is_language(std::string_view code);

/// The table of this name, or nothing.
std::optional<Table> find_table(std::string_view name);

}  // namespace cadre
