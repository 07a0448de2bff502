#include "cadre/report/report.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "cadre/analyse/cells.hpp"
#include "cadre/analyse/figure_people.hpp"
#include "cadre/analyse/figures.hpp"
#include "cadre/analyse/people.hpp"
#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/base/sha256.hpp"
#include "cadre/report/changes.hpp"
#include "cadre/report/chart.hpp"
#include "cadre/report/definitions.hpp"
#include "cadre/report/objects.hpp"
#include "cadre/report/page.hpp"
#include "cadre/report/people.hpp"
#include "cadre/report/restored.hpp"
#include "cadre/report/sweep.hpp"
#include "cadre/report/unknowns.hpp"
#include "cadre/report/vega_lite.hpp"
#include "cadre/rules/cell_json.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/run/sqlite.hpp"

namespace cadre {
namespace {

Json cells_json(const std::vector<Cell>& cells) {
  Json out = Json::array();
  for (const Cell& cell : cells) out.push_back(json_of(cell));
  return out;
}

Json objects(const Run& run, const std::string& sql) {
  return objects_of(run.query(sql));
}

Json sentence_json(const Sentence& sentence) {
  Json out = {{"text", sentence.text}};
  if (!sentence.label.empty()) out["label"] = sentence.label;
  if (!sentence.lists.empty()) out["lists"] = sentence.lists;
  for (const Sentence& part : sentence.parts) out["parts"].push_back(sentence_json(part));
  return out;
}

// ---------------------------------------------------------------------------- rules

Json labels_of(const Run& run, const Rules& rules) {
  Json labels = objects(run,
                        "SELECT label AS name, title, note, kind, lexicon, rule_file AS file, "
                        "rule_line AS line, "
                        "(SELECT count(*) FROM labels l WHERE l.label = d.label AND value = 'true')"
                        " AS yes, "
                        "(SELECT count(*) FROM labels l WHERE l.label = d.label AND value = "
                        "'false') AS no, "
                        "(SELECT count(*) FROM labels l WHERE l.label = d.label AND value = "
                        "'unknown') AS unknown "
                        "FROM label_definitions d ORDER BY position");
  for (Json& label : labels) {
    if (!label["name"].is_string()) {
      throw Error(Error::Kind::kCorrupt, "", "the run is damaged: one of its labels has no name");
    }
    const auto index = rules.find_label(label["name"].string());
    if (index) label["definition"] = sentence_json(define(rules, rules.labels[*index]));
  }
  return labels;
}

/// "not near (before, at most 6 between) ".
std::string words_of(const ContextWindow& window) {
  static constexpr const char* kSides[] = {"on either side", "before", "after"};
  std::string out = fmt::format("{}near ({}", window.near ? "" : "not ",
                                kSides[static_cast<std::size_t>(window.side)]);
  if (window.within) out += fmt::format(", at most {} between", *window.within);
  return out + ") ";
}

/// The word lists with all their terms.
Json lexicons_of(const Rules& rules) {
  Json lexicons = Json::array();
  for (const Lexicon& lexicon : rules.lexicons) {
    Json categories = Json::array();
    for (const Category& category : lexicon.categories) {
      categories.push_back({{"path", category.path},
                            {"title", category.title},
                            {"group", category.group},
                            {"terms", Json::object()}});
    }
    for (const Term& term : lexicon.terms) {
      std::string kind = term.kind == Term::Kind::kExcept  ? "except "
                         : term.kind == Term::Kind::kRegex ? "pattern "
                                                           : "";
      if (term.kind == Term::Kind::kContext) kind = words_of(lexicon.contexts[term.context].window);
      categories[term.category]["terms"][kind + term.language].push_back(term.text);
    }
    lexicons.push_back(
        {{"name", lexicon.name}, {"title", lexicon.title}, {"categories", std::move(categories)}});
  }
  return lexicons;
}

// ---------------------------------------------------------------------------- figures

Json published_of(const Figure& figure) {
  if (!figure.published) return nullptr;
  return {{"source", figure.published->source},
          {"note", figure.published->note},
          {"approximate", figure.published->approximate}};
}

/// The number of a person, by whom the page knows them.
std::size_t place_of(const std::map<std::string, std::size_t>& places, const std::string& id) {
  const auto found = places.find(id);
  if (found != places.end()) return found->second;
  throw Error(Error::Kind::kCorrupt, "",
              fmt::format("the run is damaged: it speaks of '{}', who is none of its people", id));
}

Json people_of(const Run& run, const ComputedFigure& computed, const QueryLimits& limits,
               const std::map<std::string, std::size_t>& places) {
  Json people = Json::array();
  for (const auto& row : people_behind(run, computed, limits)) {
    Json cells = Json::array();
    for (const auto& counted : row) {
      if (!counted) {
        cells.push_back(nullptr);
        continue;
      }
      Json list = Json::array();
      for (const std::string& id : *counted) list.push_back(place_of(places, id));
      cells.push_back(std::move(list));
    }
    people.push_back(std::move(cells));
  }
  return people;
}

Json figure_of(const Run& run, const ComputedFigure& computed, const QueryLimits& limits,
               const std::map<std::string, std::size_t>& places) {
  Json out;
  out["figure"] = computed.figure.name;
  out["title"] = computed.figure.title.empty() ? computed.figure.name : computed.figure.title;
  out["note"] = computed.figure.note;
  out["sql"] = computed.figure.sql;
  out["published"] = published_of(computed.figure);
  Json& columns = out["columns"] = Json::array();
  for (const FigureColumn& column : computed.columns) {
    columns.push_back({{"name", column.name},
                       {"key", column.key},
                       {"measured", column.measured},
                       {"published", column.published && !column.key}});
  }
  for (const Share& share : shares_of(computed)) {
    columns[share.column]["share"] =
        Json::array({computed.columns[share.part].name, computed.columns[share.whole].name});
  }
  Json& rows = out["rows"] = Json::array();
  for (const FigureRow& row : computed.rows) {
    const bool only_published = row.side == FigureRow::Side::kPublished;
    rows.push_back({{"only_published", only_published},
                    {"measured", cells_json(row.measured)},
                    {"published", cells_json(row.published)}});
  }
  out["people"] = people_of(run, computed, limits, places);
  const std::optional<Chart> chart = chart_of(computed);
  out["chart"] = chart ? vega_lite(*chart) : Json();
  return out;
}

/// A figure that asks for what this dataset lacks is told as such and takes no other with it.
std::optional<ComputedFigure> computed_or_error(const Run& run, const Figure& figure,
                                                const QueryLimits& limits, std::string& error) {
  try {
    return compute_figure(run, figure, limits);
  } catch (const Error& caught) {
    if (caught.kind() != Error::Kind::kUsage && caught.kind() != Error::Kind::kLimit) throw;
    error = caught.what();
    return std::nullopt;
  }
}

Json figures_of(const Run& run, const QueryLimits& limits,
                const std::map<std::string, std::size_t>& places) {
  Json figures = Json::array();
  std::string error;
  for (const Figure& figure : list_figures(run)) {
    if (const auto computed = computed_or_error(run, figure, limits, error)) {
      figures.push_back(figure_of(run, *computed, limits, places));
    } else {
      figures.push_back({{"figure", figure.name},
                         {"title", figure.title.empty() ? figure.name : figure.title},
                         {"note", figure.note},
                         {"sql", figure.sql},
                         {"published", published_of(figure)},
                         {"columns", Json::array()},
                         {"rows", Json::array()},
                         {"people", Json::array()},
                         {"chart", nullptr},
                         {"error", error}});
    }
  }
  return figures;
}

// ---------------------------------------------------------------------------- unknowns

Json unknowns_of(const Run& run, const std::map<std::string, std::size_t>& places) {
  Json unknowns = Json::array();
  for (const UnknownLabel& label : find_unknowns(run)) {
    Json missing = Json::array();
    for (const Missing& one : label.missing) {
      Json people = Json::array();
      for (const std::string& id : one.people) people.push_back(place_of(places, id));
      missing.push_back({{"what", one.what}, {"people", std::move(people)}});
    }
    unknowns.push_back({{"label", label.label}, {"missing", std::move(missing)}});
  }
  return unknowns;
}

// ---------------------------------------------------------------------------- the schema

Json tables_of(const DeclaredSchema& schema) {
  Json tables = Json::array();
  for (const SchemaTable& table : schema.tables) {
    Json one = {{"name", stored_name(table)}, {"title", table.title}};
    if (table.span) {
      one["start"] = table.span->start;
      one["end"] = table.span->end;
    }
    one["offices"] = table.offices.has_value();
    if (table.offices && !table.offices->unit.empty()) one["unit"] = table.offices->unit;
    if (table.offices && !table.offices->office.empty()) one["office"] = table.offices->office;
    tables.push_back(std::move(one));
  }
  return tables;
}

/// The units of offices with their names, in the order of their tables.
Json units_of(const Run& run, const DeclaredSchema& schema) {
  Json units = Json::array();
  std::set<std::string> told;
  for (const SchemaTable& table : schema.tables) {
    const SchemaColumn* column = table.offices ? table.find(table.offices->unit) : nullptr;
    if (column == nullptr || column->units.empty() || !told.insert(column->units).second) continue;
    const std::string name = unit_name_column(run, column->units);
    if (name.empty()) continue;
    const std::string sql = fmt::format("SELECT id, coalesce({}, id) FROM {} ORDER BY rowid",
                                        sqlite::quoted(name), sqlite::quoted(column->units));
    for (const auto& row : run.query(sql).rows) {
      units.push_back({{"id", text_of(row[0])}, {"name", text_of(row[1])}});
    }
  }
  return units;
}

// ---------------------------------------------------------------------------- all of it

/// What the page shows of a run.
PageContents contents_of(const Run& run, const QueryLimits& limits, const Run* before,
                         const SweepFile* sweep) {
  const Rules rules = restored_rules(run);
  const std::vector<std::string> people = list_people(run);
  const auto places = places_of(people);

  Json about = Json::object();
  for (const auto& row : run.query("SELECT key, value FROM run ORDER BY key").rows) {
    about[text_of(row[0])] = text_of(row[1]);
  }
  about["rules_note"] = rules.note;
  Json study = {{"run", about}};
  study["people"] = people.size();
  study["parameters"] = objects(
      run,
      "SELECT name, value, rule_file AS file, rule_line AS line FROM parameters ORDER BY rowid");
  study["inputs"] = objects(run, "SELECT role, path, bytes, sha256 FROM inputs ORDER BY rowid");
  study["schemes"] = objects(run, "SELECT * FROM era_schemes ORDER BY position");
  study["eras"] = objects(run,
                          "SELECT e.* FROM eras e JOIN era_schemes s USING (scheme) "
                          "ORDER BY s.position, e.position");
  study["columns"] = objects(run,
                             "SELECT \"table\", \"column\", logical, language, kind FROM columns "
                             "WHERE \"column\" NOT IN ('id', 'person') "
                             "ORDER BY \"table\", position");
  const SchemaPointer schema = schema_of(run);
  study["tables"] = tables_of(*schema);
  study["units"] = units_of(run, *schema);
  study["categories"] = objects(
      run, "SELECT lexicon, category, title, \"group\" FROM categories ORDER BY lexicon, position");
  study["labels"] = labels_of(run, rules);
  study["figures"] = figures_of(run, limits, places);
  study["unknowns"] = unknowns_of(run, places);
  PageContents contents;
  if (before != nullptr) {
    ReportedChanges changes = changes_between(*before, run, limits, places);
    study["changes"] = std::move(changes.summary);
    contents.more.push_back(std::move(changes.people));
  }
  if (sweep != nullptr) {
    study["sweep"] = sweep_summary(*sweep);
    contents.more = sweep_packets(*sweep);
  }
  contents.title = about.text_or("rules_title", about.text_or("rules", "cadre"));
  contents.study = study.compact();
  contents.people = people_index(run, people).compact();
  contents.more.push_back({"lexicons", lexicons_of(rules).compact()});
  for (PageData& packet : people_packets(run, people)) contents.more.push_back(std::move(packet));
  return contents;
}

// ---------------------------------------------------------------------------- sweeps

/// Refuses a sweep of other data than the run's, by the hash that sweeps keep.
void check_same_data(const Run& run, const SweepFile& sweep) {
  std::string hashes;
  for (const auto& row :
       run.query("SELECT sha256 FROM inputs WHERE role = 'data' ORDER BY rowid").rows) {
    hashes += text_of(row[0]);
  }
  const Result swept = sweep.query("SELECT value FROM sweep WHERE key = 'data_sha256'");
  if (!swept.rows.empty() && text_of(swept.rows.front()[0]) == sha256(hashes)) return;
  throw Error(Error::Kind::kUsage, "",
              "the sweep was made of other data than the run; sweep the data that the run was "
              "classified from, or make a report of the sweep alone");
}

PageContents contents_of(const SweepFile& sweep) {
  const Json summary = sweep_summary(sweep);
  const Json& about = summary.at("about");
  PageContents contents;
  contents.title = about.text_or("title", about.text_or("sweep", "cadre"));
  contents.study = Json({{"run", about}, {"sweep", summary}}).compact();
  contents.people = "{}";
  contents.more = sweep_packets(sweep);
  return contents;
}

}  // namespace

std::string render_report(const Run& run, const QueryLimits& figures) {
  return fill_page(contents_of(run, figures, nullptr, nullptr));
}

std::string render_report(const Run& before, const Run& after, const QueryLimits& figures) {
  return fill_page(contents_of(after, figures, &before, nullptr));
}

std::string render_report(const SweepFile& sweep) {
  return fill_page(contents_of(sweep));
}

std::string render_report(const Run& run, const SweepFile& sweep, const QueryLimits& figures) {
  check_same_data(run, sweep);
  return fill_page(contents_of(run, figures, nullptr, &sweep));
}

}  // namespace cadre
