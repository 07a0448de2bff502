#include "cadre/classify/edit.hpp"

#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre {
namespace {

const std::string kRules = R"(ruleset: r
cadre: 1
params: {years: 3}
include: [industries.yaml, unused.yaml]
labels:
  rockets: {career: {org: {in: industries/rockets}}}
  long: {career: {org: {in: industries/rockets}}, total_years: {at_least: $years}}
  industry: {category_of: industries, where: rockets}
)";

const std::string kIndustries = R"(lexicon: industries
categories:
  rockets:
    group: emerging
    terms: {zh: [航天, 火箭], en: ["space flight", rocket*]}
    except: {zh: [航天桥]}
  coal:
    terms: [煤]
    regex: ['矿[井务]']
)";

const std::string kUnused = R"(lexicon: unused
categories: {x: {terms: [x]}}
)";

Rules load(std::string rules, std::string industries, std::string unused = kUnused) {
  Loaded loaded = test::load({{"rules.yaml", std::move(rules)},
                              {"industries.yaml", std::move(industries)},
                              {"unused.yaml", std::move(unused)}});
  REQUIRE(loaded.rules);
  return *std::move(loaded.rules);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// What replacing a part of the lexicon comes to.
Edit edit_lexicon(const std::string& from, const std::string& to) {
  const Rules before = load(kRules, kIndustries);
  const Rules after = load(kRules, replaced(kIndustries, from, to));
  return Edit(before, after);
}

Edit edit_rules(const std::string& from, const std::string& to) {
  const Rules before = load(kRules, kIndustries);
  const Rules after = load(replaced(kRules, from, to), kIndustries);
  return Edit(before, after);
}

using Words = std::vector<std::string>;

TEST_CASE("edit: the same rules touch nobody") {
  const Rules rules = load(kRules, kIndustries);
  const Edit edit(rules, rules);
  CHECK_FALSE(edit.touches_anybody());
  CHECK(edit.words().empty());
}

TEST_CASE("edit: terms that come or go are its words, folded") {
  const Edit gone = edit_lexicon("航天, ", "");
  CHECK_FALSE(gone.touches_anybody());
  CHECK(gone.words() == Words{"航天"});
  CHECK(edit_lexicon("航天, ", "航天, 衛星, ").words() == Words{"卫星"});
  CHECK(edit_lexicon("space flight", "Space-Ship").words() == Words{"space flight", "space ship"});
  CHECK(edit_lexicon("rocket*", "rocket").words() == Words{"rocket"});
  CHECK(edit_lexicon("[航天桥]", "[航天桥, 航天路]").words() == Words{"航天路"});
  // All words that a term stands for.
  CHECK(edit_lexicon("航天, ", "航天, 着陆, ").words() == Words{"着陆", "著陆"});
  CHECK(edit_lexicon("航天, ", "航天, 卫　星, ").words() == Words{"卫星"});
  // Another language or category is another term.
  CHECK(edit_lexicon("rocket*]", "rocket*, 火箭]").words() == Words{"火箭"});
  CHECK(edit_lexicon("[煤]", "[煤, 航天]").words() == Words{"航天"});
}

TEST_CASE("edit: words of near and not_near that come or go are its words") {
  const std::string with = "terms: [煤]\n    not_near: {terms: [前, 原], within: 2}";
  const Rules before = load(kRules, replaced(kIndustries, "terms: [煤]", with));
  const auto edit = [&](const std::string& context) {
    const std::string now = "terms: [煤]\n    " + context;
    return Edit(before, load(kRules, replaced(kIndustries, "terms: [煤]", now)));
  };
  CHECK_FALSE(edit("not_near: {terms: [前, 原], within: 2}").touches_anybody());
  CHECK(edit("not_near: {terms: [前, 原, 無], within: 2}").words() == Words{"无"});
  CHECK(edit("not_near: {terms: [前], within: 2}").words() == Words{"原"});
  // What is no word may touch anybody.
  for (const char* context :
       {"not_near: {terms: [前, 原], within: 3}", "not_near: {terms: [前, 原]}",
        "not_near: {terms: [前, 原], within: 2, side: before}",
        "near: {terms: [前, 原], within: 2}", "note: none",
        "not_near: [{terms: [前], within: 2}, {terms: [原], within: 2}]"}) {
    CAPTURE(context);
    CHECK(edit(context).touches_anybody());
  }
}

TEST_CASE("edit: a condition's near and not_near are a part of its label") {
  const std::string in = "rockets: {career: {org: {in: industries/rockets";
  const auto edit = [&](const std::string& was, const std::string& is) {
    const Rules before = load(replaced(kRules, in, in + was), kIndustries);
    const Rules after = load(replaced(kRules, in, in + is), kIndustries);
    return Edit(before, after).labels();
  };
  const std::string near = ", near: {in: industries/coal, within: 2}";
  CHECK(edit(near, near) == std::vector<bool>{false, false, false});
  CHECK(edit("", near) == std::vector<bool>{true, false, true});
  CHECK(edit(near, ", not_near: {in: industries/coal, within: 2}")[0]);
  CHECK(edit(near, ", near: {in: industries/coal, within: 3}")[0]);
  CHECK(edit(near, ", near: {in: industries/coal, within: 2, side: after}")[0]);
  CHECK(edit(near, ", near: {in: unused, within: 2}")[0]);
}

TEST_CASE("edit: of a term that keeps its blanks a part without is looked for") {
  const std::string keeps = replaced(kIndustries, "categories:", "blanks: keep\ncategories:");
  const Rules before = load(kRules, keeps);
  const Edit edit(before, load(kRules, replaced(keeps, "航天, ", "航天, 卫 星站-工 it, ")));
  CHECK_FALSE(edit.touches_anybody());
  CHECK(edit.words() == Words{"星站"});
  CHECK(Edit(before, load(kRules, kIndustries)).touches_anybody());
}

TEST_CASE("edit: of a term that keeps its accents the form without is looked for") {
  const std::string keeps = replaced(kIndustries, "categories:", "accents: keep\ncategories:");
  const Rules before = load(kRules, keeps);
  const Edit edit(before, load(kRules, replaced(keeps, "航天, ", "航天, œuvre Ñandú, ")));
  CHECK_FALSE(edit.touches_anybody());
  CHECK(edit.words() == Words{"oeuvre nandu"});
  CHECK(Edit(before, load(kRules, kIndustries)).touches_anybody());
}

TEST_CASE("edit: a term is looked for in its plurals too") {
  const std::string plural = replaced(kIndustries, "categories:", "plurals: en\ncategories:");
  const Rules before = load(kRules, plural);
  const Edit edit(before, load(kRules, replaced(plural, "\"space flight\", ",
                                                "\"space flight\", secretary, ")));
  CHECK(edit.words() == Words{"secretaries", "secretary"});
  CHECK(Edit(before, load(kRules, kIndustries)).touches_anybody());
}

TEST_CASE("edit: terms in another order may matter to anybody") {
  CHECK(edit_lexicon("[航天, 火箭]", "[火箭, 航天]").touches_anybody());
  CHECK(edit_lexicon("[航天, 火箭]", "[卫星, 航天, 火箭]").words() == Words{"卫星"});
}

TEST_CASE("edit: what is no term may touch anybody") {
  const auto [from, to] = GENERATE(table<std::string, std::string>({
      {"矿[井务]", "矿[井]"},
      {"  coal:", "  coal_mines:"},
      {"group: emerging", "group: traditional"},
      {"lexicon: industries", "lexicon: industries\noverlap: all"},
  }));
  CAPTURE(from, to);
  const Edit edit = edit_lexicon(from, to);
  CHECK(edit.touches_anybody());
  CHECK(edit.words().empty());
}

TEST_CASE("edit: a category that comes or goes has the words of its terms") {
  const std::string quantum =
      "  quantum:\n    group: emerging\n    terms: [量子]\n    except: [量子力学]\n"
      "    categories: {chips: {terms: [芯片]}}\n";
  const std::string at = GENERATE("  rockets:\n    group", "  coal:\n");
  CAPTURE(at);
  const Rules without = load(kRules, kIndustries);
  const Rules with = load(kRules, replaced(kIndustries, at, quantum + at));
  for (const Edit& edit : {Edit(without, with), Edit(with, without)}) {
    CHECK_FALSE(edit.touches_anybody());
    CHECK(edit.words() == Words{"芯片", "量子", "量子力学"});
  }
  // A label that names it is another label, and a pattern is no word.
  const std::string named = replaced(kRules, "in: industries/rockets", "in: industries/quantum");
  CHECK(Edit(without, load(named, replaced(kIndustries, at, quantum + at))).touches_anybody());
  const std::string pattern = replaced(quantum, "    except", "    regex: [量.子]\n    except");
  CHECK(Edit(without, load(kRules, replaced(kIndustries, at, pattern + at))).touches_anybody());
}

TEST_CASE("edit: categories in another order, or below another, may touch anybody") {
  const std::string lexicon =
      "lexicon: industries\ncategories:\n  rockets: {terms: [火箭]}\n  coal: {terms: [煤]}\n";
  const std::string turned =
      "lexicon: industries\ncategories:\n  coal: {terms: [煤]}\n  rockets: {terms: [火箭]}\n";
  CHECK(Edit(load(kRules, lexicon), load(kRules, turned)).touches_anybody());
  // Below another its path is another, so that it went and came.
  const std::string below =
      "lexicon: industries\ncategories:\n  rockets:\n    terms: [火箭]\n"
      "    categories: {coal: {terms: [煤]}}\n";
  CHECK(Edit(load(kRules, lexicon), load(kRules, below)).words() == Words{"煤"});
}

TEST_CASE("edit: labels that are written otherwise may touch anybody") {
  const auto [from, to] = GENERATE(table<std::string, std::string>({
      {"years: 3", "years: 4"},
      {"where: rockets", "where: long"},
      {"  rockets: {", "  rockets: {unknown_as: false, "},
      {"  rockets: {career: {org: {in: industries/rockets}}}",
       "  rockets: {career: {org: {in: industries}}}"},
      {"  industry:", "  more: {all: [rockets]}\n  industry:"},
  }));
  CAPTURE(from, to);
  CHECK(edit_rules(from, to).touches_anybody());
}

TEST_CASE("edit: only labels that look for its words, or name such labels, can change") {
  const std::string more = kRules +
                           "  other: {career: {org: {in: unused}}}\n"
                           "  either: {any: [other, long]}\n";
  const Rules before = load(more, kIndustries);
  const auto changed = [&](const Rules& after) {
    const Edit edit(before, after);
    REQUIRE_FALSE(edit.touches_anybody());
    Words names;
    for (std::size_t i = 0; i < after.labels.size(); ++i) {
      if (edit.labels()[i]) names.push_back(after.labels[i].name);
    }
    return names;
  };
  CHECK(changed(load(more, replaced(kIndustries, "航天, ", ""))) ==
        Words{"rockets", "long", "industry", "either"});
  CHECK(changed(load(more, kIndustries, replaced(kUnused, "[x]", "[x, y]"))) ==
        Words{"other", "either"});
  CHECK(changed(load(more, kIndustries)).empty());
}

TEST_CASE("edit: what decides no label touches nobody") {
  CHECK_FALSE(edit_rules("  rockets: {", "  rockets: {title: Rockets, ").touches_anybody());
  CHECK_FALSE(
      edit_rules("  industry: {category_of: industries, where: rockets}\n", "").touches_anybody());
  const Rules before = load(kRules, kIndustries);
  const Rules after = load(kRules, kIndustries, replaced(kUnused, "x: {", "y: {"));
  CHECK_FALSE(Edit(before, after).touches_anybody());
}

}  // namespace
}  // namespace cadre
