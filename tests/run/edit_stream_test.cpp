#include "cadre/run/edit_stream.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "cadre/classify/edit.hpp"
#include "cadre/data/dataset.hpp"
#include "cadre/run/stream.hpp"
#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"
#include "tests/support/sanitizers.hpp"
#include "tests/support/study.hpp"

namespace cadre {
namespace {

using Json = nlohmann::json;

Rules load(const std::string& terms, const std::string& labels, const std::string& head = "") {
  Loaded loaded =
      test::load({{"rules.yaml", "ruleset: r\ncadre: 1\ninclude: [words.yaml]\nlabels:\n" + labels},
                  {"words.yaml", "lexicon: words\n" + head + "categories:\n" + terms}});
  REQUIRE(loaded.rules);
  return *std::move(loaded.rules);
}

const std::string kLabels =
    "  found: {career: {org: {in: words/a}}}\n"
    "  most: {category_of: words, where: {career: {org: {known: true}}}}\n"
    "  several: {career: {role: {in: words/b}}, count: {at_least: 2}}\n";

PortionReader::Read reader(const std::string& text) {
  return [&text, at = std::size_t{0}](std::span<char> bytes) mutable {
    const std::size_t got = std::min(bytes.size(), text.size() - at);
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), got, bytes.begin());
    at += got;
    return got;
  };
}

std::string classified(const Rules& rules, const std::string& people) {
  std::string out;
  classify_stream(rules, "people", reader(people), [&](std::string_view lines) { out += lines; });
  return out;
}

struct Effect {
  EditReport report;
  std::string lines;
};

Effect effect(const Rules& before, const Rules& after, const std::string& people,
              std::size_t portion_bytes = 300, unsigned threads = 2) {
  StreamOptions options;
  options.portion_bytes = portion_bytes;
  options.threads = threads;
  Effect effect;
  effect.report = classify_edit_stream(
      before, after, "people", reader(people),
      [&](std::string_view lines) { effect.lines += lines; }, options);
  return effect;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// The people as they are once they are read.
Dataset dataset_of(const std::string& people) {
  Dataset dataset;
  dataset.schema = Schema::standard();
  for (const std::string& line : lines_of(people)) {
    dataset.people.push_back(testing::person_from(line));
  }
  return dataset;
}

/// The same by classifying everybody twice.
std::string slow_effect(const Rules& before, const Rules& after, const std::string& people) {
  const std::vector<std::string> old = lines_of(classified(before, people));
  const std::vector<std::string> now = lines_of(classified(after, people));
  REQUIRE(old.size() == now.size());
  std::string out;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const Json was = Json::parse(old[i])["labels"];
    const Json is = Json::parse(now[i])["labels"];
    Json differing = Json::object();
    for (const auto& [label, value] : is.items()) {
      const Json earlier = was.value(label, Json{{"value", nullptr}});
      if (earlier != value) differing[label] = earlier;
    }
    if (differing.empty()) continue;
    Json line = Json::parse(now[i]);
    line["before"] = differing;
    out += line.dump() + "\n";
  }
  return out;
}

/// Lines with the keys of objects in one order.
std::string sorted(const std::string& lines) {
  std::string out;
  for (const std::string& line : lines_of(lines)) out += Json::parse(line).dump() + "\n";
  return out;
}

/// One way or another to write each label, some of which may be left out.
std::string some_labels(const std::function<std::size_t(std::size_t)>& pick) {
  const auto one_of = [&](const std::vector<std::string>& ways) { return ways[pick(ways.size())]; };
  return one_of({"  found: {career: {org: {in: words/a}}}\n",
                 "  found: {career: {org: {in: words/b}, role: {not_in: words/a}}}\n",
                 "  found: {career: {any: [{org: {in: words/a}}, {role: {in: words}}]}}\n",
                 "  found: {career: {org: {in: words/a, not_near: {in: words/b, within: 2}}}}\n",
                 "  found: {career: {org: {in: words, near: {in: words/b, side: after}}}}\n",
                 "  found: {career: {org: {not_in: words/a, not_near: {in: words/b}}}}\n"}) +
         one_of({"  most: {category_of: words, where: {career: {org: {known: true}}}}\n",
                 "  most: {category_of: words, where: found}\n"}) +
         one_of({"  several: {career: {role: {in: words/b}}, count: {at_least: 2}}\n",
                 "  several: {career: {role: {in: words/b}}, count: {at_least: 3}}\n",
                 "  several: {unknown_as: true, all: [found, {most: words/a}]}\n"}) +
         one_of({"", "  named: {any: [{most: words/b}, several]}\n",
                 "  named: {all: [{most: words/b}, {not: found}]}\n"}) +
         one_of({"", "  long: {years_of: found}\n", "  long: {count_of: found}\n"});
}

