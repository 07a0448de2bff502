#include "fuzz/study.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

#include "cadre/base/files.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/data/jsonl.hpp"
#include "cadre/data/problems.hpp"
#include "cadre/rules/load.hpp"
#include "cadre/run/writer.hpp"
#include "fuzz/bundle.hpp"
#include "fuzz/scratch.hpp"

namespace cadre::fuzz {
namespace {

constexpr std::string_view kRules = R"(=== a.yaml
ruleset: a
cadre: 1
include: [l.yaml, e.yaml, f.yaml]
params: {years: 1}
labels:
  trained: {education: {field: {in: l/x}, degree: {at_least: associate}}}
  worked:
    career: {any: [{org: {in: l}}, {role: {matches: '工程师|engineer'}}], before: first_post}
    total_years: {at_least: $years}
  both: {all: [trained, worked]}
  kind: {category_of: l, where: worked, pick: most_years}
  years: {years_of: worked}
  first: {first_date_of: worked}
=== e.yaml
eras: e
as_of: 2022-04-30
transition: {opens_before: P6M, promotions_count_to: incoming}
list:
  - {id: one, label: First, from: 1990-01-01, to: 2007-10-22}
  - {id: two, label: Second, from: 2007-10-22}
=== f.yaml
figure: f
sql: SELECT era, count(*) AS n FROM post_eras JOIN labels_wide USING (person) GROUP BY era
chart: {mark: bar, x: era, y: n}
published: {source: A study, rows: [{era: one, n: 2}]}
=== l.yaml
lexicon: l
categories:
  x: {group: g, terms: {zh: [工程, 机械], en: ["engineer*", machine]}}
  y:
    terms: {zh: [航天]}
    regex: {zh: ['航空.{0,6}院']}
    except: {zh: [航天桥]}
)";

constexpr std::string_view kPeople =
    R"({"id":"a","name_zh":"许达哲","birth":"1956-09","education":[{"start":"1978","end":"1982",)"
    R"("field_zh":"机械制造","degree":"bachelor"}],"career":[{"start":"1984-12","end":"1998",)"
    R"("org_zh":"航天部一院","role_zh":"工程师"}],"posts":[{"start":"2001","end":"2006-03-01",)"
    R"("province":"hunan","office":"governor"},{"start":"2006-03-01","end":"..",)"
    R"("province":"hunan","office":"party_secretary"}]})"
    "\n"
    R"({"id":"b","name_en":"B","career":[{"org_en":"machine works","start":"1980"}]})"
    "\n";

struct Study {
  Rules rules;
  Dataset dataset;
  std::string run;

  Study() {
    const Bundle files = unpack(kRules, "");
    Loaded loaded = load_rules("a.yaml", reading(files));
    Diagnostics diagnostics;
    Problems problems(diagnostics, 10);
    auto people = read_json_lines(std::string(kPeople), "p", DataOptions(), problems);
    if (!loaded.rules || !people) throw std::runtime_error("the small study is wrong");
    rules = *std::move(loaded.rules);
    dataset = *std::move(people);
    const Classifier classifier(rules, dataset.schema);
    const std::vector<Classification> labels = classifier.classify(dataset.people, 1);
    const std::filesystem::path path = scratch() / "study.sqlite";
    write_run_sqlite({rules, dataset, labels, {}}, path);
    run = read_file(path);
  }
};

const Study& study() {
  static const Study kStudy;
  return kStudy;
}

}  // namespace

const Rules& small_rules() {
  return study().rules;
}
const Dataset& small_dataset() {
  return study().dataset;
}
const std::string& small_run() {
  return study().run;
}

}  // namespace cadre::fuzz
