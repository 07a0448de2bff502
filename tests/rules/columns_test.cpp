// The columns that rules may name, against those of a standard dataset.
#include "cadre/rules/columns.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "cadre/data/schema.hpp"
#include "tests/catch.hpp"

namespace cadre::test {
namespace {

/// What a column of a dataset is for the rules.
ColumnKind kind_of(const Column& column) {
  switch (column.kind) {
    case Column::Kind::kText:
      return ColumnKind::kText;
    case Column::Kind::kDate:
      return ColumnKind::kDate;
    default:
      if (column.ordered) return ColumnKind::kOrdered;
      return column.values.empty() ? ColumnKind::kName : ColumnKind::kList;
  }
}

TEST_CASE("columns: rules and standard datasets know the same") {
  for (const Table table : kTables) {
    std::vector<std::string> of_rules;
    std::vector<std::string> of_data;
    for (const StandardColumn& column : standard_columns()) {
      if (column.table == table) of_rules.emplace_back(column.name);
    }
    for (const Column& column : Schema::standard().table(table).columns) {
      if (std::find(of_data.begin(), of_data.end(), column.logical) == of_data.end()) {
        of_data.push_back(column.logical);
      }
    }
    std::sort(of_rules.begin(), of_rules.end());
    std::sort(of_data.begin(), of_data.end());
    INFO(name(table));
    CHECK(of_rules == of_data);
  }
}

TEST_CASE("columns: rules and standard datasets agree on what a column is") {
  for (const StandardColumn& known : standard_columns()) {
    const TableSchema& table = Schema::standard().table(known.table);
    for (const std::uint32_t index : table.find_logical(known.name)) {
      const Column& column = table.columns[index];
      INFO(table.name << "." << column.name);
      const bool may_list = known.name == "source";  // each table lists its own sources
      if (!may_list) CHECK(kind_of(column) == known.kind);
      if (!may_list) {
        CHECK(column.values == std::vector<std::string>(known.values.begin(), known.values.end()));
      }
    }
  }
}

TEST_CASE("columns: a name as it is written may end in a language") {
  const KnownColumns columns;
  CHECK(columns.find_written(Table::kCareer, "org_zh") == columns.find(Table::kCareer, "org"));
  CHECK(columns.find_written(Table::kPerson, "name_en") == columns.find(Table::kPerson, "name"));
  CHECK(columns.find_written(Table::kCareer, "org_xx") == nullptr);
  CHECK(columns.find_written(Table::kCareer, "start_zh") == nullptr);
  CHECK(columns.find(Table::kCareer, "org_zh") == nullptr);
}

TEST_CASE("columns: declared columns are added") {
  KnownColumns columns;
  columns.declare({Table::kCareer, "rank", {"low", "high"}});
  columns.declare({Table::kCareer, "remark", {}});
  REQUIRE(columns.find(Table::kCareer, "rank") != nullptr);
  CHECK(columns.find(Table::kCareer, "rank")->kind == ColumnKind::kOrdered);
  CHECK(columns.find(Table::kCareer, "remark")->kind == ColumnKind::kDeclared);
  CHECK(columns.find(Table::kPosts, "rank") == nullptr);
}

}  // namespace
}  // namespace cadre::test
