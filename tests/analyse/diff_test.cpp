// What changed between two rule sets, and which change is the cause: one change at a time, of every
// kind there is, and many at once.
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "cadre/analyse/diff.hpp"
#include "cadre/analyse/evidence_change.hpp"
#include "cadre/analyse/joint_rules.hpp"
#include "cadre/analyse/what_if.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/study.hpp"
#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"
#include "tests/support/study.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using test::Files;

const Files kBase = {
    {"rules.yaml", R"(ruleset: base
cadre: 1
include: [fields.yaml, places.yaml, eras.yaml, figure.yaml]
params: {least: 3, modes: [party-school]}
labels:
  trained:
    education: {field: {in: fields/engineering}, degree: {at_least: associate}, mode: {not: $modes}}
  worked:
    career: {role: {matches: engineer}, org: {known: true}}
    total_years: {at_least: $least}
  both: {all: [trained, worked]}
  early: {career: {during: c1}}
  field:
    category_of: fields
    where: {education: {field: {known: true}}}
    columns: [field]
  new_field: {field.group: new}
  years: {years_of: {career: {org: {known: true}}}}
  closed: {education: {degree: doctor}}
  placed: {career: {org: {in: places}, years: {at_least: $least}}}
)"},
    {"fields.yaml", R"(lexicon: fields
categories:
  engineering:
    group: old
    terms: {en: [engineering, machines]}
    regex: {en: ['motor.?s']}
    except: {en: [social engineering]}
    not_near: {terms: {en: [once, communal]}, within: 1}
    categories:
      space: {terms: {en: [rockets]}}
  arts: {group: new, terms: {en: [music, engineering of music]}}
)"},
    {"places.yaml", R"(lexicon: places
categories:
  workshop: {terms: {en: [works]}, except: {en: [road works]}}
)"},
    {"eras.yaml", R"(eras: times
as_of: 2020-01-01
transition: {opens_before: P6M}
list:
  - {id: c1, label: One, from: 1990-01-01, to: 2000-01-01}
  - {id: c2, label: Two, from: 2000-01-01}
)"},
    {"figure.yaml", R"(figure: count
sql: SELECT count(*) AS people FROM labels_wide WHERE trained
)"},
};

Rules load(const Files& files) {
  Loaded loaded = test::load(files);
  for (const Diagnostic& one : loaded.diagnostics) UNSCOPED_INFO(one.message);
  REQUIRE(loaded.rules);
  return std::move(*loaded.rules);
}

Files changed(Files files, const std::string& file, const std::string& from,
              const std::string& to) {
  std::string& text = files.at(file);
  const std::size_t at = text.find(from);
  INFO(file << " has no " << from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  return files;
}

Dataset people() {
  Dataset dataset;
  dataset.schema = Schema::standard();
  const auto add = [&](const std::string& id, const std::string& field, const std::string& degree,
                       const std::string& mode, int start, int end) {
    dataset.people.push_back(testing::person_from(
        R"({"id": ")" + id + R"(", "education": [{"field_en": ")" + field + R"(", "degree": ")" +
        degree + R"(", "mode": ")" + mode + R"("}], "career": [{"start": )" +
        std::to_string(start) + R"(, "end": )" + std::to_string(end) +
        R"(, "org_en": "works", "role_en": "engineer"}]})"));
  };
  add("ann", "engineering", "bachelor", "full-time", 1992, 1999);
  add("bob", "machines and rockets", "associate", "full-time", 1980, 1982);
  add("cyd", "social engineering", "bachelor", "full-time", 1985, 1991);
  add("dan", "engineering of music", "master", "in-service", 2001, 2005);
  add("eve", "motor-s", "doctor", "party-school", 1999, 2010);
  add("fay", "music", "", "full-time", 1995, 1999);
  add("gus", "machines, once rockets; communal studies of machines", "bachelor", "full-time", 1992,
      1999);
  add("hal", "rockets of communal machines once", "bachelor", "full-time", 1980, 1999);
  return dataset;
}

Diff diff_of(const Rules& before, const Rules& after, const Dataset& dataset) {
  return diff_rules({before, {}}, {after, {}}, std::make_shared<const Dataset>(dataset));
}

struct Case {
  std::string file;
  std::string from;
  std::string to;
  std::vector<std::string> changes;  ///< in words
  std::string flips;                 ///< "person label", one that must flip; or empty
};

