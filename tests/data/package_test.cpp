// What a data package may say, and what becomes of it.
#include <algorithm>
#include <string>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/data/dataset.hpp"
#include "tests/catch.hpp"
#include "tests/data/small_package.hpp"
#include "tests/support/compress.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::SmallPackage;
using testing::told;
using testing::told_of;
using Cells = std::vector<std::string>;
using Kind = Column::Kind;

Dataset load(const SmallPackage& package) {
  LoadedDataset loaded = package.load();
  CHECK(told(loaded.diagnostics, package.folder()).empty());
  REQUIRE(loaded.dataset);
  return *std::move(loaded.dataset);
}

Kind kind_of(const TableSchema& table, const std::string& column) {
  REQUIRE(table.find(column));
  return table.columns[*table.find(column)].kind;
}

TEST_CASE("package: its tables are brought together by person") {
  const SmallPackage package;
  const Dataset data = load(package);
  CHECK(data.name == "small");
  CHECK(data.title == "Two people");
  CHECK(data.schema.as_of == Date::parse("2022-12-31"));
  CHECK(data.schema.languages == Cells{"zh", "en"});
  REQUIRE(data.people.size() == 2);

  const Person& xu = data.people[0];
  CHECK(xu.id == "xu-dazhe");
  CHECK(xu.facts.id == "xu-dazhe");
  CHECK(xu.facts.cells == Cells{"xu-dazhe", "许达哲", "1956-09", "1", "1.75"});
  REQUIRE(xu.rows(kEducation).size() == 2);
  CHECK(xu.rows(kEducation)[0].id == "xu-dazhe/e1");
  CHECK(xu.rows(kEducation)[0].span.start == Date::parse("1978-03"));
  CHECK(xu.rows(kEducation)[0].span.end == Date::parse("1982-03"));
  CHECK(xu.rows(kEducation)[1].span.open);
  CHECK(xu.rows(kEducation)[1].cells[4] == "空间飞行器");
  CHECK(xu.rows(kCareer).empty());
  REQUIRE(xu.rows(kPosts).size() == 1);
  CHECK(xu.rows(kPosts)[0].id == "hunan/xu-dazhe");

  CHECK(data.people[1].rows(kEducation).empty());
  CHECK(data.people[1].rows(kPosts).empty());
}

TEST_CASE("package: tables that rules do not speak of are kept as they are") {
  const SmallPackage package;
  const Dataset data = load(package);
  REQUIRE(data.extra.size() == 1);
  CHECK(data.extra[0].schema.name == "provinces");
  CHECK(data.extra[0].rows == std::vector<Cells>{{"hunan", "430000"}, {"hubei", "420000"}});
}

TEST_CASE("package: the files that were read are named with their sums") {
  const SmallPackage package;
  const Dataset data = load(package);
  REQUIRE(data.inputs.size() == 5);
  Cells names;
  for (const InputFile& input : data.inputs) names.push_back(input.path);
  CHECK(names ==
        Cells{"datapackage.json", "people.csv", "education.csv", "posts.csv", "provinces.csv"});
  const std::string bytes = read_file(package.folder() + "/people.csv");
  CHECK(data.inputs[1].bytes == bytes.size());
  CHECK(data.inputs[1].sha256 == sha256(bytes));
}

TEST_CASE("package: it may be named by its folder or by its file") {
  const SmallPackage package;
  CHECK(load_dataset(package.folder() + "/").dataset);
  CHECK(load_dataset(package.folder() + "/datapackage.json").dataset);
}

