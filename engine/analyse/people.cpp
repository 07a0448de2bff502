#include "cadre/analyse/people.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "cadre/analyse/cells.hpp"
#include "cadre/base/diagnostic.hpp"
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

bool has_province_names(const AskDataset& ask) {
  return !ask("SELECT 1 FROM sqlite_schema WHERE name = 'provinces' "
              "AND sql LIKE '%\"id\"%' AND sql LIKE '%\"name_en\"%'",
              {})
              .rows.empty();
}

std::vector<PostSummary> read_posts(const AskDataset& ask, const std::string& person) {
  const std::string province_name =
      has_province_names(ask)
          ? "coalesce((SELECT name_en FROM provinces v WHERE v.id = p.province), province)"
          : "province";
  std::vector<PostSummary> posts;
  const Result result = ask("SELECT id, province, " + province_name +
                                ", office, start, \"end\" FROM posts p WHERE person = ?1 "
                                "ORDER BY start_first, end_first, id",
                            {person});
  for (const auto& row : result.rows) {
    posts.push_back({text_of(row[0]), text_of(row[1]), text_of(row[2]), text_of(row[3]),
                     text_of(row[4]), text_of(row[5])});
  }
  return posts;
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

std::optional<PersonSummary> read_person(const Run& run, const std::string& id) {
  return read_person(asking(run), id);
}

std::optional<PersonSummary> read_person(const AskDataset& ask, const std::string& id) {
  const auto columns = name_columns(ask);
  std::string sql = "SELECT birth";
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
  person.posts = read_posts(ask, id);
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
