#include "cadre/run/build.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "cadre/base/json.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/base/version.hpp"
#include "cadre/run/dataset_tables.hpp"
#include "cadre/run/evidence_tables.hpp"
#include "cadre/run/figure_json.hpp"
#include "cadre/run/rule_places.hpp"
#include "cadre/run/run.hpp"
#include "cadre/run/sqlite.hpp"
#include "cadre/run/tables.hpp"
#include "cadre/run/views.hpp"

namespace cadre {
namespace {

/// What makes the bytes of the file depend on nothing but the rows, and keeps other files away.
void set_up(sqlite3* database) {
  sqlite::execute(database, fmt::format("PRAGMA page_size = 4096;"
                                        "PRAGMA encoding = 'UTF-8';"
                                        "PRAGMA auto_vacuum = NONE;"
                                        "PRAGMA secure_delete = ON;"  // no leftovers in free space
                                        "PRAGMA journal_mode = OFF;"  // written aside: base/files
                                        "PRAGMA synchronous = OFF;"
                                        "PRAGMA foreign_keys = OFF;"
                                        "PRAGMA application_id = {};"
                                        "PRAGMA user_version = {};",
                                        kRunApplicationId, kRunFormat));
}

void write_run(sqlite3* database, const RunContents& run) {
  sqlite::Insert insert(database, "run", 2);
  insert.row("format", std::to_string(kRunFormat));
  insert.row("engine", fmt::format("cadre {}", kVersion));
  insert.row("rules", run.rules.name);
  insert.row("rules_title", run.rules.title);
  insert.row("data", run.dataset.name);
  insert.row("data_title", run.dataset.title);
  insert.row("data_as_of", run.dataset.schema.as_of ? run.dataset.schema.as_of->text() : "");
  insert.row("data_languages", Json(run.dataset.schema.languages).compact());
  const DeclaredSchema& schema = *run.dataset.schema.declared;
  if (&schema != default_schema().get()) insert.row("schema", schema.text);
  for (const auto& [name, value] : run.options) insert.row("option." + name, value);
}

void write_inputs(sqlite3* database, const RunContents& run, const RulePlaces& places) {
  sqlite::Insert insert(database, "inputs", 5);
  for (std::uint32_t file = 0; file < places.paths().size(); ++file) {
    const std::string_view text = run.rules.sources->text(file);
    insert.row("rules", places.paths()[file], text.size(), sha256(text), text);
  }
  for (const InputFile& file : run.dataset.inputs) {
    insert.row("data", file.path, file.bytes, file.sha256, "");
  }
}

void write_parameters(sqlite3* database, const Rules& rules, const RulePlaces& places) {
  sqlite::Insert insert(database, "parameters", 4);
  for (const Parameter& parameter : rules.params) {
    insert.row(parameter.name, parameter.value, places.file(parameter.range),
               places.line(parameter.range));
  }
}

void write_lexicons(sqlite3* database, const Rules& rules, const RulePlaces& places) {
  sqlite::Insert lexicons(database, "lexicons", 5);
  sqlite::Insert categories(database, "categories", 7);
  for (std::size_t i = 0; i < rules.lexicons.size(); ++i) {
    const Lexicon& lexicon = rules.lexicons[i];
    lexicons.row(lexicon.name, lexicon.title, places.file(lexicon.range),
                 places.line(lexicon.range), i);
    for (std::size_t j = 1; j < lexicon.categories.size(); ++j) {  // 0 is the lexicon itself
      const Category& category = lexicon.categories[j];
      categories.row(lexicon.name, category.path, category.title, category.group,
                     places.file(category.range), places.line(category.range), j);
    }
  }
}

std::string text_of(const Period& period) {
  std::string text = "P";
  if (period.years != 0) text += fmt::format("{}Y", period.years);
  if (period.months != 0) text += fmt::format("{}M", period.months);
  if (period.days != 0) text += fmt::format("{}D", period.days);
  return text.size() > 1 ? text : "P0D";
}

/// The first day on which promotions count to the era.
Day opens(const EraScheme& scheme, const Era& era) {
  const bool early = scheme.promotions_count_to_incoming && scheme.transition_opens_before;
  return early ? back(era.from.first(), *scheme.transition_opens_before) : era.from.first();
}

/// The day after the last one that counts.
std::string counted_to(const EraScheme& scheme, const Era& era) {
  if (!scheme.as_of) return era.to ? iso_date(era.to->first()) : "9999-12-31";
  const Day after_as_of = std::min(scheme.as_of->last() + 1, day_of(9999, 12, 31));
  if (era.from.first() >= after_as_of) return "";
  return iso_date(era.to ? std::min(era.to->first(), after_as_of) : after_as_of);
}

void write_eras(sqlite3* database, const Rules& rules) {
  sqlite::Insert schemes(database, "era_schemes", 6);
  sqlite::Insert eras(database, "eras", 11);
  for (std::size_t i = 0; i < rules.eras.size(); ++i) {
    const EraScheme& scheme = rules.eras[i];
    schemes.row(
        scheme.name, scheme.title, scheme.as_of ? iso_date(scheme.as_of->last()) : std::string(),
        scheme.transition_opens_before ? text_of(*scheme.transition_opens_before) : std::string(),
        scheme.promotions_count_to_incoming ? "incoming" : "outgoing", i);
    for (std::size_t j = 0; j < scheme.eras.size(); ++j) {
      const Era& era = scheme.eras[j];
      const bool last = j + 1 == scheme.eras.size();
      eras.row(scheme.name, era.id, era.label, era.leader, era.term, iso_date(era.from.first()),
               era.to ? iso_date(era.to->first()) : std::string(), counted_to(scheme, era),
               iso_date(opens(scheme, era)),
               last ? std::string() : iso_date(opens(scheme, scheme.eras[j + 1])), j);
    }
  }
}

void write_figures(sqlite3* database, const Rules& rules, const RulePlaces& places) {
  sqlite::Insert insert(database, "figures", 10);
  for (std::size_t i = 0; i < rules.figures.size(); ++i) {
    const Figure& figure = rules.figures[i];
    insert.row(figure.name, figure.title, figure.note, figure.sql, key_json(figure),
               figure.chart_json, published_json(figure), places.file(figure.range),
               places.line(figure.range), i);
  }
}

}  // namespace

void build_run(sqlite3* database, const RunContents& run) {
  set_up(database);
  sqlite::execute(database, "BEGIN");
  for (const std::string_view sql : table_definitions()) {
    sqlite::execute(database, std::string(sql));
  }
  const RulePlaces places(run.rules);
  write_run(database, run);
  write_inputs(database, run, places);
  write_parameters(database, run.rules, places);
  write_lexicons(database, run.rules, places);
  write_eras(database, run.rules);
  write_figures(database, run.rules, places);
  const std::vector<StoredNames> names = write_dataset(database, run.dataset);
  write_labels(database, run, places);
  write_evidence(database, run, places, names);
  for (const std::string& sql : view_definitions(run.rules)) sqlite::execute(database, sql);
  sqlite::execute(database, "COMMIT");
}

}  // namespace cadre
