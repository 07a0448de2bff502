#include "cadre/run/evidence_tables.hpp"

#include <string>
#include <string_view>

#include "cadre/run/sqlite.hpp"

namespace cadre {
namespace {

const Category& category_of(const Rules& rules, Branch branch) {
  return rules.lexicons[branch.lexicon].categories[branch.category];
}

/// Writes the steps of one label of one person into the three tables.
class EvidenceWriter {
 public:
  EvidenceWriter(sqlite3* database, const RunContents& run, const RulePlaces& places,
                 const std::vector<StoredNames>& names)
      : run_(run),
        places_(places),
        names_(names),
        steps_(database, "evidence", 11),
        rows_(database, "evidence_rows", 9),
        words_(database, "evidence_words", 14) {}

  void write(const Person& person, const std::string& label, const LabelValue& value) {
    for (std::size_t i = 0; i < value.steps.size(); ++i) {
      const Step& step = value.steps[i];
      steps_.row(person.id, label, i, step.depth, name(step.value), step.path, step.text,
                 step.measured, step.label ? run_.rules.labels[*step.label].name : std::string(),
                 places_.file(step.rule), places_.line(step.rule));
      for (std::size_t j = 0; j < step.rows.size(); ++j) {
        write_row(person, label, i, j, step.rows[j]);
      }
    }
  }

 private:
  void write_row(const Person& person, const std::string& label, std::size_t step,
                 std::size_t position, const RowEvidence& evidence) {
    const Row& row = person.rows(evidence.table)[evidence.row];
    std::string lacks;
    for (const std::string& lack : evidence.lacks) {
      if (!lacks.empty()) lacks += '\n';
      lacks += lack;
    }
    rows_.row(person.id, label, step, position, run_.dataset.schema.table(evidence.table).name,
              evidence.table == Table::kPerson ? person.id : row.id, name(evidence.met),
              evidence.years, lacks);

    const StoredNames& columns = names_[static_cast<std::size_t>(evidence.table)];
    for (std::size_t i = 0; i < evidence.words.size(); ++i) {
      const Words& words = evidence.words[i];
      const Match& match = words.match;
      const std::string_view quote =
          std::string_view(row.cells[words.column]).substr(match.begin, match.end - match.begin);
      const bool term_met = match.lexicon != Words::kNoLexicon;
      const Lexicon* lexicon = term_met ? &run_.rules.lexicons[match.lexicon] : nullptr;
      // A word that near asks for is none of the category.
      const bool of_near =
          lexicon != nullptr && lexicon->terms[match.term].kind == Term::Kind::kContext;
      const Range rule = lexicon ? lexicon->terms[match.term].range : Range{};
      words_.row(person.id, label, step, position, i, columns[words.column], match.begin, match.end,
                 quote, lexicon ? lexicon->name : std::string(),
                 lexicon && !of_near ? lexicon->categories[match.category].path : std::string(),
                 lexicon ? lexicon->terms[match.term].text : std::string(), places_.file(rule),
                 places_.line(rule));
    }
  }

  const RunContents& run_;
  const RulePlaces& places_;
  const std::vector<StoredNames>& names_;
  sqlite::Insert steps_;
  sqlite::Insert rows_;
  sqlite::Insert words_;
};

}  // namespace

void write_labels(sqlite3* database, const RunContents& run, const RulePlaces& places) {
  sqlite::Insert definitions(database, "label_definitions", 8);
  for (std::size_t i = 0; i < run.rules.labels.size(); ++i) {
    const Label& label = run.rules.labels[i];
    const auto* category = std::get_if<CategoryOf>(&label.body);
    definitions.row(label.name, label.title, label.note, name(label.kind()),
                    category ? run.rules.lexicons[category->branch.lexicon].name : std::string(),
                    places.file(label.range), places.line(label.range), i);
  }

  sqlite::Insert labels(database, "labels", 9);
  for (std::size_t i = 0; i < run.classifications.size(); ++i) {
    const std::vector<LabelValue>& values = run.classifications[i].labels;
    for (std::size_t j = 0; j < values.size(); ++j) {
      const LabelValue& value = values[j];
      const Category* category =
          value.category ? &category_of(run.rules, *value.category) : nullptr;
      labels.row(run.dataset.people[i].id, run.rules.labels[j].name, name(value.truth),
                 value.number, value.number_high, category ? category->path : std::string(),
                 category ? category->group : std::string(),
                 value.date ? value.date->text() : std::string(), value.closed ? 1 : 0);
    }
  }
}

void write_evidence(sqlite3* database, const RunContents& run, const RulePlaces& places,
                    const std::vector<StoredNames>& names) {
  EvidenceWriter writer(database, run, places, names);
  for (std::size_t i = 0; i < run.classifications.size(); ++i) {
    const std::vector<LabelValue>& values = run.classifications[i].labels;
    for (std::size_t j = 0; j < values.size(); ++j) {
      writer.write(run.dataset.people[i], run.rules.labels[j].name, values[j]);
    }
  }
}

}  // namespace cadre