TEST_CASE("each kind of change is named, and it alone is the cause") {
  const std::vector<Case> cases = {
      {"fields.yaml",
       "[engineering, machines]",
       "[engineering, machines, music]",
       {"term music added to fields/engineering"},
       "fay field"},
      {"fields.yaml",
       "[engineering, machines]",
       "[machines]",
       {"term engineering removed from fields/engineering"},
       "ann trained"},
      {"fields.yaml",
       "'motor.?s'",
       "'motor.?s', 'mus.c'",
       {"regex mus.c added to fields/engineering"},
       "fay field"},
      {"fields.yaml",
       "    regex: {en: ['motor.?s']}\n",
       "",
       {"regex motor.?s removed from fields/engineering"},
       "eve field"},
      {"fields.yaml",
       "[social engineering]",
       "[social engineering, engineering]",
       {"except engineering added to fields/engineering"},
       "ann trained"},
      {"fields.yaml",
       "    except: {en: [social engineering]}\n",
       "",
       {"except social engineering removed from fields/engineering"},
       "cyd trained"},
      {"fields.yaml",
       "    categories:\n      space: {terms: {en: [rockets]}}\n",
       "",
       {"category fields/engineering/space removed"},
       "bob field"},
      {"fields.yaml",
       "  arts:",
       "  song: {terms: {en: [music]}}\n  arts:",
       {"category fields/song added"},
       "fay field"},
      {"fields.yaml",
       "group: old",
       "group: new",
       {"group of fields/engineering old -> new"},
       "ann new_field"},
      {"fields.yaml",
       "lexicon: fields",
       "lexicon: fields\noverlap: all",
       {"overlap of fields longest -> all"},
       "dan trained"},
      {"rules.yaml", "least: 3", "least: 5", {"least 3 -> 5"}, "dan worked"},
      {"rules.yaml",
       "modes: [party-school]",
       "modes: [party-school, full-time]",
       {"modes with full-time"},
       "ann trained"},
      {"rules.yaml",
       "at_least: associate",
       "at_least: bachelor",
       {"trained: degree at_least associate -> bachelor"},
       "bob trained"},
      {"rules.yaml",
       "mode: {not: $modes}",
       "mode: {not: [party-school, full-time]}",
       {"trained: mode full-time no longer counts"},
       "ann trained"},
      {"rules.yaml",
       "{in: fields/engineering}",
       "{in: [fields/engineering, fields/arts]}",
       {"trained: field in fields/arts now counts"},
       "dan trained"},
      {"rules.yaml",
       ", mode: {not: $modes}",
       "",
       {"trained: rows need no longer meet 'mode is not party-school'"},
       "eve trained"},
      {"rules.yaml",
       "org: {known: true}}\n    total",
       "org: {known: false}}\n    total",
       {"worked: org is known -> is not known"},
       "ann worked"},
      {"rules.yaml",
       "all: [trained, worked]",
       "any: [trained, worked]",
       {"both: all of -> any of"},
       "bob both"},
      {"rules.yaml",
       "all: [trained, worked]",
       "all: [trained]",
       {"both: no longer needs 'worked'"},
       "bob both"},
      {"rules.yaml",
       "all: [trained, worked]",
       "all: [trained, worked, early]",
       {"both: also needs 'early'"},
       ""},
      {"rules.yaml",
       "category_of: fields",
       "category_of: fields/arts",
       {"field: category_of fields -> fields/arts"},
       "ann field"},
      {"rules.yaml",
       "columns: [field]",
       "columns: [institution]",
       {"field: columns field -> institution"},
       "ann field"},
      {"rules.yaml",
       "columns: [field]",
       "columns: [field]\n    pick: last",
       {"field: pick most_years -> last"},
       ""},
      {"rules.yaml", "years_of:", "count_of:", {"years: years_of -> count_of"}, "ann years"},
      {"rules.yaml",
       "closed: {education: {degree: doctor}}",
       "closed: {unknown_as: false, education: {degree: doctor}}",
       {"closed: unknown_as none -> false"},
       "fay closed"},
      {"rules.yaml",
       "  closed:",
       "  more: {education: {degree: master}}\n  closed:",
       {"label more added"},
       ""},
      {"rules.yaml", "  closed: {education: {degree: doctor}}\n", "", {"label closed removed"}, ""},
      {"rules.yaml",
       "new_field: {field.group: new}",
       "new_field: {years: {at_least: 3}}",
       {"new_field: 'field.group is new' is now 'years at_least 3'"},
       "ann new_field"},
      {"eras.yaml",
       "to: 2000-01-01}\n  - {id: c2, label: Two, from: 2000-01-01",
       "to: 1994-01-01}\n  - {id: c2, label: Two, from: 1994-01-01",
       {"era c2 begins 1994-01-01 instead of 2000-01-01"},
       "fay early"},
      {"eras.yaml",
       "from: 1990-01-01",
       "from: 1995-01-01",
       {"era c1 begins 1995-01-01 instead of 1990-01-01"},
       "cyd early"},
      {"rules.yaml",
       "during: c1",
       "during: {from: 1990-01-01, to: 2000-01-01}",
       {"early: during, from 1990-01-01 -> after 1990-01-01"},
       ""},
      {"eras.yaml",
       "as_of: 2020-01-01",
       "as_of: 2021-01-01",
       {"as_of of times 2020-01-01 -> 2021-01-01"},
       ""},
      {"eras.yaml", "P6M", "P3M", {"transition of times opens_before P6M -> P3M"}, ""},
      {"figure.yaml", "WHERE trained", "WHERE worked", {"SQL of figure count changed"}, ""},
  };
  const Rules base = load(kBase);
  const Dataset dataset = people();
  for (const Case& one : cases) {
    CAPTURE(one.file, one.from, one.to);
    const Rules other = load(changed(kBase, one.file, one.from, one.to));
    const Diff diff = diff_of(base, other, dataset);
    std::vector<std::string> texts;
    for (const RuleChange& change : diff.changes) {
      texts.push_back(change.text);
      CHECK((change.before.file == one.file || change.before.file.empty()));
      CHECK((change.after.file == one.file || change.after.file.empty()));
      CHECK_FALSE((change.before.file.empty() && change.after.file.empty()));
    }
    CHECK(texts == one.changes);
    bool flipped = one.flips.empty();
    for (const LabelDiff& label : diff.labels) {
      for (const ChangedLabel& person : label.people) {
        CAPTURE(label.name, person.person.id, person.before, person.after);
        CHECK(person.causes == std::vector<std::vector<std::uint32_t>>{{0}});
        flipped = flipped || one.flips == person.person.id + " " + label.name;
      }
    }
    CHECK(flipped);
  }
}

