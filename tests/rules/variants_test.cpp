// Variants: what `extends` can change, and where the parts then stand.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre::test {
namespace {

const Files kBase = {
    {"base.yaml", R"(ruleset: base
title: Base
include: [fields.yaml, eras.yaml]
params: {years: 1, degree: bachelor}
labels:
  trained: {title: T, education: {field: {in: fields}, degree: {at_least: $degree}}}
  worked: {title: W, career: {org: {in: fields}}, total_years: {at_least: $years}}
  both: {title: B, all: [trained, worked]}
tests:
  - expect: {trained: unknown}
)"},
    {"fields.yaml", R"(lexicon: fields
categories:
  core:
    group: hard
    terms: {zh: [机械, 电机], en: [machines]}
    categories:
      nuclear: {terms: {zh: [核物理]}}
  law: {terms: [law]}
tests:
  - {text: 机械, expect: [core]}
)"},
    {"eras.yaml", R"(eras: reigns
list:
  - {id: a, from: 1949-10-01, to: 1976-09-09}
  - {id: b, from: 1976-09-09, to: 1989-06-24}
  - {id: c, from: 1989-06-24}
tests:
  - {date: 1950, expect: a}
)"},
};

Rules variant(const std::string& text) {
  Files files = kBase;
  files["rules.yaml"] = "ruleset: r\nextends: base\n" + text;
  const Loaded loaded = load(files);
  for (const Diagnostic& d : loaded.diagnostics) UNSCOPED_INFO(d.place.line << ": " << d.message);
  CHECK(loaded.diagnostics.empty());
  REQUIRE(loaded.rules.has_value());
  return *loaded.rules;
}

std::vector<std::string> label_names(const Rules& rules) {
  std::vector<std::string> names;
  for (const Label& label : rules.labels) names.push_back(label.name);
  return names;
}

/// The literal terms of a category.
std::vector<std::string> terms(const Rules& rules, const std::string& path) {
  std::vector<std::string> out;
  const Lexicon& lexicon = rules.lexicons[0];
  for (const Term& term : lexicon.terms) {
    if (lexicon.categories[term.category].path == path) out.push_back(term.text);
  }
  return out;
}

using Words = std::vector<std::string>;

TEST_CASE("variants: nothing changed is the base without its tests") {
  const Rules rules = variant("title: Variant\n");
  CHECK(rules.name == "r");
  CHECK(rules.title == "Variant");
  CHECK(label_names(rules) == Words{"trained", "worked", "both"});
  CHECK(rules.tests.empty());
  CHECK(rules.lexicons[0].tests.size() == 1);
  CHECK(rules.eras[0].tests.size() == 1);
}

TEST_CASE("variants: labels are replaced in place, added and removed") {
  const Rules rules = variant(
      "labels:\n  worked: {title: W, career: {org: {in: fields/core}}}\n"
      "  both: null\n  more: {title: M, not: worked}\n");
  CHECK(label_names(rules) == Words{"trained", "worked", "more"});
  CHECK(rules.sources->path_and_line(rules.labels[0].range) == "base.yaml:6");
  CHECK(rules.sources->path_and_line(rules.labels[1].range) == "rules.yaml:4");
}

TEST_CASE("variants: parameters take new values") {
  const Rules rules = variant("params: {years: 5}\n");
  REQUIRE(rules.params.size() == 2);
  CHECK(rules.params[0].value == "5");
  CHECK(rules.params[1].value == "bachelor");
  CHECK(rules.sources->path_and_line(rules.params[0].range) == "rules.yaml:3");
}

TEST_CASE("variants: terms are added and removed") {
  const Rules rules = variant(R"(lexicons:
  fields:
    add:
      core: {terms: {zh: [汽车], de: [Maschine]}, except: {zh: [机械化]}}
      core/nuclear: {regex: {zh: ['核.物理']}}
      law: {terms: [statute]}
    remove:
      core: {terms: {zh: [电机]}}
)");
  CHECK(terms(rules, "core") == Words{"机械", "汽车", "machines", "Maschine", "机械化"});
  CHECK(terms(rules, "core/nuclear") == Words{"核物理", "核.物理"});
  CHECK(terms(rules, "law") == Words{"law", "statute"});
  for (const Term& term : rules.lexicons[0].terms) {
    const std::string place = rules.sources->path_and_line(term.range);
    if (term.text == "机械") CHECK(place == "fields.yaml:5");
    if (term.text == "汽车") CHECK(place == "rules.yaml:6");
  }
  CHECK(rules.lexicons[0].tests.empty());
  CHECK(rules.eras[0].tests.size() == 1);
}

TEST_CASE("variants: words of near and not_near are added and removed, and windows replaced") {
  const auto contexts = [](const std::string& change) {
    const Rules rules = variant("lexicons: {fields: {" + change + "}}\n");
    std::string out;
    for (const Context& context : rules.lexicons[0].contexts) {
      out += name(context.window);
      out += context.window.within ? " " + std::to_string(*context.window.within) : "";
      for (const Term& term : rules.lexicons[0].terms) {
        const bool of_it = term.kind == Term::Kind::kContext &&
                           &rules.lexicons[0].contexts[term.context] == &context;
        if (of_it) out += " " + term.text;
      }
      out += ";";
    }
    return out;
  };
  const std::string base = "add: {law: {not_near: {terms: {en: [never, no]}, within: 2}}}";
  CHECK(contexts(base) == "not_near 2 never no;");
  // The first words come with a window, the others go to it.
  const std::string add = "set: {law: {not_near: {terms: {en: [never, no]}, within: 2}}}, ";
  CHECK(contexts(add + "add: {law: {not_near: {terms: {en: [nor], zh: [从未]}}}}") ==
        "not_near 2 never no nor 从未;");
  CHECK(contexts(add + "add: {law: {not_near: {terms: [nor], within: 0}}}") ==
        "not_near 2 never no;not_near 0 nor;");
  CHECK(contexts(add + "add: {law: {near: {terms: [civil]}}}") ==
        "near civil;not_near 2 never no;");
}

TEST_CASE("variants: what a base says of near and not_near is taken away") {
  const auto contexts = [](const std::string& change) {
    Loaded loaded = load({{"rules.yaml",
                           "ruleset: v\ncadre: 1\nextends: base.yaml\nlexicons: "
                           "{l: {remove: {a: {not_near: " +
                               change + "}}}}\n"},
                          {"base.yaml",
                           "ruleset: base\ncadre: 1\ninclude: [l.yaml]\nlabels:\n"
                           "  x: {title: X, career: {org: {in: l}}}\n"},
                          {"l.yaml",
                           "lexicon: l\ncategories:\n"
                           "  a: {terms: [x], not_near: {terms: {en: [never, no]}}}\n"}});
    std::string out;
    for (const Diagnostic& one : loaded.diagnostics) out += one.code + " ";
    if (!loaded.rules) return out;
    for (const Term& term : loaded.rules->lexicons[0].terms) out += term.text + " ";
    return out + std::to_string(loaded.rules->lexicons[0].contexts.size());
  };
  CHECK(contexts("{terms: {en: [never]}}") == "x no 1");
  CHECK(contexts("all") == "x 0");
  CHECK(contexts("{terms: {en: [nor]}}") == "nothing-to-remove ");
  CHECK(contexts("{terms: {en: [never, no]}}") == "empty-list ");
  CHECK(contexts("[never]") == "wrong-type ");
}

TEST_CASE("variants: categories are added, removed and given another group") {
  const Rules rules = variant(R"(lexicons:
  fields:
    remove: {core/nuclear: all}
    set: {core: {group: soft}}
    add:
      medicine: {terms: {zh: [医学]}}
      core/shipbuilding: {terms: {zh: [造船]}}
)");
  Words paths;
  for (const Category& category : rules.lexicons[0].categories) paths.push_back(category.path);
  CHECK(paths == Words{"", "core", "core/shipbuilding", "law", "medicine"});
  CHECK(rules.lexicons[0].categories[1].group == "soft");
  CHECK(rules.lexicons[0].categories[2].group == "soft");
  CHECK(terms(rules, "core/shipbuilding") == Words{"造船"});
}

TEST_CASE("variants: a new category may be called by a path that is like its parent's") {
  const Rules rules =
      variant("lexicons: {fields: {add: {core/nuclear/fuel: {terms: {zh: [核燃料]}}}}}\n");
  CHECK(terms(rules, "core/nuclear/fuel") == Words{"核燃料"});
}

TEST_CASE("variants: set replaces whole lists of terms") {
  const Rules rules = variant("lexicons: {fields: {set: {core: {terms: {zh: [汽车]}}}}}\n");
  CHECK(terms(rules, "core") == Words{"汽车"});
}

TEST_CASE("variants: a boundary between eras moves for both") {
  const Rules rules = variant("eras: {reigns: {b: {from: 1978-12-18, label: Reform}}}\n");
  const std::vector<Era>& eras = rules.eras[0].eras;
  CHECK(eras[0].to->text() == "1978-12-18");
  CHECK(eras[1].from.text() == "1978-12-18");
  CHECK(eras[1].label == "Reform");
  CHECK(eras[1].to->text() == "1989-06-24");
  CHECK(rules.sources->path_and_line(eras[1].range) == "rules.yaml:3");
  CHECK(rules.eras[0].tests.empty());

  const Rules later = variant("eras: {reigns: {b: {to: 1992-01-18}}}\n");
  CHECK(later.eras[0].eras[1].to->text() == "1992-01-18");
  CHECK(later.eras[0].eras[2].from.text() == "1992-01-18");
}

TEST_CASE("variants: the transition of an era file is replaced") {
  const Rules rules = variant("eras: {reigns: {transition: {opens_before: P3M}, as_of: 2020}}\n");
  CHECK(rules.eras[0].transition_opens_before->months == 3);
  CHECK(rules.eras[0].as_of->text() == "2020");
}

TEST_CASE("variants: a variant of a variant, with files of its own") {
  Files files = kBase;
  files["strict.yaml"] = "ruleset: strict\nextends: base\nparams: {years: 5}\n";
  files["rules.yaml"] =
      "ruleset: r\nextends: strict.yaml\ninclude: [more.yaml]\n"
      "labels: {third: {title: T, career: {role: {in: more}}}}\n";
  files["more.yaml"] = "lexicon: more\ncategories: {a: {terms: {en: [b]}}}\n";
  const Loaded loaded = load(files);
  REQUIRE(loaded.rules.has_value());
  CHECK(loaded.rules->params[0].value == "5");
  CHECK(label_names(*loaded.rules) == Words{"trained", "worked", "both", "third"});
  CHECK(loaded.rules->lexicons.size() == 2);
  CHECK(loaded.sources->path(0) == "rules.yaml");
  CHECK(loaded.sources->size() == 6);
}

TEST_CASE("variants: the base may lie elsewhere and keeps its own folder") {
  Files files;
  for (const auto& [path, text] : kBase) files["shipped/" + path] = text;
  files["mine/rules.yaml"] = "ruleset: r\nextends: ../shipped/base\n";
  const Loaded loaded = load(files, "mine/rules.yaml");
  REQUIRE(loaded.rules.has_value());
  CHECK(loaded.rules->lexicons.size() == 1);
  CHECK(loaded.sources->path(2) == "shipped/fields.yaml");
}

}  // namespace
}  // namespace cadre::test
