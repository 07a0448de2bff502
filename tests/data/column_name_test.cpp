// Columns whose names are nearly those that have a meaning.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/data/column_name.hpp"
#include "tests/catch.hpp"
#include "tests/data/small_package.hpp"

namespace cadre {
namespace {

using testing::SmallPackage;
using testing::told_of;
using Lines = std::vector<std::string>;

/// What is told of people and career without schemas.
Lines told_of_headers(const std::string& people, const std::string& career) {
  SmallPackage package;
  package.change("datapackage.json", "", R"({"resources": [
      {"name": "people", "path": "people.csv"}, {"name": "career", "path": "career.csv"}]})");
  package.change("people.csv", "", people);
  package.change("career.csv", "", career);
  return told_of(package);
}

/// slip_for of a table of the default schema.
std::optional<std::string> slip_for(std::string_view table, std::string_view name) {
  return cadre::slip_for(default_schema()->table(*Schema().find_table(table)), name);
}

TEST_CASE("column name: a slip is another case or one letter, of a column with a meaning") {
  CHECK(slip_for("career", "Start") == "start");
  CHECK(slip_for("career", "END") == "end");
  CHECK(slip_for("career", "strat") == "start");
  CHECK(slip_for("career", "starts") == "start");
  CHECK(slip_for("career", "ID") == "id");
  CHECK(slip_for("people", "birht") == "birth");
  CHECK(slip_for("people", "As_Of") == "as_of");
  CHECK(slip_for("education", "degre") == "degree");
  CHECK_FALSE(slip_for("career", "start"));
  CHECK_FALSE(slip_for("career", "started"));
  CHECK_FALSE(slip_for("education", "code"));  // beside mode
  CHECK_FALSE(slip_for("people", "name_es"));  // beside name_en
  CHECK_FALSE(slip_for("career", "org_es"));
  CHECK_FALSE(slip_for("career", "birht"));
  CHECK_FALSE(slip_for("career", ""));
}

TEST_CASE("column name: a header with a slip is told of, as the column would be text") {
  CHECK(
      told_of_headers("id\na\n", "person,Start,ned\na,1976,1980\n") ==
      Lines{"career.csv:1:8-13 warning[unknown-column] the column 'Start' has no meaning in "
            "'career'; did you mean 'start'? | a column of the name 'Start' is read as any other"});
  CHECK(told_of_headers("id\na\n", "person,start,Start\na,1976,x\n").empty());
  CHECK(told_of_headers("id\na\n", "person,strat\na,1976\n").size() == 1);
}

TEST_CASE("column name: a field with a slip is told of") {
  SmallPackage package;
  package.change("datapackage.json", R"({"name": "birth")", R"({"name": "Birth")");
  package.change("people.csv", "birth", "Birth");
  CHECK(told_of(package) ==
        Lines{"datapackage.json:11:18-25 warning[unknown-column] the column 'Birth' has no meaning "
              "in 'people'; did you mean 'birth'? | a column of the name 'Birth' is read as any "
              "other"});
}

TEST_CASE("column name: the column that must be there is found in other capitals") {
  CHECK(told_of_headers("ID\na\n", "person\na\n") ==
        Lines{"people.csv:1:1-3 error[missing-column] the table 'people' needs a column 'id'; did "
              "you mean 'ID'? | an id for every person, which the other tables use"});
  CHECK(told_of_headers("id\na\n", "Person\na\n") ==
        Lines{"career.csv:1:1-7 error[missing-column] the table 'career' needs a column 'person'; "
              "did you mean 'Person'? | the id of the person, from the table 'people'"});
}

TEST_CASE("column name: a key cannot name ids that cadre makes") {
  SmallPackage package;
  package.change("datapackage.json", "", R"({"resources": [
    {"name": "people", "path": "people.csv"},
    {"name": "career", "path": "career.csv", "schema": {"fields": [
       {"name": "person"}, {"name": "after"}],
       "foreignKeys": [{"fields": "after", "reference": {"resource": "", "fields": "id"}}]}}]})");
  package.change("people.csv", "", "id\na\n");
  package.change("career.csv", "", "person,after\na,\n");
  CHECK(told_of(package) ==
        Lines{"datapackage.json:5:84-88 error[unknown-field] 'career' has no ids of its own that a "
              "key could name: cadre makes them | give its file a column 'id', and describe it if "
              "there is a schema"});
}

}  // namespace
}  // namespace cadre
