#include "cadre/classify/searched_columns.hpp"

#include <algorithm>
#include <variant>

namespace cadre {
namespace {

class Search {
 public:
  Search(const Rules& rules, const Schema& schema) : schema_(schema) {
    found_.lexicons.resize(rules.lexicons.size());
  }

  void add(const Label& label) {
    if (const auto* condition = std::get_if<Condition>(&label.body)) {
      add(*condition);
    } else if (const auto* category = std::get_if<CategoryOf>(&label.body)) {
      add(category->where);
      for (const Table table : kTables) add(*category, table);
      found_.lexicons[category->branch.lexicon] = true;
    } else if (const auto* number = std::get_if<NumberOf>(&label.body)) {
      add(number->where);
    } else {
      add(std::get<DateOf>(label.body).where);
    }
  }

  Searched take() {
    for (std::vector<std::uint32_t>& columns : found_.columns) {
      std::sort(columns.begin(), columns.end());
      columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    }
    return std::move(found_);
  }

 private:
  void add(const Condition& condition) {
    if (const auto* rows = std::get_if<RowsCondition>(&condition.what)) {
      add(rows->row, rows->table);
    } else if (const auto* combination = std::get_if<Combination>(&condition.what)) {
      for (const Condition& part : combination->parts) add(part);
    }
  }

  void add(const RowsFrom& where) {
    if (const auto* rows = std::get_if<RowsCondition>(&where)) add(rows->row, rows->table);
  }

  void add(const RowGroup& group, Table table) {
    for (const RowTest& test : group.tests) {
      if (const auto* inner = std::get_if<RowGroup>(&test.test)) {
        add(*inner, table);
      } else if (const auto* column = std::get_if<ColumnTest>(&test.test)) {
        const bool searches =
            column->op == ColumnTest::Op::kIn || column->op == ColumnTest::Op::kNotIn;
        if (searches) add(column->column, table);
        for (const Branch& branch : column->branches) found_.lexicons[branch.lexicon] = true;
        for (const ContextTest& context : column->contexts) {
          for (const Branch& branch : context.branches) found_.lexicons[branch.lexicon] = true;
        }
      }
    }
  }

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
  Searched found_;
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

Searched searched_by(std::span<const std::uint32_t> labels, const Rules& rules,
                     const Schema& schema) {
  Search search(rules, schema);
  for (const std::uint32_t label : labels) search.add(rules.labels[label]);
  return search.take();
}

}  // namespace cadre