TEST_CASE("package: the schema says what is text, a name, a date or a number") {
  const SmallPackage package;
  const Schema schema = load(package).schema;
  CHECK(kind_of(schema.table(Table::kPerson), "id") == Kind::kName);
  CHECK(kind_of(schema.table(Table::kPerson), "name_zh") == Kind::kName);
  CHECK(kind_of(schema.table(Table::kPerson), "birth") == Kind::kDate);
  CHECK(kind_of(schema.table(Table::kPerson), "children") == Kind::kNumber);
  CHECK(kind_of(schema.table(Table::kPerson), "height") == Kind::kNumber);
  CHECK(kind_of(schema.table(kEducation), "person") == Kind::kName);
  CHECK(kind_of(schema.table(kEducation), "start") == Kind::kDate);
  CHECK(kind_of(schema.table(kEducation), "field_zh") == Kind::kText);
  CHECK(kind_of(schema.table(kEducation), "degree") == Kind::kName);
  CHECK(kind_of(schema.table(kPosts), "province") == Kind::kName);
  CHECK(kind_of(schema.table(kPosts), "start") == Kind::kDate);
  const Column& degree = schema.table(kEducation).columns[*schema.table(kEducation).find("degree")];
  CHECK(degree.ordered);
  CHECK(degree.values == Cells{"none", "bachelor", "master", "doctor"});
}

