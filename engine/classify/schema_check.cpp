#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "cadre/base/error.hpp"
#include "cadre/classify/classifier.hpp"
#include "cadre/classify/column_tests.hpp"
#include "cadre/rules/places.hpp"

namespace cadre {
namespace {

class SchemaCheck {
 public:
  SchemaCheck(const Rules& rules, const Schema& schema) : rules_(rules), schema_(schema) {
    if (rules.sources) places_.emplace(*rules.sources);
  }

  Diagnostics run() {
    if (rules_.schema != schema_.declared && rules_.schema->text != schema_.declared->text) {
      report("other-schema", rules_.range,
             fmt::format("the rules are written for the schema '{}', and the data has '{}'",
                         rules_.schema->name, schema_.declared->name));
      return std::move(diagnostics_);
    }
    for (const Label& label : rules_.labels) {
      for_each_column_test(label, [this](Table table, const ColumnTest& test, Range range) {
        check(table, test, range);
      });
    }
    return std::move(diagnostics_);
  }

 private:
  void check(Table table, const ColumnTest& test, Range range) {
    if (test.column == "text") return;
    const TableSchema& schema = schema_.table(table);
    const std::vector<std::uint32_t> columns = schema.find_logical(test.column);
    if (columns.empty()) {
      const auto same_name = [&](const Column& column) { return column.logical == test.column; };
      if (std::any_of(schema.columns.begin(), schema.columns.end(), same_name)) {
        report("column-not-in-data", range,
               fmt::format("the data has the column '{}' of {} in other languages only",
                           test.column, schema_.rule_name(table)));
        return;
      }
      std::set<std::string> names;
      for (const Column& column : schema.columns) names.insert(column.logical);
      report(
          "column-not-in-data", range,
          fmt::format("the data has no column '{}' in {}{}", test.column, schema_.rule_name(table),
                      did_you_mean(test.column, {names.begin(), names.end()})));
      return;
    }
    const bool needs_order =
        test.op == ColumnTest::Op::kAtLeast || test.op == ColumnTest::Op::kAtMost;
    for (const std::uint32_t index : columns) {
      const Column& column = schema.columns[index];
      if (needs_order && !column.ordered) {
        report("column-not-ordered", range,
               fmt::format("the data declares no order for the column '{}' of {}", column.name,
                           schema_.rule_name(table)));
      } else if (needs_order && std::find(column.values.begin(), column.values.end(),
                                          test.values.front()) == column.values.end()) {
        report("value-not-in-data", range,
               fmt::format("the data's order of '{}' does not have '{}'{}", column.name,
                           test.values.front(), did_you_mean(test.values.front(), column.values)));
      }
    }
  }

  void report(std::string code, Range range, std::string message) {
    Diagnostic diagnostic;
    diagnostic.code = std::move(code);
    diagnostic.message = std::move(message);
    if (places_ && range.known()) diagnostic.place = places_->place(range);
    diagnostics_.push_back(std::move(diagnostic));
  }

  const Rules& rules_;
  const Schema& schema_;
  std::optional<Places> places_;
  Diagnostics diagnostics_;
};

}  // namespace

Diagnostics check_schema(const Rules& rules, const Schema& schema) {
  return SchemaCheck(rules, schema).run();
}

void require_fit(const Rules& rules, const Schema& schema) {
  for (const Diagnostic& one : check_schema(rules, schema)) {
    if (one.severity != Severity::kError) continue;
    throw Error(
        Error::Kind::kUsage, "",
        fmt::format("the rule set '{}' does not fit the data: {}", rules.name, one.message));
  }
}

}  // namespace cadre
