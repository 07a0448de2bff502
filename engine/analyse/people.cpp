#include "cadre/analyse/people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "cadre/analyse/cells.hpp"
#include "cadre/base/diagnostic.hpp"
#include "cadre/run/restore.hpp"
#include "cadre/run/sqlite.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// The columns of people that hold a name, with their languages.
std::vector<std::pair<std::string, std::string>> name_columns(const AskDataset& ask) {
  std::vector<std::pair<std::string, std::string>> columns;
  const Result result =
      ask("SELECT \"column\", language FROM columns "
          "WHERE \"table\" = 'people' AND logical = 'name' ORDER BY position",
          {});
  for (const auto& row : result.rows) columns.emplace_back(text_of(row[0]), text_of(row[1]));
  return columns;
}

/// As unit_name_column.
std::string name_column_of(const AskDataset& ask, const std::string& units) {
  const Result columns = ask(
      "SELECT \"column\", logical FROM columns WHERE \"table\" = ?1 AND logical IN ('id', 'name') "
      "ORDER BY language IS NOT 'en', position",
      {units});
  std::string name;
  bool has_id = false;
  for (const auto& row : columns.rows) {
    if (text_of(row[1]) == "id") has_id = true;
    if (text_of(row[1]) == "name" && name.empty()) name = text_of(row[0]);
  }
  return has_id ? name : "";
}

void read_posts(const AskDataset& ask, const SchemaTable& table, const std::string& person,
                std::vector<PostSummary>& posts) {
  const Offices& offices = *table.offices;
  const std::string unit = offices.unit.empty() ? "NULL" : sqlite::quoted(offices.unit);
  const std::string office = offices.office.empty() ? "NULL" : sqlite::quoted(offices.office);
  std::string unit_name = unit;
  const SchemaColumn* column = table.find(offices.unit);
  if (column != nullptr && !column->units.empty()) {
    const std::string names = name_column_of(ask, column->units);
    if (!names.empty()) {
      unit_name = fmt::format("coalesce((SELECT {} FROM {} v WHERE v.id = p.{}), {})",
                              sqlite::quoted(names), sqlite::quoted(column->units), unit, unit);
    }
  }
  const Result result =
      ask(fmt::format("SELECT id, {}, {}, {}, {}, {} FROM {} p WHERE person = ?1 "
                      "ORDER BY start_first, end_first, id",
                      unit, unit_name, office, sqlite::quoted(table.span->start),
                      sqlite::quoted(table.span->end), sqlite::quoted(table.name)),
          {person});
  for (const auto& row : result.rows) {
    posts.push_back({text_of(row[0]), text_of(row[1]), text_of(row[2]), text_of(row[3]),
                     text_of(row[4]), text_of(row[5]), offices.unit, offices.office});
  }
}

AskDataset asking(const Run& run) {
  return [&run](const std::string& sql, const std::vector<std::string>& arguments) {
    return run.query(sql, arguments);
  };
}

/// A name or id as it is compared: folded, without what may stand between its parts.
std::string comparable(std::string_view text) {
  static const std::set<std::string> kBetween = {" ", "'", ".", "·", "’"};
  const std::string folded = fold(text);
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t next = at + 1;
    while (next < folded.size() && continues_character(folded[next])) ++next;
    const std::string character = folded.substr(at, next - at);
    if (!kBetween.contains(character)) out += character;
    at = next;
  }
  return out;
}

struct Known {
  std::string id;
  std::vector<std::string> forms;  // the id and the names, comparable
};

std::vector<Known> everybody(const Run& run) {
  std::string columns;
  for (const auto& [column, language] : name_columns(asking(run)))
    columns += ", " + sqlite::quoted(column);
  std::vector<Known> people;
  const Result result = run.query("SELECT id" + columns + " FROM people ORDER BY rowid");
  for (const auto& row : result.rows) {
    Known known{text_of(row[0]), {}};
    for (const Cell& cell : row) {
      std::string form = comparable(text_of(cell));
      if (!form.empty()) known.forms.push_back(std::move(form));
    }
    people.push_back(std::move(known));
  }
  return people;
}

}  // namespace

std::string unit_name_column(const Run& run, const std::string& units) {
  return name_column_of(asking(run), units);
}

std::optional<PersonSummary> read_person(const Run& run, const std::string& id) {
  return read_person(asking(run), *schema_of(run), id);
}

std::optional<PersonSummary> read_person(const AskDataset& ask, const DeclaredSchema& schema,
                                         const std::string& id) {
  const auto columns = name_columns(ask);
  const bool has_birth = schema.table(Table::kPerson).find("birth") != nullptr;
  std::string sql = has_birth ? "SELECT birth" : "SELECT NULL";
  for (const auto& [column, language] : columns) sql += ", " + sqlite::quoted(column);
  const Result result = ask(sql + " FROM people WHERE id = ?1", {id});
  if (result.rows.empty()) return std::nullopt;
  const std::vector<Cell>& row = result.rows.front();
  PersonSummary person;
  person.id = id;
  person.birth = text_of(row[0]);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::string text = text_of(row[i + 1]);
    if (!text.empty()) person.names.push_back({columns[i].second, std::move(text)});
  }
  for (const SchemaTable& table : schema.tables) {
    if (table.offices) read_posts(ask, table, id, person.posts);
  }
  return person;
}

FoundPeople find_people(const Run& run, std::string_view text, std::size_t limit) {
  FoundPeople found;
  if (auto person = read_person(run, std::string(text))) {
    found.matches.push_back(std::move(*person));
    return found;
  }
  const std::string wanted = comparable(text);
  if (wanted.empty()) return found;
  const std::vector<Known> people = everybody(run);

  const auto read_those = [&](std::vector<PersonSummary>& out, const auto& meets) {
    for (const Known& known : people) {
      if (out.size() == limit) return;
      if (!std::any_of(known.forms.begin(), known.forms.end(), meets)) continue;
      if (auto person = read_person(run, known.id)) out.push_back(std::move(*person));
    }
  };
  read_those(found.matches, [&](const std::string& form) { return form == wanted; });
  if (!found.matches.empty()) return found;
  read_those(found.matches,
             [&](const std::string& form) { return form.find(wanted) != std::string::npos; });
  if (!found.matches.empty()) return found;

  std::vector<std::string> forms;
  for (const Known& known : people) {
    forms.insert(forms.end(), known.forms.begin(), known.forms.end());
  }
  const std::string nearest = nearest_name(wanted, forms);
  if (!nearest.empty()) {
    read_those(found.near, [&](const std::string& form) { return form == nearest; });
  }
  return found;
}

}  // namespace cadre
