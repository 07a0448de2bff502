// Twice the input takes less than three times the work, whatever the input is made of: each case is
// a file that somebody could send to keep cadre busy, in one size and in twice that size.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
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

/// From twice to four times the size cadre may do less than three times the work that it does more
/// from once to twice the size: in proportion it is twice, with the square of the size four times.
/// What cadre does whatever the size, such as to start, is in none of it.
void grows_in_proportion(int size, const Input& input) {
  const auto instructions = [&](int of) -> std::optional<double> {
    const TemporaryFolder folder;
    const std::vector<std::string> arguments = input(folder, of);
    const auto count = testing::count_instructions(arguments, folder.path());
    return count ? std::optional(static_cast<double>(*count)) : std::nullopt;
  };
  const auto once = instructions(size);
  if (!once) {
    WARN("not counted: there is no valgrind, or cadre was built with sanitizers");
    return;
  }
  const auto twice = instructions(2 * size);
  const auto four_times = instructions(4 * size);
  REQUIRE(twice);
  REQUIRE(four_times);
  CAPTURE(*once, *twice, *four_times);
  // Where a limit of cadre sets in the larger input may even cost less. Two runs on one input
  // differ by less than this.
  const double noise = *once / 100;
  CHECK(*four_times - *twice < 3 * std::max(*twice - *once, noise));
}

/// A rule file that is checked.
void check_grows(int size, const std::function<std::string(int)>& text) {
  grows_in_proportion(size, [&](const TemporaryFolder& folder, int of) {
    folder.write("x.yaml", text(of));
    return std::vector<std::string>{"check", "x.yaml"};
  });
}

/// A layout with some of each kind of pattern. To read those that come with cadre takes twenty
/// times as long as to start.
const char* const kLayout = R"(layout: cv
title: Lines of a CV
language: zh
lines: '\p{Han}|\d{4}'
clauses: '[，,；;]'
items: '、|，|,'
words:
  date: ['\d{4}(?:[.]\d\d|年(?:\d{1,2}月)?)?']
  role: ['工程师', '厂长', '工人', '书记']
  province: ['湖南', '湖北']
values:
  province: {湖南: hunan, 湖北: hubei}
facts:
  - {name: work-started, regex: '(?P<work_started>{date})参加工作'}
periods:
  - {name: range, is: range, regex: '(?P<from>{date})-(?P<to>{date}) ?'}
  - {name: point, is: point, regex: '(?P<from>{date})'}
summaries:
  - {name: one-after-the-other, guessed: true, regex: '(?:^|[，,])历任'}
leads:
  - {name: verb, regex: '^(?:历任|任)'}
jobs:
  - {name: organisation-and-role, regex: '{role}$'}
offices:
  - {name: party-secretary, is: party_secretary, regex: '^(?P<province>{province})省委\|书记$'}
)";

/// Imports a file of a folder.
std::vector<std::string> import_of(const TemporaryFolder& folder, const std::string& file) {
  folder.write("cv.yaml", kLayout);
  return {"import", file, "-o", "out.jsonl", "--layout", "cv.yaml"};
}

