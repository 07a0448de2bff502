// What labels come to: one test case for each construct of the rule language.
#include <random>
#include <string>
#include <vector>

#include "cadre/classify/windows.hpp"
#include "tests/catch.hpp"
#include "tests/support/study.hpp"
#include "tests/support/tables.hpp"

namespace cadre {
namespace {

using testing::evidence_text;
using testing::person_from;
using testing::rules_from;

const std::map<std::string, std::string> kLexicons = {{"fields.yaml", R"(
lexicon: fields
categories:
  engineering:
    terms: {zh: [工程, 机械], en: [engineering, mechanical]}
    categories:
      rockets: {terms: {zh: [火箭], en: [rocket*]}}
  social:
    terms: {zh: [社会工程], en: [social engineering]}
)"},
                                                      {"industries.yaml", R"(
lexicon: industries
categories:
  aerospace: {group: emerging, terms: {zh: [航天], en: [aerospace]}}
  coal: {group: traditional, terms: {zh: [煤矿], en: [coal]}}
  steel: {group: traditional, terms: {zh: [钢铁], en: [steel]}}
)"},
                                                      {"eras.yaml", R"(
eras: committees
as_of: 2022-04-30
list:
  - {id: cc14, label: 14th CC, from: 1992-10-18, to: 1997-09-18}
  - {id: cc15, label: 15th CC, from: 1997-09-18, to: 2002-11-14}
)"},
                                                      {"reigns.yaml", R"(
eras: reigns
list:
  - {id: first, label: First, from: 1980, to: 1990-05}
)"}};

Rules rules_with(const std::string& labels) {
  return rules_from(
      "ruleset: test\ncadre: 1\ninclude: [fields.yaml, industries.yaml, eras.yaml, reigns.yaml]\n"
      "labels:\n" +
          labels,
      kLexicons);
}

/// The truth of `label` for a person with these rows.
Truth truth_of(const std::string& label, const std::string& person) {
  const Rules rules = rules_with("  x: " + label + "\n");
  const Classifier classifier(rules);
  return classifier.classify(person_from(person)).label("x");
}

const char* const kNobody = R"({"id": "p"})";

std::string educated(const std::string& row) {
  return R"({"id": "p", "education": [)" + row + "]}";
}

std::string employed(const std::string& rows, const std::string& more = "") {
  return R"({"id": "p", )" + more + R"("career": [)" + rows + "]}";
}

TEST_CASE("a term in a column makes a row condition true") {
  const std::string rule = "{education: {field: {in: fields/engineering}}}";
  CHECK(truth_of(rule, educated(R"({"field_zh": "机械制造"})")) == Truth::kTrue);
  CHECK(truth_of(rule, educated(R"({"field_en": "rocketry"})")) == Truth::kTrue);
  CHECK(truth_of(rule, educated(R"({"field_zh": "中文"})")) == Truth::kFalse);
  CHECK(truth_of(rule, educated(R"({"field_zh": "社会工程"})")) == Truth::kFalse);
  // A zh term is looked for in zh columns only.
  CHECK(truth_of(rule, educated(R"({"field_en": "工程"})")) == Truth::kFalse);
}

const std::map<std::string, std::string> kRoles = {{"roles.yaml", R"(
lexicon: roles
categories:
  engineer:
    terms: {zh: [工程师], en: [engineer]}
    not_near: {terms: {zh: [从未], en: [never]}, within: 6, side: before}
  bank:
    terms: {en: [bank]}
    near: {terms: {en: [money, loans]}, within: 3}
  worker: {terms: {zh: [工人], en: [worker]}}
)"},
                                                   {"negations.yaml", R"(
lexicon: negations
categories:
  never: {terms: {zh: [从未, 未曾], en: [never, not]}}
  doubtful: {terms: {zh: [或], en: [perhaps]}}
)"}};

Rules with_roles(const std::string& label) {
  return rules_from(
      "ruleset: test\ncadre: 1\ninclude: [roles.yaml, negations.yaml]\nlabels:\n  x: " + label +
          "\n",
      kRoles);
}

TEST_CASE("near and not_near of a category decide wherever its terms are looked for") {
  const auto is = [](const std::string& label, const std::string& role) {
    const Rules rules = with_roles(label);
    const std::string row = R"({"role_zh": ")" + role + R"(", "role_en": ")" + role + R"("})";
    return Classifier(rules).classify(person_from(employed(row))).label("x");
  };
  const std::string in = "{career: {role: {in: roles/engineer}}}";
  CHECK(is(in, "担任过工程师") == Truth::kTrue);
  CHECK(is(in, "从未担任过工程师") == Truth::kFalse);
  CHECK(is(in, "从未当官，后任工程师") == Truth::kTrue);
  CHECK(is(in, "never worked as an engineer") == Truth::kFalse);
  CHECK(is(in, "engineer, never a manager") == Truth::kTrue);
  CHECK(is("{career: {role: {not_in: roles/engineer}}}", "never an engineer") == Truth::kTrue);
  CHECK(is("{category_of: roles, columns: [role], where: {career: {role: {known: true}}}}",
           "never an engineer") == Truth::kFalse);
  CHECK(is("{career: {role: {in: roles/bank}}}", "bank of the river") == Truth::kFalse);
  CHECK(is("{career: {role: {in: roles/bank}}}", "bank that gives loans") == Truth::kTrue);
}

TEST_CASE("near and not_near of a condition say which of its matches count") {
  const auto is = [](const std::string& test, const std::string& role) {
    const Rules rules = with_roles("{career: {role: " + test + "}}");
    return Classifier(rules)
        .classify(person_from(employed(R"({"role_zh": ")" + role + R"("})")))
        .label("x");
  };
  const std::string not_never =
      "{in: roles/worker, not_near: {in: negations/never, within: 4, side: before}}";
  CHECK(is(not_never, "钢铁厂工人") == Truth::kTrue);
  CHECK(is(not_never, "未曾当过工人") == Truth::kFalse);
  CHECK(is(not_never, "未曾在大的厂当过工人") == Truth::kTrue);
  CHECK(is(not_never, "工人，未曾") == Truth::kTrue);
  // Another match counts.
  CHECK(is(not_never, "未曾当过工人；工人") == Truth::kTrue);
  CHECK(is("{not_in: roles/worker, not_near: {in: negations}}", "未曾当过工人") == Truth::kTrue);
  CHECK(is("{not_in: roles/worker, not_near: {in: negations}}", "当过工人") == Truth::kFalse);
  CHECK(is("{in: roles/worker, near: {in: roles/engineer}}", "工人、工程师") == Truth::kTrue);
  CHECK(is("{in: roles/worker, near: {in: roles/engineer}}", "工人。工程师") == Truth::kFalse);
  // A context word of a lexicon is one of its matches: this one does not count itself.
  CHECK(is("{in: roles/worker, near: {in: roles/engineer}}", "从未当过工程师、工人") ==
        Truth::kFalse);
  // Several must all hold.
  const std::string both =
      "{in: roles/worker, near: [{in: roles/engineer}, {in: negations/doubtful, within: 0}]}";
  CHECK(is(both, "工程师或工人") == Truth::kTrue);
  CHECK(is(both, "工程师、工人") == Truth::kFalse);
  // Folded as the texts are, with spans in the source.
  CHECK(is(not_never, "㈱　未曾當過　工人") == Truth::kFalse);
  CHECK(is(not_never, "") == Truth::kUnknown);
}

TEST_CASE("near of a category and near of a condition agree on any text") {
  const std::vector<std::string> pieces = {"工程师", "engineer", "从未", "never",  " ", "，",
                                           ",",      "過",       "在",   "IBM",    "ﬁ", "㈱",
                                           "。",     "'",        "8",    "\u00AD", "—", "ก"};
  std::mt19937 random(2013);
  const auto pick = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  std::size_t counting = 0;
  for (int round = 0; round < 60; ++round) {
    const std::string key = pick(2) == 0 ? "near" : "not_near";
    const std::string window =
        std::vector<std::string>{"", ", within: 0", ", within: 2"}[pick(3)] +
        std::vector<std::string>{"", ", side: before", ", side: after"}[pick(3)];
    const std::string terms = "{terms: [工程师, engineer]";
    const std::string words = "{terms: [从未, never, 8]";
    const Rules rules = rules_from(
        "ruleset: r\ncadre: 1\ninclude: [a.yaml, b.yaml, w.yaml]\nlabels:\n"
        "  category: {career: {role: {in: a}}}\n"
        "  condition: {career: {role: {in: b, " +
            key + ": {in: w" + window + "}}}}\n",
        {{"a.yaml",
          "lexicon: a\ncategories:\n  c: " + terms + ", " + key + ": " + words + window + "}}\n"},
         {"b.yaml", "lexicon: b\ncategories:\n  c: " + terms + "}\n"},
         {"w.yaml", "lexicon: w\noverlap: all\ncategories:\n  c: " + words + "}\n"}});
    const Classifier classifier(rules);
    for (int i = 0; i < 40; ++i) {
      std::string role = "x";
      for (std::size_t n = pick(9); n > 0; --n) role += pieces[pick(pieces.size())];
      CAPTURE(role, key, window);
      const Classification c =
          classifier.classify(person_from(employed(R"({"role_zh": ")" + role + R"("})")));
      CHECK(c.label("category") == c.label("condition"));
      counting += c.label("category") == Truth::kTrue ? 1 : 0;
    }
  }
  CHECK(counting > 100);
}

TEST_CASE("evidence names the context word that takes a match away or lets it count") {
  const auto told = [](const std::string& test, const std::string& row) {
    const Rules rules = with_roles("{career: {role: " + test + "}}");
    const Person person = person_from(employed(row));
    const Classification c = Classifier(rules).classify(person);
    const Step& step = c.labels[0].steps.back();
    REQUIRE(step.rows.size() == 1);
    std::string out;
    for (const std::string& lack : step.rows[0].lacks) out += lack;
    for (const Words& words : step.rows[0].words) {
      const Match& match = words.match;
      const std::string& cell = person.rows(kCareer)[0].cells[words.column];
      out += cell.substr(match.begin, match.end - match.begin) + " (" +
             rules.branch_name({match.lexicon, match.category}) + ") ";
    }
    return out;
  };
  CHECK(told("{in: roles/engineer}", R"({"role_zh": "从未担任过工程师"})") ==
        "role in roles/engineer: '工程师' does not count: '从未' "
        "stands "
        "before it (not_near, roles.yaml:6)");
  CHECK(told("{in: roles/bank}", R"({"role_en": "river bank"})") ==
        "role in roles/bank: 'bank' does not count: no word that it needs "
        "stands by it (near, roles.yaml:9)");
  CHECK(told("{in: roles/bank}", R"({"role_en": "bank that gives loans"})") ==
        "bank (roles/bank) loans (roles/bank) ");
  CHECK(told("{in: roles/worker, not_near: {in: negations, side: after}}",
             R"({"role_en": "worker perhaps"})") ==
        "role in roles/worker, not_near negations after: 'worker' does "
        "not count: 'perhaps' stands after it (not_near, rules.yaml:5)");
  CHECK(told("{in: roles/worker, near: {in: negations, within: 3}}",
             R"({"role_en": "worker perhaps"})") ==
        "worker (roles/worker) perhaps (negations/doubtful) ");
}

TEST_CASE("a missing row or value is not a no") {
  const std::string rule = "{education: {field: {in: fields}, degree: {at_least: associate}}}";
  CHECK(truth_of(rule, kNobody) == Truth::kUnknown);
  CHECK(truth_of(rule, educated(R"({"degree": "master"})")) == Truth::kUnknown);
  CHECK(truth_of(rule, educated(R"({"field_zh": "机械"})")) == Truth::kUnknown);
  // It must decide: a field that is none of ours makes the missing degree irrelevant.
  CHECK(truth_of(rule, educated(R"({"field_zh": "中文"})")) == Truth::kFalse);
  CHECK(truth_of(rule, educated(R"({"field_zh": "机械", "degree": "secondary"})")) ==
        Truth::kFalse);
  // Another row that is known to meet it settles the matter.
  CHECK(truth_of(rule,
                 educated(R"({"field_zh": "机械"}, {"field_zh": "机械", "degree": "doctor"})")) ==
        Truth::kTrue);
  // Closed worlds.
  CHECK(truth_of("{education: {field: {in: fields}}, unknown_as: false}", kNobody) ==
        Truth::kFalse);
  CHECK(truth_of("{education: {field: {in: fields}}, unknown_as: true}", kNobody) == Truth::kTrue);
}

TEST_CASE("tests of values") {
  const auto mode = [](const std::string& test, const std::string& value) {
    return truth_of("{education: {mode: " + test + "}}",
                    educated(R"({"field_zh": "x", "mode": )" + value + "}"));
  };
  CHECK(mode("full-time", R"("full-time")") == Truth::kTrue);
  CHECK(mode("{is: full-time}", R"("party-school")") == Truth::kFalse);
  CHECK(mode("{not: party-school}", R"("full-time")") == Truth::kTrue);
  CHECK(mode("{not: [party-school, full-time]}", R"("full-time")") == Truth::kFalse);
  CHECK(mode("{one_of: [visiting, full-time]}", R"("full-time")") == Truth::kTrue);
  CHECK(mode("{not: party-school}", "null") == Truth::kUnknown);
  CHECK(mode("{known: true}", "null") == Truth::kFalse);
  CHECK(mode("{known: false}", "null") == Truth::kTrue);
}

TEST_CASE("ordered values") {
  const auto degree = [](const std::string& test, const std::string& value) {
    return truth_of("{education: {degree: " + test + "}}",
                    educated(R"({"degree": ")" + value + R"("})"));
  };
  CHECK(degree("{at_least: associate}", "associate") == Truth::kTrue);
  CHECK(degree("{at_least: associate}", "secondary") == Truth::kFalse);
  CHECK(degree("{at_most: bachelor}", "bachelor") == Truth::kTrue);
  CHECK(degree("{at_most: bachelor}", "master") == Truth::kFalse);
}

TEST_CASE("regular expressions run over folded text") {
  CHECK(truth_of("{career: {org: {matches: '第.{1,3}研究院'}}}",
                 employed(R"({"org_zh": "航天部第一研究院"})")) == Truth::kTrue);
  CHECK(truth_of("{career: {org: {matches: 'INSTITUTE \\d+'}}}",
                 employed(R"({"org_en": "Institute 15"})")) == Truth::kTrue);
  CHECK(truth_of("{career: {org: {matches: '^院$'}}}", employed(R"({"org_zh": "研究院"})")) ==
        Truth::kFalse);
}

TEST_CASE("text stands for all text columns of a row") {
  CHECK(truth_of("{career: {text: {in: industries}}}",
                 employed(R"({"org_zh": "国务院", "role_zh": "航天局局长"})")) == Truth::kTrue);
  CHECK(truth_of("{career: {text: {not_in: industries}}}",
                 employed(R"({"org_zh": "国务院", "role_zh": "航天局局长"})")) == Truth::kFalse);
}

TEST_CASE("the texts of a row are one value, which is missing only where all of them are empty") {
  const std::string row = R"({"role_zh": "局长"})";
  CHECK(truth_of("{career: {text: {in: industries}}}", employed(row)) == Truth::kFalse);
  CHECK(truth_of("{career: {text: {not_in: industries}}}", employed(row)) == Truth::kTrue);
  CHECK(truth_of("{career: {text: {in: industries}}}", employed(R"({"start": "1980"})")) ==
        Truth::kUnknown);
  // Each column by itself is another question.
  CHECK(truth_of("{career: {any: [{org: {in: industries}}, {role: {in: industries}}]}}",
                 employed(row)) == Truth::kUnknown);
}

TEST_CASE("alternatives on one row") {
  const std::string rule =
      "{career: {any: [{role: {in: fields}}, {org: {in: industries}}], none: [{org: {in: "
      "industries/coal}}]}}";
  CHECK(truth_of(rule, employed(R"({"org_zh": "航天部", "role_zh": "主任"})")) == Truth::kTrue);
  CHECK(truth_of(rule, employed(R"({"org_zh": "学校", "role_zh": "机械师"})")) == Truth::kTrue);
  CHECK(truth_of(rule, employed(R"({"org_zh": "煤矿", "role_zh": "机械师"})")) == Truth::kFalse);
  CHECK(truth_of(rule, employed(R"({"org_zh": "学校", "role_zh": "主任"})")) == Truth::kFalse);
  // Whether one of `none` holds is not known where the value is missing.
  CHECK(truth_of(rule, employed(R"({"role_zh": "机械师"})")) == Truth::kUnknown);
  // Both alternatives must hold on the same row, so two half-fitting rows do not make one.
  CHECK(truth_of("{career: {all: [{role: {in: fields}}, {org: {in: industries}}]}}",
                 employed(R"({"org_zh": "航天部", "role_zh": "主任"},
                             {"org_zh": "学校", "role_zh": "机械师"})")) == Truth::kFalse);
}

TEST_CASE("only the part of a row before a day counts") {
  const std::string rule =
      "{career: {org: {in: industries}, before: 1990}, total_years: {at_least: 3}}";
  CHECK(truth_of(rule, employed(R"({"org_zh": "航天部", "start": "1987", "end": "1995"})")) ==
        Truth::kTrue);
  CHECK(truth_of(rule, employed(R"({"org_zh": "航天部", "start": "1988", "end": "1995"})")) ==
        Truth::kFalse);
  CHECK(truth_of(rule, employed(R"({"org_zh": "航天部", "start": "1991", "end": "1999"})")) ==
        Truth::kFalse);
  // An end before the day settles a missing start, but not how long it lasted.
  CHECK(truth_of("{career: {org: {in: industries}, before: 1990}}",
                 employed(R"({"org_zh": "航天部", "end": "1985"})")) == Truth::kTrue);
  CHECK(truth_of(rule, employed(R"({"org_zh": "航天部", "end": "1985"})")) == Truth::kUnknown);
  CHECK(truth_of(rule, employed(R"({"org_zh": "航天部"})")) == Truth::kUnknown);
}

TEST_CASE("first_post and eras as days") {
  const std::string posts =
      R"("posts": [{"province": "hunan", "office": "party_secretary", "start": "1999-03"},
                   {"province": "hunan", "office": "governor", "start": "1995-01"}], )";
  const std::string before = "{career: {org: {in: industries}, before: first_post}}";
  CHECK(truth_of(before, employed(R"({"org_zh": "航天部", "start": "1990", "end": "1994"})",
                                  posts)) == Truth::kTrue);
  CHECK(truth_of(before, employed(R"({"org_zh": "航天部", "start": "1996", "end": "1998"})",
                                  posts)) == Truth::kFalse);
  CHECK(truth_of(before, employed(R"({"org_zh": "航天部", "start": "1995", "end": "1998"})",
                                  posts)) == Truth::kUnknown);
  CHECK(truth_of(before, employed(R"({"org_zh": "航天部", "start": "1990", "end": "1994"})")) ==
        Truth::kUnknown);  // no posts
  CHECK(truth_of("{career: {org: {in: industries}, after: last_post}}",
                 employed(R"({"org_zh": "航天部", "start": "1998", "end": "2001"})", posts)) ==
        Truth::kTrue);
  CHECK(truth_of("{career: {org: {in: industries}, during: cc15}, total_years: {at_least: 4, "
                 "at_most: 4.6}}",
                 employed(R"({"org_zh": "航天部", "start": "1998", "end": "2010"})")) ==
        Truth::kTrue);
  CHECK(truth_of("{career: {org: {in: industries}, during: {from: 1980, to: 1985}}}",
                 employed(R"({"org_zh": "航天部", "start": "1990", "end": "2010"})")) ==
        Truth::kFalse);
}

TEST_CASE("what begins on the first day of an era lies in it, what ends on that day does not") {
  const auto during = [](const std::string& start, const std::string& end) {
    return truth_of("{career: {during: cc15}}",
                    employed(R"({"start": ")" + start + R"(", "end": ")" + end + "\"}"));
  };
  CHECK(during("1997-09-18", "1997-09-18") == Truth::kTrue);
  CHECK(during("1997-09-18", "") == Truth::kTrue);
  CHECK(during("1997-09-17", "1997-09-18") == Truth::kFalse);
  CHECK(during("1997-09-17", "1997-09-17") == Truth::kFalse);
  CHECK(during("", "1997-09-18") == Truth::kUnknown);  // it may have begun on that day
  CHECK(during("", "1997-09-17") == Truth::kFalse);
  CHECK(during("1997-09", "1997-09-18") == Truth::kUnknown);
  CHECK(during("1997-09", "1997-09") == Truth::kUnknown);
  CHECK(during("2002-11-13", "2002-11-13") == Truth::kTrue);
  CHECK(during("2002-11-14", "2002-11-14") == Truth::kFalse);
  // A day that a rule names is whole, as a year is: what lies after it begins on the next.
  CHECK(truth_of("{career: {during: {from: 1997-09-18}}}",
                 employed(R"({"start": "1997-09-18", "end": "1997-09-18"})")) == Truth::kFalse);
}

TEST_CASE("an era that is given by years begins on the first day, and ends before one") {
  const auto during = [](const std::string& row) {
    return truth_of("{career: {during: first}}", employed(row));
  };
  CHECK(during(R"({"start": "1980-03", "end": "1980-09"})") == Truth::kTrue);
  CHECK(during(R"({"start": "1979-03", "end": "1979-12"})") == Truth::kFalse);
  CHECK(during(R"({"start": "1990-04-30", "end": "1991"})") == Truth::kTrue);
  CHECK(during(R"({"start": "1990-05", "end": "1991"})") == Truth::kFalse);
  const auto lasts = [](const std::string& years) {
    return truth_of("{career: {during: first}, total_years: {at_least: " + years + "}}",
                    employed(R"({"start": "1970", "end": "2000"})"));
  };
  CHECK(lasts("10.32") == Truth::kTrue);
  CHECK(lasts("10.34") == Truth::kFalse);
}

TEST_CASE("years in all and counts") {
  const std::string rows =
      R"({"org_zh": "航天部", "start": "1980", "end": "1984"},
         {"org_zh": "航天部", "start": "1982", "end": "1986"},
         {"org_zh": "学校", "start": "1986", "end": "1999"})";
  const auto rule = [](const std::string& more) {
    return "{career: {org: {in: industries}}, " + more + "}";
  };
  CHECK(truth_of(rule("total_years: {at_least: 6}"), employed(rows)) == Truth::kTrue);
  CHECK(truth_of(rule("total_years: {at_least: 6.5}"), employed(rows)) == Truth::kFalse);
  CHECK(truth_of(rule("count: {at_least: 2}"), employed(rows)) == Truth::kTrue);
  CHECK(truth_of(rule("count: {at_least: 3}"), employed(rows)) == Truth::kFalse);
  CHECK(truth_of(rule("count: {at_most: 1}"), employed(rows)) == Truth::kFalse);
  CHECK(truth_of(rule("count: {at_most: 0}"), employed(R"({"org_zh": "学校"})")) == Truth::kTrue);
  CHECK(truth_of("{career: {org: {in: industries}, years: {at_least: 5}}}", employed(rows)) ==
        Truth::kFalse);
  CHECK(truth_of("{career: {org: {in: industries}, years: {at_least: 4}}}", employed(rows)) ==
        Truth::kTrue);
  // A row of unknown length may be long enough.
  CHECK(truth_of(rule("total_years: {at_least: 10}"),
                 employed(rows + R"(, {"org_zh": "航天局"})")) == Truth::kUnknown);
}

TEST_CASE("labels combine by Kleene's logic") {
  const Rules rules = rules_with(R"(
  yes: {education: {field: {in: fields}}}
  no: {education: {field: {in: industries}}}
  open: {career: {org: {in: industries}}}
  all_yes: {all: [yes, yes]}
  all_open: {all: [yes, open]}
  all_no: {all: [open, no]}
  any_yes: {any: [open, yes]}
  any_open: {any: [no, open]}
  none_yes: {none: [no, no]}
  none_open: {none: [no, open]}
  none_no: {none: [open, yes]}
  not_open: {not: open}
  two_of: {at_least: {count: 2, of: [yes, yes, open]}}
  two_open: {at_least: {count: 2, of: [yes, no, open]}}
  two_no: {at_least: {count: 2, of: [no, no, open]}}
  is_unknown: {all: [{open: unknown}]}
  is_false: {all: [{no: false}]}
)");
  const Classifier classifier(rules);
  const Classification c =
      classifier.classify(person_from(R"({"id": "p", "education": [{"field_zh": "机械"}]})"));
  CHECK(c.label("yes") == Truth::kTrue);
  CHECK(c.label("no") == Truth::kFalse);
  CHECK(c.label("open") == Truth::kUnknown);
  CHECK(c.label("all_yes") == Truth::kTrue);
  CHECK(c.label("all_open") == Truth::kUnknown);
  CHECK(c.label("all_no") == Truth::kFalse);
  CHECK(c.label("any_yes") == Truth::kTrue);
  CHECK(c.label("any_open") == Truth::kUnknown);
  CHECK(c.label("none_yes") == Truth::kTrue);
  CHECK(c.label("none_open") == Truth::kUnknown);
  CHECK(c.label("none_no") == Truth::kFalse);
  CHECK(c.label("not_open") == Truth::kUnknown);
  CHECK(c.label("two_of") == Truth::kTrue);
  CHECK(c.label("two_open") == Truth::kUnknown);
  CHECK(c.label("two_no") == Truth::kFalse);
  CHECK(c.label("is_unknown") == Truth::kTrue);
  CHECK(c.label("is_false") == Truth::kTrue);
  CHECK_THROWS_AS(c.label("nothing"), std::out_of_range);
}

const char* const kCareer = R"({"id": "p", "career": [
  {"org_zh": "红旗煤矿", "role_zh": "工程师", "start": "1970", "end": "1975"},
  {"org_zh": "航天部", "role_zh": "工程师", "start": "1975", "end": "1983"},
  {"org_zh": "煤矿学校", "role_zh": "教师", "start": "1983", "end": "1984"},
  {"org_zh": "市政府", "role_zh": "市长", "start": "1984", "end": "1999"}]})";

