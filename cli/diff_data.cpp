// A diff for programs: JSON and CSV.
#include <fmt/format.h>

#include "cadre/base/json.hpp"
#include "cadre/rules/cell_json.hpp"
#include "cli/diff_output.hpp"
#include "cli/diff_words.hpp"
#include "cli/table.hpp"

namespace cadre::cli {
namespace {

Json place_json(const RulePlace& place) {
  if (place.file.empty()) return nullptr;
  Json json;
  json["file"] = place.file;
  if (place.line != 0) json["line"] = place.line;
  return json;
}

Json words_json(const std::vector<ChangedWords>& all) {
  Json list = Json::array();
  for (const ChangedWords& one : all) {
    Json json;
    json["label"] = one.label;
    json["table"] = one.table;
    json["row"] = one.row;
    json["start"] = one.start;
    json["end"] = one.end;
    json["column"] = one.column;
    json["words"] = one.words;
    json["category"] = one.branch;
    json["term"] = one.term;
    json["place"] = place_json(one.place);
    list.push_back(std::move(json));
  }
  return list;
}

Json counts_json(const std::size_t (&counts)[3]) {
  Json json;
  for (const Truth truth : {Truth::kTrue, Truth::kFalse, Truth::kUnknown}) {
    json[std::string(name(truth))] = counts[static_cast<std::size_t>(truth)];
  }
  return json;
}

Json person_json(const ChangedLabel& one) {
  Json json;
  json["person"] = one.person.id;
  json["names"] = Json::object();
  for (const PersonName& name : one.person.names) {
    json["names"][name.language.empty() ? "name" : name.language] = name.text;
  }
  json["before"] = one.before;
  json["after"] = one.after;
  json["causes"] = one.causes;
  json["smallest"] = one.smallest;
  json["all_found"] = one.all_found;
  json["reason_before"] = one.reason_before;
  json["reason_after"] = one.reason_after;
  json["lost"] = words_json(one.lost);
  json["gained"] = words_json(one.gained);
  return json;
}

Json label_json(const LabelDiff& label) {
  Json json;
  json["label"] = label.name;
  json["title"] = label.title;
  json["kind"] = label.kind;
  json["before"] = label.in_before ? counts_json(label.before) : Json(nullptr);
  json["after"] = label.in_after ? counts_json(label.after) : Json(nullptr);
  json["people"] = Json::array();
  for (const ChangedLabel& one : label.people) json["people"].push_back(person_json(one));
  return json;
}

Json row_json(const FigureDiff& figure, const std::vector<Cell>& cells) {
  if (cells.empty()) return nullptr;
  const std::vector<std::string> names = unique_columns(figure.columns);
  Json json = Json::object();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    json[names[i]] = json_of(cells[i]);
  }
  return json;
}

Json figure_json(const FigureDiff& figure) {
  Json json;
  json["figure"] = figure.name;
  json["title"] = figure.title;
  json["in_before"] = figure.in_before;
  json["in_after"] = figure.in_after;
  json["differs"] = figure.differs();
  json["key"] = Json::array();
  for (std::size_t i = 0; i < figure.columns.size(); ++i) {
    if (figure.key[i]) json["key"].push_back(unique_columns(figure.columns)[i]);
  }
  json["rows"] = Json::array();
  for (const FigureDiff::Row& row : figure.rows) {
    Json one;
    one["before"] = row_json(figure, row.before);
    one["after"] = row_json(figure, row.after);
    json["rows"].push_back(std::move(one));
  }
  return json;
}

/// "[机械] field_zh stem_fields/mechanical; ...".
std::string words_text(const std::vector<ChangedWords>& all) {
  std::string text;
  for (const ChangedWords& one : all) {
    if (!text.empty()) text += "; ";
    text += fmt::format("[{}] {} {}", one.words, one.row, one.column);
    if (!one.branch.empty()) text += " " + one.branch;
  }
  return text;
}

std::string cause_text(const Diff& diff, const ChangedLabel& one, bool with_places) {
  std::string text;
  for (const std::vector<std::uint32_t>& set : one.causes) {
    if (!text.empty()) text += " OR ";
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (i > 0) text += " AND ";
      text += with_places ? places(diff.changes[set[i]]) : diff.changes[set[i]].text;
    }
  }
  return text;
}

}  // namespace

std::string render_diff_json(const Diff& diff) {
  Json json;
  json["before"] = diff.name_before;
  json["after"] = diff.name_after;
  json["data"] = diff.data;
  json["people"] = diff.people;
  json["differs"] = diff.differs();
  json["changes"] = Json::array();
  for (const RuleChange& change : diff.changes) {
    Json one;
    one["id"] = json["changes"].size();
    one["kind"] = name(change.kind);
    one["action"] = name(change.action);
    one["text"] = change.text;
    if (!change.language.empty()) one["language"] = change.language;
    one["before"] = place_json(change.before);
    one["after"] = place_json(change.after);
    one["decides_labels"] = change.decides_labels;
    json["changes"].push_back(std::move(one));
  }
  json["labels"] = Json::array();
  for (const LabelDiff& label : diff.labels) json["labels"].push_back(label_json(label));
  json["figures"] = Json::array();
  for (const FigureDiff& figure : diff.figures) json["figures"].push_back(figure_json(figure));
  return json.indented() + "\n";
}

Result diff_table(const Diff& diff) {
  Result table;
  table.columns = {"label", "person",        "name",         "before", "after", "cause",
                   "place", "reason_before", "reason_after", "lost",   "gained"};
  for (const LabelDiff& label : diff.labels) {
    for (const ChangedLabel& one : label.people) {
      table.rows.push_back({label.name, one.person.id, names(one.person), one.before, one.after,
                            cause_text(diff, one, false), cause_text(diff, one, true),
                            one.reason_before, one.reason_after, words_text(one.lost),
                            words_text(one.gained)});
    }
  }
  return table;
}

Result figure_on_both_sides(const FigureDiff& figure) {
  Result table;
  for (std::size_t i = 0; i < figure.columns.size(); ++i) {
    table.columns.push_back(figure.columns[i] + (figure.key[i] ? "" : "_before"));
    if (!figure.key[i]) table.columns.push_back(figure.columns[i] + "_after");
  }
  for (const FigureDiff::Row& row : figure.rows) {
    std::vector<Cell>& cells = table.rows.emplace_back();
    for (std::size_t i = 0; i < figure.columns.size(); ++i) {
      const auto cell = [i](const std::vector<Cell>& side) {
        return side.empty() ? Cell() : side[i];
      };
      if (figure.key[i]) {
        cells.push_back(cell(row.after.empty() ? row.before : row.after));
      } else {
        cells.push_back(cell(row.before));
        cells.push_back(cell(row.after));
      }
    }
  }
  return table;
}

}  // namespace cadre::cli