TEST_CASE("an edit stream gives whom classifying twice gives, whatever the edit and the texts") {
  // Terms and pieces of texts are made of few parts, so that they meet in many ways; the parts are
  // written in several forms that fold to the same.
  const std::vector<std::vector<std::string>> parts = {
      {"航", "航", "航\uFE0F"},
      {"天", "天", "天\u200B"},
      {"机", "機", "\\u673a"},
      {"工", "工", "\u2F2F", "㈱"},
      {"radio", "Radio", "ＲＡＤＩＯ"},
      {" ", "-", "　"},
      {"ship", "SHIP", ", ship"},
      {"é", "e\u0301"},
      {"école", "Ecole", "E\u0301cole", "e\u0301coles"},
      {"ørsted", "orsted", "ÖRSTED"},
      {"clerk", "clerks", "Clerk"},
      {"city", "cities"},
      {"着", "著"},
      {"著", "着"},
      {"作", "作 ", "作\uFEFF"},
      {"长", "⻓", "長"},
      {"场", "塲", "場\\n"},
      {"'", "’", "`"},
  };
  std::mt19937 random(2022);
  const auto pick = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  const auto term = [&] {
    std::string one;
    for (std::size_t i = 0, count = 1 + pick(3); i < count; ++i)
      one += parts[pick(parts.size())][0];
    const bool blank = one.find_first_not_of(" -") == std::string::npos;
    return blank ? std::string("航天") : one;
  };
  const auto text = [&] {
    std::string one;
    for (std::size_t i = 0, count = pick(7); i < count; ++i) {
      const std::vector<std::string>& forms = parts[pick(parts.size())];
      one += forms[pick(forms.size())];
    }
    return one;
  };
  int changed = 0, changed_labels = 0, passed_by = 0;
  const int rounds = testing::kSanitized ? 15 : 100;
  for (int round = 0; round < rounds; ++round) {
    std::map<std::string, std::vector<std::string>> terms;
    std::map<std::string, std::string> windows;  // of near and not_near of a category
    std::vector<std::string> categories = {"a", "b"};
    const auto lexicon = [&] {
      std::string yaml;
      for (const std::string& category : categories) {
        if (terms[category].empty() && category == "c") {
          yaml += "  c: {title: Empty}\n";
          continue;
        }
        yaml += "  " + category + ":\n    terms: [坏";
        for (const std::string& one : terms[category]) yaml += ", \"" + one + "\"";
        yaml += "]\n    except: [好";
        for (const std::string& one : terms[category + "-"]) yaml += ", \"" + one + "\"";
        yaml += "]\n";
        for (const std::string key : {"near", "not_near"}) {
          const std::string& window = windows[category + key];
          if (window.empty()) continue;
          yaml += "    " + key + ": {terms: [远";
          for (const std::string& one : terms[category + key]) yaml += ", \"" + one + "\"";
          yaml += "], " + window + "}\n";
        }
      }
      return yaml;
    };
    for (const char* list : {"a", "b", "a-"}) {
      for (std::size_t i = 0; i < 3; ++i) terms[list].push_back(term());
    }
    const auto window = [&] {
      return "within: " + std::to_string(pick(4)) +
             std::vector<std::string>{"", ", side: before", ", side: after"}[pick(3)];
    };
    for (const char* context : {"anot_near", "bnot_near", "bnear"}) {
      for (std::size_t i = 0; i < 2; ++i) terms[context].push_back(term());
      if (pick(3) == 0) windows[context] = window();
    }
    // Most edits are of terms or categories, some of labels, some of both.
    const bool other_labels = pick(3) == 0;
    const std::string labels = pick(2) == 0 ? kLabels : some_labels(pick);
    const auto some_head = [&] {
      return std::string(pick(3) == 0 ? "blanks: keep\n" : "") +
             (pick(3) == 0 ? "accents: keep\n" : "") + (pick(3) == 0 ? "plurals: en\n" : "");
    };
    const std::string head = some_head();
    const Rules first = load(lexicon(), labels, head);
    const std::string list =
        std::vector<std::string>{"a", "b", "a-", "b-", "anot_near", "bnot_near", "bnear"}[pick(7)];
    if (pick(8) == 0) {
      windows["anot_near"] = pick(2) == 0 ? "" : window();
    } else if (pick(3) == 0) {
      categories.insert(categories.begin() + static_cast<std::ptrdiff_t>(pick(3)), "c");
      for (std::size_t i = 0, count = pick(3); i < count; ++i) terms["c"].push_back(term());
    } else if (other_labels && pick(2) == 0) {
      // the terms stay
    } else if (pick(2) == 0 && !terms[list].empty()) {
      terms[list].erase(terms[list].begin());
    } else {
      terms[list].push_back(term());
    }
    const Rules second = load(lexicon(), other_labels ? some_labels(pick) : labels,
                              other_labels && pick(4) == 0 ? some_head() : head);
    const bool forwards = pick(2) == 0;
    const Rules& before = forwards ? first : second;
    const Rules& after = forwards ? second : first;

    std::string people;
    for (int i = 0; i < 40; ++i) {
      people += R"({"id":"p)" + std::to_string(i) + R"(","career":[)";
      for (int row = 0; row < 3; ++row) {
        people += std::string(row == 0 ? "" : ",") + R"({"org_zh":")" + text() +
                  R"(","role_en":")" + text() + R"(","start":"198)" + std::to_string(row) + R"("})";
      }
      people += "]}\n";
    }
    CAPTURE(round, people);
    const Effect fast = effect(before, after, people);
    CHECK(sorted(fast.lines) == slow_effect(before, after, people));
    CHECK(fast.report.people == 40);

    // The same of people who are all there.
    const Dataset dataset = dataset_of(people);
    std::string lines;
    const EditReport report =
        classify_edit(before, after, dataset, [&](std::string_view some) { lines += some; }, 2);
    CHECK(lines == fast.lines);
    CHECK(report.changed == fast.report.changed);
    CHECK(report.classified == 40);
    (other_labels ? changed_labels : changed) += static_cast<int>(fast.report.changed);
    passed_by += static_cast<int>(fast.report.people - fast.report.classified);
  }
  CHECK(changed > rounds / 5);  // of 40 people each
  CHECK(changed_labels > rounds);
  CHECK(passed_by > 3 * rounds);
}

