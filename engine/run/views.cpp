#include "cadre/run/views.hpp"

#include <fmt/format.h>

#include "cadre/run/sqlite.hpp"
#include "cadre/run/wide.hpp"

namespace cadre {
namespace {

constexpr const char* kTenures = R"sql(CREATE VIEW tenures AS
-- The posts with a known start: the first and the last day on which each may have begun and ended.
-- A post lasts at least a day, so the one end narrows the other. A missing end is the start of the
-- next holder of the same office in the same province; where province or office is missing, or
-- nobody follows, only the first day is sure. No row: an open post that begins after the data do.
WITH told AS (
  SELECT id AS post, person, province, office, start, "end", start_first, start_last,
         coalesce(end_first, lead(start_first) OVER line, '') AS ended_first,
         coalesce(end_last, lead(start_last) OVER line, '9999-12-31') AS ended_last
  FROM posts
  WHERE start_first IS NOT NULL
  WINDOW line AS (PARTITION BY province, office,
                               CASE WHEN province IS NULL OR office IS NULL THEN id END
                  ORDER BY start_first, start_last, id)
)
SELECT post, person, province, office, start, "end", start_first,
       CASE WHEN start_last < ended_last THEN start_last
            ELSE max(start_first, date(ended_last, '-1 day')) END AS start_last,
       CASE WHEN ended_first > start_first THEN ended_first
            ELSE coalesce(date(start_first, '+1 day'), '9999-12-31') END AS end_first,
       CASE WHEN ended_last > start_first THEN ended_last
            ELSE coalesce(date(start_first, '+1 day'), '9999-12-31') END AS end_last
FROM told
WHERE start_first < ended_last OR (start_first = ended_last AND "end" IS NOT '..'))sql";

constexpr const char* kPostEras = R"sql(CREATE VIEW post_eras AS
-- A post in each era that it may overlap. certain: 1 if it overlaps the era whichever of their days
-- its dates mean (see tenures), 0 if only some of these readings do.
-- from_date and to_date: the part of it in that era. Where it is certain, a month or a year begins on
-- its first day; where it is not, this is the longest part that it may have.
SELECT scheme, post, person, province, office, era, era_label, leader, era_position, start, "end",
       certain, max(start_first, opened) AS from_date,
       min(CASE WHEN certain THEN end_first ELSE end_last END, counted_to) AS to_date
FROM (
  SELECT t.*, e.scheme, e.id AS era, e.label AS era_label, e.leader, e.position AS era_position,
         e.from_date AS opened, e.counted_to,
         t.start_last < e.counted_to AND t.end_first > e.from_date AS certain
  FROM tenures t
  JOIN eras e ON t.start_first < e.counted_to AND t.end_last > e.from_date
))sql";

constexpr const char* kPromotions = R"sql(CREATE VIEW promotions AS
-- Governors whose next provincial post is party secretary, in the same province or another; what
-- they did in between does not matter. Dated by the new post. It counts to the latest era that had
-- opened by then (eras.opens_date), and to none if it may lie after as_of.
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
JOIN era_schemes s ON s.scheme = e.scheme AND l.start_last <= coalesce(s.as_of, '9999-12-31')
WHERE l.from_office = 'governor' AND l.office = 'party_secretary')sql";

constexpr const char* kProvinceEras = R"sql(CREATE VIEW province_eras AS
-- Who led a province, from when until when: a row for each stretch of an era in which neither the
-- party secretary nor the governor changed. An empty name: nobody is known to have held the office.
-- Months and years begin on their first day; where holders overlap, the one who began later counts.
WITH leader AS MATERIALIZED (
  -- holder: the person after 30 characters that order holders by time.
  SELECT e.rowid AS era, t.province, t.office,
         t.start_first || t.start_last || t.end_first || t.person AS holder,
         max(t.start_first, e.from_date) AS from_date, min(t.end_first, e.counted_to) AS to_date
  FROM tenures t
  JOIN eras e ON t.start_last < e.counted_to AND t.end_first > e.from_date
  WHERE t.office IN ('party_secretary', 'governor') AND t.province IS NOT NULL
),
change AS (
  SELECT era, province, from_date AS day FROM leader
  UNION
  SELECT era, province, to_date FROM leader
),
pair AS (
  SELECT c.era, c.province, c.day,
         substr(max(l.holder) FILTER (WHERE l.office = 'party_secretary'), 31) AS party_secretary,
         substr(max(l.holder) FILTER (WHERE l.office = 'governor'), 31) AS governor
  FROM change c
  LEFT JOIN leader l ON l.era = c.era AND l.province = c.province
                    AND l.from_date <= c.day AND l.to_date > c.day
  GROUP BY c.era, c.province, c.day
),
turn AS (
  SELECT *, lag(party_secretary) OVER line IS party_secretary
            AND lag(governor) OVER line IS governor AS same
  FROM pair
  WINDOW line AS (PARTITION BY era, province ORDER BY day)
),
stretch AS (
  SELECT *, lead(day) OVER (PARTITION BY era, province ORDER BY day) AS to_date
  FROM turn
  WHERE NOT same
)
SELECT e.scheme, s.province, e.id AS era, e.label AS era_label, e.leader, e.position AS era_position,
       s.day AS from_date, s.to_date, s.party_secretary, s.governor
FROM stretch s
JOIN eras e ON e.rowid = s.era
WHERE coalesce(s.party_secretary, s.governor) IS NOT NULL)sql";

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
