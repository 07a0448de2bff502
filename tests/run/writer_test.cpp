// What a run holds: every table that is written, and the two other forms.
#include "cadre/run/writer.hpp"
#include "cadre/base/sha256.hpp"

#include <limits>
#include <sstream>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/base/version.hpp"
#include "tests/catch.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::HandMade;
using testing::table_text;
using testing::TemporaryFolder;

/// The range of `words` in a file of the sources.
Range range_of(const Sources& sources, std::uint32_t file, std::string_view words) {
  const auto at = static_cast<std::uint32_t>(sources.text(file).find(words));
  return {file, at, at + static_cast<std::uint32_t>(words.size())};
}

/// Two files of rules, a lexicon with one category below another, and a label of every kind.
HandMade make_study() {
  HandMade made;
  auto sources = std::make_shared<Sources>();
  sources->add("some/folder/rules.yaml", "ruleset: made\n\nlabels:\n  expert: {}\n  field: {}\n");
  sources->add("some/folder/lexicons/jobs.yaml", "lexicon: jobs\n  space: [航天]\n");
  made.rules.range = range_of(*sources, 0, "ruleset: made");
  made.rules.title = "Made by hand";

  Lexicon jobs;
  jobs.name = "jobs";
  jobs.title = "Jobs";
  jobs.range = range_of(*sources, 1, "lexicon: jobs");
  jobs.categories = {{"jobs", "", "", "", 0, 3, {}},
                     {"space", "space", "Space", "new", 0, 3, range_of(*sources, 1, "space")},
                     {"rockets", "space/rockets", "", "new", 1, 3, {}}};
  Term term;
  term.text = "航天";
  term.language = "zh";
  term.category = 1;
  term.range = range_of(*sources, 1, "航天");
  jobs.terms = {term};
  made.rules.lexicons = {jobs};
  made.rules.params = {{"years", "3", {}}, {"degree", "[a, b]", range_of(*sources, 0, "labels")}};

  made.label("expert");
  made.rules.labels[0].title = "An expert";
  made.rules.labels[0].range = range_of(*sources, 0, "expert");
  made.label("field");
  CategoryOf category;
  category.branch = {0, 0};
  made.rules.labels[1].body = category;
  made.rules.labels[1].range = range_of(*sources, 0, "field");
  made.label("years");
  made.rules.labels[2].body = NumberOf{};
  made.label("first");
  made.rules.labels[3].body = DateOf{};
  made.rules.sources = sources;

  made.row(
      "li", kCareer,
      {{"start", "1984-12"}, {"end", "1988"}, {"org_zh", "第一航天院"}, {"role_en", "designer"}});
  made.row("li", kEducation, {{"field_zh", "机械"}, {"degree", "bachelor"}});
  made.post("li", "hunan", "governor", "2016-09", "..");
  made.person("wu", "Wu \"the Quiet\", Old");

  LabelValue& expert = made.value("li", "expert");
  expert.truth = Truth::kTrue;
  Words words;
  words.column = *made.dataset.schema.table(kCareer).find("org_zh");
  words.match = {0, 1, 0, 6, 12};
  Words value;
  value.column = *made.dataset.schema.table(kCareer).find("role_en");
  value.match = {Words::kNoLexicon, 0, 0, 0, 8};
  RowEvidence row;
  row.table = kCareer;
  row.years = 3.5;
  row.words = {words, value};
  Step step;
  step.value = Truth::kTrue;
  step.rule = made.rules.labels[0].range;
  Step below;
  below.depth = 1;
  below.value = Truth::kFalse;
  below.path = "any[0]";
  below.text = "career: org in jobs";
  below.measured = "3.5 years, needs 5";
  below.label = 1;
  below.rows = {row, row};
  below.rows[1].table = kEducation;
  below.rows[1].met = Truth::kUnknown;
  below.rows[1].years.reset();
  below.rows[1].words.clear();
  below.rows[1].lacks = {"degree at_least master: is bachelor", "mode is full-time: is not known"};
  expert.steps = {step, below};

  LabelValue& field = made.value("li", "field");
  field.truth = Truth::kTrue;
  field.category = Branch{0, 2};
  LabelValue& years = made.value("li", "years");
  years.truth = Truth::kTrue;
  years.number = 3.5;
  years.number_high = std::numeric_limits<double>::infinity();
  LabelValue& first = made.value("li", "first");
  first.truth = Truth::kTrue;
  first.date = Date::parse("1984-12");
  made.value("wu", "expert").truth = Truth::kFalse;
  made.value("wu", "expert").closed = true;
  return made;
}