TEST_CASE("the category where most of the work was done") {
  const auto pick = [](const std::string& how) {
    const Rules rules = rules_with(R"(
  worked: {career: {org: {in: industries}}}
  industry: {category_of: industries, where: worked, pick: )" +
                                   how + R"(}
  emerging: {all: [{industry.group: emerging}]}
  in_coal: {all: [{industry: industries/coal}]}
)");
    const Classification c = Classifier(rules).classify(person_from(kCareer));
    const Branch branch = c.value("industry").category.value();
    CHECK(c.label("emerging") == truth(rules.branch_name(branch) == "industries/aerospace"));
    CHECK(c.label("in_coal") == truth(rules.branch_name(branch) == "industries/coal"));
    return rules.branch_name(branch);
  };
  CHECK(pick("most_years") == "industries/aerospace");
  CHECK(pick("most_rows") == "industries/coal");
  CHECK(pick("first") == "industries/coal");
  CHECK(pick("last") == "industries/coal");
}

TEST_CASE("ties between categories go to the earlier row, then to the order of the lexicon") {
  const Rules rules = rules_with(R"(
  industry: {category_of: industries, where: {career: {org: {in: industries}}}}
)");
  const Classifier classifier(rules);
  const auto industry = [&](const std::string& rows) {
    return rules.branch_name(
        classifier.classify(person_from(employed(rows))).value("industry").category.value());
  };
  CHECK(industry(R"({"org_zh": "钢铁厂", "start": "1970", "end": "1972"},
                    {"org_zh": "煤矿", "start": "1972", "end": "1974"})") == "industries/steel");
  CHECK(industry(R"({"org_zh": "钢铁厂煤矿", "start": "1970", "end": "1972"})") ==
        "industries/coal");
}

TEST_CASE("a row counts for the deepest category that it names, not for those above it") {
  const Rules rules = rules_with(R"(
  field: {category_of: fields, where: {education: {field: {in: fields}}}, pick: most_rows}
)");
  const Classification c =
      Classifier(rules).classify(person_from(educated(R"({"field_zh": "火箭工程"})")));
  CHECK(rules.branch_name(c.value("field").category.value()) == "fields/engineering/rockets");
}

TEST_CASE("a category label without a category") {
  const Rules rules = rules_with(R"(
  worked: {career: {role: {matches: 工程师}}}
  industry: {category_of: industries, where: worked}
  emerging: {all: [{industry.group: emerging}]}
)");
  const Classifier classifier(rules);
  Classification c = classifier.classify(person_from(kNobody));
  CHECK(c.label("industry") == Truth::kUnknown);
  CHECK(c.label("emerging") == Truth::kUnknown);
  c = classifier.classify(person_from(employed(R"({"org_zh": "市政府", "role_zh": "市长"})")));
  CHECK(c.label("industry") == Truth::kFalse);
  CHECK(c.label("emerging") == Truth::kFalse);
  c = classifier.classify(person_from(employed(R"({"org_zh": "学校", "role_zh": "工程师"})")));
  CHECK(c.label("industry") == Truth::kFalse);
  CHECK_FALSE(c.value("industry").category.has_value());
}

TEST_CASE("a category label is false only where nothing that is missing may name a category") {
  const Rules rules = rules_with(R"(
  worked: {any: [{career: {role: {matches: 工}}}, {education: {field: {in: fields}}}]}
  industry: {category_of: industries, where: worked, pick: most_rows, columns: [org]}
)");
  const Classifier classifier(rules);
  const auto industry = [&](const std::string& rows, const std::string& studies) {
    return classifier.classify(person_from(employed(rows, R"("education": [)" + studies + "], ")))
        .label("industry");
  };
  const std::string other = R"({"org_zh": "学校", "role_zh": "工人"})";
  const std::string silent = R"({"role_zh": "工人"})";
  const std::string possible = R"({"org_zh": "煤矿"})";
  const std::string coal = R"({"org_zh": "煤矿", "role_zh": "工人"})";
  const std::string study = R"({"field_zh": "中文"})";
  CHECK(industry(other, study) == Truth::kFalse);
  CHECK(industry(other + ", " + possible, study) == Truth::kUnknown);
  CHECK(industry(other + ", " + silent, study) == Truth::kUnknown);
  CHECK(industry(coal + ", " + silent + ", " + possible, study) == Truth::kTrue);
  CHECK(industry(other, "") == Truth::kUnknown);  // there may be studies that count
}

/// The industry where a person worked in rows whose role has 工, by a `pick`; "unknown" or "false"
/// where there is none.
std::string industry_by(const std::string& pick, const std::string& rows) {
  const Rules rules = rules_with(
      "  worked: {career: {role: {matches: 工}}}\n"
      "  industry: {category_of: industries, where: worked, columns: [org], pick: " +
      pick + "}\n");
  const Classification c = Classifier(rules).classify(person_from(employed(rows)));
  const LabelValue& value = c.value("industry");
  return value.category ? rules.branch_name(*value.category) : std::string(name(value.truth));
}

/// A row of work in a place; `more`: the rest of its columns.
std::string work(const std::string& org, const std::string& more) {
  return R"({"org_zh": ")" + org + "\", " + more + "}";
}

