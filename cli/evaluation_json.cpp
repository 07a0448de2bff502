
#include "cadre/base/json.hpp"
#include "cadre/run/run.hpp"
#include "cli/evaluation_report.hpp"

namespace cadre::cli {
namespace {

Json number(std::optional<double> value) {
  return value ? Json(*value) : Json();
}

Json kappa_json(const std::optional<Kappa>& kappa) {
  if (!kappa) return {};
  Json json;
  json["value"] = kappa->value;
  json["standard_error"] = kappa->standard_error;
  json["low"] = kappa->low;
  json["high"] = kappa->high;
  return json;
}

Json reasons_json(const std::vector<Reason>& reasons) {
  Json array = Json::array();
  for (const Reason& reason : reasons) {
    Json one;
    one["label"] = reason.label;
    if (!reason.text.empty()) one["text"] = reason.text;
    if (!reason.measured.empty()) one["measured"] = reason.measured;
    one["file"] = reason.place.file;
    one["line"] = reason.place.line;
    one["rows"] = Json::array();
    for (const ExplainedRow& row : reason.rows) {
      Json shown;
      shown["row"] = row.id;
      shown["met"] = name(row.met);
      if (!row.lacks.empty()) shown["lacks"] = row.lacks;
      Json words = Json::array();
      for (const ExplainedCell& cell : row.cells) {
        for (const ExplainedWords& word : cell.words) {
          Json found;
          found["column"] = cell.column;
          found["words"] = cell.text.substr(word.begin, word.end - word.begin);
          if (!word.lexicon.empty()) {
            found["category"] = word.lexicon + (word.category.empty() ? "" : "/" + word.category);
            found["term"] = word.term;
          }
          words.push_back(std::move(found));
        }
      }
      shown["words"] = std::move(words);
      one["rows"].push_back(std::move(shown));
    }
    if (reason.more_rows > 0) one["more_rows"] = reason.more_rows;
    array.push_back(std::move(one));
  }
  return array;
}

Json disagreement_json(const Disagreement& disagreement) {
  const PersonAgreement& comparison = disagreement.comparison;
  Json json;
  json["person"] = comparison.person;
  json["run"] = comparison.run;
  json["coding"] = comparison.coding.empty() ? Json() : Json(comparison.coding);
  json["coders"] = Json::array();
  for (const CoderVerdict& verdict : comparison.coders) {
    Json one;
    one["coder"] = verdict.coder;
    one["value"] = verdict.value;
    if (!verdict.confidence.empty()) one["confidence"] = verdict.confidence;
    if (!verdict.note.empty()) one["note"] = verdict.note;
    json["coders"].push_back(std::move(one));
  }
  json["reasons"] = reasons_json(disagreement.run);
  if (!disagreement.other.empty()) json["coding_reasons"] = reasons_json(disagreement.other);
  return json;
}

Json label_json(const LabelAgreement& label, const std::vector<Disagreement>& disagreements) {
  Json json;
  json["label"] = label.label;
  if (!label.title.empty()) json["title"] = label.title;
  json["people"] = label.known.total();
  json["agree"] = label.known.agreed();
  if (!label.category) {
    json["precision"] = number(label.retrieval.precision);
    json["recall"] = number(label.retrieval.recall);
    json["f1"] = number(label.retrieval.f1);
  }
  json["kappa"] = kappa_json(label.kappa);
  json["unknown"] = label.table.total() - label.known.total();
  json["split"] = label.count(PersonAgreement::Outcome::kSplit);
  Json& coders = json["coders"];
  coders["number"] = label.agreement.coders;
  coders["people"] = label.agreement.people;
  coders["kappa"] = kappa_json(label.agreement.kappa);
  coders["alpha"] = number(label.agreement.alpha);
  // Rows are the run's values, columns the coding's.
  Json values = label.values;
  values.push_back("unknown");
  json["values"] = std::move(values);
  json["table"] = Json::array();
  for (std::size_t i = 0; i < label.table.size(); ++i) {
    Json row = Json::array();
    for (std::size_t j = 0; j < label.table.size(); ++j) row.push_back(label.table.at(i, j));
    json["table"].push_back(std::move(row));
  }
  json["disagreements"] = Json::array();
  for (const Disagreement& one : disagreements) {
    json["disagreements"].push_back(disagreement_json(one));
  }
  return json;
}

}  // namespace

std::string render_evaluation_json(const EvaluationReport& report) {
  const Evaluation& evaluation = report.evaluation;
  Json json;
  json["rules"] = report.rules;
  json["run"] = report.run;
  json["coding"] = report.coding;
  json["unknown"] = report.unknown_as_false ? "false" : "apart";
  json["people"] = evaluation.people;
  json["coders"] = evaluation.coders;
  json["ignored_people"] = evaluation.ignored_people;
  json["ignored_labels"] = evaluation.ignored_labels;
  json["labels"] = Json::array();
  for (std::size_t i = 0; i < evaluation.labels.size(); ++i) {
    json["labels"].push_back(label_json(evaluation.labels[i], report.disagreements[i]));
  }
  return json.indented() + "\n";
}

}  // namespace cadre::cli
