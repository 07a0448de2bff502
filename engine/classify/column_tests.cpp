#include "cadre/classify/column_tests.hpp"

#include <variant>

namespace cadre {
namespace {

void visit(Table table, const RowGroup& group, const UseColumnTest& use) {
  for (const RowTest& test : group.tests) {
    if (const auto* inner = std::get_if<RowGroup>(&test.test)) {
      visit(table, *inner, use);
    } else if (const auto* column = std::get_if<ColumnTest>(&test.test)) {
      use(table, *column, test.range);
    }
  }
}

void visit(const Condition& condition, const UseColumnTest& use) {
  if (const auto* rows = std::get_if<RowsCondition>(&condition.what)) {
    visit(rows->table, rows->row, use);
  } else if (const auto* combination = std::get_if<Combination>(&condition.what)) {
    for (const Condition& part : combination->parts) visit(part, use);
  }
}

void visit(const RowsFrom& where, const UseColumnTest& use) {
  if (const auto* rows = std::get_if<RowsCondition>(&where)) visit(rows->table, rows->row, use);
}

}  // namespace

void for_each_column_test(const Label& label, const UseColumnTest& use) {
  if (const auto* condition = std::get_if<Condition>(&label.body)) {
    visit(*condition, use);
  } else if (const auto* category = std::get_if<CategoryOf>(&label.body)) {
    visit(category->where, use);
  } else if (const auto* number = std::get_if<NumberOf>(&label.body)) {
    visit(number->where, use);
  } else {
    visit(std::get<DateOf>(label.body).where, use);
  }
}

}  // namespace cadre
