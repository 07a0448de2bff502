// The provincial leaders as the engine reads them. Whether they are right is tested in
// tests/datasets.
#include <algorithm>
#include <filesystem>
#include <string>

#include "cadre/data/dataset.hpp"
#include "tests/catch.hpp"
#include "tests/data/small_package.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

const Dataset& leaders() {
  static const LoadedDataset loaded =
      load_dataset(testing::source_dir() / "datasets/provincial-leaders");
  CHECK(testing::told(loaded.diagnostics, testing::source_dir().string()).empty());
  REQUIRE(loaded.dataset);
  return *loaded.dataset;
}

TEST_CASE("provincial leaders: all rows arrive") {
  const Dataset& data = leaders();
  std::size_t education = 0;
  std::size_t career = 0;
  std::size_t posts = 0;
  for (const Person& person : data.people) {
    education += person.rows(kEducation).size();
    career += person.rows(kCareer).size();
    posts += person.rows(kPosts).size();
  }
  CHECK(data.people.size() == 361);
  CHECK(education > 700);
  CHECK(career > 10'000);
  CHECK(posts > 500);
  CHECK(data.inputs.size() == 7);
  REQUIRE(data.extra.size() == 2);
  CHECK(data.extra[0].schema.name == "provinces");
  CHECK(data.extra[0].rows.size() == 31);
}

TEST_CASE("provincial leaders: a person as the files tell of him") {
  const Dataset& data = leaders();
  const auto xu = std::find_if(data.people.begin(), data.people.end(),
                               [](const Person& person) { return person.id == "xu-dazhe"; });
  REQUIRE(xu != data.people.end());
  const auto cell = [&](const TableSchema& table, const Row& row, const char* column) {
    return row.cells.at(table.find(column).value());
  };
  CHECK(cell(data.schema.table(Table::kPerson), xu->facts, "name_zh") == "许达哲");
  CHECK(cell(data.schema.table(Table::kPerson), xu->facts, "birth") == "1956-09");
  const auto governor = std::find_if(
      xu->rows(kPosts).begin(), xu->rows(kPosts).end(),
      [&](const Row& row) { return cell(data.schema.table(kPosts), row, "office") == "governor"; });
  REQUIRE(governor != xu->rows(kPosts).end());
  CHECK(governor->id == "hunan/governor/xu-dazhe");
  CHECK(governor->span.start == Date::parse("2016-09"));
  CHECK(xu->rows(kCareer).front().id == "xu-dazhe/c1");
}

TEST_CASE("provincial leaders: the standard columns are those of this dataset") {
  const Schema& schema = leaders().schema;
  for (const Table table : all_tables()) {
    const TableSchema& standard = Schema::standard().table(table);
    const TableSchema& real = schema.table(table);
    CAPTURE(standard.name);
    REQUIRE(real.columns.size() == standard.columns.size());
    for (std::size_t i = 0; i < real.columns.size(); ++i) {
      CAPTURE(standard.columns[i].name);
      CHECK(real.columns[i].name == standard.columns[i].name);
      CHECK(real.columns[i].logical == standard.columns[i].logical);
      CHECK(real.columns[i].language == standard.columns[i].language);
      CHECK(real.columns[i].kind == standard.columns[i].kind);
      CHECK(real.columns[i].ordered == standard.columns[i].ordered);
      if (standard.columns[i].name == "source") continue;  // each dataset has its own
      CHECK(real.columns[i].values == standard.columns[i].values);
    }
  }
}

}  // namespace
}  // namespace cadre
