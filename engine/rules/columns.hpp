// The columns that a rule may name, by their logical names: those of the schema and those that the
// rule set declares.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/rules/declared_schema.hpp"
#include "cadre/rules/model.hpp"

namespace cadre {

class KnownColumns {
 public:
  using Column = SchemaColumn;

  /// Those of a schema, with `id` and, but for people, `person`.
  explicit KnownColumns(const DeclaredSchema& schema);

  /// Adds a column that a rule set declares, or changes the order of one that is there.
  void declare(const DeclaredColumn& column);

  const Column* find(Table table, std::string_view name) const;
  /// A column by the name it has in a file, with or without a language: org, org_zh.
  const Column* find_written(Table table, std::string_view name) const;
  /// The names of a table's columns, those of the schema first.
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

  std::vector<TableColumns> tables_;
};

/// Whether this is an ISO 639-1 code of a language, such as zh.
bool is_language(std::string_view code);

}  // namespace cadre