TEST_CASE("the run tells what was run, with which files and options") {
  HandMade made = make_study();
  made.options = {{"set", "years=3"}, {"set", "degree=[a, b]"}};
  made.dataset.inputs = {{"people.csv", 12, "abc"}};
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT * FROM run") ==
        "format | 3\nengine | cadre " + std::string(kVersion) +
            "\nrules | made\nrules_title | Made by hand\ndata | made-people\ndata_title | -\n"
            "data_as_of | 2022-12-31\ndata_languages | [\"zh\",\"en\"]\noption.set | "
            "years=3\noption.set | degree=[a, b]\n");
  CHECK(table_text(run, "SELECT role, path, bytes, sha256 FROM inputs ORDER BY role DESC, path") ==
        "rules | lexicons/jobs.yaml | 32 | " + sha256(made.rules.sources->text(1)) + "\n" +
            "rules | rules.yaml | 48 | " + sha256(made.rules.sources->text(0)) + "\n" +
            "data | people.csv | 12 | abc\n");
  CHECK(table_text(run, "SELECT * FROM parameters") ==
        "years | 3 | - | -\ndegree | [a, b] | rules.yaml | 3\n");
}

TEST_CASE("lexicons and their categories") {
  const TemporaryFolder folder;
  const Run run = make_study().written(folder);
  CHECK(table_text(run, "SELECT * FROM lexicons") == "jobs | Jobs | lexicons/jobs.yaml | 1 | 0\n");
  CHECK(table_text(run, "SELECT * FROM categories") ==
        "jobs | space | Space | new | lexicons/jobs.yaml | 2 | 1\n"
        "jobs | space/rockets | - | new | - | - | 2\n");
}

TEST_CASE("the dataset's tables as they are, with empty cells as NULL") {
  const TemporaryFolder folder;
  const Run run = make_study().written(folder);
  CHECK(table_text(run, "SELECT id, name_en, birth FROM people") ==
        "li | - | -\nwu | Wu \"the Quiet\", Old | -\n");
  CHECK(table_text(run, "SELECT id, person, start, \"end\", org_zh, org_en FROM career") ==
        "li/c1 | li | 1984-12 | 1988 | 第一航天院 | -\n");
  CHECK(table_text(run, "SELECT * FROM posts") ==
        "hunan/governor/li | li | hunan | governor | 2016-09 | .. | - | - | "
        "2016-09-01 | 2016-09-30 | 2023-01-01 | 2023-01-01\n");
  CHECK(
      table_text(run,
                 "SELECT \"column\", logical, language, kind FROM columns "
                 "WHERE \"table\" = 'education' AND position BETWEEN 2 AND 4 ORDER BY position") ==
      "start | start | - | date\nend | end | - | date\n"
      "institution_zh | institution | zh | text\n");
}

TEST_CASE("numbers are numbers, and columns of a dataset of its own are kept") {
  HandMade made;
  Column rank;
  rank.name = rank.logical = "Rank";
  rank.kind = Column::Kind::kNumber;
  made.dataset.schema.table(Table::kPerson).columns.push_back(rank);
  rank.name = rank.logical = "rank";  // SQL could not tell it from Rank
  made.dataset.schema.table(Table::kPerson).columns.push_back(rank);
  made.person("li").facts.cells[12] = "10";
  made.person("li").facts.cells[13] = "2.5";
  const TemporaryFolder folder;
  CHECK(table_text(made.written(folder), "SELECT Rank + 1, rank_2, typeof(rank_2) FROM people") ==
        "11 | 2.5 | real\n");
}

