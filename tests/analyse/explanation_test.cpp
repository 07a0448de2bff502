// Explanations, read back from a run.
#include "cadre/analyse/explanation.hpp"

#include "cadre/analyse/figures.hpp"
#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "tests/catch.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::HandMade;
using testing::TemporaryFolder;

/// technocrat rests on trained and on worked, and worked on trained again.
HandMade make_study() {
  HandMade made;
  made.label("technocrat");
  made.label("trained");
  made.label("worked");
  made.label("alone");
  const auto sources = std::make_shared<Sources>();
  sources->add("rules/rules.yaml", "ruleset: x\nlabels:\n  technocrat: {}\n");
  made.rules.sources = sources;
  made.rules.labels[0].title = "Technocrat";
  made.rules.labels[0].note = "Both.";
  made.rules.labels[0].range = {0, 21, 31};
  Lexicon jobs;
  jobs.name = "jobs";
  jobs.categories = {{"jobs", "", "", "", 0, 2, {}}, {"space", "space", "", "", 0, 2, {}}};
  jobs.terms = {{"航天", "zh", 1, Term::Kind::kLiteral, 0, {0, 11, 17}}};
  made.rules.lexicons = {jobs};

  made.row("li", kCareer, {{"start", "1984"}, {"org_zh", "第一航天院"}, {"source", "both"}});
  made.row("li", kEducation, {{"field_zh", "机械"}, {"degree", "secondary"}});

  LabelValue& technocrat = made.value("li", "technocrat");
  technocrat.truth = Truth::kFalse;
  Step root;
  root.value = Truth::kFalse;
  Step worked;
  worked.depth = 1;
  worked.label = 2;
  Step trained = worked;
  trained.label = 1;
  technocrat.steps = {root, worked, trained};

  LabelValue& is_worked = made.value("li", "worked");
  is_worked.truth = Truth::kTrue;
  is_worked.number = 4.5;
  Step step;
  step.value = Truth::kTrue;
  step.path = "any[0]";
  step.text = "career: org in jobs";
  step.measured = "4.5 years, needs 1";
  step.rule = {0, 11, 17};
  RowEvidence row;
  row.table = kCareer;
  row.years = 4.5;
  row.words = {{*made.dataset.schema.table(kCareer).find("org_zh"), {0, 1, 0, 6, 12}}};
  step.rows = {row};
  Step again;
  again.depth = 1;
  again.label = 1;
  is_worked.steps = {step, again};

  LabelValue& is_trained = made.value("li", "trained");
  is_trained.truth = Truth::kFalse;
  is_trained.closed = true;
  RowEvidence nearest;
  nearest.table = kEducation;
  nearest.met = Truth::kFalse;
  nearest.lacks = {"degree at_least associate: is secondary", "field in stem"};
  Step no;
  no.value = Truth::kFalse;
  no.rows = {nearest};
  is_trained.steps = {no};
  return made;
}

TEST_CASE("a label comes with all that it rests on, each once, in order of mention") {
  const TemporaryFolder folder;
  const Run run = make_study().written(folder);
  const std::vector<ExplainedLabel> labels = explain(run, "li", "technocrat");
  REQUIRE(labels.size() == 3);
  CHECK(labels[0].name == "technocrat");
  CHECK(labels[1].name == "worked");
  CHECK(labels[2].name == "trained");
  CHECK(explain(run, "li", "alone").size() == 1);
  CHECK(list_labels(run) == std::vector<std::string>{"technocrat", "trained", "worked", "alone"});
}

TEST_CASE("the label, its definition and its steps") {
  const TemporaryFolder folder;
  const Run run = make_study().written(folder);
  const ExplainedLabel label = explain(run, "li", "technocrat")[0];
  CHECK(label.title == "Technocrat");
  CHECK(label.note == "Both.");
  CHECK(label.kind == "plain");
  CHECK(label.place.file == "rules.yaml");
  CHECK(label.place.line == 3);
  CHECK(label.value == Truth::kFalse);
  CHECK_FALSE(label.closed);
  CHECK_FALSE(label.number.has_value());
  REQUIRE(label.steps.size() == 3);
  CHECK(label.steps[0].depth == 0);
  CHECK(label.steps[0].value == Truth::kFalse);
  CHECK(label.steps[0].place.file.empty());
  CHECK(label.steps[1].depth == 1);
  CHECK(label.steps[1].value == Truth::kUnknown);
  CHECK(label.steps[1].refers_to == "worked");
}

