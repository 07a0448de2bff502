#include "cadre/data/schema.hpp"

#include <set>
#include <string>
#include <vector>

#include "cadre/data/person.hpp"
#include "tests/catch.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using Indices = std::vector<std::uint32_t>;

TEST_CASE("schema: a column's name may end in a language") {
  const std::vector<std::string> languages = {"zh", "en"};
  CHECK(make_column("org_zh", languages).logical == "org");
  CHECK(make_column("org_zh", languages).language == "zh");
  CHECK(make_column("native_place", languages).logical == "native_place");
  CHECK(make_column("native_place", languages).language.empty());
  CHECK(make_column("home_town_en", languages).logical == "home_town");
  CHECK(make_column("org_zh", {"ru"}).logical == "org_zh");
  CHECK(make_column("_zh", languages).logical == "_zh");
  CHECK(make_column("zh", languages).language.empty());
}

TEST_CASE("schema: columns are found by their name and by the one that rules use") {
  const TableSchema& career = Schema::standard().table(kCareer);
  REQUIRE(career.find("org_en"));
  CHECK(career.columns[*career.find("org_en")].name == "org_en");
  CHECK_FALSE(career.find("org"));
  CHECK(career.find_logical("org") == Indices{*career.find("org_zh"), *career.find("org_en")});
  CHECK(career.find_logical("start") == Indices{*career.find("start")});
  CHECK(career.find_logical("org_zh").empty());
}

TEST_CASE("schema: the standard one has what rules speak of") {
  const Schema& standard = Schema::standard();
  for (const Table table : all_tables()) {
    const TableSchema& columns = standard.table(table);
    CAPTURE(columns.name);
    CHECK(columns.find("id"));
    CHECK(columns.find("person").has_value() == (table != Table::kPerson));
    std::set<std::string> names;
    for (const Column& column : columns.columns) CHECK(names.insert(column.name).second);
  }
  const TableSchema& education = standard.table(kEducation);
  const Column& degree = education.columns[*education.find("degree")];
  CHECK(degree.ordered);
  CHECK(degree.values == std::vector<std::string>{"none", "certificate", "secondary", "associate",
                                                  "bachelor", "master", "doctor"});
  CHECK(education.columns[*education.find("field_zh")].kind == Column::Kind::kText);
  CHECK(education.columns[*education.find("start")].kind == Column::Kind::kDate);
  CHECK(education.columns[*education.find("person")].kind == Column::Kind::kName);
}

TEST_CASE("schema: a person has one row of facts and rows of the other tables") {
  Person person;
  person.facts.id = "xu-dazhe";
  CHECK(person.rows(kPosts).empty());
  person.rows_to_edit(kCareer).resize(3);
  person.rows_to_edit(kEducation).resize(2);
  person.rows_to_edit(kPosts).resize(4);
  REQUIRE(person.rows(Table::kPerson).size() == 1);
  CHECK(person.rows(Table::kPerson)[0].id == "xu-dazhe");
  CHECK(person.rows(kEducation).size() == 2);
  CHECK(person.rows(kCareer).size() == 3);
  CHECK(person.rows(kPosts).size() == 4);
}

}  // namespace
}  // namespace cadre