const std::string kBefore = "  a: {terms: [航天, 火箭]}\n  b: {terms: [工程师]}\n";
const std::string kAfter = "  a: {terms: [航天]}\n  b: {terms: [工程师]}\n";

std::string person(const std::string& id, const std::string& org) {
  return R"({"id":")" + id + R"(","career":[{"org_zh":")" + org + "\"}]}\n";
}

TEST_CASE("an edit stream counts, and passes by what the edit cannot touch") {
  const std::string people = person("p1", "煤炭部") + person("p2", "火箭厂") + "\n" +
                             person("p3", "煤炭部") + person("p4", "航天火箭部") +
                             person("p5", "火箭院");
  const Effect one =
      effect(load(kBefore, kLabels), load(kAfter, kLabels), people + std::string(200, '\n'), 50);
  CHECK(one.report.diagnostics.empty());
  CHECK(one.report.people == 5);
  CHECK(one.report.classified == 4);  // the first line of a file is always read
  CHECK(one.report.changed == 2);
  REQUIRE(one.report.labels.size() == 3);
  CHECK(one.report.labels[0].became[static_cast<std::size_t>(Truth::kFalse)] == 2);
  CHECK(one.report.labels[0].changed() == 2);
  CHECK(one.report.labels[1].changed() == 2);
  CHECK(one.report.labels[2].changed() == 0);
  const std::vector<std::string> lines = lines_of(one.lines);
  REQUIRE(lines.size() == 2);
  const Json line = Json::parse(lines[0]);
  CHECK(line["id"] == "p2");
  CHECK(line["labels"]["found"]["value"] == false);
  CHECK(line["before"]["found"]["value"] == true);
  CHECK(line["before"]["most"]["category"] == "a");
  CHECK_FALSE(line["before"].contains("several"));
  for (const unsigned threads : {1U, 7U}) {
    CHECK(effect(load(kBefore, kLabels), load(kAfter, kLabels), people, 80, threads).lines ==
          one.lines);
  }
}

