#include "cadre/classify/value_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "cadre/classify/column_tests.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/term.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

constexpr std::size_t kMostValues = 100;
constexpr std::size_t kMostCells = 100'000;

/// A value of a row test, and where the rules name it.
struct NamedValue {
  std::string_view value;
  Range range;
  std::string_view among = {};  // a cell that has it among other words
};

/// Values by table and logical column.
using NamedValues = std::map<std::pair<Table, std::string_view>, std::vector<NamedValue>>;

NamedValues named_values(const Rules& rules) {
  NamedValues values;
  for (const Label& label : rules.labels) {
    for_each_column_test(label, [&](Table table, const ColumnTest& test, Range range) {
      const bool whole = test.op == ColumnTest::Op::kIs || test.op == ColumnTest::Op::kIsNot;
      if (!whole) return;
      for (const std::string& value : test.values) {
        values[{table, test.column}].push_back({value, range, {}});
      }
    });
  }
  return values;
}

bool finds(const FoldedTerm& term, std::string_view text) {
  for (std::size_t at = text.find(term.text); at != std::string_view::npos;
       at = text.find(term.text, at + 1)) {
    const bool begins = !term.boundary_before || !joins_words_before(text, at);
    const bool ends = !term.boundary_after || !joins_words_at(text, at + term.text.size());
    if (begins && ends) return true;
  }
  return false;
}

class ValueCheck {
 public:
  ValueCheck(const Rules& rules, const Dataset& dataset) : rules_(rules), dataset_(dataset) {}

  Diagnostics run() {
    NamedValues named = named_values(rules_);
    for (auto& [column, values] : named) {
      check(column.first, column.second, values);
    }
    return std::move(diagnostics_);
  }

 private:
  void check(Table table, std::string_view logical, std::vector<NamedValue>& values) {
    std::vector<std::uint32_t> columns;
    const TableSchema& schema = dataset_.schema.table(table);
    for (const std::uint32_t index : schema.find_logical(logical)) {
      const Column& column = schema.columns[index];
      const bool words = column.kind == Column::Kind::kText || column.kind == Column::Kind::kName;
      if (words && column.values.empty()) columns.push_back(index);
    }
    if (columns.empty()) return;

    std::unordered_set<std::string_view> cells;
    std::vector<std::string_view> in_order;  // as far as they are looked into
    for (const Person& person : dataset_.people) {
      for (const Row& row : person.rows(table)) {
        for (const std::uint32_t column : columns) {
          if (row.cells[column].empty() || !cells.insert(row.cells[column]).second) continue;
          if (in_order.size() < kMostCells) in_order.push_back(row.cells[column]);
        }
      }
    }
    std::vector<std::pair<NamedValue*, FoldedTerm>> left;
    for (NamedValue& named : values) {
      if (cells.contains(named.value) || left.size() == kMostValues) continue;
      FoldedTerm term = fold_term(named.value);
      if (!term.text.empty()) left.emplace_back(&named, std::move(term));
    }
    if (left.empty()) return;
    // A cell that is the value in another spelling says more than one with other words.
    for (const std::string_view cell : in_order) {
      if (left.empty()) return;
      const std::string folded = fold(cell);
      std::erase_if(left, [&](auto& each) {
        auto& [named, term] = each;
        if (folded == term.text) {
          tell(*named, table, logical, cell, other_spelling(named->value, cell));
          return true;
        }
        if (named->among.empty() && finds(term, folded)) named->among = cell;
        return false;
      });
    }
    for (const auto& [named, term] : left) {
      if (named->among.empty()) continue;
      tell(*named, table, logical, named->among,
           fmt::format("a value stands for the whole cell; to find it among other words, write "
                       "{}: {{in: LEXICON}} or {}: {{matches: PATTERN}}",
                       logical, logical));
    }
  }

  /// The hint for a value that is a whole cell but for how it is written.
  static std::string other_spelling(std::string_view value, std::string_view cell) {
    const bool case_only = std::equal(value.begin(), value.end(), cell.begin(), cell.end(),
                                      [](char a, char b) { return lower(a) == lower(b); });
    return fmt::format(
        "a value is the whole cell, letter by letter, and only {} differ{} here; write it as the "
        "cell does",
        case_only ? "upper and lower case" : "the spelling", case_only ? "" : "s");
  }

  static char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

  void tell(const NamedValue& named, Table table, std::string_view logical, std::string_view cell,
            std::string hint) {
    constexpr std::size_t kLongest = 80;
    std::string example(cell.substr(0, kLongest));
    if (cell.size() > kLongest) {
      while (!example.empty() && continues_character(cell[example.size()])) example.pop_back();
      example += "...";
    }
    Diagnostic diagnostic;
    diagnostic.severity = Severity::kWarning;
    diagnostic.code = "value-never-whole";
    diagnostic.message = fmt::format("no '{}' of {} is just '{}'; one is '{}'", logical,
                                     dataset_.schema.rule_name(table), named.value, example);
    diagnostic.hint = std::move(hint);
    if (rules_.sources && named.range.known()) {
      diagnostic.place = rules_.sources->place(named.range);
    }
    diagnostics_.push_back(std::move(diagnostic));
  }

  const Rules& rules_;
  const Dataset& dataset_;
  Diagnostics diagnostics_;
};

}  // namespace

Diagnostics check_values(const Rules& rules, const Dataset& dataset) {
  Diagnostics diagnostics = ValueCheck(rules, dataset).run();
  sort_by_place(diagnostics);
  return diagnostics;
}

}  // namespace cadre