TEST_CASE("a lexicon that reads blanks in another way is one change") {
  const Files base = {{"rules.yaml", R"(ruleset: base
cadre: 1
include: [places.yaml]
labels:
  placed: {career: {org: {in: places, not_near: {in: places/b}}}}
  both: {career: {org: {in: [places/a, places/b]}}}
  place: {category_of: places, where: {career: {org: {in: places}}}}
  in_a: {all: [place: places/a]}
)"},
                      {"places.yaml", R"(lexicon: places
categories:
  a: {terms: {zh: [工厂]}}
  b: {terms: {zh: [煤矿]}}
)"}};
  Dataset dataset;
  dataset.schema = Schema::standard();
  dataset.people.push_back(testing::person_from(R"({"id": "p", "career": [{"org_zh": "工 厂"}]})"));
  dataset.people.push_back(testing::person_from(R"({"id": "q", "career": [{"org_zh": "工厂"}]})"));
  const Rules before = load(base);
  const Rules after =
      load(changed(base, "places.yaml", "lexicon: places", "lexicon: places\nblanks: keep"));
  for (const bool back : {false, true}) {
    const Diff diff = back ? diff_of(after, before, dataset) : diff_of(before, after, dataset);
    REQUIRE(diff.changes.size() == 1);
    CHECK(diff.changes[0].text ==
          (back ? "blanks of places keep -> ignore" : "blanks of places ignore -> keep"));
    CHECK(diff.labels.size() == 4);
    for (const LabelDiff& label : diff.labels) {
      CAPTURE(label.name);
      REQUIRE(label.people.size() == 1);
      CHECK(label.people[0].person.id == "p");
      CHECK(label.people[0].causes == std::vector<std::vector<std::uint32_t>>{{0}});
    }
  }
  const Rules more =
      load(changed(changed(base, "places.yaml", "lexicon: places", "lexicon: places\nblanks: keep"),
                   "places.yaml", "[煤矿]", "[煤矿, 矿山]"));
  CHECK(diff_of(before, more, dataset).changes.at(0).text ==
        "blanks of places ignore -> keep, with other terms");
}

TEST_CASE("a lexicon that reads accents or plurals in another way is one change") {
  const Files base = {{"rules.yaml", R"(ruleset: base
cadre: 1
include: [places.yaml]
labels:
  placed: {career: {org: {in: places}}}
)"},
                      {"places.yaml", R"(lexicon: places
categories:
  a: {terms: [ecole]}
)"}};
  Dataset dataset;
  dataset.schema = Schema::standard();
  dataset.people.push_back(testing::person_from(R"({"id": "p", "career": [{"org_en": "école"}]})"));
  dataset.people.push_back(
      testing::person_from(R"({"id": "q", "career": [{"org_en": "ecoles"}]})"));
  const Rules before = load(base);
  const auto with = [&](const std::string& lines) {
    return load(changed(base, "places.yaml", "lexicon: places", "lexicon: places\n" + lines));
  };
  const auto people_of = [](const Diff& diff) {
    std::string ids;
    for (const LabelDiff& label : diff.labels) {
      for (const auto& person : label.people) {
        ids += person.person.id;
        CHECK(person.causes == std::vector<std::vector<std::uint32_t>>{{0}});
      }
    }
    return ids;
  };
  const Diff accents = diff_of(before, with("accents: keep"), dataset);
  REQUIRE(accents.changes.size() == 1);
  CHECK(accents.changes[0].text == "accents of places fold -> keep");
  CHECK(people_of(accents) == "p");
  const Diff plurals = diff_of(before, with("plurals: en"), dataset);
  REQUIRE(plurals.changes.size() == 1);
  CHECK(plurals.changes[0].text == "plurals of places none -> en");
  CHECK(people_of(plurals) == "q");
  const Diff both = diff_of(before, with("plurals: en\naccents: keep"), dataset);
  CHECK(both.changes.at(0).text == "accents of places fold -> keep, plurals of places none -> en");
}

TEST_CASE("words of a row that did not meet the rule are no evidence yet") {
  const Rules before = load(changed(kBase, "rules.yaml", "{at_least: associate}", "doctor"));
  const Rules after = load(kBase);
  const Schema schema = Schema::standard();
  const Person ann = people().people.front();
  const Classification was = Classifier(before).classify(ann);
  const Classification is = Classifier(after).classify(ann);
  REQUIRE(was.label("trained") == Truth::kFalse);
  REQUIRE(is.label("trained") == Truth::kTrue);
  const auto [lost, gained] = changed_words({was, before.find_label("trained")},
                                            {is, after.find_label("trained")}, ann, schema);
  CHECK(lost.empty());
  CHECK(std::any_of(gained.begin(), gained.end(),
                    [](const ChangedWords& one) { return one.words == "engineering"; }));
}

TEST_CASE("with no change, nothing differs") {
  const Rules base = load(kBase);
  const Diff diff = diff_of(base, base, people());
  CHECK(diff.changes.empty());
  CHECK(diff.labels.empty());
  CHECK_FALSE(diff.differs());
}

TEST_CASE("a rule set that does not fit the data is refused") {
  const Rules base = load(kBase);
  Dataset dataset = people();
  dataset.schema.table(kEducation).columns.clear();
  CHECK_THROWS_WITH(diff_of(base, base, dataset),
                    Catch::Matchers::StartsWith("the rule set 'base' does not fit the data: "));
}

TEST_CASE("with many changes at once a cause flips the label alone, and no part of it does") {
  const std::vector<Case> edits = {
      {"fields.yaml", "[engineering, machines]", "[machines, works]", {}, ""},
      {"fields.yaml", "[social engineering]", "[motor-s]", {}, ""},
      {"fields.yaml", "group: old", "group: new", {}, ""},
      {"fields.yaml", "lexicon: fields", "lexicon: fields\noverlap: all", {}, ""},
      {"fields.yaml", "  arts:", "  song: {group: new, terms: {en: [music]}}\n  arts:", {}, ""},
      {"rules.yaml", "least: 3", "least: 5", {}, ""},
      {"rules.yaml", "modes: [party-school]", "modes: [full-time]", {}, ""},
      {"rules.yaml", "at_least: associate", "at_least: bachelor", {}, ""},
      {"rules.yaml", "all: [trained, worked]", "any: [trained, early]", {}, ""},
      {"rules.yaml", "years_of:", "count_of:", {}, ""},
      {"eras.yaml", "from: 1990-01-01", "from: 1995-01-01", {}, ""},
      {"places.yaml", "except: {en: [road works]}", "except: {en: [works]}", {}, ""},
      {"fields.yaml", "[once, communal]", "[once]", {}, ""},
      {"fields.yaml", "within: 1", "within: 0, side: before", {}, ""},
      {"fields.yaml", "  arts: {", "  arts: {not_near: {terms: [of]}, ", {}, ""},
      {"fields.yaml", "space: {", "space: {near: {terms: [machines, steel]}, ", {}, ""},
      {"rules.yaml", "org: {in: places}", "org: {in: places, not_near: {in: fields}}", {}, ""},
  };
  const Rules base = load(kBase);
  const auto shared = std::make_shared<const Dataset>(people());
  const Dataset& dataset = *shared;
  const Study study(shared);
  std::mt19937 random(11);
  std::size_t flips = 0;
  for (int round = 0; round < 60; ++round) {
    Files files = kBase;
    for (const Case& edit : edits) {
      if (random() % 2 == 0) files = changed(files, edit.file, edit.from, edit.to);
    }
    const Rules other = load(files);
    const JointRules joint(base, other);
    const WhatIfRules what_if_rules(joint, study);
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < joint.changes().size(); ++i) all.push_back(i);

    // With no change made the hybrid is the first rule set, with all of them the second.
    const Classifier before(base, dataset.schema);
    const Classifier after(other, dataset.schema);
    std::map<std::string, WhatIf> what_ifs;
    for (std::uint32_t index = 0; index < dataset.people.size(); ++index) {
      const Person& person = dataset.people[index];
      WhatIf& what_if = what_ifs.try_emplace(person.id, what_if_rules, index).first->second;
      const Classification a = before.classify(person);
      const Classification b = after.classify(person);
      for (std::uint32_t i = 0; i < a.labels.size(); ++i) {
        BareValue first = bare_value(a.labels[i]);
        if (first.category) first.category = joint.of_a(*first.category);
        CHECK(what_if.label(joint.labels_of_a()[i], {}) == first);
        BareValue second = bare_value(b.labels[i]);
        if (second.category) second.category = joint.of_b(*second.category);
        CHECK(what_if.label(joint.labels_of_b()[i], all) == second);
      }
    }

    const Diff diff = diff_of(base, other, dataset);
    for (const LabelDiff& label : diff.labels) {
      const std::uint32_t index = *joint.joint().find_label(label.name);
      for (const ChangedLabel& person : label.people) {
        WhatIf& what_if = what_ifs.at(person.person.id);
        const std::optional<BareValue> target = what_if.label(index, all);
        REQUIRE(target.has_value());
        CAPTURE(round, label.name, person.person.id);
        REQUIRE_FALSE(person.causes.empty());
        CHECK(person.smallest);
        for (const std::vector<std::uint32_t>& cause : person.causes) {
          ++flips;
          CHECK(what_if.label(index, cause) == target);
          REQUIRE(cause.size() < 16);
          for (std::uint32_t bits = 0; bits + 1 < (1U << cause.size()); ++bits) {
            std::vector<std::uint32_t> part;
            for (std::size_t i = 0; i < cause.size(); ++i) {
              if ((bits >> i & 1U) != 0) part.push_back(cause[i]);
            }
            CHECK_FALSE(what_if.label(index, part) == target);
          }
        }
      }
    }
  }
  CHECK(flips > 200);
}

TEST_CASE("causes are found without searching for a term again") {
  const Rules base = load(kBase);
  const Rules other =
      load(changed(kBase, "fields.yaml", "[engineering, machines]", "[machines, music]"));
  const auto dataset = std::make_shared<const Dataset>(people());
  const Study study(dataset);
  study.labels(base);
  study.labels(other);
  const Study::Work before = study.work();
  const JointRules joint(base, other);
  REQUIRE(joint.changes().size() == 2);
  const WhatIfRules what_if_rules(joint, study);
  const std::vector<std::vector<std::uint32_t>> selections = {{}, {0}, {1}, {0, 1}};
  for (std::uint32_t person = 0; person < dataset->people.size(); ++person) {
    WhatIf what_if(what_if_rules, person);
    for (std::uint32_t label = 0; label < joint.joint().labels.size(); ++label) {
      for (const std::vector<std::uint32_t>& selection : selections) {
        CHECK(what_if.label(label, selection).has_value());
      }
    }
  }
  CHECK(study.work().terms_searched == before.terms_searched);
  CHECK(study.work().lexicons_resolved == before.lexicons_resolved);
}

}  // namespace
}  // namespace cadre
