// docs/macropolo-2022.md shows what the rules make of the data: its variants load, and every table
// in it is the one that cadre prints.
//
// Four kinds of blocks are looked after. Between a comment and `<!-- end -->` stands
//   <!-- figure: NAME -->    the figure, as `cadre figures` prints it
//   <!-- query: SQL -->      the answer of the run with the rule set as it is shipped
//   <!-- variants: SQL -->   a row of the answer for the rule set and for every variant
// and a fence "```yaml NAME.yaml" is a variant, saved beside the folder `rules`.
//
// CADRE_UPDATE_DOCS=1 writes the page anew with what cadre prints now.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "cadre/base/files.hpp"
#include "tests/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"

namespace cadre {
namespace {

namespace fs = std::filesystem;

struct Study {
  std::string run;    ///< file name
  std::string title;  ///< what the row of a table is called
};

class Page {
 public:
  explicit Page(const fs::path& path) : path_(path), text_(read_file(path)) {
    const fs::path source = testing::source_dir();
    fs::create_directory_symlink(source / "rules", folder_.path() / "rules");
    fs::create_directory_symlink(source / "datasets", folder_.path() / "datasets");
    classify("rules/macropolo-2022.yaml", {"leaders.sqlite", "As shipped"});
  }

  /// Classifies with every variant of the page.
  void run_variants() {
    const std::string fence = "```yaml ";
    for (std::size_t at = text_.find(fence); at != std::string::npos; at = text_.find(fence, at)) {
      const std::size_t body = text_.find('\n', at) + 1;
      const std::string name = text_.substr(at + fence.size(), body - at - fence.size() - 1);
      const std::size_t end = text_.find("```\n", body);
      REQUIRE(end != std::string::npos);
      const std::string rules = text_.substr(body, end - body);
      folder_.write(name, rules);
      const std::size_t title = rules.find("title: ") + 7;
      classify(name, {name + ".sqlite", rules.substr(title, rules.find('\n', title) - title)});
      at = end;
    }
  }

  /// Checks every block, and returns how many there were.
  std::size_t check_blocks() {
    std::size_t blocks = 0;
    std::string now;
    std::size_t at = 0;
    while (true) {
      const std::size_t open = text_.find("<!-- ", at);
      if (open == std::string::npos) break;
      const std::size_t colon = text_.find(':', open);
      const std::size_t close = text_.find(" -->\n", open);
      const std::size_t end = text_.find("<!-- end -->", open);
      REQUIRE(colon < close);
      REQUIRE(end != std::string::npos);
      const std::string kind = text_.substr(open + 5, colon - open - 5);
      const std::string what = text_.substr(colon + 2, close - colon - 2);
      const std::size_t body = close + 5;
      const std::string block = "\n" + content(kind, what) + "\n";
      CAPTURE(kind, what);
      CHECK(text_.substr(body, end - body) == block);
      now += text_.substr(at, body - at) + block + "<!-- end -->";
      at = end + 12;
      ++blocks;
    }
    now += text_.substr(at);
    if (std::getenv("CADRE_UPDATE_DOCS") != nullptr) write_file(path_, now);
    return blocks;
  }

 private:
  std::string cadre(const std::vector<std::string>& arguments) {
    const testing::Outcome outcome = testing::run_cadre(arguments, folder_.path());
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    return outcome.out;
  }

  void classify(const std::string& rules, Study study) {
    cadre({"classify", "-q", rules, "datasets/provincial-leaders", "-o", study.run});
    studies_.push_back(std::move(study));
  }

  std::string query(const std::string& run, const std::string& sql) {
    return cadre({"query", run, sql, "--format", "markdown"});
  }

  std::string content(const std::string& kind, const std::string& what) {
    if (kind == "figure") return cadre({"figures", "leaders.sqlite", what, "--format", "markdown"});
    if (kind == "query") return query("leaders.sqlite", what);
    REQUIRE(kind == "variants");
    std::string table;
    for (const Study& study : studies_) {
      // Three lines: the names, the rule below them, the row.
      const std::string answer = query(study.run, what);
      const std::size_t second = answer.find('\n') + 1;
      const std::size_t third = answer.find('\n', second) + 1;
      if (table.empty()) {
        table = "| rule set " + answer.substr(0, second) + "| --- " +
                answer.substr(second, third - second);
      }
      table += "| " + study.title + " " + answer.substr(third);
    }
    return table;
  }

  fs::path path_;
  std::string text_;
  testing::TemporaryFolder folder_;
  std::vector<Study> studies_;
};

TEST_CASE("the page on the study shows what cadre prints") {
  Page page(testing::source_dir() / "docs/macropolo-2022.md");
  page.run_variants();
  CHECK(page.check_blocks() > 15);
}

}  // namespace
}  // namespace cadre
