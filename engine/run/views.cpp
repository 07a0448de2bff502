#include "cadre/run/views.hpp"

#include <fmt/format.h>

#include "cadre/run/sqlite.hpp"
#include "cadre/run/wide.hpp"

namespace cadre {
namespace {

constexpr const char* kTenures = R"sql(CREATE VIEW tenures AS
-- The posts with a known start: the first and the last day on which each may have begun and ended.
-- Where the end is missing, the successor's start ends the post; where there is no successor either,
-- only its first day is sure.
SELECT id AS post, person, province, office, start, "end", start_first, start_last,
       coalesce(end_first, lead(start_first) OVER line, date(start_last, '+1 day')) AS end_first,
       coalesce(end_last, lead(start_last) OVER line, '9999-12-31') AS end_last
FROM posts
WHERE start_first IS NOT NULL
WINDOW line AS (PARTITION BY province, office ORDER BY start_first, start_last, id))sql";

constexpr const char* kPostEras = R"sql(CREATE VIEW post_eras AS
-- A post in each era that it overlaps, whatever days its dates stand for.
-- from_date and to_date: the part of it in that era; a month or a year begins on its first day.
SELECT e.scheme, t.post, t.person, t.province, t.office,
       e.id AS era, e.label AS era_label, e.leader, e.position AS era_position,
       t.start, t."end",
       max(t.start_first, e.from_date) AS from_date,
       min(t.end_first, e.counted_to) AS to_date
FROM tenures t
JOIN eras e ON t.start_last < e.counted_to AND t.end_first > e.from_date)sql";

constexpr const char* kPromotions = R"sql(CREATE VIEW promotions AS
-- Governors whose next provincial post is party secretary, in the same province or another; what
-- they did in between does not matter. Dated by the new post. It counts to the latest era that had
-- opened by then (eras.opens_date), and to none after as_of.
WITH line AS (
  SELECT post, person, province, office, start, start_first, start_last,
         lag(post) OVER life AS from_post,
         lag(office) OVER life AS from_office,
         lag(province) OVER life AS from_province
  FROM tenures
  WINDOW life AS (PARTITION BY person ORDER BY start_first, start_last, end_first, post)
)
SELECT e.scheme, l.person, l.province, l.from_post, l.post AS to_post, l.from_province,
       l.start AS date, e.id AS era, e.label AS era_label, e.leader, e.position AS era_position
FROM line l
JOIN eras e ON l.start_last >= e.opens_date
           AND l.start_last < coalesce(e.closes_date, '9999-12-31')
           AND l.start_first < coalesce(e.to_date, '9999-12-31')
JOIN era_schemes s ON s.scheme = e.scheme AND l.start_first <= coalesce(s.as_of, '9999-12-31')
WHERE l.from_office = 'governor' AND l.office = 'party_secretary')sql";

constexpr const char* kProvinceEras = R"sql(CREATE VIEW province_eras AS
-- Who led a province, from when until when: a row for each stretch of an era in which neither the
-- party secretary nor the governor changed. An empty name: nobody is known to have held the office.
-- Months and years begin on their first day; where holders overlap, the later one counts.
WITH held AS (
  SELECT scheme, era, province, office, person, from_date AS since,
         min(to_date, lead(from_date, 1, to_date) OVER line) AS until
  FROM post_eras
  WHERE office IN ('party_secretary', 'governor')
  WINDOW line AS (PARTITION BY scheme, era, province, office ORDER BY from_date, to_date, post)
),
change AS (
  SELECT scheme, era, province, since AS day FROM held WHERE since < until
  UNION
  SELECT scheme, era, province, until FROM held WHERE since < until
),
stretch AS (
  SELECT scheme, era, province, day AS from_date,
         lead(day) OVER (PARTITION BY scheme, era, province ORDER BY day) AS to_date
  FROM change
)
SELECT s.scheme, s.province, s.era, e.label AS era_label, e.leader, e.position AS era_position,
       s.from_date, s.to_date, p.person AS party_secretary, g.person AS governor
FROM stretch s
JOIN eras e ON e.scheme = s.scheme AND e.id = s.era
LEFT JOIN held p ON p.scheme = s.scheme AND p.era = s.era AND p.province = s.province
                AND p.office = 'party_secretary'
                AND p.since <= s.from_date AND p.until > s.from_date
LEFT JOIN held g ON g.scheme = s.scheme AND g.era = s.era AND g.province = s.province
                AND g.office = 'governor'
                AND g.since <= s.from_date AND g.until > s.from_date
WHERE s.to_date IS NOT NULL AND coalesce(p.person, g.person) IS NOT NULL)sql";

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
  return {labels_wide(rules), kTenures, kPostEras, kPromotions, kProvinceEras};
}

}  // namespace cadre
