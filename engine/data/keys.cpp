#include "cadre/data/keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/data/cell_rules.hpp"
#include "cadre/data/column_name.hpp"
#include "cadre/data/number_value.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {
namespace {

/// Above this many candidates a suggestion would take too long.
constexpr std::size_t kMostCandidates = 20'000;

using Kinds = std::vector<Column::Kind>;

Kinds kinds_of(const TableSchema& schema, const std::vector<std::uint32_t>& columns) {
  Kinds kinds;
  for (const std::uint32_t column : columns) kinds.push_back(schema.columns[column].kind);
  return kinds;
}

/// The values of some columns of a row as one key; nothing when one of them is not known. Cells of
/// the kind kNumber count by their value. A key of one other column is that cell itself, without a
/// copy.
class KeyOf {
 public:
  KeyOf(const std::vector<std::uint32_t>& columns, Kinds kinds)
      : columns_(columns), kinds_(std::move(kinds)) {}

  /// Whether keys are made anew for each row, and so good until the next one only.
  bool copies() const { return columns_.size() > 1 || kinds_.front() == Column::Kind::kNumber; }

  std::optional<std::string_view> operator()(const std::vector<std::string>& row) {
    if (!copies()) {
      const std::string& cell = row[columns_.front()];
      return cell.empty() ? std::nullopt : std::optional<std::string_view>(cell);
    }
    joined_.clear();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& cell = row[columns_[i]];
      if (cell.empty()) return std::nullopt;
      joined_ += value_of_cell(kinds_[i], cell);
      joined_ += '\x1F';
    }
    return joined_;
  }

  /// As people write it.
  std::string text(const std::vector<std::string>& row) const {
    std::string text;
    for (const std::uint32_t column : columns_) {
      if (!text.empty()) text += ", ";
      text += quotable(row[column]);
    }
    return text;
  }

 private:
  const std::vector<std::uint32_t>& columns_;
  Kinds kinds_;
  std::string joined_;
};

std::string names_of(const TableSchema& schema, const std::vector<std::uint32_t>& columns) {
  std::string names;
  for (const std::uint32_t column : columns) {
    if (!names.empty()) names += ", ";
    names += schema.columns[column].name;
  }
  return names;
}

void check_unique(const CsvTable& table, const std::vector<std::uint32_t>& columns,
                  Problems& problems) {
  KeyOf key_of(columns, kinds_of(table.schema(), columns));
  const bool copies = key_of.copies();
  TextSet owned;
  std::unordered_map<std::string_view, std::size_t, SeededHash> first_rows;
  first_rows.reserve(table.rows().size());
  for (std::size_t row = 0; row < table.rows().size(); ++row) {
    std::optional<std::string_view> key = key_of(table.rows()[row]);
    if (!key) continue;
    if (copies) key = *owned.emplace(*key).first;
    const auto [first, is_new] = first_rows.emplace(*key, row);
    if (is_new) continue;
    if (problems.skip_error()) continue;
    const std::string names = names_of(table.schema(), columns);
    const std::string here = key_of.text(table.rows()[row]);
    const std::string there = key_of.text(table.rows()[first->second]);
    problems.add(
        {Severity::kError,
         names == "id" ? "duplicate-id" : "duplicate-value",
         fmt::format("two rows of '{}' have the {} '{}'", table.schema().name, names, here),
         table.place(row, columns.front()),
         here == there ? "" : fmt::format("'{}' and '{}' are the same value", there, here),
         {{table.place(first->second, columns.front()), "first here"}}});
  }
}

/// Writes numbers of a reference as the row does that it leads to.
void write_as(const std::vector<std::string>& target,
              const std::vector<std::uint32_t>& target_columns, std::vector<std::string>& row,
              const std::vector<std::uint32_t>& columns, const Kinds& kinds) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (kinds[i] != Column::Kind::kNumber) continue;
    std::string spelling = target[target_columns[i]];  // which may be the same row
    row[columns[i]] = std::move(spelling);
  }
}

