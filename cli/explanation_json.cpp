#include "cli/explanation_json.hpp"

#include "cadre/base/json.hpp"

namespace cadre::cli {
namespace {

template <typename Items, typename Convert>
Json array_of(const Items& items, Convert convert) {
  Json array = Json::array();
  for (const auto& item : items) array.push_back(convert(item));
  return array;
}

void add_text(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

void add_place(Json& object, const RulePlace& place) {
  if (place.file.empty()) return;
  object["file"] = place.file;
  object["line"] = place.line;
}

Json words_json(const ExplainedWords& words, const std::string& text) {
  Json json;
  json["begin"] = words.begin;
  json["end"] = words.end;
  json["words"] = text.substr(words.begin, words.end - words.begin);
  add_text(json, "lexicon", words.lexicon);
  add_text(json, "category", words.category);
  add_text(json, "term", words.term);
  add_place(json, words.place);
  return json;
}

Json cell_json(const ExplainedCell& cell) {
  Json json;
  json["column"] = cell.column;
  json["text"] = cell.text;
  if (!cell.words.empty()) {
    json["words"] = array_of(
        cell.words, [&](const ExplainedWords& words) { return words_json(words, cell.text); });
  }
  return json;
}

Json row_json(const ExplainedRow& row) {
  Json json;
  json["table"] = row.table;
  json["row"] = row.id;
  json["met"] = name(row.met);
  if (row.years) json["years"] = *row.years;
  if (!row.lacks.empty()) json["lacks"] = row.lacks;
  json["cells"] = array_of(row.cells, cell_json);
  return json;
}

Json step_json(const ExplainedStep& step) {
  Json json;
  json["depth"] = step.depth;
  json["value"] = name(step.value);
  add_text(json, "path", step.path);
  add_text(json, "text", step.text);
  add_text(json, "measured", step.measured);
  add_text(json, "label", step.refers_to);
  add_place(json, step.place);
  if (!step.rows.empty()) json["rows"] = array_of(step.rows, row_json);
  return json;
}

Json label_json(const ExplainedLabel& label) {
  Json json;
  json["label"] = label.name;
  add_text(json, "title", label.title);
  json["value"] = name(label.value);
  if (label.closed) json["closed"] = true;
  add_text(json, "category", label.category);
  add_text(json, "group", label.group);
  if (label.number) json["number"] = *label.number;
  if (label.number_high) json["number_high"] = *label.number_high;
  add_text(json, "date", label.date);
  add_place(json, label.place);
  json["steps"] = array_of(label.steps, step_json);
  return json;
}

Json person_json(const PersonSummary& person) {
  Json json;
  json["id"] = person.id;
  for (const PersonName& one : person.names) {
    json[one.language.empty() ? "name" : "name_" + one.language] = one.text;
  }
  add_text(json, "birth", person.birth);
  json["posts"] = array_of(person.posts, [](const PostSummary& post) {
    Json one;
    one["id"] = post.id;
    if (!post.unit_column.empty()) one[post.unit_column] = post.unit;
    if (!post.office_column.empty()) one[post.office_column] = post.office;
    add_text(one, "start", post.start);
    add_text(one, "end", post.end);
    return one;
  });
  return json;
}

}  // namespace

std::string render_explanation_json(const PersonSummary& person,
                                    const std::vector<ExplainedLabel>& labels) {
  Json json;
  json["person"] = person_json(person);
  json["labels"] = array_of(labels, label_json);
  return json.indented() + "\n";
}

}  // namespace cadre::cli
