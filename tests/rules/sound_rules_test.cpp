// What is right of rules with mistakes: which labels are left, and that whatever takes rules takes
// them.
#include "cadre/rules/sound_rules.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "cadre/classify/study.hpp"
#include "cadre/rules/render.hpp"
#include "tests/catch.hpp"
#include "tests/rules/bad_rules.hpp"
#include "tests/support/command.hpp"
#include "tests/support/random_person.hpp"
#include "tests/support/random_rules.hpp"
#include "tests/support/study.hpp"

namespace cadre::test {
namespace {

using Names = std::vector<std::string>;

SoundRules sound_of(const Files& files, LoadOptions options = {}) {
  options.read = [&files](const std::filesystem::path& path) {
    const auto found = files.find(path.generic_string());
    if (found == files.end()) {
      throw Error(Error::Kind::kMissing, path.generic_string(), "The file is not there.");
    }
    return found->second;
  };
  return load_sound_rules("rules.yaml", options);
}

Names labels_of(const Rules& rules) {
  Names names;
  for (const Label& label : rules.labels) names.push_back(label.name);
  return names;
}

Names terms_of(const Rules& rules) {
  Names terms;
  for (const Lexicon& lexicon : rules.lexicons) {
    for (const Term& term : lexicon.terms) terms.push_back(term.text);
  }
  return terms;
}

std::vector<Person> people(std::uint32_t seed) {
  testing::Dice dice(seed);
  std::vector<Person> all;
  for (int i = 0; i < 4; ++i) {
    all.push_back(testing::random_person(dice, Schema::standard()));
    all.back().id = "p" + std::to_string(i);
  }
  return all;
}

/// Classifies people one by one and as a study. Rules may name columns that these people lack.
void use(const Rules& rules, const std::vector<Person>& all) {
  if (has_errors(check_schema(rules, Schema::standard()))) return;
  const Classifier classifier(rules);
  const Study study(testing::dataset_of(all));
  CHECK(study.labels(rules).size() == rules.labels.size());
  for (const Person& person : all) {
    CHECK(classifier.classify(person).labels.size() == rules.labels.size());
  }
}

/// The range of a label begins where its name is written.
void check_places(const Rules& rules) {
  for (const Label& label : rules.labels) {
    REQUIRE(label.range.known());
    const std::string_view text = rules.sources->text(label.range.file).substr(label.range.begin);
    const bool quoted = text.starts_with('"') || text.starts_with('\'');
    CHECK(text.substr(quoted ? 1 : 0, label.name.size()) == label.name);
  }
}

const std::string kFields =
    "lexicon: fields\ncategories:\n  a: {terms: {en: [law, physics]}}\n"
    "  b: {terms: {en: [medicine]}}\n";

std::size_t errors(const Diagnostics& diagnostics) {
  return static_cast<std::size_t>(
      std::count_if(diagnostics.begin(), diagnostics.end(),
                    [](const Diagnostic& one) { return one.severity == Severity::kError; }));
}

}  // namespace

TEST_CASE("sound rules: rules without errors are those of load_rules, with the tree of each file") {
  const Files files = {
      {"rules.yaml",
       "ruleset: r\ninclude: [l.yaml]\nlabels: {a: {title: A, career: {org: {in: l}}}}\n"},
      {"l.yaml", "lexicon: l\ncategories: {x: {terms: {en: [y]}}}\n"}};
  const SoundRules sound = sound_of(files);
  CHECK(sound.diagnostics.empty());
  CHECK(sound.left_out.empty());
  CHECK(labels_of(sound.rules) == Names{"a"});
  REQUIRE(sound.trees.size() == 2);
  CHECK(sound.trees[1].whole);
  CHECK(sound.trees[1].root->find("lexicon")->text == "l");
}

TEST_CASE("sound rules: a broken label is left out, and with one message each that needs it") {
  const SoundRules sound = sound_of({{"rules.yaml", R"(ruleset: r
labels:
  broken: {career: {org: {on: 1}}}
  needs: {any: [broken, {career: {role: {known: true}}}]}
  right: {career: {role: {known: true}}}
  far: {all: [needs, needs, right]}
  also_right: {all: [right]}
)"}});
  CHECK(labels_of(sound.rules) == Names{"right", "also_right"});
  CHECK(errors(sound.diagnostics) == 1);
  REQUIRE(sound.left_out.size() == 2);
  CHECK(sound.left_out[0].place.line == 4);
  CHECK(sound.left_out[0].code == "unknown-label");
  CHECK(sound.left_out[0].severity == Severity::kWarning);
  CHECK(sound.left_out[1].place.line == 6);
  CHECK(sound.rules.sources->text(0).substr(sound.rules.labels[1].range.begin, 4) == "also");
}

TEST_CASE("sound rules: the smallest part that holds the mistake is left out") {
  const std::string labels =
      "labels:\n  one: {education: {field: {in: fields/a}}}\n"
      "  two: {education: {field: {in: fields/b}}}\n";
  const auto with = [&](const std::string& head, const std::string& fields) {
    return sound_of({{"rules.yaml", "ruleset: r\ninclude: [fields.yaml]\n" + head + labels},
                     {"fields.yaml", fields}});
  };
  SECTION("a term") {
    const SoundRules sound =
        with("",
             "lexicon: fields\ncategories:\n  a: {terms: {en: [law, '', physics]}}\n"
             "  b: {terms: {en: [medicine]}}\n");
    CHECK(labels_of(sound.rules) == Names{"one", "two"});
    CHECK(terms_of(sound.rules) == Names{"law", "physics", "medicine"});
  }
  SECTION("a category, and the label that needs it") {
    const SoundRules sound = with("",
                                  "lexicon: fields\ncategories:\n  a: {term: {en: [law]}}\n"
                                  "  b: {terms: {en: [medicine]}}\n");
    CHECK(labels_of(sound.rules) == Names{"two"});
  }
  SECTION("a lexicon, and all that needs it") {
    const SoundRules sound = with("", "lexicon: fields\n");
    CHECK(labels_of(sound.rules).empty());
    CHECK(sound.rules.lexicons.empty());
  }
  SECTION("a key that nobody knows") {
    CHECK(labels_of(with("labelz: {}\n", kFields).rules) == Names{"one", "two"});
  }
  SECTION("a parameter, and nothing else") {
    const SoundRules sound = with("params: {Bad Name: 1, good: 2}\n", kFields);
    CHECK(labels_of(sound.rules) == Names{"one", "two"});
  }
}

TEST_CASE("sound rules: of a label that is there twice neither is left") {
  const SoundRules sound = sound_of({{"rules.yaml", R"(ruleset: r
labels:
  a: {career: {role: {known: true}}}
  b: {career: {role: {known: true}}}
  a: {career: {org: {known: true}}}
  c: {all: [b]}
)"}});
  CHECK(labels_of(sound.rules) == Names{"b", "c"});
}

TEST_CASE("sound rules: what stands before a syntax error is kept, in the rules and in the tree") {
  const std::string before =
      "ruleset: r\nlabels:\n  a: {career: {role: {known: true}}}\n  b: {all: [a]}\n";
  for (const char* after :
       {"  c: {all: [a\n", "  c: \"all\n", "  c: [a\n  d: {all: [b]}\n", "  c\n", "  c: a: b\n"}) {
    CAPTURE(after);
    const SoundRules sound = sound_of({{"rules.yaml", before + after}});
    CHECK(has_errors(sound.diagnostics));
    CHECK(labels_of(sound.rules) == Names{"a", "b"});
    REQUIRE(sound.trees.size() == 1);
    CHECK_FALSE(sound.trees[0].whole);
    REQUIRE(sound.trees[0].root != nullptr);
    const Node* labels = sound.trees[0].root->find("labels");
    REQUIRE(labels != nullptr);
    CHECK(labels->find("b") != nullptr);
    CHECK(sound.trees[0].stopped >= before.size());
  }
}

TEST_CASE("sound rules: a label on which the parser may have stumbled is not kept") {
  const SoundRules sound = sound_of({{"rules.yaml", R"(ruleset: r
labels:
  a: {career: {role: {known: true}}}
  b:
    any:
      - a
   all: [a]
)"}});
  CHECK(labels_of(sound.rules) == Names{"a"});
}

TEST_CASE("sound rules: a file that cannot be read takes only what needs it along") {
  const SoundRules sound = sound_of({{"rules.yaml", R"(ruleset: r
include: [missing.yaml, empty.yaml]
labels:
  a: {career: {org: {in: missing}}}
  b: {career: {role: {known: true}}}
)"},
                                     {"empty.yaml", ""}});
  CHECK(labels_of(sound.rules) == Names{"b"});
  CHECK(sound_of({{"rules.yaml", "\xFF"}}).rules.labels.empty());
}

TEST_CASE("sound rules: an overlay answers for some files and the disk for the others") {
  const testing::TemporaryFolder folder;
  const std::filesystem::path root = folder.path() / "rules.yaml";
  std::filesystem::create_directories(folder.path() / "parts");
  write_file(root, "ruleset: r\ninclude: [parts/l.yaml, parts/more.yaml]\n");
  write_file(folder.path() / "parts" / "l.yaml",
             "lexicon: l\ncategories: {x: {terms: {en: [y]}}}\n");
  write_file(folder.path() / "parts" / "more.yaml", "ruleset: more\n");
  LoadOptions options;
  std::vector<std::string> asked;
  options.overlay = [&](const std::filesystem::path& path) -> std::optional<std::string> {
    asked.push_back(path.lexically_relative(folder.path()).generic_string());
    if (path == folder.path() / "parts" / "more.yaml") {
      return "ruleset: more\ninclude: [../unsaved.yaml]\n"
             "labels: {a: {title: A, career: {org: {in: [l, new]}}}}\n";
    }
    if (path == folder.path() / "unsaved.yaml") {
      return "lexicon: new\ncategories: {x: {terms: {en: [z]}}}\n";
    }
    return std::nullopt;
  };
  const Loaded loaded = load_rules(root, options);
  INFO(render_text(loaded.diagnostics));
  REQUIRE(loaded.rules.has_value());
  CHECK(labels_of(*loaded.rules) == Names{"a"});
  CHECK(terms_of(*loaded.rules) == Names{"y", "z"});
  CHECK(asked == Names{"rules.yaml", "parts/l.yaml", "parts/more.yaml", "unsaved.yaml"});
  CHECK(labels_of(load_sound_rules(root, options).rules) == Names{"a"});
}

TEST_CASE("sound rules: an overlay does not lead out of the rule set's folder") {
  const testing::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "set");
  write_file(folder.path() / "l.yaml", "lexicon: l\ncategories: {x: {terms: {en: [y]}}}\n");
  std::filesystem::create_symlink(folder.path() / "l.yaml", folder.path() / "set" / "link.yaml");
  write_file(folder.path() / "set" / "rules.yaml", "ruleset: r\n");
  LoadOptions options;
  options.overlay = [](const std::filesystem::path& path) -> std::optional<std::string> {
    if (path.filename() != "rules.yaml") return std::nullopt;
    return "ruleset: r\ninclude: [link.yaml]\n";
  };
  const Loaded loaded = load_rules(folder.path() / "set" / "rules.yaml", options);
  REQUIRE(errors(loaded.diagnostics) == 1);
  CHECK(loaded.diagnostics[0].code == "outside-folder");
}

TEST_CASE("sound rules: of every bad rule set something can be classified by") {
  const std::vector<Person> all = people(1);
  for (const BadRules& one : all_bad_rules()) {
    INFO(one.name);
    const SoundRules sound = sound_of(one.files, one.options);
    const Loaded loaded = load(one.files, "rules.yaml", one.options);
    CHECK(render_text(sound.diagnostics) == render_text(loaded.diagnostics));
    CHECK(sound.trees.size() == sound.sources->size());
    REQUIRE(sound.rules.sources != nullptr);
    check_places(sound.rules);
    use(sound.rules, all);
  }
}

TEST_CASE("sound rules: whatever lines are taken out of good rules, the rest classifies") {
  std::mt19937 random(19491001);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::size_t labels_left = 0;
  for (std::uint32_t round = 0; round < 60; ++round) {
    const testing::RandomRules good = testing::random_rules(round);
    Files files(good.included.begin(), good.included.end());
    files["rules.yaml"] = good.yaml;
    auto damaged = files.begin();
    std::advance(damaged, round % 3 == 0 ? below(files.size()) : 0);
    if (round % 3 != 0) damaged = files.find("rules.yaml");
    std::string& text = damaged->second;
    for (std::size_t i = 1 + below(3); i > 0 && !text.empty(); --i) {
      const std::size_t at = below(text.size());
      const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      switch (below(4)) {
        case 0:
          text.erase(line, end - line);
          break;
        case 1:
          text.insert(at, 1, "[]{}:,-'\"x"[below(10)]);
          break;
        case 2:
          text.erase(at, 1);
          break;
        case 3:
          text.insert(line, text.substr(line, end - line));
          break;
      }
    }
    INFO(damaged->first << ":\n" << text);
    const SoundRules sound = sound_of(files);
    CHECK(render_text(sound.diagnostics) == render_text(load(files).diagnostics));
    labels_left += sound.rules.labels.size();
    use(sound.rules, people(round));
  }
  CHECK(labels_left > 60);
}

}  // namespace cadre::test