const std::string kCoal =
    R"({"org_zh": "煤矿", "role_zh": "工人", "start": "1970", "end": "1980"})";

TEST_CASE("a category of most years is unknown where a row of unknown length may decide") {
  const std::string steel = R"("role_zh": "工人", "start": "1975")";
  CHECK(industry_by("most_years", kCoal) == "industries/coal");
  CHECK(industry_by("most_years", kCoal + ", " + work("钢铁厂", steel + R"(, "end": "1979")")) ==
        "industries/coal");
  CHECK(industry_by("most_years", kCoal + ", " + work("钢铁厂", steel)) == "unknown");
  CHECK(industry_by("most_rows", kCoal + ", " + work("钢铁厂", steel)) == "industries/coal");
}

TEST_CASE("a row that names two categories adds to both, however long it lasted") {
  const std::string no_dates = R"("role_zh": "工人")";
  CHECK(industry_by("most_years", kCoal + ", " + work("煤矿钢铁厂", no_dates)) ==
        "industries/coal");
  CHECK(industry_by("most_years", work("钢铁厂煤矿", no_dates) + ", " + kCoal) ==
        "industries/coal");
  // All that the one has the other has too: then the first row decides, then the lexicon.
  CHECK(industry_by("most_years", work("煤矿", no_dates) + ", " + work("钢铁厂煤矿", no_dates)) ==
        "industries/coal");
  CHECK(industry_by("most_years", work("钢铁厂煤矿", no_dates) + ", " + work("煤矿", no_dates) +
                                      ", " + work("钢铁厂", no_dates)) == "unknown");
  // A row that may count, counts for both as well.
  const std::string maybe = work("钢铁厂煤矿", R"("start": "1990")");
  CHECK(industry_by("most_rows", kCoal + ", " + maybe) == "industries/coal");
  CHECK(industry_by("last", kCoal + ", " + maybe) == "industries/coal");
}

