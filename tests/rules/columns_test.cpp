// The columns that rules may name.
#include "cadre/rules/columns.hpp"

#include "cadre/data/schema.hpp"
#include "tests/catch.hpp"
#include "tests/support/tables.hpp"

namespace cadre::test {
namespace {

TEST_CASE("columns: a name as it is written may end in a language") {
  const KnownColumns columns(*default_schema());
  CHECK(columns.find_written(kCareer, "org_zh") == columns.find(kCareer, "org"));
  CHECK(columns.find_written(Table::kPerson, "name_en") == columns.find(Table::kPerson, "name"));
  CHECK(columns.find_written(kCareer, "org_xx") == nullptr);
  CHECK(columns.find_written(kCareer, "start_zh") == nullptr);
  CHECK(columns.find(kCareer, "org_zh") == nullptr);
}

TEST_CASE("columns: declared columns are added") {
  KnownColumns columns(*default_schema());
  columns.declare({kCareer, "rank", {"low", "high"}});
  columns.declare({kCareer, "remark", {}});
  REQUIRE(columns.find(kCareer, "rank") != nullptr);
  CHECK(columns.find(kCareer, "rank")->kind == ColumnKind::kOrdered);
  CHECK(columns.find(kCareer, "remark")->kind == ColumnKind::kDeclared);
  CHECK(columns.find(kPosts, "rank") == nullptr);
}

}  // namespace
}  // namespace cadre::test