TEST_CASE("package: kinds by what a field says") {
  struct Field {
    std::string properties;
    Kind kind;
  };
  const std::vector<Field> fields = {
      {R"("type": "string")", Kind::kText},
      {R"("type": "any")", Kind::kText},
      {R"("description": "no type")", Kind::kText},
      {R"("type": "string", "constraints": {"unique": true})", Kind::kName},
      {R"("type": "string", "constraints": {"pattern": "[a-z0-9./-]*"})", Kind::kName},
      {R"("type": "string", "constraints": {"enum": ["2016-09"]})", Kind::kName},
      {R"("type": "string", "constraints": {"pattern": "\\d{4}(-(0\\d|1[0-2])(-\\d\\d)?)?"})",
       Kind::kDate},
      {R"("type": "year")", Kind::kDate},
      {R"("type": "yearmonth")", Kind::kDate},
      {R"("type": "date", "format": "any")", Kind::kDate},
      {R"("type": "string", "rdfType": "http://id.loc.gov/datatypes/edtf/EDTF")", Kind::kDate},
      {R"("type": "string", "cadre:kind": "name")", Kind::kName},
      {R"("type": "date", "cadre:kind": "text")", Kind::kText},
  };
  for (const Field& field : fields) {
    CAPTURE(field.properties);
    SmallPackage package;
    package.change("datapackage.json", R"({"name": "start", "type": "date"})",
                   R"({"name": "when", )" + field.properties + "}");
    package.change("posts.csv", "start", "when");
    CHECK(kind_of(load(package).schema.table(kPosts), "when") == field.kind);
  }
}

TEST_CASE("package: values that mean missing are those of the nearest level that names them") {
  SmallPackage package;
  package.change("people.csv", "1933,,", "NA,-9,unknown");
  package.change("datapackage.json", R"("name": "small",)",
                 R"("name": "small", "missingValues": ["NA"],)");
  package.change("datapackage.json", R"("type": "integer",)",
                 R"("type": "integer", "missingValues": [{"value": "-9", "label": "refused"}],)");
  package.change("datapackage.json", R"({"name": "height", "type": "number"})",
                 R"({"name": "height", "type": "number", "missingValues": ["unknown"]})");
  CHECK(load(package).people[1].facts.cells == Cells{"an-qiyuan", "安启元", "", "", ""});

  package.change("people.csv", "NA,-9", "NA,NA");
  CHECK(told_of(package) ==
        Cells{"people.csv:3:18-20 error[bad-number] 'NA' is no number | write it with digits and a "
              "decimal point, such as 1200 or 3.5"});
}

TEST_CASE("package: columns may stand in any order in the file") {
  SmallPackage package;
  package.change("provinces.csv", "", "code,id\n430000,hunan\n");
  CHECK(load(package).extra[0].rows == std::vector<Cells>{{"hunan", "430000"}});
}

TEST_CASE("package: fieldsMatch lets a file have more or fewer columns") {
  SmallPackage package;
  package.change("provinces.csv", "", "id,capital,code\nhunan,长沙,430000\n");
  package.change("datapackage.json", R"("primaryKey": ["id", "code"])",
                 R"("primaryKey": ["id", "code"], "fieldsMatch": "subset")");
  CHECK(load(package).extra[0].rows == std::vector<Cells>{{"hunan", "430000"}});

  package.change("provinces.csv", "", "id\nhunan\n");
  package.change("datapackage.json", "\"subset\"", "\"superset\"");
  package.change("datapackage.json", R"("primaryKey": ["id", "code"])", R"("primaryKey": "id")");
  CHECK(load(package).extra[0].rows == std::vector<Cells>{{"hunan", ""}});
}

TEST_CASE("package: a length is counted in letters, and its bounds are allowed") {
  SmallPackage package;
  const auto codes = [&](const std::string& field) {
    package.change("education.csv", "",
                   "id,person,start,end,field_zh,degree\ne1,xu-dazhe,,," + field + ",\n");
    std::string all;
    for (const Diagnostic& one : package.load().diagnostics) all += one.code + " ";
    return all;
  };
  CHECK(codes("机械").empty());
  CHECK(codes("空间飞行器设计学").empty());
  CHECK(codes("机") == "bad-length ");
  CHECK(codes("空间飞行器的设计学") == "bad-length ");
}

TEST_CASE("package: a key of several columns is told apart column by column") {
  SmallPackage package;
  package.change("datapackage.json", R"("constraints": {"unique": true})", R"("title": "Code")");
  package.change("provinces.csv", "", "id,code\nhunan,12\nhunan,13\nhunan1,2\nhubei,12\n");
  CHECK(load(package).extra[0].rows.size() == 4);
  package.change("provinces.csv", "hubei,12", "hunan,12");
  CHECK(
      told_of(package) ==
      Cells{"provinces.csv:5:1-6 error[duplicate-value] two rows of 'provinces' have the id, code "
            "'hunan, 12' + provinces.csv:2:1-6 first here"});
}

TEST_CASE("package: rows without an id get one") {
  SmallPackage package;
  package.change("education.csv", "",
                 "person,start,end,field_zh,degree\n"
                 "xu-dazhe,,,机械,\nan-qiyuan,,,地质,\nxu-dazhe,,,力学,\n");
  package.change("datapackage.json",
                 "{\"name\": \"id\", \"type\": \"string\"},\n        {\"name\": \"person\"",
                 "{\"name\": \"person\"");
  const Dataset data = load(package);
  CHECK(data.people[0].rows(kEducation)[0].id == "xu-dazhe/e1");
  CHECK(data.people[0].rows(kEducation)[1].id == "xu-dazhe/e2");
  CHECK(data.people[1].rows(kEducation)[0].id == "an-qiyuan/e1");
  const auto id = data.schema.table(kEducation).find("id");
  REQUIRE(id);
  CHECK(data.people[0].rows(kEducation)[1].cells[*id] == "xu-dazhe/e2");
}

TEST_CASE("package: a table may lie in several files, with or without the header again") {
  SmallPackage package;
  package.change("datapackage.json", "\"provinces.csv\"", R"(["provinces.csv", "b.csv", "c.csv"])");
  package.change("b.csv", "", "id,code\nhebei,130000\n");
  package.change("c.csv", "", "shanxi,140000\n");
  CHECK(load(package).extra[0].rows ==
        std::vector<Cells>{
            {"hunan", "430000"}, {"hubei", "420000"}, {"hebei", "130000"}, {"shanxi", "140000"}});
  package.change("c.csv", "", "shanxi,140000\nshandong,130000\n");
  CHECK(told_of(package) ==
        Cells{"c.csv:2:10-16 error[duplicate-value] two rows of 'provinces' have the code '130000' "
              "+ b.csv:2:7-13 first here"});
}

TEST_CASE("package: files may be compressed, and other delimiters may be named") {
  SmallPackage package;
  package.change("datapackage.json", "\"provinces.csv\"", "\"provinces.csv.gz\"");
  package.change("provinces.csv.gz", "", testing::gzip("id,code\nhunan,430000\n"));
  package.change("datapackage.json", "\"posts.csv\"",
                 R"("posts.csv", "dialect": {"delimiter": ";", "header": true})");
  package.change("posts.csv", "", "id;person;province;start\nx;xu-dazhe;hunan;2016-09\n");
  package.change("datapackage.json", "\"education.csv\"", "\"education.tsv\"");
  package.change(
      "education.tsv", "",
      testing::zstd("id\tperson\tstart\tend\tfield_zh\tdegree\ne\txu-dazhe\t\t\t力学\t\n"));
  const Dataset data = load(package);
  CHECK(data.people[0].rows(kPosts)[0].id == "x");
  CHECK(data.people[0].rows(kEducation)[0].id == "e");
  CHECK(data.extra[0].rows.size() == 1);
}

TEST_CASE("package: without a schema the header names the columns") {
  SmallPackage package;
  package.change("datapackage.json", "",
                 R"({"resources": [{"name": "people", "path": "people.csv"},
                                   {"name": "career", "path": "career.csv"},
                                   {"name": "wages", "path": "wages.csv"}]})");
  package.change("people.csv", "", "id,name_en,birth,hobby\na,A,1950,chess\n");
  package.change("career.csv", "", "person,start,org_zh,rank\na,1970,煤矿,worker\n");
  package.change("wages.csv", "", "year,yuan\n1970,40\n");
  const Dataset data = load(package);
  CHECK(kind_of(data.schema.table(Table::kPerson), "name_en") == Kind::kName);
  CHECK(kind_of(data.schema.table(Table::kPerson), "birth") == Kind::kDate);
  CHECK(kind_of(data.schema.table(Table::kPerson), "hobby") == Kind::kText);
  CHECK(kind_of(data.schema.table(kCareer), "rank") == Kind::kText);
  CHECK(data.schema.table(kCareer).columns[*data.schema.table(kCareer).find("org_zh")].language ==
        "zh");
  CHECK(data.people[0].rows(kCareer)[0].id == "a/c1");
  CHECK(data.people[0].rows(kCareer)[0].span.start == Date::parse("1970"));
  CHECK(data.extra[0].rows == std::vector<Cells>{{"1970", "40"}});

  package.change("career.csv", "", "start,org_zh\n1970,煤矿\n");
  package.change("people.csv", "1950", "50");
  CHECK(
      told_of(package) ==
      Cells{"people.csv:2:5-7 error[bad-date] '50' is no date | write 1982, 1982-03 or "
            "1982-03-15, and nothing when it is not known",
            "career.csv:1:1-13 error[missing-column] the table 'career' needs a column 'person' | "
            "the id of the person, from the table 'people'"});
}

