#include "cadre/analyse/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "cadre/analyse/cells.hpp"
#include "cadre/base/diagnostic.hpp"
#include "cadre/base/error.hpp"
#include "cadre/run/sqlite.hpp"

namespace cadre {
namespace {

RulePlace place_of(const Cell& file, const Cell& line) {
  return {text_of(file), whole_of(line)};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// Reads the labels of one person.
class EvidenceReader {
 public:
  EvidenceReader(const Run& run, std::string person) : run_(run), person_(std::move(person)) {
    const Result result = run_.query(
        "SELECT \"table\", \"column\", logical, language, kind FROM columns "
        "WHERE \"column\" NOT IN ('id', 'person') ORDER BY \"table\", position");
    for (const auto& row : result.rows) {
      columns_[text_of(row[0])].push_back(
          {text_of(row[1]), text_of(row[2]), text_of(row[3]), text_of(row[4]), "", {}});
    }
  }

  ExplainedLabel read(const std::string& name) const {
    const Result result = run_.query(
        "SELECT d.title, d.note, d.kind, d.rule_file, d.rule_line, l.value, l.closed, l.number, "
        "l.number_high, l.category, l.\"group\", l.date "
        "FROM label_definitions d LEFT JOIN labels l ON l.label = d.label AND l.person = ?1 "
        "WHERE d.label = ?2",
        {person_, name});
    if (result.rows.empty()) {
      throw Error(
          Error::Kind::kUsage, "",
          fmt::format("the run has no label '{}'{}", name, did_you_mean(name, list_labels(run_))));
    }
    const std::vector<Cell>& row = result.rows.front();
    ExplainedLabel label;
    label.name = name;
    label.title = text_of(row[0]);
    label.note = text_of(row[1]);
    label.kind = text_of(row[2]);
    label.place = place_of(row[3], row[4]);
    label.value = truth_of(row[5]);
    label.closed = whole_of(row[6]) != 0;
    label.number = number_of(row[7]);
    label.number_high = number_of(row[8]);
    label.category = text_of(row[9]);
    label.group = text_of(row[10]);
    label.date = text_of(row[11]);
    read_steps(label);
    return label;
  }

 private:
  void read_steps(ExplainedLabel& label) const {
    const Result steps = run_.query(
        "SELECT depth, value, path, text, measured, refers_to, rule_file, rule_line FROM evidence "
        "WHERE person = ?1 AND label = ?2 ORDER BY step",
        {person_, label.name});
    if (steps.rows.size() > kMostSteps) too_much(label, fmt::format("{} steps", kMostSteps));
    for (const auto& row : steps.rows) {
      check_depth(label, whole_of(row[0]));
      label.steps.push_back({whole_of(row[0]),
                             truth_of(row[1]),
                             text_of(row[2]),
                             text_of(row[3]),
                             text_of(row[4]),
                             text_of(row[5]),
                             place_of(row[6], row[7]),
                             {}});
    }
    const Result rows = run_.query(
        "SELECT step, \"table\", row, met, years, lacks FROM evidence_rows "
        "WHERE person = ?1 AND label = ?2 ORDER BY step, position",
        {person_, label.name});
    for (const auto& row : rows.rows) {
      ExplainedRow explained{text_of(row[1]),   text_of(row[2]),           truth_of(row[3]),
                             number_of(row[4]), lines_of(text_of(row[5])), {}};
      explained.cells = read_cells(explained.table, explained.id);
      step_of(label, row[0]).rows.push_back(std::move(explained));
    }
    const Result words = run_.query(
        "SELECT step, position, \"column\", begin, end, lexicon, category, term, rule_file, "
        "rule_line "
        "FROM evidence_words WHERE person = ?1 AND label = ?2 "
        "ORDER BY step, position, \"column\", begin, end, word",
        {person_, label.name});
    for (const auto& row : words.rows) add_words(step_of(label, row[0]), row);
  }

  static void check_depth(const ExplainedLabel& label, std::int64_t depth) {
    const bool first = label.steps.empty();
    if (depth > kDeepestStep) too_much(label, fmt::format("{} nested steps", kDeepestStep));
    if (first ? depth != 0 : depth < 1 || depth > label.steps.back().depth + 1) fail();
  }

  [[noreturn]] static void too_much(const ExplainedLabel& label, const std::string& limit) {
    throw Error(Error::Kind::kLimit, "",
                fmt::format("the run keeps more than {} for the label '{}'", limit, label.name));
  }

  static ExplainedStep& step_of(ExplainedLabel& label, const Cell& step) {
    const auto index = static_cast<std::size_t>(whole_of(step));
    if (index >= label.steps.size()) fail();
    return label.steps[index];
  }

  [[noreturn]] static void fail() {
    throw Error(Error::Kind::kCorrupt, "",
                "the run is damaged: its evidence does not fit together");
  }

  static void add_words(ExplainedStep& step, const std::vector<Cell>& row) {
    const auto position = static_cast<std::size_t>(whole_of(row[1]));
    if (position >= step.rows.size()) fail();
    std::vector<ExplainedCell>& cells = step.rows[position].cells;
    const std::string column = text_of(row[2]);
    const auto cell = std::find_if(cells.begin(), cells.end(),
                                   [&](const ExplainedCell& one) { return one.column == column; });
    const auto begin = static_cast<std::size_t>(whole_of(row[3]));
    const auto end = static_cast<std::size_t>(whole_of(row[4]));
    if (cell == cells.end() || begin > end || end > cell->text.size()) fail();
    cell->words.push_back(
        {begin, end, text_of(row[5]), text_of(row[6]), text_of(row[7]), place_of(row[8], row[9])});
  }

  /// The cells of a row of the dataset that are not empty.
  std::vector<ExplainedCell> read_cells(const std::string& table, const std::string& id) const {
    const auto columns = columns_.find(table);
    if (columns == columns_.end()) fail();
    std::vector<ExplainedCell> cells;
    const Result result =
        run_.query("SELECT * FROM " + sqlite::quoted(table) + " WHERE id = ?1", {id});
    if (result.rows.empty()) return cells;
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < result.columns.size(); ++i) places.emplace(result.columns[i], i);
    for (const ExplainedCell& column : columns->second) {
      const auto at = places.find(column.column);
      if (at == places.end()) continue;
      ExplainedCell cell = column;
      cell.text = text_of(result.rows.front()[at->second]);
      if (!cell.text.empty()) cells.push_back(std::move(cell));
    }
    return cells;
  }

  const Run& run_;
  std::string person_;
  std::map<std::string, std::vector<ExplainedCell>> columns_;  // by table; cells without text
};

}  // namespace

std::vector<std::string> list_labels(const Run& run) {
  std::vector<std::string> labels;
  const Result result = run.query("SELECT label FROM label_definitions ORDER BY position");
  for (const auto& row : result.rows) labels.push_back(text_of(row[0]));
  return labels;
}

std::vector<ExplainedLabel> explain(const Run& run, const std::string& person,
                                    const std::string& label) {
  if (run.query("SELECT 1 FROM people WHERE id = ?1", {person}).rows.empty()) {
    throw Error(Error::Kind::kUsage, "", fmt::format("the run has no person '{}'", person));
  }
  const EvidenceReader reader(run, person);
  std::vector<ExplainedLabel> labels;
  std::vector<std::string> names = {label};
  std::set<std::string> known = {label};
  for (std::size_t i = 0; i < names.size(); ++i) {
    labels.push_back(reader.read(names[i]));
    for (const ExplainedStep& step : labels.back().steps) {
      if (step.refers_to.empty()) continue;
      if (known.insert(step.refers_to).second) names.push_back(step.refers_to);
    }
  }
  return labels;
}

}  // namespace cadre
