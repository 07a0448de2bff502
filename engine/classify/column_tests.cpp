#include "cadre/classify/column_tests.hpp"

#include <variant>

#include "cadre/rules/expression.hpp"

namespace cadre {

void for_each_column_test(const Label& label, const UseColumnTest& use) {
  Table table = Table::kPerson;
  walk(label, Handlers{[&](const RowsCondition& rows) { table = rows.table; },
                       [&](const RowTest& test) {
                         const auto* column = std::get_if<ColumnTest>(&test.test);
                         if (column != nullptr) use(table, *column, test.range);
                       }});
}

}  // namespace cadre
