// Damaged rule files: whatever the bytes, loading ends with rules or with errors that have a place.
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "cadre/rules/render.hpp"
#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre::test {
namespace {

const std::vector<std::string> kWhole = {
    R"(ruleset: r
cadre: 1
include: [l.yaml]
params: {years: 1, modes: [full-time, visiting]}
columns: {career: {rank: {order: [low, high]}}}
labels:
  a: &a
    title: "A \u4e00"
    any:
      - education: {field: {in: l/x, not_in: l/y}, mode: {one_of: $modes}}
      - career: {any: [{org: {matches: '工.程'}}, {rank: {at_least: low}}], before: first_post}
        total_years: {at_least: $years}
  k: {category_of: l, where: a, pick: first}
  n: {years_of: a}
  d: {first_date_of: a}
  t: {all: [a, {k.group: g}, {n: {at_least: 2}}, {d: {before: 1980-02}}, {a: unknown}]}
tests:
  - {person: {birth: 1950}, career: [{org_zh: 工程, start: 1980, end: ..}], expect: {a: true}}
)",
    R"(lexicon: l
except: {zh: [希望工程]}
categories:
  x:
    group: g
    terms: {zh: [工程, 机械], en: ["engineer*", 'plant ''a''']}
    regex: {zh: ['航空.{0,6}院']}
    categories: {z: {terms: {zh: [桥]}}}
  y: {terms: [law]}
tests:
  - {text: 工程, expect: [x], not: x/z}
)",
    "eras: e\nlist:\n  - {id: a, from: 1949-10-01, to: 1976-09-09}\n  - id: b\n    from: "
    "1976-09-09\n"
    "tests: [{date: 1950, expect: a}]\n",
    "figure: f\nsql: |\n  SELECT era,\n    count(*) AS n -- all\n  FROM t\nchart: {mark: bar, x: "
    "era}\n"
    "published:\n  source: >-\n    A\n    study\n  rows: [{era: a, n: 1.5}]\n",
    R"(ruleset: v
extends: r
labels: {t: null}
lexicons: {l: {add: {x: {terms: {zh: [路]}}}, remove: {x/z: all}, set: {x: {group: h}}}}
)",
};

std::string damage(std::string text, std::mt19937& random) {
  static const std::string kSigns = "[]{}:,-&*!|>'\"%@`#?$~ \n\t\\a0";
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (std::size_t i = 1 + below(4); i > 0 && !text.empty(); --i) {
    const std::size_t at = below(text.size());
    switch (below(6)) {
      case 0:
        text[at] = kSigns[below(kSigns.size())];
        break;
      case 1:
        text.insert(at, 1, kSigns[below(kSigns.size())]);
        break;
      case 2:
        text.erase(at, 1 + below(8));
        break;
      case 3:
        text.insert(at, text.substr(below(text.size()), below(40)));
        break;
      case 4:
        text.resize(at);
        break;
      case 5:
        text[at] = static_cast<char>(random());
        break;
    }
  }
  return text;
}

void check(const Loaded& loaded) {
  CHECK(loaded.rules.has_value() == !has_errors(loaded.diagnostics));
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    CHECK_FALSE(diagnostic.code.empty());
    CHECK_FALSE(diagnostic.message.empty());
    CHECK(diagnostic.place.line >= 1);
    CHECK(diagnostic.place.column >= 1);
    CHECK(diagnostic.place.end_column >= diagnostic.place.column);
  }
  CHECK(render_text(loaded.diagnostics).empty() == loaded.diagnostics.empty());
}

TEST_CASE("damaged rules: the whole files are good") {
  for (const std::string& text : kWhole) {
    const Loaded loaded =
        load({{"rules.yaml", text}, {"l.yaml", kWhole[1]}, {"r.yaml", kWhole[0]}});
    INFO(render_text(loaded.diagnostics));
    CHECK(loaded.rules.has_value());
  }
}

TEST_CASE("damaged rules: nothing that the bytes say brings the loader down") {
  std::mt19937 random(20220430);
  for (int round = 0; round < 4000; ++round) {
    Files files = {{"rules.yaml", kWhole[static_cast<std::size_t>(round) % kWhole.size()]},
                   {"l.yaml", kWhole[1]},
                   {"r.yaml", kWhole[0]}};
    auto damaged = files.begin();
    std::advance(damaged, round % 3 == 0 ? random() % files.size() : 2);
    damaged->second = damage(damaged->second, random);
    INFO(damaged->first << ":\n" << damaged->second);
    check(load(files));
  }
}

}  // namespace
}  // namespace cadre::test