TEST_CASE("a category is unknown where a row that may count decides") {
  const std::string maybe = R"({"org_zh": "钢铁厂", "start": "1975", "end": "1977"})";
  CHECK(industry_by("most_years", kCoal + ", " + maybe) == "industries/coal");
  CHECK(industry_by("most_rows", kCoal + ", " + maybe) == "industries/coal");  // the earlier row
  CHECK(industry_by("most_rows", maybe + ", " + kCoal) == "unknown");
  CHECK(industry_by("first", kCoal + ", " + maybe) == "industries/coal");
  CHECK(industry_by("first", maybe + ", " + kCoal) == "unknown");
  CHECK(industry_by("last", kCoal + ", " + maybe) == "unknown");
  CHECK(industry_by("last", maybe + ", " + kCoal) == "industries/coal");
}

TEST_CASE("a category is unknown where a row without the text that is searched decides") {
  const std::string silent = R"({"role_zh": "工人", "start": "1975", "end": "1977"})";
  CHECK(industry_by("most_years", silent + ", " + kCoal) == "industries/coal");
  CHECK(industry_by("most_rows", kCoal + ", " + silent) == "industries/coal");
  CHECK(industry_by("most_rows", silent + ", " + kCoal) == "unknown");
  CHECK(industry_by("last", kCoal + ", " + silent) == "unknown");
}