TEST_CASE("package: other files than tables are left alone") {
  SmallPackage package;
  package.change("datapackage.json", "{\"name\": \"provinces\", \"path\": \"provinces.csv\"",
                 "{\"name\": \"map\", \"path\": \"map.geojson\"},\n"
                 "    {\"name\": \"provinces\", \"path\": \"provinces.csv\"");
  CHECK(load(package).inputs.size() == 5);
}

TEST_CASE("package: languages are what the package says") {
  SmallPackage package;
  package.change("datapackage.json", "[\"zh\", \"en\"]", "[\"ru\"]");
  const TableSchema people = load(package).schema.table(Table::kPerson);
  CHECK(people.columns[1].logical == "name_zh");
  CHECK(people.columns[1].language.empty());
}

TEST_CASE("package: a link must not lead out of its folder") {
  SmallPackage package;
  const testing::TemporaryFolder elsewhere;
  const auto target = elsewhere.write("provinces.csv", "id,code\nhunan,430000\n");
  package.remove("provinces.csv");
  std::filesystem::create_symlink(target, package.folder() + "/provinces.csv");
  CHECK(told_of(package) ==
        Cells{"datapackage.json:32:35-50 error[unsafe-path] 'provinces.csv' leads out of this "
              "folder"});
}

}  // namespace
}  // namespace cadre
