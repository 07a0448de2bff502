#include "cadre/run/views.hpp"

#include <fmt/format.h>

#include "cadre/run/sqlite.hpp"
#include "cadre/run/wide.hpp"

namespace cadre {
namespace {

/// A text as SQL writes it. No cell has a zero character, so a text with one is equal to none.
std::string literal(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return "NULL";
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

/// The views of one table whose rows are spells in offices. Pieces of SQL, put together: a table
/// may have no column of units, or none of offices.
class OfficeViews {
 public:
  explicit OfficeViews(const SchemaTable& table)
      : table_(table), offices_(*table.offices), unit_(offices_.unit) {
    for (const std::string* column : {&offices_.unit, &offices_.office}) {
      if (!column->empty()) columns_.push_back(sqlite::quoted(*column));
    }
  }

  std::string tenures() const {
    const bool by_successor = offices_.holders == 1;
    const std::string first = by_successor ? "lead(start_first) OVER line, " : "";
    const std::string last = by_successor ? "lead(start_last) OVER line, " : "";
    const std::string how =
        by_successor
            ? "-- A missing end is the start of the next holder of the same office; where it is "
              "not\n"
              "-- known which office it was, or nobody follows, only the first day is sure.\n"
            : "-- Where the end is missing, only the first day is sure.\n";
    std::string sql = fmt::format(
        "CREATE VIEW {} AS\n"
        "-- The rows of {} with a known start: the first and the last day on which each may have\n"
        "-- begun and ended. One lasts at least a day, so the one end narrows the other.\n"
        "{}"
        "-- No row: one that is still open and begins after the data do.\n"
        "WITH ",
        sqlite::quoted(offices_.tenures), sqlite::quoted(table_.name), how);
    if (offices_.merge_adjacent) sql += merged();
    sql += fmt::format(
        "told AS (\n"
        "  SELECT id AS post, person, {columns}{start}, {end}, start_first, start_last,\n"
        "         coalesce(end_first, {first}'') AS ended_first,\n"
        "         coalesce(end_last, {last}'9999-12-31') AS ended_last\n"
        "  FROM {from}\n"
        "  WHERE start_first IS NOT NULL\n{window})\n",
        fmt::arg("columns", list("")), fmt::arg("start", sqlite::quoted(table_.span->start)),
        fmt::arg("end", sqlite::quoted(table_.span->end)), fmt::arg("first", first),
        fmt::arg("last", last),
        fmt::arg("from", offices_.merge_adjacent ? "merged" : sqlite::quoted(table_.name)),
        fmt::arg("window", by_successor ? fmt::format("  WINDOW line AS (PARTITION BY {} ORDER BY "
                                                      "start_first, start_last, id)\n",
                                                      same_office())
                                        : std::string()));
    return sql +
           fmt::format(
               "SELECT post, person, {columns}{start}, {end}, start_first,\n"
               "       CASE WHEN start_last < ended_last THEN start_last\n"
               "            ELSE max(start_first, date(ended_last, '-1 day')) END AS start_last,\n"
               "       CASE WHEN ended_first > start_first THEN ended_first\n"
               "            ELSE coalesce(date(start_first, '+1 day'), '9999-12-31') END AS "
               "end_first,\n"
               "       CASE WHEN ended_last > start_first THEN ended_last\n"
               "            ELSE coalesce(date(start_first, '+1 day'), '9999-12-31') END AS "
               "end_last\n"
               "FROM told\n"
               "WHERE start_first < ended_last OR (start_first = ended_last AND {end} IS NOT '..')",
               fmt::arg("columns", list("")), fmt::arg("start", sqlite::quoted(table_.span->start)),
               fmt::arg("end", sqlite::quoted(table_.span->end)));
  }

  std::string eras() const {
    return fmt::format(
        "CREATE VIEW {view} AS\n"
        "-- A tenure in each era that it may overlap. certain: 1 if it overlaps the era whichever "
        "of\n"
        "-- their days its dates mean (see {tenures}), 0 if only some of these readings do.\n"
        "-- from_date and to_date: the part of it in that era. Where it is certain, a month or a "
        "year\n"
        "-- begins on its first day; where it is not, this is the longest part that it may have.\n"
        "SELECT scheme, post, person, {columns}era, era_label, leader, era_position, {start}, "
        "{end},\n"
        "       certain, max(start_first, opened) AS from_date,\n"
        "       min(CASE WHEN certain THEN end_first ELSE end_last END, counted_to) AS to_date\n"
        "FROM (\n"
        "  SELECT t.*, e.scheme, e.id AS era, e.label AS era_label, e.leader, e.position AS "
        "era_position,\n"
        "         e.from_date AS opened, e.counted_to,\n"
        "         t.start_last < e.counted_to AND t.end_first > e.from_date AS certain\n"
        "  FROM {tenures} t\n"
        "  JOIN eras e ON t.start_first < e.counted_to AND t.end_last > e.from_date\n"
        ")",
        fmt::arg("view", sqlite::quoted(offices_.eras)),
        fmt::arg("tenures", sqlite::quoted(offices_.tenures)), fmt::arg("columns", list("")),
        fmt::arg("start", sqlite::quoted(table_.span->start)),
        fmt::arg("end", sqlite::quoted(table_.span->end)));
  }

  std::string transition(const SchemaTransition& transition) const {
    std::string before;
    std::string from_unit;
    for (const std::string& column : {offices_.unit, offices_.office}) {
      if (column.empty()) continue;
      before += fmt::format(",\n         lag({}) OVER life AS {}", sqlite::quoted(column),
                            sqlite::quoted("from_" + column));
    }
    if (!unit_.empty()) from_unit = "l." + sqlite::quoted("from_" + unit_) + ",\n       ";
    return fmt::format(
        "CREATE VIEW {view} AS\n"
        "-- {title}: the moves from one of a person's tenures to the next; what they did in "
        "between\n"
        "-- does not matter. Dated by the new one. A move counts to the latest era that had opened "
        "by\n"
        "-- then (eras.opens_date), and to none if it may lie after as_of.\n"
        "WITH line AS (\n"
        "  SELECT post, person, {columns}{start}, start_first, start_last,\n"
        "         lag(post) OVER life AS from_post{before}\n"
        "  FROM {tenures}\n"
        "  WINDOW life AS (PARTITION BY person ORDER BY start_first, start_last, end_first, post)\n"
        ")\n"
        "SELECT e.scheme, l.person, {unit}l.from_post, l.post AS to_post, {from_unit}"
        "l.{start} AS date, e.id AS era, e.label AS era_label, e.leader, e.position AS "
        "era_position\n"
        "FROM line l\n"
        "JOIN eras e ON l.start_last >= e.opens_date\n"
        "           AND l.start_last < coalesce(e.closes_date, '9999-12-31')\n"
        "           AND l.start_first < coalesce(e.to_date, '9999-12-31')\n"
        "JOIN era_schemes s ON s.scheme = e.scheme AND l.start_last <= coalesce(s.as_of, "
        "'9999-12-31')\n"
        "WHERE {from} AND {to}",
        fmt::arg("view", sqlite::quoted(transition.name)),
        fmt::arg("title", comment(transition.title.empty() ? transition.name : transition.title)),
        fmt::arg("columns", list("")), fmt::arg("start", sqlite::quoted(table_.span->start)),
        fmt::arg("before", before), fmt::arg("tenures", sqlite::quoted(offices_.tenures)),
        fmt::arg("unit", unit_.empty() ? std::string() : "l." + sqlite::quoted(unit_) + ", "),
        fmt::arg("from_unit", from_unit),
        fmt::arg("from", condition(transition.from, "l.", "from_")),
        fmt::arg("to", condition(transition.to, "l.", "")));
  }

  std::string stretch(const SchemaStretch& stretch) const {
    const std::string unit = unit_.empty() ? std::string() : sqlite::quoted(unit_) + ", ";
    const std::string by_unit = unit_.empty() ? std::string() : ", " + sqlite::quoted(unit_);
    const auto with = [&](std::string_view alias) {
      return unit_.empty() ? std::string() : fmt::format("{}.{}, ", alias, sqlite::quoted(unit_));
    };
    std::string tests;     // of the holders, as columns
    std::string any_test;  // that it is one of them
    std::string flags;     // of the holders, with their ranks
    std::string pairs;
    std::string same;
    std::string names;
    for (std::size_t i = 0; i < stretch.holders.size(); ++i) {
      const SchemaStretch::Holder& holder = stretch.holders[i];
      const std::string test = condition(holder.rows, "t.", "");
      const std::string name = sqlite::quoted(holder.name);
      tests += fmt::format("         {} AS is_{},\n", test, i);
      any_test += (i == 0 ? "" : " OR ") + test;
      flags += fmt::format(", l.is_{}", i);
      if (holder.nth != 0) {
        flags += fmt::format(
            ",\n         row_number() OVER (PARTITION BY c.era, {}c.day, l.is_{} ORDER BY "
            "l.holder) AS "
            "rank_{}",
            with("c"), i, i);
      }
      pairs += fmt::format(
          "{}substr(max(holder) FILTER (WHERE is_{}{}), 31) AS {}", i == 0 ? "" : ",\n         ", i,
          holder.nth == 0 ? std::string() : fmt::format(" AND rank_{} = {}", i, holder.nth), name);
      same += (i == 0 ? "" : "\n            AND ") + fmt::format("lag({0}) OVER line IS {0}", name);
      names += (i == 0 ? "" : ", ") + ("s." + name);
    }
    return fmt::format(
        "CREATE VIEW {view} AS\n"
        "-- {title}, from when until when: a row for each stretch of an era in which no holder "
        "changed.\n"
        "-- An empty name: nobody is known to have held the office. Months and years begin on "
        "their\n"
        "-- first day; where holders overlap and none is counted, the one who began later counts.\n"
        "WITH leader AS MATERIALIZED (\n"
        "  -- holder: the person after 30 characters that order holders by time.\n"
        "  SELECT e.rowid AS era, {t_unit}\n{tests}"
        "         t.start_first || t.start_last || t.end_first || t.person AS holder,\n"
        "         max(t.start_first, e.from_date) AS from_date, min(t.end_first, e.counted_to) AS "
        "to_date\n"
        "  FROM {tenures} t\n"
        "  JOIN eras e ON t.start_last < e.counted_to AND t.end_first > e.from_date\n"
        "  WHERE ({any_test}){unit_known}\n"
        "),\n"
        "change AS (\n"
        "  SELECT era, {unit}from_date AS day FROM leader\n"
        "  UNION\n"
        "  SELECT era, {unit}to_date FROM leader\n"
        "),\n"
        "held AS (\n"
        "  SELECT c.era, {c_unit}c.day, l.holder{flags}\n"
        "  FROM change c\n"
        "  LEFT JOIN leader l ON l.era = c.era{same_unit}\n"
        "                    AND l.from_date <= c.day AND l.to_date > c.day\n"
        "),\n"
        "pair AS (\n"
        "  SELECT era, {unit}day,\n"
        "         {pairs}\n"
        "  FROM held\n"
        "  GROUP BY era, {unit}day\n"
        "),\n"
        "turn AS (\n"
        "  SELECT *, {same} AS same\n"
        "  FROM pair\n"
        "  WINDOW line AS (PARTITION BY era{by_unit} ORDER BY day)\n"
        "),\n"
        "stretch AS (\n"
        "  SELECT *, lead(day) OVER (PARTITION BY era{by_unit} ORDER BY day) AS to_date\n"
        "  FROM turn\n"
        "  WHERE NOT same\n"
        ")\n"
        "SELECT e.scheme, {s_unit}e.id AS era, e.label AS era_label, e.leader, e.position AS "
        "era_position,\n"
        "       s.day AS from_date, s.to_date, {names}\n"
        "FROM stretch s\n"
        "JOIN eras e ON e.rowid = s.era\n"
        "WHERE coalesce({names}, NULL) IS NOT NULL",
        fmt::arg("view", sqlite::quoted(stretch.name)),
        fmt::arg("title", comment(stretch.title.empty() ? stretch.name : stretch.title)),
        fmt::arg("t_unit", with("t")), fmt::arg("tests", tests),
        fmt::arg("tenures", sqlite::quoted(offices_.tenures)), fmt::arg("any_test", any_test),
        fmt::arg("unit_known", unit_.empty() ? std::string()
                                             : " AND t." + sqlite::quoted(unit_) + " IS NOT NULL"),
        fmt::arg("unit", unit), fmt::arg("c_unit", with("c")), fmt::arg("pairs", pairs),
        fmt::arg("flags", flags),
        fmt::arg("same_unit", unit_.empty()
                                  ? std::string()
                                  : fmt::format(" AND l.{0} = c.{0}", sqlite::quoted(unit_))),
        fmt::arg("same", same), fmt::arg("by_unit", by_unit), fmt::arg("s_unit", with("s")),
        fmt::arg("names", names));
  }

 private:
  /// Successive rows of one office are one: those that begin at most a day after the earlier ones
  /// may have ended. An unknown unit or office is no other's.
  std::string merged() const {
    return fmt::format(
        "spell AS (\n"
        "  SELECT *, coalesce(max(end_last) OVER earlier >= date(start_first, '-1 day'), 0) = 0 AS "
        "begins\n"
        "  FROM {table}\n"
        "  WHERE start_first IS NOT NULL\n"
        "  WINDOW earlier AS (PARTITION BY person, {office} ORDER BY start_first, start_last, id\n"
        "                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)\n"
        "),\n"
        "numbered AS (\n"
        "  SELECT *, sum(begins) OVER (PARTITION BY person, {office}\n"
        "                              ORDER BY start_first, start_last, id) AS number\n"
        "  FROM spell\n"
        "),\n"
        "merged AS (\n"
        "  SELECT max(id) FILTER (WHERE begins) AS id, person, {columns}\n"
        "         max({start}) FILTER (WHERE begins) AS {start}, {end},\n"
        "         max(start_first) FILTER (WHERE begins) AS start_first,\n"
        "         max(start_last) FILTER (WHERE begins) AS start_last,\n"
        "         end_first, end_last, max(coalesce(end_last, '~')) AS ends\n"
        "  FROM numbered\n"
        "  GROUP BY person, {office}, number\n"
        "),\n",
        fmt::arg("table", sqlite::quoted(table_.name)), fmt::arg("office", same_office()),
        fmt::arg("columns", list("")), fmt::arg("start", sqlite::quoted(table_.span->start)),
        fmt::arg("end", sqlite::quoted(table_.span->end)));
  }

  /// What tells offices apart; an unknown one is no other's.
  std::string same_office() const {
    if (columns_.empty()) return "1";
    std::string unknown;
    for (const std::string& column : columns_) {
      unknown += (unknown.empty() ? "" : " OR ") + column + " IS NULL";
    }
    return fmt::format("{}CASE WHEN {} THEN id END", list(""), unknown);
  }

  /// The columns of unit and office, each with a comma behind it.
  std::string list(std::string_view prefix) const {
    std::string out;
    for (const std::string& column : columns_) out += std::string(prefix) + column + ", ";
    return out;
  }

  /// That a tenure's row meets the tests. The columns of unit and office stand in the view, before
  /// them `before`; others are looked up in the table.
  std::string condition(const RowMatch& match, std::string_view alias,
                        std::string_view before) const {
    std::string out;
    for (const RowMatch::Test& test : match.tests) {
      if (!out.empty()) out += " AND ";
      std::string values;
      for (const std::string& value : test.values) {
        values += (values.empty() ? "" : ", ") + literal(value);
      }
      const std::string is = test.values.size() == 1 ? " = " + values : " IN (" + values + ")";
      if (test.column == offices_.unit || test.column == offices_.office) {
        out += std::string(alias) + sqlite::quoted(std::string(before) + test.column) + is;
      } else {
        out += fmt::format("{}{}post IN (SELECT id FROM {} WHERE {}{})", alias, before,
                           sqlite::quoted(table_.name), sqlite::quoted(test.column), is);
      }
    }
    return out.empty() ? "1" : out;
  }

  /// Words that a comment can hold.
  static std::string comment(std::string_view words) {
    std::string out;
    for (const char c : words) out += c == '\n' || c == '\r' ? ' ' : c;
    return out;
  }

  const SchemaTable& table_;
  const Offices& offices_;
  std::string unit_;
  std::vector<std::string> columns_;  // of unit and office, quoted
};

/// The expression over a person's rows of `labels` that gives a column of labels_wide.
std::string_view value_of(WideColumn::What what) {
  switch (what) {
    case WideColumn::What::kTruth:
      return "CASE l.value WHEN 'true' THEN 1 WHEN 'false' THEN 0 END";
    case WideColumn::What::kCategory:
      return "l.category";
    case WideColumn::What::kGroup:
      return "l.\"group\"";
    case WideColumn::What::kNumber:
      return "l.number";
    default:
      return "l.date";
  }
}

std::string labels_wide(const Rules& rules) {
  std::string sql = R"sql(CREATE VIEW labels_wide AS
-- One row a person, one column a label: 1, 0 or NULL for true, false, unknown; the number, the
-- date, or the category's path and, as LABEL_group, its group.
SELECT p.id AS person)sql";
  for (const WideColumn& column : wide_columns(rules)) {
    sql +=
        fmt::format(",\n       max({}) FILTER (WHERE l.label = '{}') AS {}", value_of(column.what),
                    rules.labels[column.label].name, sqlite::quoted(column.name));
  }
  return sql + "\nFROM people p LEFT JOIN labels l ON l.person = p.id\nGROUP BY p.id";
}

}  // namespace

std::vector<std::string> view_definitions(const Rules& rules) {
  std::vector<std::string> views = office_views(*rules.schema);
  views.insert(views.begin(), labels_wide(rules));
  return views;
}

std::vector<std::string> office_views(const DeclaredSchema& schema) {
  std::vector<std::string> views;
  for (const SchemaTable& table : schema.tables) {
    if (!table.offices) continue;
    views.push_back(OfficeViews(table).tenures());
    views.push_back(OfficeViews(table).eras());
  }
  for (const SchemaTransition& transition : schema.transitions) {
    views.push_back(OfficeViews(schema.table(transition.table)).transition(transition));
  }
  for (const SchemaStretch& stretch : schema.stretches) {
    views.push_back(OfficeViews(schema.table(stretch.table)).stretch(stretch));
  }
  return views;
}

std::vector<std::string> office_view_names(const DeclaredSchema& schema) {
  std::vector<std::string> names;
  for (const SchemaTable& table : schema.tables) {
    if (!table.offices) continue;
    names.push_back(table.offices->tenures);
    names.push_back(table.offices->eras);
  }
  for (const SchemaTransition& transition : schema.transitions) names.push_back(transition.name);
  for (const SchemaStretch& stretch : schema.stretches) names.push_back(stretch.name);
  return names;
}

}  // namespace cadre
