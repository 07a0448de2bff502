// Schemas: what a study's tables are, and what is wrong with a file that says so.
#include <string>
#include <vector>

#include "cadre/rules/declared_schema.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/rules/schema_loading.hpp"
#include "cadre/run/tables.hpp"
#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre::test {
namespace {

using Strings = std::vector<std::string>;

const std::string kSenate =
    "schema: senate\n"
    "cadre: 2\n"
    "title: Senators\n"
    "languages: [en, fr]\n"
    "tables:\n"
    "  person:\n"
    "    columns: {name: name, birth: date, party: {values: [D, R, I]}}\n"
    "  jobs:\n"
    "    title: Jobs\n"
    "    one: job\n"
    "    many: jobs\n"
    "    span: {start: from, end: until}\n"
    "    columns: {org: {kind: text, languages: [en, fr]}, role: text, pay: number}\n"
    "  terms:\n"
    "    columns: {state: {unit: states}, chamber: {values: [house, senate]}}\n"
    "    offices: {unit: state, office: chamber, holders: 2, merge: adjacent}\n"
    "  studies: {columns: {degree: {ordered: [none, bachelor, doctor]}}}\n"
    "  states: {of: none, columns: {name: text}}\n"
    "dates:\n"
    "  first_term: {first: terms.start, title: the first term}\n"
    "transitions:\n"
    "  climbs: {from: {chamber: house}, to: {chamber: senate}}\n"
    "stretches:\n"
    "  state_eras:\n"
    "    holders:\n"
    "      first: {chamber: senate, nth: 1}\n"
    "      second: {chamber: senate, nth: 2}\n";

Loaded load_with(const std::string& schema, const std::string& rules = "") {
  return load({{"r.yaml", "ruleset: r\ncadre: 2\ninclude: [s.yaml]\n" + rules}, {"s.yaml", schema}},
              "r.yaml");
}

Strings messages(const Loaded& loaded) {
  Strings out;
  for (const Diagnostic& one : loaded.diagnostics) out.push_back(one.message);
  return out;
}

Strings mistakes(const std::string& schema) {
  return messages(load_with(schema));
}

TEST_CASE("a schema says what tables there are and what their columns mean") {
  const Loaded loaded = load_with(kSenate);
  REQUIRE(messages(loaded).empty());
  const DeclaredSchema& schema = *loaded.rules->schema;
  CHECK(schema.name == "senate");
  CHECK(schema.title == "Senators");
  REQUIRE(schema.tables.size() == 4);
  CHECK(schema.tables[0].name == "person");
  CHECK(schema.find_table("jobs") == Table{1});
  CHECK(schema.find_table("terms") == Table{2});
  CHECK_FALSE(schema.find_table("states"));
  CHECK(schema.others.front().name == "states");

  const SchemaTable& jobs = schema.tables[1];
  CHECK(jobs.one == "job");
  CHECK(jobs.span->start == "from");
  CHECK(jobs.find("from")->kind == ColumnKind::kDate);
  CHECK(jobs.find("org")->languages == Strings{"en", "fr"});
  CHECK(jobs.find("pay")->kind == ColumnKind::kNumber);
  CHECK_FALSE(schema.tables[3].span);
  CHECK(schema.tables[3].find("degree")->values == Strings{"none", "bachelor", "doctor"});

  const Offices& offices = *schema.tables[2].offices;
  CHECK(offices.unit == "state");
  CHECK(offices.holders == 2U);
  CHECK(offices.merge_adjacent);
  CHECK(offices.tenures == "terms_tenures");
  CHECK(schema.tables[2].span->end == "end");
  CHECK(schema.dates[0].title == "the first term");
  CHECK(schema.transitions[0].to.tests[0].values == Strings{"senate"});
  CHECK(schema.stretches[0].holders[1].nth == 2U);
}

TEST_CASE("rules speak of the tables, columns, values and dates of their schema") {
  const std::string labels =
      "labels:\n"
      "  young: {title: Y, jobs: {role: {is: clerk}, before: first_term}}\n"
      "  senator: {title: S, terms: {chamber: senate, years: {at_least: 6}}}\n"
      "  doctor: {title: D, studies: {degree: {at_least: doctor}}}\n"
      "tests:\n"
      "  - {person: {party: D}, terms: [{chamber: senate, start: 1990, end: ..}], expect: "
      "{senator: true}}\n";
  CHECK(messages(load_with(kSenate, labels)).empty());
  CHECK(messages(load_with(kSenate, "labels: {a: {career: {role: {is: clerk}}}}\n")) ==
        Strings{"'career' is neither a condition nor a label"});
  CHECK(messages(load_with(kSenate, "labels: {a: {terms: {chamber: senat}}}\n")) ==
        Strings{"'chamber' cannot be 'senat'; did you mean 'senate'?"});
  CHECK(messages(load_with(kSenate, "labels: {a: {jobs: {before: first_post}}}\n")) ==
        Strings{"'first_post' is no date and no label that is a date"});
  CHECK(messages(load_with(kSenate, "labels: {a: {studies: {years: {at_least: 1}}}}\n")) ==
        Strings{"the rows of 'studies' have no start and no end, so 'years' has no meaning here"});
}

TEST_CASE("a rule set with a schema is written in version 2") {
  const Loaded loaded = load(
      {{"r.yaml", "ruleset: r\ncadre: 1\ninclude: [s.yaml]\n"}, {"s.yaml", kSenate}}, "r.yaml");
  CHECK(messages(loaded) ==
        Strings{"a rule set with a schema is written in version 2 of the language"});
}

TEST_CASE("a rule set has one schema, and a variant may have another than its base") {
  const Loaded two = load({{"r.yaml", "ruleset: r\ncadre: 2\ninclude: [s.yaml, t.yaml]\n"},
                           {"s.yaml", kSenate},
                           {"t.yaml", "schema: other\ntables: {}\n"}},
                          "r.yaml");
  CHECK(messages(two) ==
        Strings{"the rule set has the schema 'senate' already, and this is another"});
  const Loaded variant = load({{"v.yaml", "ruleset: v\ncadre: 2\nextends: r\ninclude: [t.yaml]\n"},
                               {"r.yaml", "ruleset: r\ncadre: 2\ninclude: [s.yaml]\n"},
                               {"s.yaml", kSenate},
                               {"t.yaml", "schema: other\ntables: {}\n"}},
                              "v.yaml");
  REQUIRE(messages(variant).empty());
  CHECK(variant.rules->schema->name == "other");
}

TEST_CASE("without a schema the one of the provincial leaders holds") {
  const Loaded loaded = load({{"r.yaml", "ruleset: r\ncadre: 1\n"}}, "r.yaml");
  REQUIRE(loaded.rules);
  CHECK(loaded.rules->schema == default_schema());
  CHECK(default_schema()->find_table("posts") == Table{3});
}

TEST_CASE("every mistake of a schema is told at its place") {
  const auto with = [](const std::string& rest) { return "schema: s\ntables:\n" + rest; };
  CHECK(mistakes(with("  a: {span: {start: b, end: b}}\n")) ==
        Strings{"the table 'a' starts and ends by the same column 'b'"});
  CHECK(mistakes(with("  a: {span: {start: b, end: c}, columns: {b: text}}\n")) ==
        Strings{"the table 'a' is told to last from 'b' to 'c', and 'b' is no column of dates"});
  CHECK(mistakes(with("  a: {columns: {b: {unit: c}}}\n")) == Strings{"'c' is no table of units"});
  CHECK(mistakes(with("  a: {columns: {b: name}, offices: {unit: c}}\n")) ==
        Strings{"the table 'a' has no column 'c'"});
  CHECK(mistakes(with("  a: {columns: {b: name}, offices: {unit: b, holders: 0}}\n")) ==
        Strings{"'holders' must be a whole number of at least 1, not 0"});
  CHECK(mistakes(with("  labels: {columns: {b: name}}\n")) ==
        Strings{"'labels' means something else and cannot be the name of a table"});
  CHECK(mistakes(with("  a: {columns: {before: date}}\n")) ==
        Strings{
            "'before' means something else in tests of a row and cannot be the name of a column"});
  CHECK(mistakes(with("  a: {columns: {b: {}}}\n")) ==
        Strings{"the column 'b' needs one of `kind`, `values`, `ordered` and `unit`"});
  CHECK(mistakes(with("  a: {columns: {b: txt}}\n")).size() == 1);
  CHECK(mistakes(with("  a: {columns: {b: {values: [x, x]}}}\n")) ==
        Strings{"'x' is listed twice"});
  CHECK(mistakes(with("  person: {offices: {}}\n")).size() == 1);
  CHECK(mistakes(with("  a: {columns: {era: name}, offices: {unit: era}}\n")) ==
        Strings{"the views on offices have a column 'era' of their own"});
  CHECK(mistakes(with("  a: {columns: {b: name}, offices: {unit: b}}\n"
                      "stretches: {s: {holders: {b: {b: x}}}}\n")) ==
        Strings{"'b' is the column of the unit and cannot name a holder"});
  CHECK(mistakes(with("  a: {columns: {b: name}, offices: {unit: b, office: b}}\n")) ==
        Strings{"'b' is the unit and cannot be the office too"});
  CHECK(mistakes(with("  a: {columns: {b: text}}\ndates: {a: {first: a.b}}\n")) ==
        Strings{"the schema calls something else 'a' already"});
  CHECK(mistakes(with("  a: {columns: {b: text}}\ndates: {d: {first: a.b}}\n")) ==
        Strings{"the table 'a' has no column of dates 'b'"});
  CHECK(
      mistakes(with("  a: {columns: {b: text}}\ntransitions: {t: {from: {b: x}, to: {b: y}}}\n")) ==
      Strings{"the transition 't' needs the key 'table'"});
  std::string many = "schema: s\ntables:\n";
  for (int i = 0; i < 10'000; ++i) many += "  t" + std::to_string(i) + ": {}\n";
  CHECK(mistakes(many) == Strings{"the schema has 10000 tables, and at most 100 are read"});
}

TEST_CASE("no table of a schema is called as one that every run has") {
  for (const std::string_view name : plain_table_names()) {
    INFO(name);
    CHECK(mistakes("schema: s\ntables: {" + std::string(name) + ": {}}\n").size() == 1);
  }
}

}  // namespace
}  // namespace cadre::test