TEST_CASE("a category is looked for in the texts of a row together") {
  const Person person =
      person_from(employed(R"({"role_zh": "煤矿工人", "start": "1975", "end": "1977"})"));
  const auto industry = [&](const std::string& columns) {
    const Rules rules = rules_with(
        "  x: {category_of: industries, where: {career: {role: {matches: 工}}}" + columns + "}\n");
    const Classification found = Classifier(rules).classify(person);
    const LabelValue& value = found.value("x");
    return value.category ? rules.branch_name(*value.category) : std::string(name(value.truth));
  };
  CHECK(industry("") == "industries/coal");
  CHECK(industry(", columns: [org, role]") == "industries/coal");
  CHECK(industry(", columns: [org]") == "unknown");
}

TEST_CASE("what all categories that may be the one have in common holds of a category label") {
  const Rules rules = rules_with(R"(
  worked: {career: {role: {matches: 工}}}
  industry: {category_of: industries, where: worked, columns: [org]}
  coal_or_steel: {any: [{industry: [industries/coal, industries/steel]}]}
  coal: {any: [{industry: industries/coal}]}
  aerospace: {any: [{industry: industries/aerospace}]}
  traditional: {any: [{industry.group: traditional}]}
  emerging: {any: [{industry.group: emerging}]}
  some: {any: [industry]}
  none_named: {any: [{industry: false}]}
  jobs: {count_of: some}
)");
  const std::string undecided =
      work("煤矿", R"("role_zh": "工人")") + ", " + work("钢铁厂", R"("role_zh": "工人")");
  const Classification c = Classifier(rules).classify(person_from(employed(undecided)));
  CHECK(c.label("industry") == Truth::kUnknown);
  CHECK(c.label("coal") == Truth::kUnknown);
  CHECK(c.label("coal_or_steel") == Truth::kTrue);
  CHECK(c.label("aerospace") == Truth::kFalse);
  CHECK(c.label("traditional") == Truth::kTrue);
  CHECK(c.label("emerging") == Truth::kFalse);
  CHECK(c.label("some") == Truth::kTrue);
  CHECK(c.label("none_named") == Truth::kFalse);
  CHECK(c.value("jobs").number == 2);
  CHECK_FALSE(c.value("jobs").number_high.has_value());

  // A row without a text may name any.
  const std::string any = undecided + R"(, {"role_zh": "工人"})";
  const Classification d = Classifier(rules).classify(person_from(employed(any)));
  CHECK(d.label("aerospace") == Truth::kUnknown);
  CHECK(d.label("traditional") == Truth::kUnknown);
}

