// Twice the input takes less than three times the work, whatever the input is made of: each case is
// a file that somebody could send to keep cadre busy, in one size and in twice that size.
#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/support/change_run.hpp"
#include "tests/support/command.hpp"
#include "tests/support/instructions.hpp"

namespace cadre {
namespace {

using testing::TemporaryFolder;

/// `text` so often.
std::string times(int count, const std::string& text) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

/// What `make` gives for 0, 1, ..., one after the other.
std::string each(int count, const std::function<std::string(int)>& make) {
  std::string out;
  for (int i = 0; i < count; ++i) out += make(i);
  return out;
}

/// Writes files of a size into a folder and gives the arguments of cadre.
using Input = std::function<std::vector<std::string>(const TemporaryFolder& folder, int size)>;

void grows_in_proportion(int size, const Input& input) {
  const auto instructions = [&](int of) {
    const TemporaryFolder folder;
    const std::vector<std::string> arguments = input(folder, of);
    return testing::count_instructions(arguments, folder.path());
  };
  const auto once = instructions(size);
  if (!once) {
    WARN("not counted: there is no valgrind, or cadre was built with sanitizers");
    return;
  }
  const auto twice = instructions(2 * size);
  REQUIRE(twice);
  CAPTURE(*once, *twice);
  CHECK(*twice < 3 * *once);
}

/// A rule file that is checked.
void check_grows(int size, const std::function<std::string(int)>& text) {
  grows_in_proportion(size, [&](const TemporaryFolder& folder, int of) {
    folder.write("x.yaml", text(of));
    return std::vector<std::string>{"check", "x.yaml"};
  });
}

/// A biography that is imported.
void import_grows(int size, const std::function<std::string(int)>& text) {
  grows_in_proportion(size, [&](const TemporaryFolder& folder, int of) {
    folder.write("x.txt", text(of));
    return std::vector<std::string>{"import", "x.txt", "-o", "x.jsonl"};
  });
}

const std::string kLexicon = "lexicon: l\ncategories:\n";

TEST_CASE("work grows in proportion: one term again and again", "[growth]") {
  check_grows(1200, [](int size) {
    return kLexicon + "  a: {terms: {en: [" + times(size, "alpha,") + "]}}\n";
  });
}

TEST_CASE("work grows in proportion: one term in many categories, and one that holds it",
          "[growth]") {
  check_grows(400, [](int size) {
    return kLexicon + each(size, [](int i) {
             return fmt::format("  c{}: {{terms: {{en: [alpha, alpha beta]}}}}\n", i);
           });
  });
}

TEST_CASE("work grows in proportion: eras of one id", "[growth]") {
  check_grows(400, [](int size) {
    return "eras: e\nlist:\n" + each(size, [](int i) {
             return fmt::format("  - {{id: e, from: {:04}-{:02}}}\n", 1 + i / 12, 1 + i % 12);
           });
  });
}

TEST_CASE("work grows in proportion: tests that fail, all on one line", "[growth]") {
  check_grows(400, [](int size) {
    return kLexicon + "  a: {terms: {en: [alpha]}}\ntests: [" +
           times(size, "{text: beta, expect: [a]},") + "]\n";
  });
}

TEST_CASE("work grows in proportion: names that are not there", "[growth]") {
  check_grows(400, [](int size) {
    return kLexicon +
           each(size,
                [](int i) { return fmt::format("  c{}: {{terms: {{en: [w{}]}}}}\n", i, i); }) +
           "tests:\n" +
           each(size, [](int i) { return fmt::format("  - {{text: x, expect: [d{}]}}\n", i); });
  });
}

TEST_CASE("work grows in proportion: parameters, each used", "[growth]") {
  check_grows(400, [](int size) {
    return "ruleset: r\ncadre: 1\nparams:\n" +
           each(size, [](int i) { return fmt::format("  p{}: {}\n", i, i); }) + "labels:\n" +
           each(size, [](int i) {
             return fmt::format(
                 "  l{}: {{title: L, career: {{org: {{is: a}}}}, total_years: {{at_least: "
                 "$p{}}}}}\n",
                 i, i);
           });
  });
}

TEST_CASE("work grows in proportion: figures of one name, and labels that nobody uses",
          "[growth]") {
  grows_in_proportion(200, [](const TemporaryFolder& folder, int size) {
    folder.write("f.yaml", "figures:\n" + each(size, [](int i) {
                             return fmt::format("  - {{figure: f{}, sql: SELECT {} AS n}}\n", i, i);
                           }));
    folder.write("x.yaml",
                 "ruleset: r\ncadre: 1\ninclude: [f.yaml]\nlabels:\n" + each(size, [](int i) {
                   return fmt::format("  l{}: {{career: {{org: {{is: a}}}}}}\n", i);
                 }));
    return std::vector<std::string>{"check", "x.yaml"};
  });
}

TEST_CASE("work grows in proportion: labels, each of which names the next", "[growth]") {
  check_grows(300, [](int size) {
    return "ruleset: r\ncadre: 1\nlabels:\n" + each(size, [&](int i) {
             return fmt::format("  l{}: {{title: L, all: [l{}]}}\n", i, (i + 1) % size);
           });
  });
}

TEST_CASE("work grows in proportion: comments, scripts and entities without an end", "[growth]") {
  const std::string begin = GENERATE("<!--", "<script>", "<!x", "&a", "<script></x ");
  CAPTURE(begin);
  import_grows(20'000, [&](int size) { return times(size, begin); });
}

TEST_CASE("work grows in proportion: brackets without an end, and inside each other", "[growth]") {
  const std::string bracket = GENERATE("（", "（1990年1月任某厂工人，");
  CAPTURE(bracket);
  import_grows(300, [&](int size) { return "1970.01-1975.02 某厂工程师" + times(size, bracket); });
  import_grows(200, [&](int size) {
    return "1970.01-1975.02 某厂工程师" + times(size, bracket) + times(size, "）");
  });
}

TEST_CASE("work grows in proportion: jobs of one entry", "[growth]") {
  import_grows(80, [](int size) { return "1970年参加工作，历任" + times(size, "某厂厂长、"); });
}

TEST_CASE("work grows in proportion: provincial posts of one text", "[growth]") {
  import_grows(40, [](int size) {
    return each(size, [](int i) {
      return fmt::format("{}.01-{}.01 湖南省委书记\n{}.01-{}.01 某厂厂长\n", 1000 + 4 * i,
                         1001 + 4 * i, 1002 + 4 * i, 1003 + 4 * i);
    });
  });
}

TEST_CASE("work grows in proportion: texts of one id", "[growth]") {
  grows_in_proportion(200, [](const TemporaryFolder& folder, int size) {
    folder.write("x.jsonl",
                 times(size, "{\"id\": \"a\", \"text\": \"1970.01-1975.02 某厂工程师\"}\n"));
    return std::vector<std::string>{"import", "x.jsonl", "-o", "y.jsonl"};
  });
}

// --- runs ---------------------------------------------------------------------------------------

/// A run of one person, changed by these statements.
void write_run(const TemporaryFolder& folder, const std::string& statements) {
  folder.write("r.yaml",
               "ruleset: r\ncadre: 1\ninclude: [f.yaml]\nlabels:\n"
               "  x: {title: X, career: {org: {is: a}}}\n");
  folder.write("f.yaml",
               "figures:\n  - {figure: f, sql: SELECT 1 AS era, chart: {mark: bar, x: "
               "era, y: c0}}\n");
  folder.write("p.jsonl", "{\"id\": \"p\", \"career\": [{\"org_en\": \"a\"}]}\n");
  const testing::Outcome made = testing::run_cadre(
      {"classify", "r.yaml", "p.jsonl", "-o", "run.sqlite", "--quiet"}, folder.path());
  CAPTURE(made.err);
  REQUIRE(made.status == 0);
  testing::change_run(folder.path() / "run.sqlite", statements);
}

TEST_CASE("work grows in proportion: steps of an explanation", "[growth]") {
  grows_in_proportion(800, [](const TemporaryFolder& folder, int size) {
    write_run(folder,
              fmt::format("DELETE FROM evidence_words; DELETE FROM evidence_rows; "
                          "DELETE FROM evidence; WITH RECURSIVE c(x) AS (SELECT 0 UNION ALL SELECT "
                          "x + 1 FROM c LIMIT {}) INSERT INTO evidence (person, label, step, depth,"
                          " value, text) SELECT 'p', 'x', x, x > 0, 'true', 't' FROM c",
                          size));
    return std::vector<std::string>{"explain", "run.sqlite", "p", "x"};
  });
}

TEST_CASE("work grows in proportion: columns of a figure with a chart", "[growth]") {
  grows_in_proportion(30, [](const TemporaryFolder& folder, int size) {
    const std::string columns = each(size, [](int i) { return fmt::format(", 1 AS c{}", i); });
    write_run(folder, "UPDATE figures SET sql = 'SELECT 1 AS era" + columns + "'");
    return std::vector<std::string>{"figures", "run.sqlite", "--chart", "charts/"};
  });
}

TEST_CASE("work grows in proportion: rows that a study has published", "[growth]") {
  grows_in_proportion(200, [](const TemporaryFolder& folder, int size) {
    const std::string rows = each(size, [](int i) {
      return fmt::format("{}{{\"era\": {}, \"n\": 1}}", i == 0 ? "" : ", ", i);
    });
    write_run(folder,
              fmt::format("UPDATE figures SET sql = 'WITH RECURSIVE c(x) AS (SELECT 0 UNION ALL "
                          "SELECT x + 1 FROM c LIMIT {}) SELECT x AS era, 1 AS n FROM c', "
                          "published = '{{\"source\": \"s\", \"approximate\": false, \"rows\": "
                          "[{}]}}'",
                          size, rows));
    return std::vector<std::string>{"figures", "run.sqlite", "f", "--format", "json"};
  });
}

}  // namespace
}  // namespace cadre
