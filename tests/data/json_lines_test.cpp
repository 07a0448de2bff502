#include <string>
#include <vector>

#include "cadre/base/sha256.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/data/person_parser.hpp"
#include "tests/catch.hpp"
#include "tests/data/small_package.hpp"
#include "tests/support/compress.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::told;

constexpr const char* kXu =
    R"({"id": "xu-dazhe", "name_zh": "许达哲", "birth": "1956-09", "gender": "M",)"
    R"( "education": [{"start": 1978, "end": "1982-03", "field_zh": "机械制造", "degree": "bachelor"},)"
    R"( {"id": "second", "field_en": "spacecraft \"design\"", "degree": null}],)"
    R"( "posts": [{"province": "hunan", "office": "governor", "start": "2016-09", "end": ".."}]})";

Person parse(const std::string& json) {
  Diagnostics diagnostics;
  const auto person = parse_person(json, Schema::standard(), "people.jsonl", 1, diagnostics);
  CHECK(told(diagnostics, "").empty());
  REQUIRE(person);
  return *person;
}

std::string cell(const Row& row, const TableSchema& table, const std::string& column) {
  REQUIRE(table.find(column));
  return row.cells.at(*table.find(column));
}

TEST_CASE("json lines: a line is a person with nested rows") {
  const Schema& schema = Schema::standard();
  const Person xu = parse(kXu);
  CHECK(xu.id == "xu-dazhe");
  CHECK(xu.facts.id == "xu-dazhe");
  CHECK(cell(xu.facts, schema.table(Table::kPerson), "name_zh") == "许达哲");
  CHECK(cell(xu.facts, schema.table(Table::kPerson), "birth") == "1956-09");
  REQUIRE(xu.rows(kEducation).size() == 2);
  CHECK(cell(xu.rows(kEducation)[0], schema.table(kEducation), "start") == "1978");
  CHECK(xu.rows(kEducation)[0].span.start == Date::parse("1978"));
  CHECK(cell(xu.rows(kEducation)[1], schema.table(kEducation), "field_en") ==
        "spacecraft \"design\"");
  CHECK(cell(xu.rows(kEducation)[1], schema.table(kEducation), "degree").empty());
  CHECK(xu.rows(kCareer).empty());
  REQUIRE(xu.rows(kPosts).size() == 1);
  CHECK(xu.rows(kPosts)[0].span.open);
}

TEST_CASE("json lines: rows know their person, and get an id when they have none") {
  const Schema& schema = Schema::standard();
  const Person xu = parse(kXu);
  CHECK(xu.rows(kEducation)[0].id == "xu-dazhe/e1");
  CHECK(xu.rows(kEducation)[1].id == "second");
  CHECK(xu.rows(kPosts)[0].id == "xu-dazhe/p1");
  CHECK(cell(xu.rows(kEducation)[0], schema.table(kEducation), "id") == "xu-dazhe/e1");
  CHECK(cell(xu.rows(kPosts)[0], schema.table(kPosts), "person") == "xu-dazhe");
  // Wherever the id stands.
  CHECK(parse(R"({"career": [{"person": "a"}, {}], "id": "a"})").rows(kCareer)[1].id == "a/c2");
}

TEST_CASE("json lines: null, an empty text and a missing key all mean not known") {
  const Person person =
      parse(R"({"id": "a", "birth": null, "name_zh": "", "career": null, "posts": []})");
  for (std::size_t i = 1; i < person.facts.cells.size(); ++i) CHECK(person.facts.cells[i].empty());
  CHECK(person.rows(kCareer).empty());
}

TEST_CASE("json lines: numbers may stand for dates and names") {
  const Person person = parse(R"({"id": 17, "birth": 1950})");
  CHECK(person.id == "17");
  CHECK(cell(person.facts, Schema::standard().table(Table::kPerson), "birth") == "1950");
}

TEST_CASE("json lines: the columns are those of the schema that is given") {
  Schema schema;
  schema.table(Table::kPerson).columns = {make_column("id", {}), make_column("score", {})};
  schema.table(Table::kPerson).columns[1].kind = Column::Kind::kNumber;
  Diagnostics diagnostics;
  const auto person = parse_person(R"({"score": 1.5e3, "id": "a"})", schema, "p", 1, diagnostics);
  REQUIRE(person);
  CHECK(person->facts.cells == std::vector<std::string>{"a", "1.5e3"});
  CHECK_FALSE(parse_person(R"({"id": "a", "birth": 1950})", schema, "p", 7, diagnostics));
  CHECK(told(diagnostics, "") ==
        std::vector<std::string>{"p:7:13-20 error[unknown-key] 'people' has no column 'birth' | "
                                 "told of once, though other lines may have it too"});
}

TEST_CASE("json lines: a parser can be used again, also after mistakes") {
  PersonParser parser(Schema::standard(), "p");
  Diagnostics diagnostics;
  Problems problems(diagnostics, 100);
  CHECK(parser.parse(R"({"id": "a"})", 1, problems));
  CHECK_FALSE(parser.parse(R"({"id": "b", "x": 1, "career": [{"start")", 2, problems));
  CHECK_FALSE(parser.parse(R"({"id": "c", "x": 1})", 3, problems));
  CHECK_FALSE(parser.parse(R"({"id": "d", "x": 1})", 4, problems));
  const auto person = parser.parse(R"({"birth": 1950, "id": "e"})", 5, problems);
  REQUIRE(person);
  CHECK(person->id == "e");
  CHECK(parser.id_offset() == 22);
  CHECK(diagnostics.size() == 2);  // the key 'x' is told of once
}

