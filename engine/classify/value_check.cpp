#include "cadre/classify/value_check.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

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
  bool decided = false;  // it equals a cell, or was told
};

/// Values by table and logical column.
using NamedValues = std::map<std::pair<Table, std::string_view>, std::vector<NamedValue>>;

class Collector {
 public:
  NamedValues collect(const Rules& rules) {
    for (const Label& label : rules.labels) {
      if (const auto* condition = std::get_if<Condition>(&label.body)) {
        add(*condition);
      } else if (const auto* category = std::get_if<CategoryOf>(&label.body)) {
        add(category->where);
      } else if (const auto* number = std::get_if<NumberOf>(&label.body)) {
        add(number->where);
      } else {
        add(std::get<DateOf>(label.body).where);
      }
    }
    return std::move(values_);
  }

 private:
  void add(const Condition& condition) {
    if (const auto* rows = std::get_if<RowsCondition>(&condition.what)) {
      add(rows->table, rows->row);
    } else if (const auto* combination = std::get_if<Combination>(&condition.what)) {
      for (const Condition& part : combination->parts) add(part);
    }
  }

  void add(const RowsFrom& where) {
    if (const auto* rows = std::get_if<RowsCondition>(&where)) add(rows->table, rows->row);
  }

  void add(Table table, const RowGroup& group) {
    for (const RowTest& test : group.tests) {
      if (const auto* inner = std::get_if<RowGroup>(&test.test)) {
        add(table, *inner);
      } else if (const auto* column = std::get_if<ColumnTest>(&test.test)) {
        const bool whole =
            column->op == ColumnTest::Op::kIs || column->op == ColumnTest::Op::kIsNot;
        if (!whole) continue;
        for (const std::string& value : column->values) {
          values_[{table, column->column}].push_back({value, test.range});
        }
      }
    }
  }

  NamedValues values_;
};

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
    for (auto& [column, values] : Collector().collect(rules_)) {
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
    std::size_t open = left.size();
    for (std::size_t i = 0; i < in_order.size() && open > 0; ++i) {
      const std::string folded = fold(in_order[i]);
      for (auto& [named, term] : left) {
        if (named->decided || !finds(term, folded)) continue;
        named->decided = true;
        --open;
        tell(*named, table, logical, in_order[i]);
      }
    }
  }

  void tell(const NamedValue& named, Table table, std::string_view logical, std::string_view cell) {
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
                                     name(table), named.value, example);
    diagnostic.hint = fmt::format(
        "a value stands for the whole cell; to find it among other words, write "
        "{}: {{in: LEXICON}} or {}: {{matches: PATTERN}}",
        logical, logical);
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
