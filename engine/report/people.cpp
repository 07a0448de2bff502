#include "cadre/report/people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include "cadre/analyse/cells.hpp"
#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/rules/cell_json.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/run/sqlite.hpp"

namespace cadre {
namespace {

/// true, false and unknown as one letter each.
char letter_of(const Cell& value) {
  const Truth truth = truth_of(value);
  return truth == Truth::kTrue ? 't' : truth == Truth::kFalse ? 'f' : 'u';
}

/// Texts that are referred to by number, each kept once.
class Texts {
 public:
  std::size_t add(const std::string& text) {
    const auto [at, is_new] = numbers_.emplace(text, list_.size());
    if (is_new) list_.push_back(text);
    return at->second;
  }
  const Json& list() const { return list_; }

 private:
  std::map<std::string, std::size_t> numbers_;
  Json list_ = Json::array();
};

// The steps of labels and the terms of lexicons, numbered in the order of these queries.
constexpr const char* kSteps =
    "SELECT DISTINCT label, step, depth, path, text, refers_to, rule_file, rule_line FROM evidence "
    "ORDER BY label, step, depth, path, text, refers_to, rule_file, rule_line";
constexpr const char* kTerms =
    "SELECT DISTINCT lexicon, category, term, rule_file, rule_line FROM evidence_words "
    "WHERE lexicon IS NOT NULL ORDER BY lexicon, category, term, rule_file, rule_line";

using Numbers = std::map<std::vector<Cell>, std::size_t>;

Numbers numbers_of(const Result& result) {
  Numbers numbers;
  for (const auto& row : result.rows) numbers.emplace(row, numbers.size());
  return numbers;
}

Json rows_of(const Result& result) {
  Json rows = Json::array();
  for (const auto& row : result.rows) {
    Json& cells = rows.push_back(Json::array());
    for (const Cell& cell : row) cells.push_back(json_of(cell));
  }
  return rows;
}

/// The columns of a table that the page shows: all but id and person.
std::vector<std::string> shown_columns(const Run& run, const std::string& table) {
  std::vector<std::string> columns;
  const Result result = run.query(
      "SELECT \"column\" FROM columns WHERE \"table\" = ?1 AND \"column\" NOT IN ('id', 'person') "
      "ORDER BY position",
      {table});
  for (const auto& row : result.rows) columns.push_back(text_of(row[0]));
  return columns;
}

// ------------------------------------------------------------------------------------- the index

Json names_of(const Run& run) {
  Json names = Json::array();
  const Result columns = run.query(
      "SELECT \"column\", language FROM columns "
      "WHERE \"table\" = 'people' AND logical = 'name' ORDER BY position");
  for (const auto& column : columns.rows) {
    Json values = Json::array();
    const Result result =
        run.query("SELECT " + sqlite::quoted(text_of(column[0])) + " FROM people ORDER BY id");
    for (const auto& row : result.rows) values.push_back(text_of(row[0]));
    names.push_back({{"language", text_of(column[1])}, {"values", std::move(values)}});
  }
  return names;
}

/// One label of all people: a text with a letter for each, and where there is more than truth, the
/// values.
Json label_column(const Run& run, const std::string& label, const std::string& kind) {
  const Result result = run.query(
      "SELECT l.value, l.number, l.number_high, l.category, l.\"group\", l.date "
      "FROM people p LEFT JOIN labels l ON l.person = p.id AND l.label = ?1 ORDER BY p.id",
      {label});
  Json column;
  std::string truth;
  Texts categories;
  Json values = Json::array();
  Json high = Json::array();
  bool any_high = false;
  for (const auto& row : result.rows) {
    truth += letter_of(row[0]);
    if (kind == "number") {
      values.push_back(json_of(row[1]));
      high.push_back(number_of(row[2]) ? Json(text_of(row[2])) : Json());
      any_high = any_high || number_of(row[2]);
    } else if (kind == "category") {
      const std::string path = text_of(row[3]);
      values.push_back(
          path.empty() ? -1 : static_cast<int>(categories.add(path + "\t" + text_of(row[4]))));
    } else if (kind == "date") {
      values.push_back(json_of(row[5]));
    }
  }
  column["truth"] = truth;
  if (kind != "plain") column["values"] = std::move(values);
  if (kind == "category") column["categories"] = categories.list();
  if (any_high) column["high"] = std::move(high);
  return column;
}

/// Rows of a query whose first column is a person, as lists of columns.
Json columns_by_person(const Run& run, const std::string& sql,
                       const std::map<std::string, std::size_t>& places) {
  const Result result = run.query(sql);
  Json out;
  for (const std::string& name : result.columns) out[name] = Json::array();
  for (const auto& row : result.rows) {
    const auto place = places.find(text_of(row[0]));
    if (place == places.end()) continue;
    out[result.columns[0]].push_back(place->second);
    for (std::size_t i = 1; i < row.size(); ++i) out[result.columns[i]].push_back(json_of(row[i]));
  }
  return out;
}

// ---------------------------------------------------------------------------------- the packets

/// How many UTF-16 units the first `bytes` of a UTF-8 text are.
std::size_t units_before(std::string_view text, std::size_t bytes) {
  std::size_t units = 0;
  for (const char c : text.substr(0, bytes)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

/// The packet of the people whose ids lie between two.
class Packet {
 public:
  Packet(const Run& run, const Numbers& steps, const Numbers& terms)
      : run_(run), steps_(steps), terms_(terms) {
    for (const Cell& label : column("SELECT label FROM label_definitions ORDER BY position")) {
      labels_.emplace(text_of(label), labels_.size());
    }
    const SchemaPointer schema = schema_of(run);
    for (const SchemaTable& table : schema->tables) {
      tables_.emplace_back(stored_name(table));
      columns_.push_back(shown_columns(run, tables_.back()));
    }
  }

  std::string read(const std::string& first, const std::string& last) {
    bounds_ = {first, last};
    texts_ = Texts();
    people_ = Json::object();
    places_.clear();
    for (std::size_t table = 0; table < tables_.size(); ++table) read_table(table);
    read_labels();
    read_rows();
    read_words();
    Json packet = {{"texts", texts_.list()}, {"people", std::move(people_)}};
    return packet.compact();
  }

 private:
  std::vector<Cell> column(const std::string& sql) const {
    std::vector<Cell> cells;
    for (const auto& row : run_.query(sql).rows) cells.push_back(row[0]);
    return cells;
  }

  [[noreturn]] static void fail() {
    throw Error(Error::Kind::kCorrupt, "",
                "the run is damaged: its evidence does not fit together");
  }

  void read_table(std::size_t table) {
    const std::string& name = tables_[table];
    const bool is_people = name == "people";
    std::string sql = is_people ? "SELECT id, id" : "SELECT person, id";
    for (const std::string& shown : columns_[table]) sql += ", " + sqlite::quoted(shown);
    sql += " FROM " + sqlite::quoted(name) + (is_people ? " WHERE id" : " WHERE person");
    sql += " BETWEEN ?1 AND ?2 ORDER BY 1, rowid";
    for (const auto& row : run_.query(sql, bounds_).rows) {
      Json& person = people_[text_of(row[0])];
      Json& rows = person["rows"][name];
      if (rows.is_null()) rows = Json::array();
      places_[{table, text_of(row[1])}] = rows.size();
      Json cells = Json::array({text_of(row[1])});
      std::vector<std::string> kept;
      for (std::size_t i = 2; i < row.size(); ++i) {
        kept.push_back(text_of(row[i]));
        cells.push_back(texts_.add(kept.back()));
      }
      cells_[{table, text_of(row[1])}] = std::move(kept);
      rows.push_back(std::move(cells));
    }
  }

  void read_labels() {
    const Result result = run_.query(
        "SELECT person, label, step, depth, path, text, refers_to, rule_file, rule_line, value, "
        "measured FROM evidence WHERE person BETWEEN ?1 AND ?2 ORDER BY person, label, step",
        bounds_);
    for (const auto& row : result.rows) {
      const auto number = steps_.find({row.begin() + 1, row.begin() + 9});
      const auto label = labels_.find(text_of(row[1]));
      if (number == steps_.end() || label == labels_.end()) fail();
      Json& steps = people_[text_of(row[0])]["labels"][text_of(row[1])];
      const std::string measured = text_of(row[10]);
      Json step = Json::array({number->second, std::string(1, letter_of(row[9]))});
      step.push_back(measured.empty() ? Json() : Json(texts_.add(measured)));
      step.push_back(Json::array());
      steps.push_back(std::move(step));
    }
  }

  Json& step_of(const std::vector<Cell>& row) {
    Json& labels = people_[text_of(row[0])]["labels"];
    const std::string label = text_of(row[1]);
    const auto step = static_cast<std::size_t>(whole_of(row[2]));
    if (!labels.contains(label) || step >= labels[label].size()) fail();
    return labels[label][step];
  }

  void read_rows() {
    const Result result = run_.query(
        "SELECT person, label, step, position, \"table\", row, met, years, lacks "
        "FROM evidence_rows WHERE person BETWEEN ?1 AND ?2 "
        "ORDER BY person, label, step, position",
        bounds_);
    for (const auto& row : result.rows) {
      const auto table = static_cast<std::size_t>(
          std::find(tables_.begin(), tables_.end(), text_of(row[4])) - tables_.begin());
      const auto place = places_.find({table, text_of(row[5])});
      if (place == places_.end()) fail();
      const std::string lacks = text_of(row[8]);
      Json one = Json::array({table, place->second, std::string(1, letter_of(row[6]))});
      one.push_back(json_of(row[7]));
      one.push_back(lacks.empty() ? Json() : Json(texts_.add(lacks)));
      one.push_back(Json::array());
      step_of(row)[3].push_back(std::move(one));
      row_ids_[{text_of(row[0]), text_of(row[1]), whole_of(row[2]), whole_of(row[3])}] = {
          table, text_of(row[5])};
    }
  }

  void read_words() {
    const Result result = run_.query(
        "SELECT person, label, step, position, \"column\", begin, end, lexicon, category, term, "
        "rule_file, rule_line FROM evidence_words WHERE person BETWEEN ?1 AND ?2 "
        "ORDER BY person, label, step, position, \"column\", begin, end, word",
        bounds_);
    for (const auto& row : result.rows) {
      const auto id =
          row_ids_.find({text_of(row[0]), text_of(row[1]), whole_of(row[2]), whole_of(row[3])});
      if (id == row_ids_.end()) fail();
      const std::vector<std::string>& names = columns_[id->second.first];
      const auto column = static_cast<std::size_t>(
          std::find(names.begin(), names.end(), text_of(row[4])) - names.begin());
      const auto position = static_cast<std::size_t>(whole_of(row[3]));
      Json& rows = step_of(row)[3];
      if (column == names.size() || position >= rows.size()) fail();
      const std::string& text = cells_[id->second][column];
      const auto begin = static_cast<std::size_t>(whole_of(row[5]));
      const auto end = static_cast<std::size_t>(whole_of(row[6]));
      if (begin > end || end > text.size()) fail();
      Json& words = rows[position][5];
      words.push_back(column);
      words.push_back(units_before(text, begin));
      words.push_back(units_before(text, end));
      const auto term = terms_.find({row.begin() + 7, row.begin() + 12});
      words.push_back(term == terms_.end() ? -1 : static_cast<std::int64_t>(term->second));
    }
    row_ids_.clear();
    cells_.clear();
  }

  using RowId = std::pair<std::size_t, std::string>;  // table, id

  const Run& run_;
  const Numbers& steps_;
  const Numbers& terms_;
  std::map<std::string, std::size_t> labels_;
  std::vector<std::string> tables_;
  std::vector<std::vector<std::string>> columns_;  // parallel to tables_

  std::vector<std::string> bounds_;
  Texts texts_;
  Json people_;
  std::map<RowId, std::size_t> places_;  // among the person's rows
  std::map<RowId, std::vector<std::string>> cells_;
  std::map<std::tuple<std::string, std::string, std::int64_t, std::int64_t>, RowId> row_ids_;
};

}  // namespace

namespace {

/// The spells in offices of all tables that have such.
std::string posts_query(const DeclaredSchema& schema) {
  std::string rows;
  const auto column = [](const std::string& name) {
    return name.empty() ? std::string("NULL") : sqlite::quoted(name);
  };
  for (const SchemaTable& table : schema.tables) {
    if (!table.offices) continue;
    if (!rows.empty()) rows += " UNION ALL ";
    rows += fmt::format(
        "SELECT person, {} AS unit, {} AS office, {} AS start, {} AS \"end\", start_first, "
        "end_first, "
        "id FROM {}",
        column(table.offices->unit), column(table.offices->office),
        sqlite::quoted(table.span->start), sqlite::quoted(table.span->end),
        sqlite::quoted(table.name));
  }
  if (rows.empty()) {
    rows =
        "SELECT id AS person, NULL AS unit, NULL AS office, NULL AS start, NULL AS \"end\", NULL "
        "AS "
        "start_first, NULL AS end_first, id FROM people WHERE 0";
  }
  return "SELECT person, unit, office, start, \"end\" FROM (" + rows +
         ") ORDER BY person, start_first, end_first, id";
}

/// Who held an office in which era. Not from the views of tenures by era, which have no column
/// `certain` in runs of format 2.
std::string eras_query(const DeclaredSchema& schema) {
  std::string rows;
  for (const SchemaTable& table : schema.tables) {
    if (!table.offices) continue;
    if (!rows.empty()) rows += " UNION ";
    rows += fmt::format(
        "SELECT person, scheme || '/' || e.id AS era FROM {} JOIN eras e "
        "ON start_last < counted_to AND end_first > from_date",
        sqlite::quoted(table.offices->tenures));
  }
  if (rows.empty()) rows = "SELECT id AS person, '' AS era FROM people WHERE 0";
  return "SELECT DISTINCT person, era FROM (" + rows + ") ORDER BY person, era";
}

}  // namespace

std::vector<std::string> list_people(const Run& run) {
  std::vector<std::string> people;
  for (const auto& row : run.query("SELECT id FROM people ORDER BY id").rows) {
    people.push_back(text_of(row[0]));
  }
  return people;
}

std::map<std::string, std::size_t> places_of(const std::vector<std::string>& people) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < people.size(); ++i) places.emplace(people[i], i);
  return places;
}

Json people_index(const Run& run, const std::vector<std::string>& people) {
  const auto places = places_of(people);
  Json index;
  index["ids"] = people;
  index["packet"] = kPeoplePerPacket;
  index["names"] = names_of(run);
  Json& birth = index["birth"] = Json::array();
  const SchemaPointer schema = schema_of(run);
  const bool has_birth = schema->table(Table::kPerson).find("birth") != nullptr;
  for (const auto& row :
       run.query(fmt::format("SELECT {} FROM people ORDER BY id", has_birth ? "birth" : "''"))
           .rows) {
    birth.push_back(text_of(row[0]));
  }
  Json& labels = index["labels"] = Json::object();
  for (const auto& row :
       run.query("SELECT label, kind FROM label_definitions ORDER BY position").rows) {
    labels[text_of(row[0])] = label_column(run, text_of(row[0]), text_of(row[1]));
  }
  index["posts"] = columns_by_person(run, posts_query(*schema), places);
  index["eras"] = columns_by_person(run, eras_query(*schema), places);
  index["steps"] = rows_of(run.query(kSteps));
  index["terms"] = rows_of(run.query(kTerms));
  return index;
}

std::vector<PageData> people_packets(const Run& run, const std::vector<std::string>& people) {
  const Numbers steps = numbers_of(run.query(kSteps));
  const Numbers terms = numbers_of(run.query(kTerms));
  Packet packet(run, steps, terms);
  std::vector<PageData> packets;
  for (std::size_t at = 0; at < people.size(); at += kPeoplePerPacket) {
    const std::size_t last = std::min(at + kPeoplePerPacket, people.size()) - 1;
    packets.push_back(
        {fmt::format("packet-{}", packets.size()), packet.read(people[at], people[last])});
  }
  return packets;
}

}  // namespace cadre
