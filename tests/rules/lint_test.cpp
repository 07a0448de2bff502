// Which terms are needless, and above all which are not.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre::test {
namespace {

/// The codes of the warnings about a lexicon with these categories.
std::vector<std::string> codes(const std::string& categories, const std::string& head = "") {
  const Loaded loaded = load_text("lexicon: l\n" + head + "categories:\n" + categories);
  CHECK(loaded.rules.has_value());
  std::vector<std::string> out;
  for (const Diagnostic& diagnostic : loaded.diagnostics) out.push_back(diagnostic.code);
  return out;
}

const std::vector<std::string> kNone;
const std::vector<std::string> kNeedless = {"needless-term"};

TEST_CASE("needless terms: a longer term of the same category") {
  CHECK(codes("  a: {terms: {zh: [工程, 机械工程]}}\n") == kNeedless);
  CHECK(codes("  a: {terms: {en: [steel, steel works]}}\n") == kNeedless);
  CHECK(codes("  a: {terms: {en: [steel, Stainless-Steel]}}\n") == kNeedless);
  CHECK(codes("  a: {terms: {en: [engineer*, engineering science]}}\n") == kNeedless);
  CHECK(codes("  a: {terms: {en: [engineer*, engineer]}}\n") == kNeedless);
}

TEST_CASE("needless terms: a longer term may stand nearer to a context word") {
  CHECK(
      codes("  a: {terms: {en: [steel, steel works]}, not_near: {terms: [former], within: 0}}\n") ==
      kNone);
  CHECK(codes("  a: {terms: {en: [steel, steel works]}}\n", "near: {terms: [new]}\n") == kNone);
  CHECK(
      codes(
          "  a: {terms: {en: [steel, steel works]}}\n  b: {near: {terms: [new]}, terms: [x]}\n") ==
      kNeedless);
  // A context word is no term of its category.
  CHECK(codes("  a: {terms: [steel], near: {terms: [steel works, new steel]}}\n") == kNone);
  CHECK(codes("  a: {terms: [steel], near: [{terms: [new]}, {terms: [new]}]}\n") == kNone);
  CHECK(codes("  a: {terms: [steel], near: {terms: [new, New]}}\n") ==
        std::vector<std::string>{"duplicate-term"});
}

TEST_CASE("a term in two categories is told where nothing near it tells them apart") {
  const std::vector<std::string> both = {"term-in-two-categories"};
  CHECK(codes("  a: {terms: [bank]}\n  b: {terms: [bank]}\n") == both);
  CHECK(codes("  a: {terms: [bank], near: {terms: [money]}}\n  b: {terms: [bank]}\n") == kNone);
  CHECK(codes("  a: {terms: [bank]}\n  b: {terms: [bank]}\n", "near: {terms: [money]}\n") == both);
}

TEST_CASE("a plural that stands beside its singular is told where plurals are found anyway") {
  const std::string plurals = "plurals: en\n";
  CHECK(codes("  a: {terms: {en: [attorney, attorneys]}}\n") == kNone);
  CHECK(codes("  a: {terms: {en: [attorney, attorneys]}}\n", plurals) == kNeedless);
  CHECK(codes("  a: {terms: {en: [chairmen, chairman]}}\n", plurals) == kNeedless);
  CHECK(codes("  a: {terms: [attorney, attorneys]}\n", plurals) == kNeedless);
  CHECK(codes("  a: {terms: {fr: [attorney, attorneys]}}\n", plurals) == kNone);
  CHECK(codes("  a: {terms: {en: [alumnus, alumni]}}\n", plurals) == kNone);
  CHECK(codes("  a: {terms: {en: [attorney]}}\n  b: {terms: {en: [attorneys]}}\n", plurals) ==
        std::vector<std::string>{"term-in-two-categories"});
  CHECK(codes("  a: {terms: {en: [attorney]}, except: {en: [attorneys]}}\n", plurals) == kNone);
}

TEST_CASE("terms that differ in accents alone are the same, unless accents are kept") {
  const std::vector<std::string> same = {"duplicate-term"};
  CHECK(codes("  a: {terms: [école, ecole]}\n") == same);
  CHECK(codes("  a: {terms: [école, ecole]}\n", "accents: keep\n") == kNone);
}

TEST_CASE("needless terms: word boundaries are counted") {
  CHECK(codes("  a: {terms: {en: [art, artillery]}}\n") == kNone);
  CHECK(codes("  a: {terms: {en: [ill, artillery]}}\n") == kNone);
  CHECK(codes("  a: {terms: {en: [steel mill, steel mill*]}}\n") == kNeedless);
  CHECK(codes("  a: {terms: {en: [steel, steel mill*]}}\n") == kNeedless);
  CHECK(codes("  a: {terms: {en: [steel, steelwork*]}}\n") == kNone);
  CHECK(codes("  a: {terms: {zh: [IT, IT行业]}}\n") == kNeedless);
}

TEST_CASE("needless terms: another category or language makes a difference") {
  CHECK(codes("  a: {terms: {zh: [工程]}}\n  b: {terms: {zh: [社会工程]}}\n") == kNone);
  CHECK(codes("  a: {terms: {zh: [steel], en: [steel works]}}\n") == kNone);
  CHECK(codes("  a: {terms: {zh: [steel works], en: [steel]}}\n") == kNone);
}

TEST_CASE("needless terms: a longer term may win where the shorter one is hidden") {
  // In 软件工程师 the term 工程师 of b hides 工程, but not 软件工程.
  CHECK(codes("  a: {terms: {zh: [工程, 软件工程]}}\n  b: {terms: {zh: [工程师]}}\n") == kNone);
  // With overlap: all nothing is hidden.
  CHECK(codes("  a: {terms: {zh: [工程, 软件工程]}}\n  b: {terms: {zh: [工程师]}}\n",
              "overlap: all\n") == kNeedless);
  // An except hides the shorter one alone, too.
  CHECK(codes("  a: {terms: {zh: [工程, 软件工程]}, except: {zh: [工程师]}}\n") == kNone);
  CHECK(codes("  a: {terms: {zh: [工程, 软件工程]}}\n", "except: {zh: [工程师]}\n") == kNone);
}

TEST_CASE("needless terms: a longer term may hide what the shorter one does not") {
  // 机械工程 keeps 机械 of b from counting.
  CHECK(codes("  a: {terms: {zh: [工程, 机械工程]}}\n  b: {terms: {zh: [机械]}}\n") == kNone);
  CHECK(codes("  a: {terms: {zh: [工程, 机械工程]}}\n  b: {regex: {zh: ['机.']}}\n") == kNone);
}

TEST_CASE("lint: the same term in two languages is no mistake") {
  CHECK(codes("  a: {terms: {zh: [IT], en: [IT]}}\n") == kNone);
}

TEST_CASE("lint: a variant need not use all of its base") {
  const Loaded loaded = load({{"base.yaml",
                               "ruleset: base\nparams: {years: 1}\nlabels:\n"
                               "  a: {title: A, career: {years: {at_least: $years}}}\n"},
                              {"rules.yaml",
                               "ruleset: r\nextends: base\nlabels:\n"
                               "  a: {title: A, career: {years: {at_least: 2}}}\n"}});
  CHECK(loaded.rules.has_value());
  CHECK(loaded.diagnostics.empty());
}

TEST_CASE("lint: a label is used by labels, figures and tests") {
  const std::string unused = "ruleset: r\nlabels:\n  a: {person: {birth: {before: 1950}}}\n";
  const auto count = [](const Files& files) { return load(files).diagnostics.size(); };
  CHECK(count({{"rules.yaml", unused}}) == 1);
  CHECK(count({{"rules.yaml", unused + "  b: {title: B, not: a}\n"}}) == 0);
  CHECK(count({{"rules.yaml", unused + "tests: [{expect: {a: unknown}}]\n"}}) == 0);
  const std::string with_figure = unused + "include: [f.yaml]\n";
  CHECK(count({{"rules.yaml", with_figure},
               {"f.yaml", "figure: f\nsql: SELECT sum(a) FROM labels_wide\n"}}) == 0);
  CHECK(count({{"rules.yaml", with_figure},
               {"f.yaml", "figure: f\nsql: SELECT sum(aa) FROM labels_wide\n"}}) == 1);
  CHECK(count({{"rules.yaml", with_figure},
               {"f.yaml", "figure: f\nsql: SELECT sum(a_a) FROM labels_wide\n"}}) == 1);
}

}  // namespace
}  // namespace cadre::test