void check_reference(CsvTable& table, const std::vector<std::uint32_t>& columns,
                     const CsvTable& target, const std::vector<std::uint32_t>& target_columns,
                     Problems& problems) {
  const bool nobody = target.schema().name == "people" && target.rows().empty();
  if (!target.whole() || nobody) return;  // that was told of; not each row again
  // By value where both columns hold numbers.
  Kinds kinds = kinds_of(table.schema(), columns);
  const Kinds target_kinds = kinds_of(target.schema(), target_columns);
  bool any_number = false;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i] != target_kinds[i]) kinds[i] = Column::Kind::kName;
    any_number = any_number || kinds[i] == Column::Kind::kNumber;
  }
  KeyOf target_key(target_columns, kinds);
  std::unordered_map<std::string, std::size_t, SeededHash, std::equal_to<>> known;  // to rows
  known.reserve(target.rows().size());
  for (std::size_t row = 0; row < target.rows().size(); ++row) {
    if (const auto key = target_key(target.rows()[row])) known.emplace(*key, row);
  }
  std::vector<std::string> candidates;
  if (columns.size() == 1 && known.size() <= kMostCandidates) {
    for (const std::vector<std::string>& row : target.rows()) {
      candidates.push_back(row[target_columns.front()]);
    }
  }

  KeyOf key_of(columns, kinds);
  for (std::size_t row = 0; row < table.rows().size(); ++row) {
    const auto key = key_of(table.rows()[row]);
    if (!key) continue;
    if (const auto found = known.find(*key); found != known.end()) {
      if (!any_number) continue;
      write_as(target.rows()[found->second], target_columns, table.rows()[row], columns, kinds);
      continue;
    }
    if (problems.skip_error()) continue;
    const bool person = target.schema().name == "people";
    problems.error(
        person ? "unknown-person" : "unknown-reference",
        fmt::format("no row of '{}' has the {} '{}'{}", target.schema().name,
                    names_of(target.schema(), target_columns), key_of.text(table.rows()[row]),
                    did_you_mean(table.rows()[row][columns.front()], candidates)),
        table.place(row, columns.front()));
  }
}

/// The columns that a foreign key points to; nothing, and errors, when the header of a table
/// without a schema lacks one.
std::optional<std::vector<std::uint32_t>> find_targets(const ForeignKey& key,
                                                       const CsvTable& target, Problems& problems) {
  std::vector<std::uint32_t> columns;
  for (const ForeignKey::Target& one : key.targets) {
    const bool derived = target.description().derived_ids && one.name == "id";
    const std::optional<std::uint32_t> column = target.schema().find(one.name);
    if (column && !derived) {
      columns.push_back(*column);
      continue;
    }
    const CellProblem problem = derived ? key_of_made_ids(target.schema().name)
                                        : no_column(target.schema(), one.name, "column");
    problems.error(problem.code, problem.message, one.place, problem.hint);
  }
  if (columns.size() != key.targets.size()) return std::nullopt;
  return columns;
}

void check_foreign_key(const std::vector<CsvTable>& tables, CsvTable& table, const ForeignKey& key,
                       Problems& problems) {
  const CsvTable& target = tables[key.table];
  if (!target.whole()) return;  // its header may lack what is looked for
  if (const auto columns = find_targets(key, target, problems)) {
    check_reference(table, key.columns, target, *columns, problems);
  }
}

}  // namespace

void check_keys(std::vector<CsvTable>& tables, Problems& problems) {
  const CsvTable* people = nullptr;
  for (const CsvTable& table : tables) {
    const TableDescription& description = table.description();
    if (table.schema().name == "people") people = &table;
    bool key_is_checked = description.primary_key.empty();
    for (std::uint32_t i = 0; i < table.schema().columns.size(); ++i) {
      if (!description.rules[i].unique) continue;
      check_unique(table, {i}, problems);
      const auto& key = description.primary_key;
      key_is_checked = key_is_checked || std::find(key.begin(), key.end(), i) != key.end();
    }
    if (!key_is_checked) check_unique(table, description.primary_key, problems);
    for (const std::vector<std::uint32_t>& key : description.unique_keys) {
      check_unique(table, key, problems);
    }
  }

  for (CsvTable& table : tables) {
    const auto person = table.schema().find("person");
    const auto id = people == nullptr ? std::nullopt : people->schema().find("id");
    const bool of_people = table.description().declared != nullptr && person && id;
    if (of_people) check_reference(table, {*person}, *people, {*id}, problems);
    for (const ForeignKey& key : table.description().foreign_keys) {
      const bool done = of_people && &tables[key.table] == people && key.targets.size() == 1 &&
                        key.targets[0].name == "id" &&
                        key.columns == std::vector<std::uint32_t>{*person};
      if (!done) check_foreign_key(tables, table, key, problems);
    }
  }
}

}  // namespace cadre
