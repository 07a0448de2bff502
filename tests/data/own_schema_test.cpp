// Datasets of a declared schema: tables, columns and spans of other names.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/data/dataset.hpp"
#include "tests/catch.hpp"
#include "tests/support/command.hpp"

namespace cadre::test {
namespace {

using Strings = std::vector<std::string>;
constexpr Table kJobs{1};

SchemaPointer judges() {
  return parse_schema(
      "schema: judges\n"
      "tables:\n"
      "  person: {columns: {name: name, court: {values: [high, low]}}}\n"
      "  jobs: {span: {start: from, end: until}, columns: {role: text}}\n"
      "  cases: {columns: {subject: text}}\n"
      "  courts: {of: none, columns: {city: text}}\n");
}

struct Package {
  testing::TemporaryFolder folder;

  void file(const std::string& name, const std::string& text) const {
    write_file(folder.path() / name, text);
  }
  void describe(const Strings& tables) const {
    std::string resources;
    for (const std::string& table : tables) {
      resources += fmt::format(R"({}{{"name": "{}", "path": "{}.csv"}})",
                               resources.empty() ? "" : ", ", table, table);
    }
    file("datapackage.json", R"({"name": "judges", "resources": [)" + resources + "]}");
  }
  LoadedDataset load() const {
    DataOptions options;
    options.schema = judges();
    return load_dataset(folder.path().string(), options);
  }
};

Strings messages(const LoadedDataset& loaded) {
  Strings out;
  for (const Diagnostic& one : loaded.diagnostics) out.push_back(one.message);
  return out;
}

TEST_CASE("a data package is read by the tables and columns of a schema") {
  const Package package;
  package.describe({"people", "jobs", "courts"});
  package.file("people.csv", "id,name,court\na,Ann,high\nb,Bo,low\n");
  package.file("jobs.csv", "person,from,until,role\na,1990,1995,clerk\na,1995,..,judge\n");
  package.file("courts.csv", "id,city\nhigh,Oxford\n");
  const LoadedDataset loaded = package.load();
  REQUIRE(messages(loaded).empty());
  const Dataset& data = *loaded.dataset;
  CHECK(data.schema.table(kJobs).name == "jobs");
  REQUIRE(data.people[0].rows(kJobs).size() == 2);
  CHECK(data.people[0].rows(kJobs)[0].id == "a/j1");
  CHECK(data.people[0].rows(kJobs)[0].span.end == Date::parse("1995"));
  CHECK(data.people[0].rows(kJobs)[1].span.open);
  CHECK(data.people[1].rows(kJobs).empty());
  REQUIRE(data.extra.size() == 1);
  CHECK(data.extra[0].schema.name == "courts");
}

TEST_CASE("JSON Lines nest the tables of a schema, and no others") {
  DataOptions options;
  options.schema = judges();
  const testing::TemporaryFolder folder;
  const auto load = [&](const std::string& lines) {
    write_file(folder.path() / "p.jsonl", lines);
    return load_dataset((folder.path() / "p.jsonl").string(), options);
  };
  const LoadedDataset loaded = load(
      R"({"id": "a", "jobs": [{"from": 1990, "until": "..", "role": "clerk"}], "cases": [{"subject": "tax"}]})"
      "\n");
  REQUIRE(messages(loaded).empty());
  const Person& person = loaded.dataset->people[0];
  CHECK(person.rows(kJobs)[0].span.start == Date::parse("1990"));
  CHECK(person.rows(Table{2})[0].id == "a/c1");
  CHECK(messages(load(R"({"id": "a", "career": []})"
                      "\n")) == Strings{"'people' has no column 'career'"});
}

TEST_CASE("the same mistake in many rows is told once, with its first places and its count") {
  const Package package;
  package.describe({"people"});
  std::string rows = "id,name,court\n";
  for (int i = 0; i < 200; ++i) rows += fmt::format("p{},N,{}\n", i, i % 2 == 0 ? "middle" : "top");
  package.file("people.csv", rows);
  const LoadedDataset loaded = package.load();
  CHECK(messages(loaded) == Strings{"'middle' is not a value of 'court' (100 times)",
                                    "'top' is not a value of 'court' (100 times)"});
  CHECK(loaded.diagnostics[0].place.line == 2);
  REQUIRE(loaded.diagnostics[0].notes.size() == 2);
  CHECK(loaded.diagnostics[0].notes[1].place.line == 6);
}

TEST_CASE("a column that seems to be the start of rows, called otherwise, is pointed at") {
  const Package package;
  package.describe({"people", "jobs"});
  package.file("people.csv", "id,name\na,Ann\n");
  package.file("jobs.csv", "person,start_date,until,role\na,1990,1995,clerk\n");
  CHECK(messages(package.load()) ==
        Strings{"the table 'jobs' has no column 'from', so it is not known when its rows start; is "
                "it 'start_date'?"});
  package.file("jobs.csv", "person,role,gender\na,clerk,F\n");
  CHECK(messages(package.load()).empty());
}

}  // namespace
}  // namespace cadre::test
