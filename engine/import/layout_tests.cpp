#include "cadre/import/layout_tests.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cadre/base/listed.hpp"
#include "cadre/import/biography_reader.hpp"

namespace cadre {
namespace {

std::string value_of(const ImportedRow& row, const std::string& column) {
  if (column == "start") return row.start ? row.start->text() : "";
  if (column == "end") return row.open ? ".." : row.end ? row.end->text() : "";
  if (column == "guessed") return fmt::format("{}", fmt::join(row.guesses, "; "));
  const auto cell = row.cells.find(column);
  return cell == row.cells.end() ? "" : cell->second;
}

std::string in_words(const LayoutTest::Cells& cells) {
  std::vector<std::string> words;
  for (const auto& [column, value] : cells) words.push_back(column + ": " + value);
  return fmt::format("{{{}}}", fmt::join(words, ", "));
}

/// What came out of the columns that `expected` names.
LayoutTest::Cells found_cells(const ImportedRow& row, const LayoutTest::Cells& expected) {
  LayoutTest::Cells found;
  for (const auto& [column, value] : expected) found.emplace_back(column, value_of(row, column));
  return found;
}

LayoutTest::Cells all_cells(const ImportedRow& row) {
  LayoutTest::Cells cells = {{"start", value_of(row, "start")}, {"end", value_of(row, "end")}};
  cells.insert(cells.end(), row.cells.begin(), row.cells.end());
  return cells;
}

class Runner {
 public:
  explicit Runner(const Rules& rules) : rules_(rules), notes_(rules) {}

  RuleTestReport run() {
    for (const Layout& layout : rules_.layouts) {
      if (layout.tests.empty()) continue;
      const std::vector<Layout> alone = {layout};
      const BiographyReader reader(alone);
      for (const LayoutTest& test : layout.tests) run(test, reader.read("test", test.text));
    }
    return notes_.take();
  }

 private:
  void run(const LayoutTest& test, const Biography& read) {
    if (test.people) {
      LayoutTest::Cells found;
      for (const auto& [column, value] : *test.people) {
        const auto fact = read.facts.find(column);
        found.emplace_back(column, fact == read.facts.end() ? "" : fact->second);
      }
      note(test, "people", found == *test.people, in_words(found), in_words(*test.people));
    }
    rows(test, "education", test.education, read.education);
    rows(test, "career", test.career, read.career);
    rows(test, "posts", test.posts, read.posts);
    if (test.unparsed) {
      std::vector<std::string> found;
      for (const Unparsed& one : read.unparsed) found.push_back(one.reason);
      note(test, "unparsed", found == *test.unparsed, listed(found), listed(*test.unparsed));
    }
  }

  void rows(const LayoutTest& test, std::string_view table,
            const std::optional<std::vector<LayoutTest::Cells>>& expected,
            const std::vector<ImportedRow>& found) {
    if (!expected) return;
    bool good = found.size() == expected->size();
    std::vector<std::string> came;
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const bool named = i < expected->size();
      const LayoutTest::Cells cells =
          named ? found_cells(found[i], (*expected)[i]) : all_cells(found[i]);
      good = good && named && cells == (*expected)[i];
      came.push_back(in_words(cells));
    }
    for (const LayoutTest::Cells& cells : *expected) wanted.push_back(in_words(cells));
    note(test, table, good, listed(came), listed(wanted));
  }

  void note(const LayoutTest& test, std::string_view table, bool good, const std::string& found,
            const std::string& expected) {
    const auto or_nothing = [](const std::string& text) { return text.empty() ? "nothing" : text; };
    notes_.add(test.range, fmt::format("{}: {}", test.name, table),
               good ? ""
                    : fmt::format("{}: {} is {}, expected {}", test.name, table, or_nothing(found),
                                  or_nothing(expected)),
               {});
  }

  const Rules& rules_;
  RuleTestNotes notes_;
};

}  // namespace

RuleTestReport run_layout_tests(const Rules& rules) {
  return Runner(rules).run();
}

}  // namespace cadre