TEST_CASE("a table without rows leaves open what more there may be") {
  const Rules rules = rules_with(R"(
  worked: {any: [{career: {org: {in: industries}}}, {education: {field: {in: fields}}}]}
  jobs: {count_of: worked}
  years: {years_of: worked}
  since: {first_date_of: worked}
  industry: {category_of: industries, where: worked}
)");
  const Classification c = Classifier(rules).classify(
      person_from(employed(R"({"org_zh": "煤矿", "start": "1970", "end": "1980"})")));
  CHECK(c.label("worked") == Truth::kTrue);
  CHECK(c.label("industry") == Truth::kUnknown);
  CHECK(c.value("jobs").number == 1);
  CHECK(c.value("jobs").number_high == kForever);
  CHECK(c.value("years").number == 10);
  CHECK(c.value("years").number_high == kForever);
  CHECK(c.label("since") == Truth::kUnknown);
}

TEST_CASE("numbers and dates taken from rows") {
  const Rules rules = rules_with(R"(
  worked: {career: {org: {in: industries}}, total_years: {at_least: 1}}
  years: {years_of: worked}
  rows: {count_of: {career: {org: {in: industries}}}}
  since: {first_date_of: worked}
  until: {last_date_of: worked}
  long: {all: [{years: {at_least: 14}}]}
  longer: {all: [{years: {at_least: 15}}]}
  early: {all: [{since: {before: 1971}}]}
  later: {career: {role: {known: true}, after: until}}
)");
  const Classifier classifier(rules);
  Classification c = classifier.classify(person_from(kCareer));
  CHECK(c.value("years").number.value() == Catch::Approx(14));
  CHECK_FALSE(c.value("years").number_high.has_value());
  CHECK(c.value("rows").number.value() == Catch::Approx(3));
  CHECK(c.value("since").date->text() == "1970");
  CHECK(c.value("until").date->text() == "1984");
  CHECK(c.label("long") == Truth::kTrue);
  CHECK(c.label("longer") == Truth::kFalse);
  CHECK(c.label("early") == Truth::kTrue);
  CHECK(c.label("later") == Truth::kTrue);

  c = classifier.classify(person_from(kNobody));
  CHECK(c.label("years") == Truth::kUnknown);
  CHECK(c.label("long") == Truth::kUnknown);
  CHECK(c.label("since") == Truth::kUnknown);

  c = classifier.classify(person_from(employed(R"({"org_zh": "市政府"})")));
  CHECK(c.value("years").number.value() == 0);
  CHECK(c.label("long") == Truth::kFalse);

  // What is certain is a value, and what more there may be is its upper bound.
  c = classifier.classify(person_from(
      employed(R"({"org_zh": "航天部", "start": "1970", "end": "1973"}, {"org_zh": "煤矿"})")));
  CHECK(c.value("years").number.value() == Catch::Approx(3));
  CHECK(c.value("years").number_high.has_value());
  CHECK(c.label("long") == Truth::kUnknown);
}

TEST_CASE("nothing is counted of a label that is not true, and no time that is not known") {
  const Rules rules = rules_with(R"(
  worked: {career: {org: {in: industries}}, total_years: {at_least: 10}}
  years: {years_of: worked}
  any_years: {years_of: {career: {org: {in: industries}}}}
)");
  const Classifier classifier(rules);
  Classification c = classifier.classify(
      person_from(employed(R"({"org_zh": "煤矿", "start": "1970", "end": "1973"})")));
  CHECK(c.label("worked") == Truth::kFalse);
  CHECK(c.value("years").number.value() == 0);
  CHECK(c.value("any_years").number.value() == Catch::Approx(3));
  // The row is known to count, but not for how long.
  c = classifier.classify(person_from(employed(R"({"org_zh": "煤矿"})")));
  CHECK(c.label("any_years") == Truth::kUnknown);
}