/// A biography that is imported.
void import_grows(int size, const std::function<std::string(int)>& text) {
  grows_in_proportion(size, [&](const TemporaryFolder& folder, int of) {
    folder.write("x.txt", text(of));
    return import_of(folder, "x.txt");
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
  check_grows(60, [](int size) {
    return kLexicon + each(size, [](int i) {
             return fmt::format("  c{}: {{terms: {{en: [alpha, alpha beta]}}}}\n", i);
           });
  });
}

TEST_CASE("work grows in proportion: eras of one id", "[growth]") {
  check_grows(80, [](int size) {
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

/// Labels l0, l1, ..., each about an organisation of its own.
std::string labels(int count) {
  return "ruleset: r\ncadre: 1\nlabels:\n" + each(count, [](int i) {
           return fmt::format("  l{}: {{title: L, career: {{org: {{is: a{}}}}}}}\n", i, i);
         });
}

TEST_CASE("work grows in proportion: tests of as many labels", "[growth]") {
  check_grows(60, [](int size) {
    return labels(size) + "tests:\n" + each(size, [](int i) {
             return fmt::format("  - {{career: [{{org_en: a{}}}], expect: {{l{}: true}}}}\n", i, i);
           });
  });
}

TEST_CASE("work grows in proportion: names in rules that are not there", "[growth]") {
  const std::string text =
      GENERATE("all: [k{}]", "k{}: true", "career: {{c{}: {{is: a}}}}",
               "career: {{org: {{is: $p{}}}}}", "career: {{org: {{in: x{}}}}}");
  CAPTURE(text);
  check_grows(100, [&](int size) {
    return labels(size) + each(size, [&](int i) {
             return fmt::format(fmt::runtime("  n{}: {{title: L, " + text + "}}\n"), i, i);
           });
  });
}

TEST_CASE("work grows in proportion: categories that are not there, and groups", "[growth]") {
  const std::string text = GENERATE("career: {{org: {{in: l/d{}}}}}", "where.group: h{}");
  CAPTURE(text);
  grows_in_proportion(100, [&](const TemporaryFolder& folder, int size) {
    folder.write("l.yaml", kLexicon + each(size, [](int i) {
                             return fmt::format("  c{}: {{group: g{}, terms: {{en: [w{}]}}}}\n", i,
                                                i, i);
                           }));
    folder.write("x.yaml",
                 "ruleset: r\ncadre: 1\ninclude: [l.yaml]\nlabels:\n"
                 "  where: {title: W, category_of: l, where: {career: {org: {in: l}}}}\n" +
                     each(size, [&](int i) {
                       return fmt::format(fmt::runtime("  n{}: {{title: L, " + text + "}}\n"), i,
                                          i);
                     }));
    return std::vector<std::string>{"check", "x.yaml"};
  });
}

TEST_CASE("work grows in proportion: columns that are declared, and others", "[growth]") {
  check_grows(100, [](int size) {
    return "ruleset: r\ncadre: 1\ncolumns:\n  career:\n" +
           each(size, [](int i) { return fmt::format("    c{}: {{}}\n", i); }) + "labels:\n" +
           each(size, [](int i) {
             return fmt::format("  l{}: {{title: L, career: {{d{}: {{is: a}}}}}}\n", i, i);
           });
  });
}

TEST_CASE("work grows in proportion: parameters, each used", "[growth]") {
  check_grows(60, [](int size) {
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
  grows_in_proportion(60, [](const TemporaryFolder& folder, int size) {
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
  check_grows(60, [](int size) {
    return "ruleset: r\ncadre: 1\nlabels:\n" + each(size, [&](int i) {
             return fmt::format("  l{}: {{title: L, all: [l{}]}}\n", i, (i + 1) % size);
           });
  });
}

/// A diff of two rule sets for one person.
void diff_grows(int size, const std::function<std::string(int)>& before,
                const std::function<std::string(int)>& after) {
  grows_in_proportion(size, [&](const TemporaryFolder& folder, int of) {
    folder.write("a.yaml", before(of));
    folder.write("b.yaml", after(of));
    folder.write("p.jsonl", "{\"id\": \"p\", \"career\": [{\"org_en\": \"a\"}]}\n");
    return std::vector<std::string>{"diff", "a.yaml", "b.yaml", "p.jsonl"};
  });
}

TEST_CASE("work grows in proportion: labels that changed in a diff", "[growth]") {
  const auto about = [](const std::string& value) {
    return [value](int size) {
      return "ruleset: r\ncadre: 1\nlabels:\n" + each(size, [&](int i) {
               return fmt::format("  l{}: {{title: L, career: {{org: {{is: {}}}}}}}\n", i, value);
             });
    };
  };
  diff_grows(250, about("a"), about("b"));
}

TEST_CASE("work grows in proportion: parameters that changed in a diff", "[growth]") {
  const auto with = [](const std::string& value) {
    return [value](int size) {
      return "ruleset: r\ncadre: 1\nparams:\n" +
             each(size, [&](int i) { return fmt::format("  p{}: {}{}\n", i, value, i); }) +
             "labels:\n" + each(size, [](int i) {
               return fmt::format("  l{}: {{title: L, career: {{org: {{is: $p{}}}}}}}\n", i, i);
             });
    };
  };
  diff_grows(120, with("a"), with("b"));
}

TEST_CASE("work grows in proportion: categories that came in a diff", "[growth]") {
  grows_in_proportion(250, [](const TemporaryFolder& folder, int size) {
    for (const std::string side : {"a", "b"}) {
      folder.write(side + "l.yaml", kLexicon + each(size, [&](int i) {
                                      return fmt::format("  {}{}: {{terms: {{en: [w{}]}}}}\n",
                                                         i % 2 == 0 ? "c" : side, i, i);
                                    }));
      folder.write(side + ".yaml", "ruleset: r\ncadre: 1\ninclude: [" + side +
                                       "l.yaml]\nlabels:\n"
                                       "  x: {title: X, career: {org: {in: l}}}\n");
    }
    folder.write("p.jsonl", "{\"id\": \"p\", \"career\": [{\"org_en\": \"a\"}]}\n");
    return std::vector<std::string>{"diff", "a.yaml", "b.yaml", "p.jsonl"};
  });
}

TEST_CASE("work grows in proportion: mistakes in the SQL of figures", "[growth]") {
  grows_in_proportion(60, [](const TemporaryFolder& folder, int size) {
    folder.write("f.yaml", "figures:\n" + each(size, [](int i) {
                             return fmt::format(
                                 "  - {{figure: f{}, sql: SELECT d{} AS n FROM labels}}\n", i, i);
                           }));
    folder.write("x.yaml",
                 "ruleset: r\ncadre: 1\ninclude: [f.yaml]\nlabels:\n"
                 "  x: {title: X, career: {org: {is: a}}}\n");
    return std::vector<std::string>{"check", "x.yaml"};
  });
}

TEST_CASE("work grows in proportion: comments, scripts and entities without an end", "[growth]") {
  const std::string begin = GENERATE("<!--", "<script>", "<!x", "&a", "<script></x ");
  CAPTURE(begin);
  import_grows(4000, [&](int size) { return times(size, begin); });
}

TEST_CASE("work grows in proportion: brackets without an end, and inside each other", "[growth]") {
  struct Bracket {
    std::string text;
    int size;
  };
  const Bracket bracket = GENERATE(Bracket{"（", 1000}, Bracket{"（1990年1月任某厂工人，", 60});
  CAPTURE(bracket.text);
  const std::string entry = "1970.01-1975.02 某厂工程师";
  import_grows(bracket.size, [&](int size) { return entry + times(size, bracket.text); });
  import_grows(bracket.size,
               [&](int size) { return entry + times(size, bracket.text) + times(size, "）"); });
}

TEST_CASE("work grows in proportion: jobs of one entry", "[growth]") {
  import_grows(60, [](int size) { return "1970年参加工作，历任" + times(size, "某厂厂长、"); });
}

TEST_CASE("work grows in proportion: provincial posts of one text", "[growth]") {
  import_grows(20, [](int size) {
    return each(size, [](int i) {
      const int year = 1850 + i;
      return fmt::format("{0}.01-{0}.06 湖南省委书记\n{0}.06-{0}.12 某厂厂长\n", year);
    });
  });
}

TEST_CASE("work grows in proportion: texts of one id", "[growth]") {
  grows_in_proportion(60, [](const TemporaryFolder& folder, int size) {
    folder.write("x.jsonl",
                 times(size, "{\"id\": \"a\", \"text\": \"1970.01-1975.02 某厂工程师\"}\n"));
    return import_of(folder, "x.jsonl");
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
  grows_in_proportion(200, [](const TemporaryFolder& folder, int size) {
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
  grows_in_proportion(10, [](const TemporaryFolder& folder, int size) {
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
