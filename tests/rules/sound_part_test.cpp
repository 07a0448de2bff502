// What is right of rules with mistakes: which labels are left, and that whatever takes rules takes
// them.
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
#include "cadre/rules/load.hpp"
#include "cadre/rules/render.hpp"
#include "cadre/rules/syntax.hpp"
#include "tests/catch.hpp"
#include "tests/rules/bad_rules.hpp"
#include "tests/support/command.hpp"
#include "tests/support/random_person.hpp"
#include "tests/support/random_rules.hpp"
#include "tests/support/study.hpp"

namespace cadre::test {
namespace {

using Names = std::vector<std::string>;

SoundPart sound_of(const Files& files) {
  return load(files).sound_part();
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

TEST_CASE("sound part: rules without errors are all sound, with the tree of each file") {
  const Files files = {
      {"rules.yaml",
       "ruleset: r\ninclude: [l.yaml]\nlabels: {a: {title: A, career: {org: {in: l}}}}\n"},
      {"l.yaml", "lexicon: l\ncategories: {x: {terms: {en: [y]}}}\n"}};
  const SoundPart sound = sound_of(files);
  CHECK(sound.left_out.empty());
  CHECK(labels_of(sound.rules) == Names{"a"});
  REQUIRE(sound.syntax->trees().size() == 2);
  CHECK(sound.syntax->trees()[1].whole);
  CHECK(sound.syntax->trees()[1].root->find("lexicon")->text == "l");
}

TEST_CASE("sound part: a broken label is left out, and with one message each that needs it") {
  const Loaded loaded = load_text(R"(ruleset: r
labels:
  broken: {career: {org: {on: 1}}}
  needs: {any: [broken, {career: {role: {known: true}}}]}
  right: {career: {role: {known: true}}}
  far: {all: [needs, needs, right]}
  also_right: {all: [right]}
)");
  const SoundPart sound = loaded.sound_part();
  CHECK(labels_of(sound.rules) == Names{"right", "also_right"});
  CHECK_FALSE(loaded.rules.has_value());
  CHECK(errors(loaded.diagnostics) == 1);
  REQUIRE(sound.left_out.size() == 2);
  CHECK(sound.left_out[0].place.line == 4);
  CHECK(sound.left_out[0].code == "unknown-label");
  CHECK(sound.left_out[0].severity == Severity::kWarning);
  CHECK(sound.left_out[1].place.line == 6);
  CHECK(sound.rules.sources->text(0).substr(sound.rules.labels[1].range.begin, 4) == "also");
}

TEST_CASE("sound part: the smallest part that holds the mistake is left out") {
  const std::string labels =
      "labels:\n  one: {education: {field: {in: fields/a}}}\n"
      "  two: {education: {field: {in: fields/b}}}\n";
  const auto with = [&](const std::string& head, const std::string& fields) {
    return sound_of({{"rules.yaml", "ruleset: r\ninclude: [fields.yaml]\n" + head + labels},
                     {"fields.yaml", fields}});
  };
  SECTION("a term") {
    const SoundPart sound =
        with("",
             "lexicon: fields\ncategories:\n  a: {terms: {en: [law, '', physics]}}\n"
             "  b: {terms: {en: [medicine]}}\n");
    CHECK(labels_of(sound.rules) == Names{"one", "two"});
    CHECK(terms_of(sound.rules) == Names{"law", "physics", "medicine"});
  }
  SECTION("a category, and the label that needs it") {
    const SoundPart sound = with("",
                                 "lexicon: fields\ncategories:\n  a: {term: {en: [law]}}\n"
                                 "  b: {terms: {en: [medicine]}}\n");
    CHECK(labels_of(sound.rules) == Names{"two"});
  }
  SECTION("a lexicon, and all that needs it") {
    const SoundPart sound = with("", "lexicon: fields\n");
    CHECK(labels_of(sound.rules).empty());
    CHECK(sound.rules.lexicons.empty());
  }
  SECTION("a key that nobody knows") {
    CHECK(labels_of(with("labelz: {}\n", kFields).rules) == Names{"one", "two"});
  }
  SECTION("a parameter, and nothing else") {
    const SoundPart sound = with("params: {Bad Name: 1, good: 2}\n", kFields);
    CHECK(labels_of(sound.rules) == Names{"one", "two"});
  }
}

TEST_CASE("sound part: of a label that is there twice neither is left") {
  const SoundPart sound = sound_of({{"rules.yaml", R"(ruleset: r
labels:
  a: {career: {role: {known: true}}}
  b: {career: {role: {known: true}}}
  a: {career: {org: {known: true}}}
  c: {all: [b]}
)"}});
  CHECK(labels_of(sound.rules) == Names{"b", "c"});
}

TEST_CASE("sound part: what stands before a syntax error is kept, in the rules and in the tree") {
  const std::string before =
      "ruleset: r\nlabels:\n  a: {career: {role: {known: true}}}\n  b: {all: [a]}\n";
  for (const char* after :
       {"  c: {all: [a\n", "  c: \"all\n", "  c: [a\n  d: {all: [b]}\n", "  c\n", "  c: a: b\n"}) {
    CAPTURE(after);
    const Loaded loaded = load_text(before + after);
    const SoundPart sound = loaded.sound_part();
    CHECK(has_errors(loaded.diagnostics));
    CHECK(labels_of(sound.rules) == Names{"a", "b"});
    REQUIRE(sound.syntax->trees().size() == 1);
    const SyntaxTree& tree = sound.syntax->trees()[0];
    CHECK_FALSE(tree.whole);
    REQUIRE(tree.root != nullptr);
    const Node* labels = tree.root->find("labels");
    REQUIRE(labels != nullptr);
    CHECK(labels->find("b") != nullptr);
    CHECK(tree.stopped >= before.size());
  }
}

TEST_CASE("sound part: a label on which the parser may have stumbled is not kept") {
  const SoundPart sound = sound_of({{"rules.yaml", R"(ruleset: r
labels:
  a: {career: {role: {known: true}}}
  b:
    any:
      - a
   all: [a]
)"}});
  CHECK(labels_of(sound.rules) == Names{"a"});
}

TEST_CASE("sound part: a file that cannot be read takes only what needs it along") {
  const SoundPart sound = sound_of({{"rules.yaml", R"(ruleset: r
include: [missing.yaml, empty.yaml]
labels:
  a: {career: {org: {in: missing}}}
  b: {career: {role: {known: true}}}
)"},
                                    {"empty.yaml", ""}});
  CHECK(labels_of(sound.rules) == Names{"b"});
  CHECK(sound_of({{"rules.yaml", "\xFF"}}).rules.labels.empty());
}

TEST_CASE("sound part: it is made of the texts that were read, and no file is read again") {
  std::size_t reads = 0;
  LoadOptions options;
  options.read = [&](const std::filesystem::path& path) -> std::string {
    ++reads;
    if (path == "gone.yaml") throw Error(Error::Kind::kMissing, "gone.yaml", "It is gone.");
    return "ruleset: r\ninclude: gone.yaml\n"
           "labels: {a: {career: {role: {known: true}}}, b: {career: {role: {on: 1}}}}\n";
  };
  const Loaded loaded = load_rules("rules.yaml", options);
  CHECK(errors(loaded.diagnostics) == 2);
  CHECK(reads == 2);
  CHECK(labels_of(loaded.sound_part().rules) == Names{"a"});
  CHECK(reads == 2);
}

TEST_CASE("sound part: an overlay answers for some files and the disk for the others") {
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
  CHECK(labels_of(loaded.sound_part().rules) == Names{"a"});
}

TEST_CASE("sound part: an overlay does not lead out of the rule set's folder") {
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

TEST_CASE("sound part: of every bad rule set something can be classified by") {
  const std::vector<Person> all = people(1);
  for (const BadRules& one : all_bad_rules()) {
    INFO(one.name);
    const Loaded loaded = load(one.files, "rules.yaml", one.options);
    const SoundPart sound = loaded.sound_part();
    CHECK(sound.syntax->trees().size() == loaded.sources->size());
    REQUIRE(sound.rules.sources != nullptr);
    check_places(sound.rules);
    use(sound.rules, all);
  }
}

TEST_CASE("sound part: whatever lines are taken out of good rules, the rest classifies") {
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
    const SoundPart sound = sound_of(files);
    labels_left += sound.rules.labels.size();
    use(sound.rules, people(round));
  }
  CHECK(labels_left > 60);
}

}  // namespace cadre::test