TEST_CASE("a condition that numbers are taken from counts as a label with it does") {
  const std::string condition = "{career: {org: {in: industries}}, total_years: {at_least: 6}}";
  const Rules rules = rules_with(
      "  worked: " + condition + "\n  jobs: {count_of: worked}\n  years: {years_of: worked}\n" +
      "  own_jobs: {count_of: " + condition + "}\n  own_years: {years_of: " + condition + "}\n");
  const auto number = [&](const std::string& label, const std::string& rows) {
    const Classification found = Classifier(rules).classify(person_from(employed(rows)));
    return found.value(label).number.value_or(-1);
  };
  const auto check = [&](const std::string& rows, double jobs, double years) {
    INFO(rows);
    CHECK(number("jobs", rows) == jobs);
    CHECK(number("own_jobs", rows) == jobs);
    CHECK(number("years", rows) == years);
    CHECK(number("own_years", rows) == years);
  };
  check(R"({"org_zh": "煤矿", "start": "1970", "end": "1980"})", 1, 10);
  check(R"({"org_zh": "煤矿", "start": "1970", "end": "1973"})", 0, 0);
  check(R"({"org_zh": "煤矿", "start": "1970"})", -1, -1);
}

TEST_CASE("a number keeps its bound where it is not known whether its condition holds") {
  const Rules rules = rules_with(R"(
  jobs: {count_of: {career: {org: {in: industries}}, total_years: {at_least: 6}}}
  three: {all: [{jobs: {at_least: 3}}]}
)");
  const auto three = [&](const std::string& row) {
    return Classifier(rules).classify(person_from(employed(row))).label("three");
  };
  CHECK(three(R"({"end": "1990"})") == Truth::kFalse);
  CHECK(three(R"({"org_zh": "煤矿", "end": "1990"})") == Truth::kFalse);
  CHECK(three(R"({"org_zh": "煤矿", "start": "1970", "end": "1990"})") == Truth::kFalse);
}

TEST_CASE("where unknown is closed to true, what is possible counts") {
  const Rules rules = rules_with(R"(
  worked: {career: {org: {in: industries}}, unknown_as: true}
  jobs: {count_of: worked}
  open: {career: {org: {in: industries}}}
)");
  const Classification c =
      Classifier(rules).classify(person_from(employed(R"({"role_zh": "机械师"})")));
  CHECK(c.label("worked") == Truth::kTrue);
  CHECK(c.value("worked").closed);
  CHECK(c.value("jobs").number.value() == 1);
  CHECK_FALSE(c.value("jobs").number_high.has_value());
  CHECK_FALSE(c.value("open").closed);
}

TEST_CASE("a row that still runs ends where the data end") {
  const Rules rules = rules_with(R"(
  worked: {career: {org: {in: industries}}}
  until: {last_date_of: worked}
)");
  const auto until = [&](const std::string& end, const std::string& start = "1990") {
    Schema schema = Schema::standard();
    schema.as_of = Date::parse("2022-12-31");
    const Classification c = Classifier(rules, schema)
                                 .classify(person_from(employed(
                                     R"({"org_zh": "煤矿", "start": "1980", "end": "1990"},
                                        {"org_zh": "煤矿", "start": ")" +
                                     start + R"(", "end": ")" + end + R"("})")));
    const LabelValue& value = c.value("until");
    return value.date ? value.date->text() : std::string(name(value.truth));
  };
  CHECK(until("1999") == "1999");
  CHECK(until("..") == "2022-12-31");
  CHECK(until("") == "unknown");
  CHECK(until("..", "2023-05") == "unknown");
}

TEST_CASE("a row that begins after the last day gives no certain no") {
  const Rules rules = rules_with(R"(
  long: {career: {org: {in: industries}}, total_years: {at_least: 1}}
  later: {career: {org: {in: industries}, after: 2024}}
)");
  Schema schema = Schema::standard();
  schema.as_of = Date::parse("2022-12-31");
  const auto label = [&](const std::string& name, const std::string& start) {
    return Classifier(rules, schema)
        .classify(person_from(
            employed(R"({"org_zh": "煤矿", "start": ")" + start + R"(", "end": ".."})")))
        .label(name);
  };
  CHECK(label("long", "2023-05") == Truth::kUnknown);
  CHECK(label("long", "2022-12") == Truth::kFalse);
  CHECK(label("later", "2023-05") == Truth::kUnknown);
  CHECK(label("later", "2022-05") == Truth::kFalse);
  CHECK(label("later", "2025") == Truth::kTrue);
}

TEST_CASE("a date that is missing makes a first date unknown where it may decide") {
  const Rules rules = rules_with(R"(
  since: {first_date_of: {career: {org: {in: industries}}}}
  early: {all: [{since: {before: 1980}}]}
)");
  const Classifier classifier(rules);
  const auto since = [&](const std::string& rows) {
    return classifier.classify(person_from(employed(rows))).label("since");
  };
  CHECK(since(R"({"org_zh": "煤矿", "start": "1985"})") == Truth::kTrue);
  CHECK(since(R"({"org_zh": "煤矿", "start": "1985"}, {"org_zh": "煤矿"})") == Truth::kUnknown);
  CHECK(since(R"({"org_zh": "煤矿", "start": "1985"}, {"start": "1970"})") == Truth::kUnknown);
  CHECK(since(R"({"org_zh": "煤矿", "start": "1985"}, {"start": "1990"})") == Truth::kTrue);
  // No work in an industry: there is no first date, and that is known.
  CHECK(classifier.classify(person_from(employed(R"({"org_zh": "市政府"})"))).label("early") ==
        Truth::kFalse);
}

TEST_CASE("a number test is settled by bounds") {
  const Rules rules = rules_with(R"(
  years: {years_of: {career: {org: {in: industries}}}}
  five: {all: [{years: {at_least: 5}}]}
  two: {all: [{years: {at_least: 2}}]}
  closed_years: {years_of: {career: {org: {in: industries}}}, unknown_as: false}
  closed_five: {all: [{closed_years: {at_least: 5}}]}
)");
  const Classifier classifier(rules);
  Classification c =
      classifier.classify(person_from(employed(R"({"start": "1980", "end": "1983"})")));
  CHECK(c.label("years") == Truth::kUnknown);
  CHECK(c.label("five") == Truth::kFalse);  // three years at the most
  CHECK(c.label("two") == Truth::kUnknown);
  c = classifier.classify(person_from(kNobody));
  CHECK(c.label("five") == Truth::kUnknown);
  CHECK(c.label("closed_five") == Truth::kFalse);
}

TEST_CASE("a bound that decides makes the other needless") {
  const std::string rule =
      "{career: {org: {in: industries}, during: {from: 1990, to: first_post}}}";
  CHECK(truth_of(rule, employed(R"({"org_zh": "煤矿", "start": "1960", "end": "1965"})")) ==
        Truth::kFalse);
  CHECK(truth_of(rule, employed(R"({"org_zh": "煤矿", "start": "1960", "end": "1995"})")) ==
        Truth::kUnknown);
}

TEST_CASE("labels that name each other many times over do not multiply their rows") {
  std::string labels = "  l0: {career: {org: {in: industries}}}\n";
  for (int i = 1; i <= 60; ++i) {
    const std::string below = "l" + std::to_string(i - 1);
    labels += "  l" + std::to_string(i) + ": {all: [" + below + ", " + below + "]}\n";
  }
  const Rules rules = rules_with(labels + "  jobs: {count_of: l60}\n");
  const Classification c =
      Classifier(rules).classify(person_from(employed(R"({"org_zh": "煤矿"})")));
  CHECK(c.value("jobs").number.value() == 1);
}

TEST_CASE("evidence for unknown names the row that may decide") {
  const Rules rules = rules_with(R"(
  trained: {education: {field: {in: fields}, degree: {at_least: associate}, mode: full-time}}
)");
  const Person person = person_from(R"({"id": "p", "education": [
    {"id": "p/e1", "field_zh": "机械", "degree": "bachelor", "mode": "visiting"},
    {"id": "p/e2", "degree": "bachelor"}]})");
  const Classification c = Classifier(rules).classify(person);
  const std::string text = evidence_text(c, person, "trained");
  CHECK(c.label("trained") == Truth::kUnknown);
  CHECK(text.find("p/e2 unknown") != std::string::npos);
  CHECK(text.find("p/e1") == std::string::npos);
}