TEST_CASE("rows with their cells, and the words in them") {
  const TemporaryFolder folder;
  const Run run = make_study().written(folder);
  const ExplainedLabel label = explain(run, "li", "worked")[0];
  CHECK(label.number == 4.5);
  const ExplainedStep& step = label.steps[0];
  CHECK(step.path == "any[0]");
  CHECK(step.text == "career: org in jobs");
  CHECK(step.measured == "4.5 years, needs 1");
  CHECK(step.place.line == 2);
  REQUIRE(step.rows.size() == 1);
  const ExplainedRow& row = step.rows[0];
  CHECK(row.table == "career");
  CHECK(row.id == "li/c1");
  CHECK(row.met == Truth::kTrue);
  CHECK(row.years == 4.5);
  CHECK(row.lacks.empty());
  REQUIRE(row.cells.size() == 3);  // without id, person and what is empty
  CHECK(row.cells[0].column == "start");
  CHECK(row.cells[0].kind == "date");
  CHECK(row.cells[1].column == "org_zh");
  CHECK(row.cells[1].logical == "org");
  CHECK(row.cells[1].language == "zh");
  CHECK(row.cells[1].text == "第一航天院");
  REQUIRE(row.cells[1].words.size() == 1);
  const ExplainedWords& words = row.cells[1].words[0];
  CHECK(row.cells[1].text.substr(words.begin, words.end - words.begin) == "航天");
  CHECK(words.lexicon == "jobs");
  CHECK(words.category == "space");
  CHECK(words.term == "航天");
  CHECK(words.place.line == 2);
}

TEST_CASE("for a no, the nearest row and what it lacked") {
  const TemporaryFolder folder;
  const Run run = make_study().written(folder);
  const ExplainedLabel label = explain(run, "li", "trained")[0];
  CHECK(label.value == Truth::kFalse);
  CHECK(label.closed);
  REQUIRE(label.steps[0].rows.size() == 1);
  const ExplainedRow& row = label.steps[0].rows[0];
  CHECK(row.table == "education");
  CHECK(row.met == Truth::kFalse);
  CHECK_FALSE(row.years.has_value());
  CHECK(row.lacks ==
        std::vector<std::string>{"degree at_least associate: is secondary", "field in stem"});
}

TEST_CASE("categories and dates") {
  HandMade made = make_study();
  CategoryOf category;
  category.branch = {0, 0};
  made.rules.labels[3].body = category;
  made.rules.lexicons[0].categories[1].group = "new";
  made.value("li", "alone").truth = Truth::kTrue;
  made.value("li", "alone").category = Branch{0, 1};
  made.value("li", "alone").date = Date::parse("1984-12");
  const TemporaryFolder folder;
  const ExplainedLabel label = explain(made.written(folder), "li", "alone")[0];
  CHECK(label.kind == "category");
  CHECK(label.category == "space");
  CHECK(label.group == "new");
  CHECK(label.date == "1984-12");
}

TEST_CASE("nobody of that id, no such label, no evidence") {
  HandMade made = make_study();
  made.person("wu");
  made.classifications[1].labels.clear();  // of a batch that was cancelled
  const TemporaryFolder folder;
  const Run run = made.written(folder);
  CHECK_THROWS_WITH(explain(run, "l", "trained"), "the run has no person 'l'");
  CHECK_THROWS_WITH(explain(run, "li", "traned"),
                    "the run has no label 'traned'; did you mean 'trained'?");
  const ExplainedLabel label = explain(run, "wu", "trained")[0];
  CHECK(label.value == Truth::kUnknown);
  CHECK(label.steps.empty());
}

TEST_CASE("whatever byte of a run is damaged, reading it ends in an answer or an Error") {
  const TemporaryFolder folder;
  make_study().written(folder);
  const std::string whole = read_file(folder.path() / "run.sqlite");
  std::size_t refused = 0;
  for (std::size_t at = 0; at < whole.size(); at += 331) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
    folder.write("damaged.sqlite", bytes);
    try {
      const Run run = Run::open(folder.path() / "damaged.sqlite");
      list_figures(run);
      for (const std::string& label : list_labels(run)) explain(run, "li", label);
    } catch (const Error&) {
      ++refused;
    }
  }
  CHECK(refused > 0);
}

}  // namespace
}  // namespace cadre
