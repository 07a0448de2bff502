#include "cadre/classify/searched_columns.hpp"

#include <algorithm>
#include <variant>

#include "cadre/classify/column_tests.hpp"

namespace cadre {
namespace {

class ScopeBuilder {
 public:
  ScopeBuilder(const Rules& rules, const Schema& schema) : schema_(schema) {
    found_.lexicons.resize(rules.lexicons.size());
    found_.columns.resize(schema.tables.size());
  }

  void add(const Label& label) {
    for_each_column_test(label, [this](Table table, const ColumnTest& test, Range) {
      const bool searches = test.op == ColumnTest::Op::kIn || test.op == ColumnTest::Op::kNotIn;
      if (searches) add(test.column, table);
      for (const Branch& branch : test.branches) found_.lexicons[branch.lexicon] = true;
      for (const ContextTest& context : test.contexts) {
        for (const Branch& branch : context.branches) found_.lexicons[branch.lexicon] = true;
      }
    });
    if (const auto* category = std::get_if<CategoryOf>(&label.body)) {
      for (const Table table : schema_.all()) add(*category, table);
      found_.lexicons[category->branch.lexicon] = true;
    }
  }

  SearchScope take() {
    for (std::vector<std::uint32_t>& columns : found_.columns) {
      std::sort(columns.begin(), columns.end());
      columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    }
    return std::move(found_);
  }

 private:
  void add(const CategoryOf& category, Table table) {
    if (category.columns.empty()) add("text", table);
    for (const std::string& column : category.columns) add(column, table);
  }

  void add(std::string_view name, Table table) {
    const std::vector<std::uint32_t> columns = columns_called(name, schema_.table(table));
    std::vector<std::uint32_t>& found = found_.columns[static_cast<std::size_t>(table)];
    found.insert(found.end(), columns.begin(), columns.end());
  }

  const Schema& schema_;
  SearchScope found_;
};

}  // namespace

std::vector<std::uint32_t> columns_called(std::string_view name, const TableSchema& table) {
  if (name != "text") return table.find_logical(name);
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].kind == Column::Kind::kText && table.columns[i].read) all.push_back(i);
  }
  return all;
}

SearchScope search_scope(std::span<const std::uint32_t> labels, const Rules& rules,
                         const Schema& schema) {
  ScopeBuilder scope(rules, schema);
  for (const std::uint32_t label : labels) scope.add(rules.labels[label]);
  return scope.take();
}

}  // namespace cadre