TEST_CASE("a dataset without the columns that views read") {
  HandMade made;
  made.dataset.schema.table(kPosts).columns.clear();
  made.dataset.schema.table(kEducation).columns.clear();
  made.eras("cc", {{"cc17", "2007-10-21"}});
  made.person("li");
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT * FROM post_eras").empty());
  CHECK(table_text(run, "SELECT * FROM promotions").empty());
  CHECK(table_text(run, "SELECT * FROM province_eras").empty());
  CHECK(table_text(run, "SELECT * FROM education").empty());
}

TEST_CASE("a dataset with the columns that a run adds to posts") {
  HandMade made;
  Column column;
  column.name = column.logical = "start_first";
  made.dataset.schema.table(kPosts).columns.push_back(column);
  made.post("li", "hunan", "governor", "2016", "2017");
  made.dataset.people[0].rows_to_edit(kPosts)[0].cells.back() = "theirs";
  const TemporaryFolder folder;
  CHECK(table_text(made.written(folder), "SELECT start_first, start_first_2 FROM posts") ==
        "2016-01-01 | theirs\n");
}

TEST_CASE("extra tables, whatever their names") {
  HandMade made;
  const auto add = [&](const std::string& name) {
    ExtraTable table;
    table.schema.name = name;
    Column column;
    column.name = "id";
    table.schema.columns = {column};
    table.rows = {{"of " + name}, {""}};
    made.dataset.extra.push_back(table);
  };
  add("provinces");
  add("labels");
  add("sqlite_master");
  add("a \"b\"; DROP TABLE people");
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT id FROM provinces") == "of provinces\n-\n");
  CHECK(table_text(run, "SELECT id FROM labels_2") == "of labels\n-\n");
  CHECK(table_text(run, "SELECT id FROM data_sqlite_master") == "of sqlite_master\n-\n");
  CHECK(table_text(run, "SELECT count(*) FROM \"a \"\"b\"\"; DROP TABLE people\"") == "2\n");
}

TEST_CASE("labels and their definitions") {
  const TemporaryFolder folder;
  const Run run = make_study().written(folder);
  CHECK(table_text(run, "SELECT * FROM label_definitions ORDER BY position") ==
        "expert | An expert | - | plain | - | rules.yaml | 4 | 0\n"
        "field | - | - | category | jobs | rules.yaml | 5 | 1\n"
        "years | - | - | number | - | - | - | 2\n"
        "first | - | - | date | - | - | - | 3\n");
  CHECK(table_text(run, "SELECT * FROM labels WHERE person = 'li'") ==
        "li | expert | true | - | - | - | - | - | 0\n"
        "li | field | true | - | - | space/rockets | new | - | 0\n"
        "li | first | true | - | - | - | - | 1984-12 | 0\n"
        "li | years | true | 3.5 | inf | - | - | - | 0\n");
  CHECK(table_text(run, "SELECT value, closed FROM labels WHERE person = 'wu'") ==
        "false | 1\nunknown | 0\nunknown | 0\nunknown | 0\n");
}

TEST_CASE("evidence in three tables") {
  const TemporaryFolder folder;
  const Run run = make_study().written(folder);
  CHECK(table_text(run, "SELECT * FROM evidence") ==
        "li | expert | 0 | 0 | true | - | - | - | - | rules.yaml | 4\n"
        "li | expert | 1 | 1 | false | any[0] | career: org in jobs | 3.5 years, needs 5 | field | "
        "- | -\n");
  CHECK(table_text(run, "SELECT * FROM evidence_rows") ==
        "li | expert | 1 | 0 | career | li/c1 | true | 3.5 | -\n"
        "li | expert | 1 | 1 | education | li/e1 | unknown | - | "
        "degree at_least master: is bachelor\nmode is full-time: is not known\n");
  CHECK(table_text(run, "SELECT * FROM evidence_words") ==
        "li | expert | 1 | 0 | 0 | org_zh | 6 | 12 | 航天 | jobs | space | 航天 | "
        "lexicons/jobs.yaml | 2\n"
        "li | expert | 1 | 0 | 1 | role_en | 0 | 8 | designer | - | - | - | - | -\n");
}

