#include "cadre/run/tables.hpp"

#include "cadre/run/views.hpp"

namespace cadre {

std::vector<std::string_view> table_definitions() {
  return {
      R"sql(CREATE TABLE run (
  -- What was run: format, engine, rules, data, and one row "option.NAME" for each option.
  key   TEXT NOT NULL,
  value TEXT
))sql",

      R"sql(CREATE TABLE inputs (
  -- Every file that was read.
  role   TEXT NOT NULL,     -- 'rules' or 'data'
  path   TEXT NOT NULL,     -- relative to the folder of the rule set, or of the dataset
  bytes  INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  text   TEXT,              -- of a rule file: all of it
  PRIMARY KEY (role, path)
))sql",

      R"sql(CREATE TABLE tables (
  -- The tables of the dataset: people, education, career and posts, then all others.
  "table"  TEXT PRIMARY KEY,
  name     TEXT,            -- the dataset's own name
  position INTEGER NOT NULL
))sql",

      R"sql(CREATE TABLE columns (
  -- The columns of those tables, as the dataset describes them.
  "table"  TEXT NOT NULL,
  "column" TEXT NOT NULL,
  logical  TEXT,            -- the name that rules use: org for org_zh and org_en
  language TEXT,            -- zh, en, ... or empty
  kind     TEXT NOT NULL,   -- text (terms are looked for in it), name, date or number
  position INTEGER NOT NULL,
  name     TEXT,            -- the dataset's own name
  allowed  TEXT,            -- a JSON array of the values that it may have; empty: any
  ordered  INTEGER NOT NULL,  -- 1: those values are ordered from the least
  PRIMARY KEY ("table", "column")
))sql",

      R"sql(CREATE TABLE numbers_as_written (
  -- Numbers of the dataset that stand otherwise in its files than SQL writes them: 1.50, 007.
  "table"  TEXT NOT NULL,
  "column" TEXT NOT NULL,
  position INTEGER NOT NULL,  -- the place of the row in the table, from 0
  text     TEXT NOT NULL,
  PRIMARY KEY ("table", "column", position)
) WITHOUT ROWID)sql",

      R"sql(CREATE TABLE parameters (
  name      TEXT PRIMARY KEY,
  value     TEXT,           -- as written, after variants and --set
  rule_file TEXT,           -- empty when it was set from outside
  rule_line INTEGER
))sql",

      R"sql(CREATE TABLE lexicons (
  lexicon   TEXT PRIMARY KEY,
  title     TEXT,
  rule_file TEXT,
  rule_line INTEGER,
  position  INTEGER NOT NULL
))sql",

      R"sql(CREATE TABLE categories (
  lexicon   TEXT NOT NULL REFERENCES lexicons,
  category  TEXT NOT NULL,  -- the path below the lexicon: aerospace/rockets
  title     TEXT,
  "group"   TEXT,           -- its own, or that of the nearest category above that has one
  rule_file TEXT,
  rule_line INTEGER,
  position  INTEGER NOT NULL,
  PRIMARY KEY (lexicon, category)
))sql",

      R"sql(CREATE TABLE era_schemes (
  scheme          TEXT PRIMARY KEY,
  title           TEXT,
  as_of           TEXT,     -- nothing after this day is looked at
  opens_before    TEXT,     -- how long before an era its transition opens: P6M
  promotions_to   TEXT NOT NULL,  -- 'incoming' or 'outgoing' era, during a transition
  position        INTEGER NOT NULL
))sql",

      R"sql(CREATE TABLE eras (
  -- Days are written YYYY-MM-DD, so that they compare as text.
  scheme      TEXT NOT NULL REFERENCES era_schemes,
  id          TEXT NOT NULL,
  label       TEXT,
  leader      TEXT,
  term        INTEGER,
  from_date   TEXT NOT NULL,  -- the first day
  to_date     TEXT,           -- the day after the last; empty while it lasts
  counted_to  TEXT,           -- the day after the last day that counts: to_date, or the day after
                              -- as_of; empty when the era begins after as_of
  opens_date  TEXT NOT NULL,  -- from this day on promotions count to the era
  closes_date TEXT,           -- from this day on they count to the next one
  position    INTEGER NOT NULL,
  PRIMARY KEY (scheme, id)
))sql",

      R"sql(CREATE TABLE figures (
  figure    TEXT PRIMARY KEY,
  title     TEXT,
  note      TEXT,
  sql       TEXT,
  key       TEXT,           -- a JSON array of the columns that tell rows apart
  chart     TEXT,           -- a JSON object: mark, x, y, ...
  published TEXT,           -- a JSON object: source, note, approximate, rows
  rule_file TEXT,
  rule_line INTEGER,
  position  INTEGER NOT NULL
))sql",

      R"sql(CREATE TABLE label_definitions (
  label     TEXT PRIMARY KEY,
  title     TEXT,
  note      TEXT,
  kind      TEXT NOT NULL,  -- plain, category, number or date
  lexicon   TEXT REFERENCES lexicons,  -- of a category label
  rule_file TEXT,
  rule_line INTEGER,
  position  INTEGER NOT NULL
))sql",

      R"sql(CREATE TABLE labels (
  -- What holds of whom: one row a person and label.
  person      TEXT NOT NULL REFERENCES people,
  label       TEXT NOT NULL REFERENCES label_definitions,
  value       TEXT NOT NULL,  -- true, false or unknown; of other kinds than plain: is there a value
  number      REAL,
  number_high REAL,           -- where only bounds are known: the upper one, Inf for none
  category    TEXT,           -- the path below the lexicon
  "group"     TEXT,           -- the group of that category
  date        TEXT,
  closed      INTEGER NOT NULL,  -- 1: unknown was turned into this value by unknown_as
  PRIMARY KEY (person, label)
) WITHOUT ROWID)sql",

      R"sql(CREATE INDEX labels_by_label ON labels (label, value))sql",

      R"sql(CREATE TABLE evidence (
  -- The steps of the reasoning for a label: a tree in pre-order.
  person    TEXT NOT NULL REFERENCES people,
  label     TEXT NOT NULL REFERENCES label_definitions,
  step      INTEGER NOT NULL,  -- from 0, the label's own step
  depth     INTEGER NOT NULL,
  value     TEXT NOT NULL,     -- true, false or unknown
  path      TEXT,              -- where in the label: any[0]
  text      TEXT,              -- the condition in words
  measured  TEXT,              -- 31.8 years, needs 1
  refers_to TEXT,              -- the label that the step asks for
  rule_file TEXT,
  rule_line INTEGER,
  PRIMARY KEY (person, label, step)
) WITHOUT ROWID)sql",

      R"sql(CREATE TABLE evidence_rows (
  -- The rows of the dataset that a step rests on, or the one that came nearest.
  person   TEXT NOT NULL REFERENCES people,
  label    TEXT NOT NULL,
  step     INTEGER NOT NULL,
  position INTEGER NOT NULL,   -- from 0
  "table"  TEXT NOT NULL,      -- people, education, career or posts
  row      TEXT NOT NULL,      -- the id in that table
  met      TEXT NOT NULL,      -- true, false or unknown
  years    REAL,               -- that the row adds
  lacks    TEXT,               -- tests that it did not meet, one a line
  PRIMARY KEY (person, label, step, position)
) WITHOUT ROWID)sql",

      R"sql(CREATE TABLE evidence_words (
  -- The words in those rows that met the tests.
  person    TEXT NOT NULL REFERENCES people,
  label     TEXT NOT NULL,
  step      INTEGER NOT NULL,
  position  INTEGER NOT NULL,  -- of the row
  word      INTEGER NOT NULL,  -- from 0
  "column"  TEXT NOT NULL,
  begin     INTEGER NOT NULL,  -- byte offsets into the UTF-8 of the cell
  end       INTEGER NOT NULL,
  words     TEXT,              -- quoted from the cell
  lexicon   TEXT,              -- empty, as are the next four, where a pattern or a value was met
  category  TEXT,
  term      TEXT,              -- as the analyst wrote it
  rule_file TEXT,
  rule_line INTEGER,
  PRIMARY KEY (person, label, step, position, word)
) WITHOUT ROWID)sql",
  };
}

std::vector<std::string_view> plain_table_names() {
  return {"run",      "inputs",        "columns",    "parameters",        "tables",
          "lexicons", "eras",          "categories", "era_schemes",       "numbers_as_written",
          "figures",  "labels",        "evidence",   "label_definitions", "evidence_rows",
          "people",   "evidence_words"};
}

std::vector<std::string> reserved_table_names(const DeclaredSchema& schema) {
  std::vector<std::string> names;
  for (const std::string_view name : plain_table_names()) names.emplace_back(name);
  for (const Table table : schema.all_but_people()) names.push_back(schema.table(table).name);
  names.emplace_back("labels_wide");
  for (std::string& view : office_view_names(schema)) names.push_back(std::move(view));
  return names;
}

}  // namespace cadre
