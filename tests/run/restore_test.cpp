// From a run back to its rules and people, and from these to the same run.
#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/rules/render.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/run/run.hpp"
#include "cadre/run/tables.hpp"
#include "cadre/run/writer.hpp"
#include "tests/catch.hpp"
#include "tests/support/change_run.hpp"
#include "tests/support/command.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;
using testing::change_run;
using testing::HandMade;
using testing::TemporaryFolder;
using Settings = std::vector<std::pair<std::string, std::string>>;

/// Classifies and writes a run.
void classify(const Loaded& rules, const Dataset& dataset, const Settings& settings,
              const fs::path& target) {
  INFO(render_text(rules.diagnostics));
  REQUIRE(rules.rules);
  const Classifier classifier(*rules.rules, dataset.schema);
  const auto classifications = classifier.classify(dataset.people);
  RunContents contents{*rules.rules, dataset, classifications, {}};
  for (const auto& [name, value] : settings) {
    contents.options.emplace_back("set", name + "=" + value);
  }
  write_run_sqlite(contents, target);
}

/// Writes a run, and another one from what the first one holds, and holds the two together.
void check_way_back(const fs::path& rules, const std::string& data, const Settings& settings = {}) {
  const TemporaryFolder folder;
  LoadOptions options;
  options.settings = settings;
  const LoadedDataset loaded = load_dataset(data);
  INFO(render_text(loaded.diagnostics));
  REQUIRE(loaded.dataset);
  const fs::path first = folder.path() / "first.sqlite";
  classify(load_rules(rules, options), *loaded.dataset, settings, first);

  const Run run = Run::open(first);
  const Settings restored = restore_settings(run);
  CHECK(restored == settings);
  const fs::path second = folder.path() / "second.sqlite";
  classify(restore_rules(run, restored), restore_dataset(run), restored, second);
  CHECK((read_file(first) == read_file(second)));
}

TEST_CASE("the provincial leaders, classified again from their run, give the same bytes") {
  check_way_back(testing::source_dir() / "rules/macropolo-2022.yaml",
                 (testing::source_dir() / "datasets/provincial-leaders").string(),
                 {{"min_years", "5"}});
}

TEST_CASE("a variant in a folder of its own, and people in JSON Lines, come back") {
  const TemporaryFolder study;
  fs::copy(testing::source_dir() / "tests/cli/study", study.path() / "base",
           fs::copy_options::recursive);
  study.write("variants/few.yaml",
              "ruleset: few\nextends: ../base/technocrats.yaml\nparams: {min_years: 2}\n");
  check_way_back(study.path() / "variants/few.yaml", (study.path() / "base/people.jsonl").string(),
                 {{"min_years", "3"}, {"min_years", "4"}});
}

TEST_CASE("cells come back as they were written, also where SQL changes numbers or names") {
  HandMade made;
  made.dataset.name = "figures";
  made.dataset.title = "Some";
  made.dataset.schema.languages = {"zh", "en", "ug"};
  Column rank;
  rank.kind = Column::Kind::kNumber;
  for (const char* const name : {"Rank", "rank"}) {
    rank.name = rank.logical = name;
    made.dataset.schema.table(Table::kPerson).columns.push_back(rank);
  }
  Column grade;
  grade.name = grade.logical = "start_first";  // which the run has for posts as well
  grade.values = {"low", "a \"b\"", "高"};
  grade.ordered = true;
  made.dataset.schema.table(kPosts).columns.push_back(grade);
  const std::vector<std::string> numbers = {"10",   "-3",
                                            "007",  "1.50",
                                            "5.0",  "1e3",
                                            "",     "-0",
                                            "0.1",  "9223372036854775808",
                                            "+5.5", "0.12345678901234567890"};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::vector<std::string>& cells = made.person("p" + std::to_string(i)).facts.cells;
    cells[cells.size() - 2] = numbers[i];
    cells[cells.size() - 1] = "1";
  }
  made.post("p1", "hunan", "governor", "2016-09", "..");
  made.dataset.people[1].rows_to_edit(kPosts)[0].cells.back() = "高";
  ExtraTable extra;
  extra.schema.name = "labels";  // as a table of the run
  extra.schema.columns = {rank, grade};
  for (const std::string& number : numbers) extra.rows.push_back({number, "low"});
  made.dataset.extra.push_back(extra);

  const TemporaryFolder folder;
  const Run run = made.written(folder);
  const Dataset back = restore_dataset(run);
  CHECK(back.name == "figures");
  CHECK(back.title == "Some");
  CHECK(back.schema.languages == made.dataset.schema.languages);
  REQUIRE(back.schema.as_of);
  CHECK(back.schema.as_of->text() == "2022-12-31");
  REQUIRE(back.people.size() == numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    CHECK(back.people[i].id == "p" + std::to_string(i));
    CHECK(back.people[i].facts.cells == made.dataset.people[i].facts.cells);
  }
  REQUIRE(back.people[1].rows(kPosts).size() == 1);
  CHECK(back.people[1].rows(kPosts)[0].cells == made.dataset.people[1].rows(kPosts)[0].cells);
  CHECK(back.people[1].rows(kPosts)[0].span.open);
  const Column& column = back.schema.table(kPosts).columns.back();
  CHECK(column.name == "start_first");
  CHECK(column.values == grade.values);
  CHECK(column.ordered);
  REQUIRE(back.extra.size() == 1);
  CHECK(back.extra[0].schema.name == "labels");
  CHECK(back.extra[0].rows == extra.rows);
}