TEST_CASE("an edit stream sees a term move to a new category that takes the place of its own") {
  const std::string moved =
      "  new: {terms: [火箭]}\n  a: {terms: [航天]}\n  b: {terms: [工程师]}\n";
  const std::string people = person("p1", "煤炭部") + person("p2", "火箭厂");
  const Effect one = effect(load(kBefore, kLabels), load(moved, kLabels), people);
  CHECK(one.report.changed == 1);
  CHECK(sorted(one.lines) == slow_effect(load(kBefore, kLabels), load(moved, kLabels), people));
}

TEST_CASE("an edit stream knows a category again that has got another number") {
  // The label that picks it is the same; the one that names it looks for a word that goes, too.
  const auto rules = [](const std::string& words, const std::string& jobs) {
    Loaded loaded =
        test::load({{"rules.yaml",
                     "ruleset: r\ncadre: 1\ninclude: [words.yaml, jobs.yaml]\nlabels:\n"
                     "  most: {category_of: words, where: {career: {org: {known: true}}}}\n"
                     "  named: {all: [{most: words/b}, {career: {role: {in: jobs}}}]}\n"},
                    {"words.yaml", "lexicon: words\ncategories:\n" + words},
                    {"jobs.yaml", "lexicon: jobs\ncategories:\n  any: {terms: [" + jobs + "]}\n"}});
    REQUIRE(loaded.rules);
    return *std::move(loaded.rules);
  };
  const std::string words = "  a: {terms: [航天]}\n  b: {terms: [煤炭]}\n";
  const Rules before = rules(words, "厂长, 处长");
  const Rules after = rules("  empty: {title: Nothing yet}\n" + words, "厂长");
  std::string people;
  for (const char* org : {"煤炭部", "航天部"}) {
    people += std::string(R"({"id":"p)") + (people.empty() ? "1" : "2") +
              R"(","career":[{"org_zh":")" + org + R"(","role_zh":"处长"}]})" + "\n";
  }
  CHECK_FALSE(Edit(before, after).touches_anybody());
  const Effect one = effect(before, after, people);
  CHECK(one.report.changed == 1);
  CHECK(sorted(one.lines) == slow_effect(before, after, people));
}

TEST_CASE("an edit stream knows labels that build on each other the other way round") {
  const Rules before = load(kBefore, "  a: {career: {org: {in: words/a}}}\n  b: {any: [a]}\n");
  const Rules after = load(kBefore, "  b: {career: {org: {in: words/b}}}\n  a: {any: [b]}\n");
  const std::string people = person("p1", "航天部") + person("p2", "工程师") + person("p3", "部");
  const Effect one = effect(before, after, people);
  CHECK(one.report.changed == 2);
  CHECK(sorted(one.lines) == slow_effect(before, after, people));
}

TEST_CASE("an edit stream finds a word that is written with accents, and in the plural") {
  const std::string before = "  a: {terms: [航天]}\n  b: {terms: [x]}\n";
  for (const char* const term : {"ecole", "école", "Ecole"}) {
    const std::string after =
        "  a: {terms: [航天, " + std::string(term) + "]}\n  b: {terms: [x]}\n";
    std::string people = person("p0", "部");
    for (const char* word : {"ecole", "École", "E\u0301cole", "ecóle", "ecoles", "Écoles"}) {
      people += person("p-" + std::string(word), word);
    }
    CAPTURE(term);
    CHECK(effect(load(before, kLabels), load(after, kLabels), people).report.changed == 4);
    const std::string plural = "plurals: en\n";
    const Effect one = effect(load(before, kLabels, plural), load(after, kLabels, plural), people);
    CHECK(one.report.changed == 6);
    const std::string keep = "accents: keep\n";
    const Effect kept = effect(load(before, kLabels, keep), load(after, kLabels, keep), people);
    CHECK(kept.report.changed == (std::string(term) == "école" ? 2 : 1));
  }
}

TEST_CASE("an edit stream finds a word behind a stand-in wherever it stands in a line") {
  const Rules before = load(kBefore, kLabels);
  const Rules after = load("  a: {terms: [航天, 火箭]}\n  b: {terms: [坏]}\n", kLabels);
  std::string people = person("p", "部");
  for (std::size_t i = 0; i < 150; ++i) {
    people +=
        person("p" + std::to_string(i), std::string(i, 'x') + " ⼯程师" + std::string(200, 'x'));
  }
  CHECK(effect(before, after, people, 1 << 20).report.changed == 150);
}

