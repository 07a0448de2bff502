// Files that belong to a rule set, in memory and on disk.
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "cadre/base/error.hpp"
#include "cadre/base/files.hpp"
#include "tests/catch.hpp"
#include "tests/rules/memory_files.hpp"

namespace cadre::test {
namespace {

namespace fs = std::filesystem;

const std::string kLexicon = "lexicon: l\ncategories: {a: {terms: {en: [b]}}}\n";

/// A folder that is there as long as this is.
class Folder {
 public:
  Folder() {
    static std::atomic<int> count = 0;
    path_ = fs::temp_directory_path() /
            ("cadre-include-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path add(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    write_file(path_ / name, text);
    return path_ / name;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST_CASE("include: paths are relative to the file that includes") {
  const Loaded loaded = load({{"rules/r.yaml", "ruleset: r\ninclude: [parts/more.yaml]\n"},
                              {"rules/parts/more.yaml",
                               "ruleset: more\ninclude: [../l.yaml]\n"
                               "labels: {a: {title: A, career: {org: {in: l}}}}\n"},
                              {"rules/l.yaml", kLexicon}},
                             "rules/r.yaml");
  REQUIRE(loaded.rules.has_value());
  CHECK(loaded.diagnostics.empty());
  CHECK(loaded.rules->labels.size() == 1);
  CHECK(loaded.sources->path(2) == "rules/l.yaml");
}

TEST_CASE("include: a folder whose name only begins like the rule set's lies outside") {
  const Loaded loaded =
      load({{"rules/r.yaml", "ruleset: r\ninclude: [../rules-of-others/l.yaml]\n"},
            {"rules-of-others/l.yaml", kLexicon}},
           "rules/r.yaml");
  CHECK_FALSE(loaded.rules.has_value());
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].code == "outside-folder");
}

TEST_CASE("include: a file named twice is loaded once") {
  const Loaded loaded = load(
      {{"r.yaml", "ruleset: r\ninclude: [l.yaml, ./l.yaml, x/../l.yaml]\n"}, {"l.yaml", kLexicon}},
      "r.yaml");
  REQUIRE(loaded.rules.has_value());
  CHECK(loaded.rules->lexicons.size() == 1);
  CHECK(loaded.sources->size() == 2);
}

TEST_CASE("include: single files load alone") {
  CHECK(load({{"l.yaml", kLexicon}}, "l.yaml").rules->lexicons.size() == 1);
  CHECK(load({{"l.yaml", kLexicon}}, "l.yaml").rules->name == "l");
}

TEST_CASE("include: the file asked for must be there") {
  CHECK_THROWS_AS(load({}, "r.yaml"), Error);
  CHECK_THROWS_AS(load_rules("/nonexistent/rules.yaml"), Error);
}

TEST_CASE("include: files are read from disk") {
  const Folder folder;
  const fs::path rules = folder.add("r.yaml", "ruleset: r\ninclude: [lexicons/l.yaml]\n");
  folder.add("lexicons/l.yaml", kLexicon);
  const Loaded loaded = load_rules(rules);
  REQUIRE(loaded.rules.has_value());
  CHECK(loaded.sources->path(0) == rules.generic_string());
  CHECK(loaded.sources->path(1) == (folder.path() / "lexicons/l.yaml").generic_string());
}

TEST_CASE("include: a misspelt file is guessed from its folder") {
  const Folder folder;
  const fs::path rules = folder.add("r.yaml", "ruleset: r\ninclude: [lexicon.yaml]\n");
  folder.add("lexicons.yaml", kLexicon);
  const Loaded loaded = load_rules(rules);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK_THAT(loaded.diagnostics[0].message,
             Catch::Matchers::EndsWith("; did you mean 'lexicons.yaml'?"));
}

TEST_CASE("include: a symbolic link does not lead out of the folder") {
  const Folder folder;
  const Folder outside;
  const fs::path secret = outside.add("l.yaml", kLexicon);
  const fs::path rules = folder.add("r.yaml", "ruleset: r\ninclude: [l.yaml]\n");
  fs::create_symlink(secret, folder.path() / "l.yaml");
  const Loaded loaded = load_rules(rules);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].code == "outside-folder");
  CHECK(loaded.sources->size() == 1);
}

TEST_CASE("include: a folder and a file that is too large cannot be included") {
  const Folder folder;
  const fs::path rules = folder.add("r.yaml", "ruleset: r\ninclude: [parts, big.yaml]\n");
  fs::create_directories(folder.path() / "parts");
  folder.add("big.yaml", kLexicon + std::string(1000, '#'));
  LoadOptions options;
  options.max_file_bytes = 1000;
  const Loaded loaded = load_rules(rules, options);
  REQUIRE(loaded.diagnostics.size() == 2);
  CHECK(loaded.diagnostics[0].code == "unreadable-file");
  CHECK(loaded.diagnostics[1].code == "file-too-large");
}

TEST_CASE("include: chains of files and their number are limited") {
  Files files = {{"l.yaml", kLexicon}};
  for (int i = 0; i < 100; ++i) {
    files["r" + std::to_string(i) + ".yaml"] =
        "ruleset: r\ninclude: [r" + std::to_string(i + 1) + ".yaml]\n";
  }
  Loaded loaded = load(files, "r0.yaml");
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].code == "too-many-links");
  CHECK(loaded.diagnostics[0].place.path == "r32.yaml");

  LoadOptions options;
  options.max_files = 2;
  loaded = load({{"r.yaml", "ruleset: r\ninclude: [l.yaml, m.yaml]\n"},
                 {"l.yaml", kLexicon},
                 {"m.yaml", "lexicon: m\ncategories: {a: {terms: {en: [b]}}}\n"}},
                "r.yaml", options);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].code == "too-many-files");
}

TEST_CASE("include: an included rule set is no variant") {
  const Loaded loaded =
      load({{"r.yaml", "ruleset: r\ninclude: [s.yaml]\n"}, {"s.yaml", "ruleset: s\nextends: t\n"}},
           "r.yaml");
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].code == "extends-in-include");
}

}  // namespace
}  // namespace cadre::test
