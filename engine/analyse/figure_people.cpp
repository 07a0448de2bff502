#include "cadre/analyse/figure_people.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "cadre/analyse/cells.hpp"
#include "cadre/base/error.hpp"
#include "cadre/base/json.hpp"
#include "cadre/run/sql_words.hpp"
#include "cadre/text/blanks.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

// ------------------------------------------------------------------------------------- shares

/// Whether `column` is 100 * part / whole in every measured row, and says something in one.
bool explains(const ComputedFigure& figure, const Share& share) {
  bool says_something = false;
  for (const FigureRow& row : figure.rows) {
    if (row.side == FigureRow::Side::kPublished) continue;
    const std::optional<double> percent = number_of(row.measured[share.column]);
    const std::optional<double> part = number_of(row.measured[share.part]);
    const std::optional<double> whole = number_of(row.measured[share.whole]);
    if (!part || !whole || *part > *whole) return false;
    if (*whole <= 0) {
      if (percent && *percent != 0) return false;
      continue;
    }
    if (!percent || std::abs(100 * *part / *whole - *percent) > 0.0501) return false;
    says_something = says_something || *part > 0;
  }
  return says_something;
}

bool counts_things(const ComputedFigure& figure, std::size_t column) {
  if (figure.columns[column].key || !figure.columns[column].measured) return false;
  return std::all_of(figure.rows.begin(), figure.rows.end(), [&](const FigureRow& row) {
    return row.side == FigureRow::Side::kPublished ||
           std::holds_alternative<std::int64_t>(row.measured[column]);
  });
}

// ------------------------------------------------------------------------------------- people

/// The place after the token that begins at `at`: a comment, a text or name in quotes, a word, or
/// one character.
std::size_t after_token(std::string_view sql, std::size_t at) {
  const auto after = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = sql.find(mark, from);
    return found == std::string_view::npos ? sql.size() : found + mark.size();
  };
  if (sql.substr(at).starts_with("--")) return after("\n", at);
  if (sql.substr(at).starts_with("/*")) return after("*/", at + 2);
  switch (sql[at]) {
    case '\'':
    case '"':
    case '`':
      return after(sql.substr(at, 1), at + 1);
    case '[':
      return after("]", at + 1);
    default:
      break;
  }
  return std::max(word_end(sql, at), at + 1);
}

/// The SQL with its counts turned into JSON arrays of what is counted.
std::string listing(std::string_view sql, bool rows_too) {
  std::string out;
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t end = after_token(sql, at);
    if (ascii_lower_case(sql.substr(at, end - at)) != "count") {
      out += sql.substr(at, end - at);
      at = end;
      continue;
    }
    const std::size_t open = sql.find_first_not_of(" \t\r\n", end);
    std::size_t close = open;
    if (open != std::string_view::npos && sql[open] == '(') {
      int depth = 0;
      do {
        if (sql[close] == '(') ++depth;
        if (sql[close] == ')') --depth;
        close = after_token(sql, close);
      } while (depth > 0 && close < sql.size());
      const std::string_view argument = trimmed(sql.substr(open + 1, close - open - 2));
      std::string_view list;
      if (ascii_lower_case(argument.substr(0, 8)) == "distinct") list = argument;
      if (rows_too && argument == "*") list = "person";
      if (!list.empty()) {
        ((out += "json_group_array(") += list) += ')';
        at = close;
        continue;
      }
    }
    out += sql.substr(at, end - at);
    at = end;
  }
  return out;
}

/// What a list in a cell holds, or nothing when it is no list of texts.
std::optional<CountedPeople> list_in(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  if (text == nullptr || !text->starts_with('[')) return std::nullopt;
  const std::optional<Json> json = Json::parse(*text);
  if (!json || !json->is_array()) return std::nullopt;
  CountedPeople people;
  for (const Json& item : *json) {
    if (item.is_null()) continue;  // count(DISTINCT x) does not count them
    if (!item.is_string()) return std::nullopt;
    people.push_back(item.string());
  }
  std::sort(people.begin(), people.end());
  return people;
}

std::optional<Result> list_instead(const Run& run, const std::string& sql,
                                   const QueryLimits& limits) {
  for (const bool rows_too : {true, false}) {
    const std::string changed = listing(sql, rows_too);
    if (changed == sql) continue;
    try {
      return run.query(changed, {}, limits);
    } catch (const Error& error) {
      // No column is called person here, or two are; or the lists are longer than what may be
      // asked.
      if (error.kind() != Error::Kind::kUsage && error.kind() != Error::Kind::kLimit) throw;
    }
  }
  return std::nullopt;
}

/// A row by the cells of the figure's key.
std::string key_of(const ComputedFigure& figure, const std::vector<Cell>& cells) {
  std::string key;
  for (std::size_t i = 0; i < figure.columns.size() && i < cells.size(); ++i) {
    if (figure.columns[i].key) key += text_of(cells[i]) + '\x1f';
  }
  return key;
}

}  // namespace

std::vector<Share> shares_of(const ComputedFigure& figure) {
  std::vector<std::size_t> counts;
  for (std::size_t i = 0; i < figure.columns.size(); ++i) {
    if (counts_things(figure, i)) counts.push_back(i);
  }
  // Every pair of counts is held against every column: of so many no two are told to belong
  // together.
  constexpr std::size_t kMostCounts = 30;
  if (counts.size() > kMostCounts) return {};
  std::vector<Share> shares;
  for (std::size_t i = 0; i < figure.columns.size(); ++i) {
    if (figure.columns[i].key || !figure.columns[i].measured) continue;
    std::vector<Share> found;
    for (const std::size_t part : counts) {
      for (const std::size_t whole : counts) {
        const Share share{i, part, whole};
        if (part != whole && part != i && whole != i && explains(figure, share)) {
          found.push_back(share);
        }
      }
    }
    if (found.size() == 1) shares.push_back(found.front());
  }
  return shares;
}

std::vector<std::vector<std::optional<CountedPeople>>> people_behind(const Run& run,
                                                                     const ComputedFigure& figure,
                                                                     const QueryLimits& limits) {
  std::vector<std::vector<std::optional<CountedPeople>>> behind(
      figure.rows.size(), std::vector<std::optional<CountedPeople>>(figure.columns.size()));
  const std::optional<Result> lists = list_instead(run, figure.figure.sql, limits);
  if (!lists) return behind;

  std::set<std::string> known;
  for (const auto& row : run.query("SELECT id FROM people").rows) known.insert(text_of(row[0]));
  std::map<std::string, const std::vector<Cell>*> by_key;
  for (const auto& row : lists->rows) by_key.emplace(key_of(figure, row), &row);

  const std::vector<Share> shares = shares_of(figure);
  for (std::size_t i = 0; i < figure.rows.size(); ++i) {
    const std::vector<Cell>& measured = figure.rows[i].measured;
    const auto found = by_key.find(key_of(figure, measured));
    if (figure.rows[i].side == FigureRow::Side::kPublished || found == by_key.end()) continue;
    for (std::size_t column = 0; column < lists->columns.size(); ++column) {
      const auto* count = std::get_if<std::int64_t>(&measured[column]);
      std::optional<CountedPeople> people = list_in((*found->second)[column]);
      if (count == nullptr || !people || std::cmp_not_equal(people->size(), *count)) continue;
      const bool are_people = std::all_of(people->begin(), people->end(),
                                          [&](const auto& id) { return known.contains(id); });
      if (are_people) behind[i][column] = std::move(people);
    }
    for (const Share& share : shares) behind[i][share.column] = behind[i][share.part];
  }
  return behind;
}

}  // namespace cadre