TEST_CASE("an edit stream finds a word with blanks in it wherever it stands in a line") {
  const Rules before = load(kBefore, kLabels);
  const Rules after = load("  a: {terms: [航天, 火箭]}\n  b: {terms: [坏]}\n", kLabels);
  std::string people = person("p", "部");
  for (const char* word : {"工 程师", "工程　师", "工  程\u00A0师", "⼯ 程师", "工\u200B 程师"}) {
    for (std::size_t i = 0; i < 150; ++i) {
      people += person(word + std::to_string(i),
                       std::string(i, 'x') + " 某 x " + word + std::string(200, 'x'));
    }
  }
  CHECK(effect(before, after, people, 1 << 20).report.changed == 750);
}

TEST_CASE("an edit stream passes by blanks that stand between other words") {
  const Rules before = load(kBefore, kLabels);
  const Rules after = load("  a: {terms: [航天, 火箭]}\n  b: {terms: [坏]}\n", kLabels);
  const std::string people = person("p1", "部") + person("p2", "工 厂 程师") +
                             person("p3", "工 程 师") + person("p4", "工 a 程师");
  const Effect one = effect(before, after, people);
  CHECK(one.report.changed == 1);
  CHECK(one.report.classified == 2);  // the first one shows what kind of lines these are
}

TEST_CASE("an edit stream of another label looks at everybody; a new label was unknown") {
  const std::string people = person("p1", "煤炭部") + person("p2", "火箭厂");
  const std::string more = kLabels + "  new: {all: [found]}\n";
  const Effect one = effect(load(kBefore, kLabels), load(kBefore, more), people);
  CHECK(one.report.classified == 2);
  CHECK(one.report.changed == 2);
  CHECK(Json::parse(lines_of(one.lines)[1])["before"]["new"]["value"].is_null());
}

TEST_CASE("an edit stream tells of mistakes in what it reads") {
  const Rules before = load(kBefore, kLabels), after = load(kAfter, kLabels);
  const auto first_code = [&](const std::string& people) -> std::string {
    const Effect one = effect(before, after, people, 50);
    return one.report.diagnostics.empty() ? "" : one.report.diagnostics.front().code;
  };
  CHECK(first_code("") == "empty-file");
  CHECK(first_code("id,name\n") == "not-json-lines");
  CHECK(first_code(person("p1", "煤炭部") + person("p2", "\xFF")) == "invalid-utf8");
  const std::string broken = "{\"id\": \"p2\", \"career\": [{\"org_zh\": \"火箭\", \"org\": 7}]\n";
  const Effect one = effect(before, after, person("p1", "煤炭部") + broken, 50);
  REQUIRE(has_errors(one.report.diagnostics));
  CHECK(one.report.diagnostics.front().place.line == 2);
}

TEST_CASE("an edit stream tells once what is hardly true of the people that it looks at") {
  std::string people;
  for (int i = 0; i < 40; ++i) {
    people += "{\"id\": \"p" + std::to_string(i) +
              R"(", "birth": 1950, "career": [{"start": 1940, "org_zh": ")" +
              (i % 4 == 0 ? "煤矿" : "学校") + "\"}]}\n";
  }
  const auto message = [&](const Rules& before, const Rules& after) {
    const Effect found = effect(before, after, people);
    REQUIRE(found.report.diagnostics.size() == 1);
    CHECK(found.report.diagnostics[0].code == "before-birth");
    return found.report.diagnostics[0].message;
  };
  const std::string terms = "  a: {terms: {zh: [学校]}}\n  b: {terms: {zh: [工厂]}}\n";
  const Rules before = load(terms, kLabels);
  // Any edit but one of terms reads everybody.
  CHECK(message(before, load(terms, "  found: {career: {org: {in: words/b}}}\n")) ==
        "40 rows begin before the person was born; the first: it begins 1940, 'p0' was born 1950");
  CHECK(message(before,
                load("  a: {terms: {zh: [学校, 煤矿]}}\n  b: {terms: {zh: [工厂]}}\n", kLabels)) ==
        "10 rows begin before the person was born; the first: it begins 1940, 'p0' was born 1950");
}

}  // namespace
}  // namespace cadre