TEST_CASE("labels_wide has a row a person and a column a label") {
  const TemporaryFolder folder;
  const Run run = make_study().written(folder);
  const Result result = run.query("SELECT * FROM labels_wide ORDER BY person");
  CHECK(result.columns ==
        std::vector<std::string>{"person", "expert", "field", "field_group", "years", "first"});
  CHECK(table_text(run, "SELECT * FROM labels_wide ORDER BY person") ==
        "li | 1 | space/rockets | new | 3.5 | 1984-12\n"
        "wu | 0 | - | - | - | -\n");
}

TEST_CASE("labels whose names would clash in labels_wide") {
  HandMade made;
  made.label("field");
  made.rules.labels[0].body = CategoryOf{};
  made.rules.lexicons.emplace_back();
  made.label("field_group");
  made.label("person");
  made.value("li", "field_group").truth = Truth::kTrue;
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT person, field_group, field_group_2, person_2 FROM labels_wide") ==
        "li | - | 1 | -\n");
}

TEST_CASE("eras with the days on which they count") {
  HandMade made;
  EraScheme& scheme =
      made.eras("cc", {{"cc18", "2012-11-08"}, {"cc19", "2017-10-24"}, {"cc20", "2022-10-22"}});
  scheme.title = "Central Committees";
  scheme.as_of = Date::parse("2022-04");
  scheme.transition_opens_before = Period::parse("P1Y6M");
  scheme.eras[0].term = 1;
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT * FROM era_schemes") ==
        "cc | Central Committees | 2022-04-30 | P1Y6M | incoming | 0\n");
  CHECK(table_text(run,
                   "SELECT id, term, from_date, to_date, counted_to, opens_date, closes_date "
                   "FROM eras") ==
        "cc18 | 1 | 2012-11-08 | 2017-10-24 | 2017-10-24 | 2011-05-08 | 2016-04-24\n"
        "cc19 | - | 2017-10-24 | 2022-10-22 | 2022-05-01 | 2016-04-24 | 2021-04-22\n"
        "cc20 | - | 2022-10-22 | - | - | 2021-04-22 | -\n");
}

TEST_CASE("figures with what was published") {
  HandMade made;
  Figure figure;
  figure.name = "one";
  figure.title = "Figure one";
  figure.sql = "SELECT 1";
  figure.key = {"a", "b"};
  figure.chart_json = R"({"mark":"bar"})";
  figure.published = Figure::Published{
      "A study", "", true, {{{"a", std::string("x")}, {"n", 17}, {"share", 0.5}, {"b", {}}}}};
  made.rules.figures = {figure};
  const TemporaryFolder folder;
  CHECK(table_text(made.written(folder), "SELECT * FROM figures") ==
        "one | Figure one | - | SELECT 1 | [\"a\",\"b\"] | {\"mark\":\"bar\"} | "
        "{\"source\":\"A study\",\"note\":\"\",\"approximate\":true,"
        "\"rows\":[{\"a\":\"x\",\"n\":17,\"share\":0.5,\"b\":null}]} | - | - | 0\n");
}

TEST_CASE("the same contents give the same bytes") {
  const TemporaryFolder folder;
  HandMade made = make_study();
  for (int i = 0; i < 300; ++i) {  // enough for pages to split
    const std::string id = "person-" + std::to_string(i);
    made.post(id, "hunan", "governor", "2001-01", "2002-02");
    made.value(id, "expert") = made.value("li", "expert");
    made.value(id, "expert").steps[1].rows.clear();
  }
  made.written(folder, "a.sqlite");
  const HandMade again = made;
  again.written(folder, "b.sqlite");
  const std::string a = read_file(folder.path() / "a.sqlite");
  CHECK(a == read_file(folder.path() / "b.sqlite"));
  CHECK(a.find(folder.path().string()) == std::string::npos);

  made.value("person-7", "expert").truth = Truth::kFalse;
  made.written(folder, "b.sqlite");  // over the old one
  CHECK(a != read_file(folder.path() / "b.sqlite"));
}

