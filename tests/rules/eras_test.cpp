// Eras and figures, each in a file of its own.
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre::test {
namespace {

TEST_CASE("eras: all that an era file can say") {
  const Loaded loaded = load_text(R"(eras: reigns
title: Reigns
as_of: 2022-04-30
transition: {opens_before: P6M, promotions_count_to: outgoing}
list:
  - {id: a, label: First, leader: Mao, term: 1, from: 1949-10-01, to: 1976-09-09}
  - {id: b, from: 1976-09-09}
  - {id: c, from: 1989-06-24, to: }
tests:
  - {date: 1950, expect: a}
  - {promotion: 1976-08, expect: none}
)");
  REQUIRE(loaded.rules.has_value());
  CHECK(loaded.diagnostics.empty());
  CHECK(loaded.rules->name == "reigns");
  REQUIRE(loaded.rules->eras.size() == 1);
  const EraScheme& scheme = loaded.rules->eras[0];
  CHECK(scheme.title == "Reigns");
  CHECK(scheme.as_of->text() == "2022-04-30");
  CHECK(scheme.transition_opens_before->months == 6);
  CHECK_FALSE(scheme.promotions_count_to_incoming);
  REQUIRE(scheme.eras.size() == 3);
  CHECK(scheme.eras[0].label == "First");
  CHECK(scheme.eras[0].term == 1);
  CHECK(scheme.eras[1].label == "b");
  CHECK_FALSE(scheme.eras[1].term.has_value());
  // Without an end an era lasts until the next, the last one goes on.
  CHECK(scheme.eras[1].to->text() == "1989-06-24");
  CHECK_FALSE(scheme.eras[2].to.has_value());
  REQUIRE(scheme.tests.size() == 2);
  CHECK(scheme.tests[0].asks == EraTest::Asks::kEraOfDay);
  CHECK(scheme.tests[0].expected == 0U);
  CHECK(scheme.tests[1].asks == EraTest::Asks::kEraOfPromotion);
  CHECK_FALSE(scheme.tests[1].expected.has_value());
}

TEST_CASE("eras: parameters of the rule set stand in era files") {
  const Loaded loaded = load(
      {{"rules.yaml", "ruleset: r\ninclude: [e.yaml]\nparams: {opens: P1Y}\n"},
       {"e.yaml", "eras: e\ntransition: {opens_before: $opens}\nlist: [{id: a, from: 1990}]\n"}});
  REQUIRE(loaded.rules.has_value());
  CHECK(loaded.diagnostics.empty());
  CHECK(loaded.rules->eras[0].transition_opens_before->years == 1);
}

TEST_CASE("eras: the shortest is a day, and one without a day is a mistake") {
  const auto codes = [](const std::string& to) {
    const Loaded loaded = load_text("eras: e\nlist: [{id: a, from: 1990-05-01, to: " + to + "}]\n");
    std::string all;
    for (const Diagnostic& one : loaded.diagnostics) all += one.code + " ";
    return all;
  };
  CHECK(codes("1990-05-02").empty());
  CHECK(codes("1990-05-01") == "empty-era ");
  CHECK(codes("1990-04-30") == "empty-era ");
}

TEST_CASE("eras: days between eras that are meant are not warned of") {
  const auto warnings = [](const std::string& key) {
    return load_text("eras: e\n" + key +
                     "list: [{id: a, from: 1990, to: 1992}, {id: b, from: 1993}]\n")
        .diagnostics.size();
  };
  CHECK(warnings("") == 1);
  CHECK(warnings("gaps: intended\n") == 0);
  CHECK(warnings("gaps: perhaps\n") == 2);
}

TEST_CASE("figures: all that a figure can say") {
  const Loaded loaded = load_text(R"(figure: technocrats
title: Technocrats
note: counted once
sql: |
  SELECT era, count(*) AS n
  FROM t
chart: {y: n, mark: bar, x: era, unit: '%', stack: true}
key: era
published:
  source: A study
  note: in words
  approximate: true
  rows:
    - {era: 19th CC, n: 30, share: 56.7, told: "30", gone: , yes: true}
)");
  REQUIRE(loaded.rules.has_value());
  CHECK(loaded.diagnostics.empty());
  REQUIRE(loaded.rules->figures.size() == 1);
  const Figure& figure = loaded.rules->figures[0];
  CHECK(figure.name == "technocrats");
  CHECK(figure.sql == "SELECT era, count(*) AS n\nFROM t\n");
  CHECK(figure.chart_json == R"({"mark":"bar","x":"era","y":"n","unit":"%","stack":true})");
  CHECK(figure.key == std::vector<std::string>{"era"});
  REQUIRE(figure.published.has_value());
  CHECK(figure.published->approximate);
  REQUIRE(figure.published->rows.size() == 1);
  const auto& row = figure.published->rows[0];
  CHECK(row[0].second == Cell("19th CC"));
  CHECK(row[1].second == Cell(std::int64_t{30}));
  CHECK(row[2].second == Cell(56.7));
  CHECK(row[3].second == Cell("30"));
  CHECK(row[4].second == Cell());
  CHECK(row[5].second == Cell(std::int64_t{1}));
}

TEST_CASE("figures: several in one file") {
  const Loaded loaded =
      load_text("figures:\n  - {figure: a, sql: SELECT 1}\n  - {figure: b, sql: SELECT 2}\n");
  REQUIRE(loaded.rules.has_value());
  REQUIRE(loaded.rules->figures.size() == 2);
  CHECK(loaded.rules->figures[1].sql == "SELECT 2");
}

}  // namespace
}  // namespace cadre::test
