// docs/runs.md names every table, view and column of a run, and its queries run.
#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "cadre/base/files.hpp"
#include "tests/catch.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::cell_text;
using testing::HandMade;
using testing::TemporaryFolder;

std::string page() {
  return read_file(testing::source_dir() / "docs/runs.md");
}

/// A run with something in it for every query of the page.
HandMade make_study() {
  HandMade made;
  made.eras("central-committees", {{"cc18", "2012-11-14"}});
  made.label("technocrat");
  made.value("xu-dazhe", "technocrat").truth = Truth::kTrue;
  made.post("xu-dazhe", "hunan", "party_secretary", "2013-01", "2014-01");
  made.post("xu-dazhe", "hunan", "governor", "2013-01", "2014-01");
  made.row("xu-dazhe", kCareer, {{"org_en", "space"}});
  Lexicon lexicon;
  lexicon.name = "industries";
  lexicon.categories = {{"industries", "", "", "", 0, 1, {}}};
  lexicon.terms.emplace_back();
  made.rules.lexicons = {lexicon};
  RowEvidence row;
  row.table = kCareer;
  row.words = {{*made.dataset.schema.table(kCareer).find("org_en"), {0, 0, 0, 0, 5}}};
  Step step;
  step.value = Truth::kUnknown;
  step.rows = {row};
  made.value("xu-dazhe", "technocrat").steps = {step};
  made.value("wu", "technocrat").steps = {step};
  made.value("wu", "technocrat").steps[0].rows.clear();
  return made;
}

TEST_CASE("the queries of docs/runs.md run and find something") {
  const TemporaryFolder folder;
  const Run run = make_study().written(folder);
  const std::string text = page();
  const std::string open = "```sql\n";
  int queries = 0;
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    at += open.size();
    const std::string sql = text.substr(at, text.find("```", at) - at);
    CAPTURE(sql);
    CHECK_FALSE(run.query(sql).rows.empty());
    ++queries;
  }
  CHECK(queries >= 5);
}

/// The part of the page under a heading that is `name`, or the line of a table about it.
std::string about(const std::string& text, const std::string& name) {
  const std::size_t heading = text.find("### " + name + "\n");
  if (heading != std::string::npos) {
    return text.substr(heading, text.find("\n##", heading + 1) - heading);
  }
  const std::size_t line = text.find("| " + name + " | ");
  if (line != std::string::npos) return text.substr(line, text.find('\n', line) - line);
  const std::size_t described = text.find("`" + name + "` describes");
  return described == std::string::npos ? "" : text.substr(described, 600);
}

bool has_word(const std::string& text, const std::string& word) {
  std::string words = text;
  std::replace_if(
      words.begin(), words.end(),
      [](char c) { return !(c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); }, ' ');
  std::istringstream in(words);
  for (std::string one; in >> one;) {
    if (one == word) return true;
  }
  return false;
}

TEST_CASE("docs/runs.md describes every column of every table and view that cadre makes") {
  const TemporaryFolder folder;
  const Run run = HandMade().written(folder);
  const std::string text = page();
  const Result tables = run.query(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') "
      "AND name NOT IN ('people', 'education', 'career', 'posts')");
  CHECK(tables.rows.size() == 21);
  for (const auto& row : tables.rows) {
    const std::string table = cell_text(row[0]);
    CAPTURE(table);
    const std::string description = about(text, table);
    for (const std::string& column : run.query("SELECT * FROM " + table + " LIMIT 0").columns) {
      CAPTURE(column);
      CHECK(has_word(description, column));
    }
  }
}

}  // namespace
}  // namespace cadre