TEST_CASE("facts of the person") {
  const std::string rule = "{person: {gender: F, birth: {before: 1950}}}";
  CHECK(truth_of(rule, R"({"id": "p", "gender": "F", "birth": "1949-12"})") == Truth::kTrue);
  CHECK(truth_of(rule, R"({"id": "p", "gender": "F", "birth": "1950"})") == Truth::kFalse);
  CHECK(truth_of(rule, R"({"id": "p", "gender": "F"})") == Truth::kUnknown);
  CHECK(truth_of(rule, R"({"id": "p", "gender": "M"})") == Truth::kFalse);
}

TEST_CASE("evidence for a yes names the rows, the words and the measure") {
  const Rules rules = rules_with(R"(
  worked:
    any:
      - {career: {org: {in: industries}, before: 1990}, total_years: {at_least: 5}}
      - {career: {role: {in: fields/engineering/rockets}}}
  technocrat: {all: [worked]}
)");
  const Person person = person_from(R"({"id": "p", "career": [
    {"id": "p/c1", "org_zh": "航天部第一研究院", "org_en": "Aerospace Academy", "start": "1980-01", "end": "1986-01"},
    {"id": "p/c2", "org_zh": "市政府", "start": "1986-01", "end": "1999"}]})");
  const Classification c = Classifier(rules).classify(person);
  CHECK(evidence_text(c, person, "worked") ==
        "true\n"
        "  true any[0]: career: org in industries, before 1990; total_years at_least 5 (6.0 years, "
        "needs at least 5)\n"
        "    p/c1 true 6.0y\n"
        "      org_zh [航天] industries/aerospace\n"
        "      org_en [Aerospace] industries/aerospace\n"
        "  unknown any[1]: career: role in fields/engineering/rockets\n"
        "    p/c1 unknown\n"
        "      lacks role in fields/engineering/rockets: not known\n");
  CHECK(evidence_text(c, person, "technocrat") ==
        "true\n"
        "  true all[0]: worked -> worked\n");
}

TEST_CASE("evidence for a no names the nearest row and what it lacked") {
  const Rules rules = rules_with(R"(
  trained:
    any:
      - {education: {field: {in: fields}, degree: {at_least: associate}, mode: {not: party-school}}}
)");
  const Person person = person_from(R"({"id": "p", "education": [
    {"id": "p/e1", "field_zh": "中文", "degree": "secondary", "mode": "full-time"},
    {"id": "p/e2", "field_zh": "机械", "degree": "secondary", "mode": "full-time"}]})");
  const Classification c = Classifier(rules).classify(person);
  CHECK(evidence_text(c, person, "trained") ==
        "false\n"
        "  false any[0]: education: field in fields, degree at_least associate, mode is not "
        "party-school\n"
        "    p/e2 false\n"
        "      field_zh [机械] fields/engineering\n"
        "      lacks degree at_least associate: is 'secondary'\n");

  const Person nobody = person_from(kNobody);
  CHECK(evidence_text(Classifier(rules).classify(nobody), nobody, "trained") ==
        "unknown\n"
        "  unknown any[0]: education: field in fields, degree at_least associate, mode is not "
        "party-school (no education rows)\n");
}

TEST_CASE("the words of all alternatives that hold are evidence, of those that fail none") {
  const Rules rules = rules_with(R"(
  worked:
    career:
      any:
        - org: {in: industries}
        - org: {in: fields/engineering/rockets}
          role: {known: true}
        - role: {in: industries}
)");
  const Person person = person_from(R"({"id": "p", "career": [
    {"id": "p/c1", "org_zh": "火箭厂", "role_zh": "航天局局长"}]})");
  const std::string text = evidence_text(Classifier(rules).classify(person), person, "worked");
  CHECK(text.find("org_zh [火箭] fields/engineering/rockets") != std::string::npos);
  CHECK(text.find("role_zh [航天] industries/aerospace") != std::string::npos);
  CHECK(text.find("lacks") == std::string::npos);
}

TEST_CASE("of rows that come equally near the first is told, and a nearer one before any") {
  const Rules rules = rules_with(R"(
  trained:
    any: [{education: {field: {in: fields}, degree: {at_least: associate}, mode: full-time}}]
)");
  const auto told = [&](const std::string& rows) {
    const Person person = person_from(R"({"id": "p", "education": [)" + rows + "]}");
    const std::string text = evidence_text(Classifier(rules).classify(person), person, "trained");
    const std::size_t row = text.find("p/e");
    REQUIRE(row != std::string::npos);
    CHECK(text.find("p/e", row + 1) == std::string::npos);
    return text.substr(row, 4);
  };
  const std::string one_of_three =
      R"({"field_zh": "中文", "degree": "secondary", "mode": "full-time"})";
  const std::string first_two = R"({"field_zh": "机械", "degree": "bachelor", "mode": "visiting"})";
  const std::string last_two = R"({"field_zh": "中文", "degree": "bachelor", "mode": "full-time"})";
  CHECK(told(first_two + "," + first_two) == "p/e1");
  CHECK(told(last_two + "," + first_two) == "p/e1");
  CHECK(told(one_of_three + "," + last_two + "," + first_two) == "p/e2");
  CHECK(told(one_of_three + "," + one_of_three + "," + last_two) == "p/e3");
}

}  // namespace
}  // namespace cadre