TEST_CASE("paths of rules do not depend on where they were kept") {
  HandMade made = make_study();
  const auto sources = std::make_shared<Sources>();
  sources->add("/elsewhere/rules/../rules/rules.yaml", std::string(made.rules.sources->text(0)));
  sources->add("/elsewhere/rules/lexicons/jobs.yaml", std::string(made.rules.sources->text(1)));
  const TemporaryFolder folder;
  made.written(folder, "a.sqlite");
  made.rules.sources = sources;
  made.written(folder, "b.sqlite");
  CHECK(read_file(folder.path() / "a.sqlite") == read_file(folder.path() / "b.sqlite"));
}

TEST_CASE("two rows with one id are refused, and nothing is left behind") {
  HandMade made;
  made.row("li", kCareer, {{"id", "same"}});
  made.row("li", kCareer, {{"id", "same"}});
  const TemporaryFolder folder;
  const auto path = folder.path() / "run.sqlite";
  CHECK_THROWS_WITH(
      write_run_sqlite(made.contents(), path),
      "cannot write '" + path.string() + "': SQLite: UNIQUE constraint failed: career.id");
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a folder that is not there") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(write_run_sqlite(HandMade().contents(), folder.path() / "no" / "run.sqlite"),
                  Error);
}

TEST_CASE("people whom a cancelled batch did not come to have no labels") {
  HandMade made = make_study();
  made.classifications[1].labels.clear();
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK(table_text(run, "SELECT DISTINCT person FROM labels") == "li\n");
  CHECK(table_text(run, "SELECT count(*), count(expert) FROM labels_wide") == "2 | 1\n");
  std::ostringstream csv;
  write_run_csv(made.contents(), csv);
  CHECK(csv.str().ends_with("\r\nwu,,,,,\r\n"));
}

TEST_CASE("CSV has the columns of labels_wide") {
  HandMade made = make_study();
  made.person("a,b");
  made.person("\"c\"");
  std::ostringstream out;
  write_run_csv(made.contents(), out);
  CHECK(out.str() ==
        "person,expert,field,field_group,years,first\r\n"
        "li,1,space/rockets,new,3.5,1984-12\r\n"
        "wu,0,,,,\r\n"
        "\"a,b\",,,,,\r\n"
        "\"\"\"c\"\"\",,,,,\r\n");
}

TEST_CASE("JSON Lines has a person a line, with labels and evidence") {
  const HandMade made = make_study();
  std::ostringstream out;
  write_run_jsonl(made.contents(), out);
  CHECK(out.str() ==
        R"({"id":"li","labels":{"expert":{"value":true},)"
        R"("field":{"value":true,"category":"space/rockets","group":"new"},)"
        R"("years":{"value":true,"number":3.5,"number_high":null},)"
        R"("first":{"value":true,"date":"1984-12"}},)"
        R"("evidence":{"expert":[{"depth":0,"value":true,"rule":"rules.yaml:4"},)"
        R"({"depth":1,"value":false,"path":"any[0]","text":"career: org in jobs",)"
        R"("measured":"3.5 years, needs 5","refers_to":"field","rows":[)"
        R"({"table":"career","id":"li/c1","met":true,"years":3.5,"words":[)"
        R"({"column":"org_zh","begin":6,"end":12,"words":"航天","category":"jobs/space",)"
        R"("term":"航天","rule":"lexicons/jobs.yaml:2"},)"
        R"({"column":"role_en","begin":0,"end":8,"words":"designer"}]},)"
        R"({"table":"education","id":"li/e1","met":null,)"
        R"("lacks":["degree at_least master: is bachelor","mode is full-time: is not known"]}]}],)"
        R"("field":[],"years":[],"first":[]}})"
        "\n"
        R"({"id":"wu","labels":{"expert":{"value":false,"closed":true},"field":{"value":null},)"
        R"("years":{"value":null},"first":{"value":null}},)"
        R"("evidence":{"expert":[],"field":[],"years":[],"first":[]}})"
        "\n");
}

}  // namespace
}  // namespace cadre