TEST_CASE("a run whose description does not fit its tables is called damaged") {
  const auto message = [](const std::string& sql) {
    HandMade made;
    made.row("li", kCareer, {{"org_en", "space"}});
    const TemporaryFolder folder;
    made.written(folder);
    change_run(folder.path() / "run.sqlite", sql);
    try {
      restore_dataset(Run::open(folder.path() / "run.sqlite"));
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(message("UPDATE columns SET kind = 'smell'") ==
        "the run is damaged: a column is of no known kind");
  CHECK(message("UPDATE columns SET allowed = '{' WHERE \"column\" = 'degree'") ==
        "the run is damaged: '{' is not a list");
  CHECK(message("DELETE FROM tables WHERE name = 'career'") ==
        "the run is damaged: the table 'career' is not described");
  CHECK(message("DELETE FROM people") == "the run is damaged: a row of 'career' belongs to nobody");
  CHECK(message("INSERT INTO numbers_as_written VALUES ('career', 'org_en', 7, '1')") ==
        "the run is damaged: a number of 'career' belongs to no cell");
  CHECK(message("UPDATE run SET value = 'soon' WHERE key = 'data_as_of'") ==
        "the run is damaged: 'soon' is no date");
}

TEST_CASE("the names of all tables of a run are taken, also from those of a dataset") {
  const std::vector<std::string> taken = reserved_table_names(*default_schema());
  for (const std::string_view sql : table_definitions()) {
    if (!sql.starts_with("CREATE TABLE ")) continue;
    const std::string_view name = sql.substr(13, sql.find(' ', 13) - 13);
    CAPTURE(name);
    CHECK(std::find(taken.begin(), taken.end(), name) != taken.end());
    HandMade made;
    made.person("li");
    ExtraTable extra;
    extra.schema.name = name;
    extra.schema.columns = {Column{.name = "a", .logical = "a", .language = "", .values = {}}};
    extra.rows = {{"1"}};
    made.dataset.extra.push_back(extra);
    const TemporaryFolder folder;
    CHECK(restore_dataset(made.written(folder)).extra.at(0).rows == extra.rows);
  }
}

TEST_CASE("a dataset without one of the tables comes back") {
  HandMade made;
  made.person("li");
  made.dataset.schema.table(kEducation).columns.clear();
  const TemporaryFolder folder;
  const Dataset back = restore_dataset(made.written(folder));
  REQUIRE(back.people.size() == 1);
  CHECK(back.schema.table(kEducation).columns.empty());
}

TEST_CASE("a run in memory answers queries, and only those") {
  HandMade made;
  made.person("li");
  const Run run = Run::in_memory(made.contents());
  CHECK(testing::table_text(run, "SELECT id FROM people") == "li\n");
  CHECK_THROWS_AS(run.query("DELETE FROM people"), Error);
}

TEST_CASE("the last days of people come back from a run") {
  const TemporaryFolder folder;
  const fs::path people = folder.write(
      "p.jsonl",
      R"({"id": "a", "as_of": "2010", "career": [{"role_en": "x", "start": 2000, "end": ".."}]})"
      "\n"
      R"({"id": "b", "as_of": "2022", "career": [{"role_en": "x", "start": 2000, "end": ".."}]})"
      "\n");
  const fs::path rules = folder.write("r.yaml", R"(ruleset: r
cadre: 1
labels:
  long: {title: Long, career: {role: {matches: x}}, total_years: {at_least: 15}}
)");
  check_way_back(rules, people.string());
  const fs::path target = folder.path() / "run.sqlite";
  classify(load_rules(rules), *load_dataset(people.string()).dataset, {}, target);
  const Dataset restored = restore_dataset(Run::open(target));
  CHECK(restored.people[0].as_of == Date::parse("2010"));
  CHECK(restored.people[1].as_of == Date::parse("2022"));
}

}  // namespace
}  // namespace cadre
