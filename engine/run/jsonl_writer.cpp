#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "cadre/run/rule_places.hpp"
#include "cadre/run/writer.hpp"

namespace cadre {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(Truth value) {
  if (value == Truth::kUnknown) return nullptr;
  return value == Truth::kTrue;
}

/// Adds "file:line" when the place is known.
void add_rule(Json& json, const RulePlaces& places, Range rule) {
  if (const auto line = places.line(rule)) {
    json["rule"] = places.file(rule) + ":" + std::to_string(*line);
  }
}

class PersonWriter {
 public:
  PersonWriter(const RunContents& run, const RulePlaces& places) : run_(run), places_(places) {}

  Json write(const Person& person, const std::vector<LabelValue>& values) const {
    Json json = {{"id", person.id}, {"labels", Json::object()}, {"evidence", Json::object()}};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string& label = run_.rules.labels[i].name;
      json["labels"][label] = value_json(values[i]);
      Json& steps = json["evidence"][label] = Json::array();
      for (const Step& step : values[i].steps) steps.push_back(step_json(person, step));
    }
    return json;
  }

 private:
  Json value_json(const LabelValue& value) const {
    Json json = {{"value", to_json(value.truth)}};
    if (value.closed) json["closed"] = true;
    if (value.category) {
      const Category& category =
          run_.rules.lexicons[value.category->lexicon].categories[value.category->category];
      json["category"] = category.path;
      if (!category.group.empty()) json["group"] = category.group;
    }
    if (value.number) json["number"] = *value.number;
    if (value.number_high) {  // JSON has no infinity: null says that there is no upper bound
      json["number_high"] =
          std::isfinite(*value.number_high) ? Json(*value.number_high) : Json(nullptr);
    }
    if (value.date) json["date"] = value.date->text();
    return json;
  }

  Json step_json(const Person& person, const Step& step) const {
    Json json = {{"depth", step.depth}, {"value", to_json(step.value)}};
    if (!step.path.empty()) json["path"] = step.path;
    if (!step.text.empty()) json["text"] = step.text;
    if (!step.measured.empty()) json["measured"] = step.measured;
    if (step.label) json["refers_to"] = run_.rules.labels[*step.label].name;
    add_rule(json, places_, step.rule);
    for (const RowEvidence& row : step.rows) json["rows"].push_back(row_json(person, row));
    return json;
  }

  Json row_json(const Person& person, const RowEvidence& evidence) const {
    const Row& row = person.rows(evidence.table)[evidence.row];
    Json json = {{"table", evidence.table == Table::kPerson ? "people" : name(evidence.table)},
                 {"id", evidence.table == Table::kPerson ? person.id : row.id},
                 {"met", to_json(evidence.met)}};
    if (evidence.years) json["years"] = *evidence.years;
    if (!evidence.lacks.empty()) json["lacks"] = evidence.lacks;
    for (const Words& words : evidence.words) {
      json["words"].push_back(words_json(evidence.table, row, words));
    }
    return json;
  }

  Json words_json(Table table, const Row& row, const Words& words) const {
    const Match& match = words.match;
    Json json = {{"column", run_.dataset.schema.table(table).columns[words.column].name},
                 {"begin", match.begin},
                 {"end", match.end},
                 {"words", row.cells[words.column].substr(match.begin, match.end - match.begin)}};
    if (match.lexicon != Words::kNoLexicon) {
      const Lexicon& lexicon = run_.rules.lexicons[match.lexicon];
      const Term& term = lexicon.terms[match.term];
      json["category"] = run_.rules.branch_name({match.lexicon, match.category});
      json["term"] = term.text;
      add_rule(json, places_, term.range);
    }
    return json;
  }

  const RunContents& run_;
  const RulePlaces& places_;
};

}  // namespace

void write_run_jsonl(const RunContents& run, std::ostream& out) {
  const RulePlaces places(run.rules);
  const PersonWriter writer(run, places);
  for (std::size_t i = 0; i < run.classifications.size(); ++i) {
    out << writer.write(run.dataset.people[i], run.classifications[i].labels)
               .dump(-1, ' ', false, Json::error_handler_t::replace)
        << '\n';
  }
}

}  // namespace cadre
