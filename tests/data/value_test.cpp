// Values that are written in several ways and mean the same, in keys, references and lists.
#include <string>
#include <vector>

#include "cadre/data/number_value.hpp"
#include "tests/catch.hpp"
#include "tests/data/small_package.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::SmallPackage;
using testing::told;
using testing::told_of;
using Lines = std::vector<std::string>;

std::vector<Lines> extra_rows(const SmallPackage& package) {
  const LoadedDataset loaded = package.load();
  CAPTURE(told(loaded.diagnostics, package.folder()));
  REQUIRE(loaded.dataset);
  for (const ExtraTable& table : loaded.dataset->extra) {
    if (table.schema.name == "extra") return table.rows;
  }
  return {};
}

SmallPackage with_field(const std::string& properties, const std::string& csv) {
  return {R"("schema": {"fields": [{"name": "x", )" + properties + "}]}", csv};
}

TEST_CASE("value: a number has one value in all its spellings, however long it is") {
  const auto same = [](const char* a, const char* b) { return number_value(a) == number_value(b); };
  CHECK(same("1", "01"));
  CHECK(same("1.50", "1.5"));
  CHECK(same("1e3", "1000"));
  CHECK(same("+.5", "0.50"));
  CHECK(same("-0.0", "0"));
  CHECK(same("12e-1", "1.2E0"));
  CHECK_FALSE(same("1", "-1"));
  CHECK_FALSE(same("1", "10"));
  CHECK_FALSE(same("9007199254740993", "9007199254740992"));
  CHECK_FALSE(number_value("x"));
  CHECK_FALSE(number_value(""));
}

TEST_CASE("value: numbers that are written otherwise are one key") {
  CHECK(told_of(
            with_field(R"("type": "integer", "constraints": {"unique": true})", "x\n1\n2\n01\n")) ==
        Lines{"extra.csv:4:1-3 error[duplicate-value] two rows of 'extra' have the x '01' | "
              "'1' and '01' are the same value + extra.csv:2:1-2 first here"});
  CHECK(told_of({R"("schema": {"fields": [{"name": "x", "type": "number"}, {"name": "y"}],
                 "primaryKey": ["x", "y"]})",
                 "x,y\n1.0,a\n1.00,b\n1.00,a\n"})
            .size() == 1);
  CHECK(told_of({R"("schema": {"fields": [{"name": "x", "type": "number"}],
                 "uniqueKeys": [["x"]]})",
                 "x\n1e1\n10\n"})
            .size() == 1);
  CHECK(told_of(with_field(R"("type": "string", "constraints": {"unique": true})", "x\n1\n01\n"))
            .empty());
  CHECK(told_of(with_field(
                    R"("type": "integer", "cadre:kind": "name", "constraints": {"unique": true})",
                    "x\n1\n01\n"))
            .empty());
}

TEST_CASE("value: a reference to a number leads to it, and is kept as it is written there") {
  const std::string properties = R"("schema": {"fields": [
      {"name": "id", "type": "integer"}, {"name": "boss", "type": "integer"}],
      "primaryKey": "id",
      "foreignKeys": [{"fields": "boss", "reference": {"resource": "", "fields": "id"}}]})";
  CHECK(extra_rows({properties, "id,boss\n1,\n02,01\n3,2\n"}) ==
        std::vector<Lines>{{"1", ""}, {"02", "1"}, {"3", "02"}});
  CHECK(told_of({properties, "id,boss\n1,11\n"}) ==
        Lines{"extra.csv:2:3-5 error[unknown-reference] no row of 'extra' has the id '11'; did you "
              "mean '1'?"});
}

TEST_CASE("value: a row belongs to the person whose number it has") {
  SmallPackage package;
  package.change("datapackage.json", "", R"({"resources": [
    {"name": "people", "path": "people.csv", "schema": {"fields": [
       {"name": "id", "type": "integer"}]}},
    {"name": "career", "path": "career.csv", "schema": {"fields": [
       {"name": "person", "type": "integer"}, {"name": "role_en"}]}}]})");
  package.change("people.csv", "", "id\n1\n2\n");
  package.change("career.csv", "", "person,role_en\n01,clerk\n2.0,mayor\n");
  CHECK(told_of(package) == Lines{"career.csv:3:1-4 error[bad-number] '2.0' is no whole number"});
  package.change("career.csv", "2.0", "2");
  const LoadedDataset loaded = package.load();
  REQUIRE(loaded.dataset);
  REQUIRE(loaded.dataset->people[0].rows(kCareer).size() == 1);
  CHECK(loaded.dataset->people[0].rows(kCareer)[0].cells[0] == "1");
}

TEST_CASE("value: a number is in a list however it is written, and kept as the list has it") {
  CHECK(extra_rows(with_field(R"("type": "number", "constraints": {"enum": [1.5]})",
                              "x\n1.50\n")) == std::vector<Lines>{{"1.5"}});
  CHECK(extra_rows(with_field(R"("type": "integer", "constraints": {"enum": ["1", "2"]})",
                              "x\n01\n")) == std::vector<Lines>{{"1"}});
  CHECK(extra_rows(with_field(R"("type": "integer", "categories": [1, 2],
                                 "categoriesOrdered": true, "constraints": {"enum": ["02"]})",
                              "x\n002\n")) == std::vector<Lines>{{"2"}});
  CHECK(told_of(with_field(R"("type": "number", "constraints": {"enum": [1, 1.0]})", "x\n1\n"))
            .size() == 1);
  CHECK(told_of(with_field(R"("type": "string", "constraints": {"enum": ["1"]})", "x\n01\n"))
            .size() == 1);
}

TEST_CASE("value: dates in a list are those of one day, whatever the format") {
  CHECK(extra_rows(with_field(R"("type": "date", "format": "%d/%m/%Y",
                                 "constraints": {"enum": ["3/4/1965"]})",
                              "x\n03/04/1965\n")) == std::vector<Lines>{{"1965-04-03"}});
}

}  // namespace
}  // namespace cadre