TEST_CASE("json lines: mistakes of one person come at once") {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_person(R"({"id": "a", "birth": "50", "gender": "m", "career": [{"end": "x"}]})",
                           Schema::standard(), "p", 1, diagnostics));
  CHECK(diagnostics.size() == 3);
}

TEST_CASE("json lines: the last day of all people is that of the dataset") {
  const testing::TemporaryFolder folder;
  const LoadedDataset loaded =
      load_dataset(folder
                       .write("p.jsonl",
                              "{\"id\": \"a\", \"as_of\": \"2022-12-31\"}\n"
                              "{\"as_of\": \"2022-12-31\", \"id\": \"b\"}\n")
                       .string());
  CHECK(loaded.diagnostics.empty());
  REQUIRE(loaded.dataset);
  CHECK(loaded.dataset->schema.as_of == Date::parse("2022-12-31"));
  CHECK_FALSE(loaded.dataset->schema.table(Table::kPerson).find("as_of"));
}

TEST_CASE("json lines: different last days stay with the people, as a column") {
  const testing::TemporaryFolder folder;
  const LoadedDataset loaded = load_dataset(
      folder
          .write("p.jsonl",
                 "{\"id\": \"a\", \"as_of\": \"2022-12-31\"}\n"
                 "{\"id\": \"b\", \"as_of\": 2010}\n{\"id\": \"c\", \"as_of\": null}\n")
          .string());
  CHECK(loaded.diagnostics.empty());
  REQUIRE(loaded.dataset);
  const Dataset& data = *loaded.dataset;
  CHECK_FALSE(data.schema.as_of);
  const auto column = data.schema.table(Table::kPerson).find("as_of");
  REQUIRE(column);
  CHECK(data.people[0].as_of == Date::parse("2022-12-31"));
  CHECK(data.people[1].facts.cells[*column] == "2010");
  CHECK_FALSE(data.people[2].as_of);
  CHECK(data.people[2].facts.cells[*column].empty());
}

TEST_CASE("json lines: a last day is a date, and given once") {
  Diagnostics diagnostics;
  CHECK_FALSE(
      parse_person(R"({"id": "a", "as_of": "soon"})", Schema::standard(), "p", 1, diagnostics));
  CHECK_FALSE(parse_person(R"({"id": "a", "as_of": 2010, "as_of": 2010})", Schema::standard(), "p",
                           2, diagnostics));
  CHECK_FALSE(
      parse_person(R"({"id": "a", "asof": 2010})", Schema::standard(), "p", 3, diagnostics));
  REQUIRE(diagnostics.size() == 3);
  CHECK(diagnostics[0].code == "bad-date");
  CHECK(diagnostics[1].code == "duplicate-key");
  CHECK(diagnostics[2].message == "'people' has no column 'asof'; did you mean 'as_of'?");
}

TEST_CASE("json lines: a byte order mark in the middle is named") {
  const testing::TemporaryFolder folder;
  const LoadedDataset loaded = load_dataset(
      folder.write("p.jsonl", "\uFEFF{\"id\": \"a\"}\n\uFEFF{\"id\": \"b\"}\n").string());
  CHECK(told(loaded.diagnostics, folder.path().string()) ==
        std::vector<std::string>{
            "p.jsonl:2:1-2 error[byte-order-mark] a byte order mark in the middle of the file | "
            "one may stand at the very beginning only; take the others out: sed -i "
            "'s/\\xEF\\xBB\\xBF//g' FILE"});
}

TEST_CASE("json lines: files may be plain or compressed, and hold blank lines") {
  const testing::TemporaryFolder folder;
  const std::string text = std::string("\xEF\xBB\xBF") + kXu + "\r\n\n" + R"({"id": "b"})";
  for (const std::string& bytes : {text, testing::gzip(text), testing::zstd(text)}) {
    const std::string path = folder.write("people.jsonl", bytes).string();
    const LoadedDataset loaded = load_dataset(path);
    CHECK(told(loaded.diagnostics, folder.path().string()).empty());
    REQUIRE(loaded.dataset);
    CHECK(loaded.dataset->people.size() == 2);
    CHECK(loaded.dataset->people[1].id == "b");
    CHECK(loaded.dataset->name == "people.jsonl");
    REQUIRE(loaded.dataset->inputs.size() == 1);
    CHECK(loaded.dataset->inputs[0].path == "people.jsonl");
    CHECK(loaded.dataset->inputs[0].sha256 == sha256(bytes));
  }
}

TEST_CASE("json lines: a line has a limit, which it may reach") {
  const testing::TemporaryFolder folder;
  const std::string path = folder.write("p.jsonl", "{\"id\": \"a\"}\n{\"id\": \"bc\"}\n").string();
  DataOptions options;
  options.max_line_bytes = 12;
  CHECK(load_dataset(path, options).diagnostics.empty());
  options.max_line_bytes = 11;
  const LoadedDataset loaded = load_dataset(path, options);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].code == "line-too-long");
  CHECK(loaded.diagnostics[0].place.line == 2);
}

TEST_CASE("json lines: places are those of the file") {
  const testing::TemporaryFolder folder;
  const std::string path =
      folder.write("p.jsonl", "{\"id\": \"a\"}\n\n{\"id\": \"b\", \"birth\": \"19500\"}\n")
          .string();
  const LoadedDataset loaded = load_dataset(path);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].place.line == 3);
  CHECK(loaded.diagnostics[0].place.column == 22);
  CHECK(loaded.diagnostics[0].place.excerpt == R"({"id": "b", "birth": "19500"})");
}

}  // namespace
}  // namespace cadre
