// The syntax tree: values and, above all, where they stand.
#include "cadre/rules/syntax.hpp"

#include <string>

#include "cadre/rules/diagnostic_sink.hpp"
#include "tests/catch.hpp"

namespace cadre::test {
namespace {

struct Parsed {
  Sources sources;
  NodeStore store;
  Diagnostics diagnostics;
  const Node* root = nullptr;

  explicit Parsed(std::string text, SyntaxLimits limits = {}) {
    const std::uint32_t file = sources.add("a.yaml", std::move(text));
    DiagnosticSink sink(sources);
    root = parse_yaml(file, limits, store, sink);
    diagnostics = sink.take();
  }

  /// The text that a node covers.
  std::string source(const Node* node) const {
    REQUIRE(node != nullptr);
    return std::string(
        sources.text(0).substr(node->range.begin, node->range.end - node->range.begin));
  }
  std::string source(const std::string& key) const { return source(root->find(key)); }
};

TEST_CASE("syntax: plain scalars end where their text ends") {
  const Parsed parsed("a: one two   # a comment\nb: 工程 \nc: [x y, z ]\nd: over\n   two lines\n");
  CHECK(parsed.source("a") == "one two");
  CHECK(parsed.source("b") == "工程");
  CHECK(parsed.source("c") == "[x y, z ]");
  CHECK(parsed.source(parsed.root->find("c")->items[0]) == "x y");
  CHECK(parsed.source(parsed.root->find("c")->items[1]) == "z");
  CHECK(parsed.source("d") == "over\n   two lines");
  CHECK(parsed.root->find("d")->text == "over two lines");
}

TEST_CASE("syntax: quoted scalars include their quotes") {
  const Parsed parsed("a: 'it''s # not a comment'\nb: \"a \\\" quote\" # b\n");
  CHECK(parsed.source("a") == "'it''s # not a comment'");
  CHECK(parsed.root->find("a")->text == "it's # not a comment");
  CHECK(parsed.source("b") == "\"a \\\" quote\"");
  CHECK_FALSE(parsed.root->find("a")->plain);
}

TEST_CASE("syntax: block scalars end with their last line") {
  const Parsed parsed("a: |\n  SELECT 1\n\n  FROM t\nb: >-\n  one\n  two\n\nc: 1\n");
  CHECK(parsed.source("a") == "|\n  SELECT 1\n\n  FROM t");
  CHECK(parsed.root->find("a")->text == "SELECT 1\n\nFROM t\n");
  CHECK(parsed.source("b") == ">-\n  one\n  two");
  CHECK(parsed.root->find("b")->text == "one two");
}

TEST_CASE("syntax: collections run to the end of their last part") {
  const Parsed parsed("a: {x: [1, {y: 2}], z: }\nb:\n  - p\n  - q: r\nc: []\n");
  CHECK(parsed.source("a") == "{x: [1, {y: 2}], z: }");
  CHECK(parsed.source(parsed.root->find("a")->find("x")) == "[1, {y: 2}]");
  CHECK(parsed.root->find("a")->find("z")->is_null());
  CHECK(parsed.source("b") == "- p\n  - q: r");
  CHECK(parsed.source("c") == "[]");
}

TEST_CASE("syntax: keys remember their place") {
  const Parsed parsed("first: 1\n\"second\": 2\n");
  CHECK(parsed.source(parsed.root->keys[0]) == "first");
  CHECK(parsed.source(parsed.root->keys[1]) == "\"second\"");
}

TEST_CASE("syntax: an alias is the node of its anchor") {
  const Parsed parsed("a: &x [1, 2]\nb: *x\n");
  CHECK(parsed.diagnostics.empty());
  CHECK(parsed.root->find("b") == parsed.root->find("a"));
  CHECK(parsed.source("a") == "[1, 2]");
}

TEST_CASE("syntax: byte order marks and both line ends change nothing") {
  const std::string unix_text = "a: b\nc: |\n  one\n  two\nd: 'e\n  f'\n";
  std::string windows_text = "\xEF\xBB\xBF";
  for (const char c : unix_text)
    windows_text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Parsed parsed(windows_text);
  CHECK(parsed.diagnostics.empty());
  CHECK(parsed.root->find("c")->text == "one\ntwo\n");
  CHECK(parsed.root->find("d")->text == "e f");
  CHECK(parsed.source("a") == "b");
  CHECK(parsed.source("d") == "'e\r\n  f'");
  CHECK(parsed.sources.place(parsed.root->find("d")->range).line == 5);
}

TEST_CASE("syntax: null is told from the word") {
  const Parsed parsed("a: null\nb: 'null'\nc: ~\nd:\n");
  CHECK(parsed.root->find("a")->is_null());
  CHECK(parsed.source("a") == "null");
  CHECK(parsed.root->find("b")->text == "null");
  CHECK(parsed.root->find("c")->is_null());
  CHECK(parsed.root->find("d")->is_null());
}

TEST_CASE("syntax: tabs may stand inside blocks and between words") {
  CHECK(Parsed("a: |\n  x\n  \ty\n").diagnostics.empty());
  CHECK(Parsed("a: b\tc\n\t\n").diagnostics.empty());
  CHECK(Parsed("a:\n\tb: c\n").diagnostics.at(0).code == "tab");
}

TEST_CASE("syntax: the first of two equal keys stands") {
  const Parsed parsed("a: 1\na: 2\n");
  REQUIRE(parsed.root->items.size() == 1);
  CHECK(parsed.root->find("a")->text == "1");
  CHECK(parsed.diagnostics.size() == 1);
}

TEST_CASE("syntax: limits hold for what aliases would be if written out") {
  SyntaxLimits few;
  few.max_nodes = 25;
  CHECK(Parsed("a: &a [1, 2, 3]\nb: [*a, *a]\n", few).diagnostics.empty());
  CHECK(Parsed("a: &a [1, 2, 3, 4, 5]\nb: &b [*a, *a, *a]\n", few).diagnostics.size() == 1);

  SyntaxLimits flat;
  flat.max_depth = 3;
  CHECK(Parsed("a: [[1]]\n", flat).diagnostics.empty());
  CHECK(Parsed("a: [[[1]]]\n", flat).diagnostics.at(0).code == "too-deep");
  CHECK(Parsed("a: &a [[1]]\nb: [*a]\n", flat).diagnostics.at(0).code == "too-deep");
}

TEST_CASE("syntax: a limit stops the work early") {
  // A million brackets, and aliases that would be ten to the twentieth nodes.
  CHECK(Parsed("a: " + std::string(1'000'000, '[')).diagnostics.at(0).code == "too-deep");
  std::string laughs = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'u'; ++c) {
    laughs += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 10; ++i) laughs += std::string("*") + static_cast<char>(c - 1) + ", ";
    laughs += "]\n";
  }
  CHECK(Parsed(laughs).diagnostics.at(0).code == "too-large");
}

}  // namespace
}  // namespace cadre::test
