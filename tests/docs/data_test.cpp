// The examples of docs/data.md are loaded, and its tables of dates held against the engine.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "cadre/base/date.hpp"
#include "cadre/base/files.hpp"
#include "cadre/classify/years.hpp"
#include "cadre/data/dataset.hpp"
#include "tests/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

std::string page() {
  return read_file(testing::source_dir() / "docs/data.md");
}

/// The fenced blocks that name a file: "```csv leaders/people.csv".
std::map<std::string, std::string> files_in(const std::string& text) {
  std::map<std::string, std::string> files;
  for (std::size_t at = text.find("```"); at != std::string::npos; at = text.find("```", at)) {
    const std::size_t body = text.find('\n', at) + 1;
    const std::size_t end = text.find("```", body);
    REQUIRE(end != std::string::npos);
    const std::string head = text.substr(at + 3, body - at - 4);
    if (const std::size_t blank = head.find(' '); blank != std::string::npos) {
      files[head.substr(blank + 1)] = text.substr(body, end - body);
    }
    at = end + 3;
  }
  return files;
}

/// The cells of the table whose head begins with `head`, row by row.
std::vector<std::vector<std::string>> table_in(const std::string& text, const std::string& head) {
  std::vector<std::vector<std::string>> rows;
  std::size_t at = text.find(head);
  REQUIRE(at != std::string::npos);
  at = text.find('\n', text.find('\n', at) + 1) + 1;  // behind the head and the line below it
  while (text.compare(at, 1, "|") == 0) {
    auto& row = rows.emplace_back();
    const std::size_t end = text.find('\n', at);
    for (std::size_t cell = at + 2; cell < end;) {
      const std::size_t stop = text.find(" |", cell);
      row.push_back(text.substr(cell, stop - cell));
      cell = stop + 3;
    }
    at = end + 1;
  }
  return rows;
}

Dataset load(const std::string& path) {
  LoadedDataset loaded = load_dataset(path);
  for (const Diagnostic& one : loaded.diagnostics) {
    FAIL_CHECK(one.place.path << ":" << one.place.line << ": " << one.message);
  }
  REQUIRE(loaded.dataset);
  return *std::move(loaded.dataset);
}

/// What a row says, by column, without its ids.
std::map<std::string, std::string> facts(const Row& row, const TableSchema& table) {
  std::map<std::string, std::string> known;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!row.cells[i].empty()) known[table.columns[i].name] = row.cells[i];
  }
  return known;
}

TEST_CASE("data reference: the two forms say the same") {
  const testing::TemporaryFolder folder;
  for (const auto& [name, text] : files_in(page())) folder.write(name, text);
  const Dataset package = load((folder.path() / "leaders").string());
  const Dataset lines = load((folder.path() / "leaders.jsonl").string());
  REQUIRE(package.people.size() == 2);
  REQUIRE(lines.people.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    for (const Table table : all_tables()) {
      const auto in_package = package.people[i].rows(table);
      const auto in_lines = lines.people[i].rows(table);
      REQUIRE(in_package.size() == in_lines.size());
      for (std::size_t row = 0; row < in_lines.size(); ++row) {
        CHECK(in_package[row].id == in_lines[row].id);
        CHECK(facts(in_package[row], package.schema.table(table)) ==
              facts(in_lines[row], lines.schema.table(table)));
      }
    }
  }
  CHECK(package.people[0].rows(kEducation).size() == 2);
  CHECK(package.people[1].rows(kCareer)[0].span.open);
}

TEST_CASE("data reference: a package without schemas is read by its headers") {
  const testing::TemporaryFolder folder;
  for (const auto& [name, text] : files_in(page())) folder.write(name, text);
  const Dataset quick = load((folder.path() / "quick").string());
  REQUIRE(quick.people.size() == 1);
  CHECK(quick.people[0].rows(kCareer).size() == 2);
  CHECK(quick.people[0].rows(kCareer)[1].id == "an-min/c2");
}

TEST_CASE("data reference: dates are ordered as it says") {
  const auto rows = table_in(page(), "| one | other |");
  REQUIRE(rows.size() >= 6);
  for (const auto& row : rows) {
    CAPTURE(row[0], row[1]);
    const auto one = Date::parse(row[0]);
    const auto other = Date::parse(row[1]);
    REQUIRE(one);
    REQUIRE(other);
    CHECK(name(before(*one, *other)) == row[2]);
  }
}

TEST_CASE("data reference: durations are counted as it says") {
  const auto rows = table_in(page(), "| start | end | years |");
  REQUIRE(rows.size() >= 5);
  for (const auto& row : rows) {
    CAPTURE(row[0], row[1]);
    RowSpan span;
    span.start = Date::parse(row[0]);
    span.end = Date::parse(row[1]);
    REQUIRE(span.start);
    REQUIRE(span.end);
    const Bounds years = length(stretch_of(span, RowWindows(), std::nullopt));
    CHECK(years.exact());
    CHECK(fmt::format("{:.2f}", years.low) == row[2]);
  }
}

TEST_CASE("data reference: its columns are the standard ones") {
  const std::string text = page();
  const std::array<std::pair<const char*, const TableSchema*>, 4> tables = {{
      {"\n`people`, a row", &Schema::standard().table(Table::kPerson)},
      {"\n`education`, a row", &Schema::standard().table(kEducation)},
      {"\n`career`, a row", &Schema::standard().table(kCareer)},
      {"\n`posts`, a row", &Schema::standard().table(kPosts)},
  }};
  for (const auto& [head, schema] : tables) {
    CAPTURE(head);
    const std::size_t begin = text.find(head);
    REQUIRE(begin != std::string::npos);
    std::vector<std::string> told;
    for (const auto& row : table_in(text.substr(begin), "| column | kind | meaning |")) {
      for (std::size_t at = 0; at < row[0].size();) {
        const std::size_t end = std::min(row[0].find(", ", at), row[0].size());
        const std::string column = row[0].substr(at, end - at);
        at = end + 2;
        told.push_back(column);
        const auto index = schema->find(column);
        CAPTURE(column);
        REQUIRE(index);
        const Column& real = schema->columns[*index];
        const std::string kind = real.ordered                       ? "ordered"
                                 : real.kind == Column::Kind::kText ? "text"
                                 : real.kind == Column::Kind::kName ? "name"
                                 : real.kind == Column::Kind::kDate ? "date"
                                                                    : "number";
        CHECK(row[1] == kind);
      }
    }
    std::vector<std::string> real;
    for (const Column& column : schema->columns) real.push_back(column.name);
    CHECK(told == real);
  }
}

}  // namespace
}  // namespace cadre
