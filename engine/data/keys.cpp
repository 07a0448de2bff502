#include "cadre/data/keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/data/cell_rules.hpp"
#include "cadre/data/text_file.hpp"

namespace cadre {
namespace {

/// Above this many candidates a suggestion would take too long.
constexpr std::size_t kMostCandidates = 20'000;

/// The values of some columns of a row as one key; nothing when one of them is not known. A key of
/// one column is that cell itself, without a copy.
class KeyOf {
 public:
  explicit KeyOf(const std::vector<std::uint32_t>& columns) : columns_(columns) {}

  std::optional<std::string_view> operator()(const std::vector<std::string>& row) {
    if (columns_.size() == 1) {
      const std::string& cell = row[columns_.front()];
      return cell.empty() ? std::nullopt : std::optional<std::string_view>(cell);
    }
    joined_.clear();
    for (const std::uint32_t column : columns_) {
      if (row[column].empty()) return std::nullopt;
      joined_ += row[column];
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
  KeyOf key_of(columns);
  // Keys of several columns are copied, as they are made anew for each row.
  const bool copies = columns.size() > 1;
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
    problems.add({Severity::kError,
                  names == "id" ? "duplicate-id" : "duplicate-value",
                  fmt::format("two rows of '{}' have the {} '{}'", table.schema().name, names,
                              key_of.text(table.rows()[row])),
                  table.place(row, columns.front()),
                  "",
                  {{table.place(first->second, columns.front()), "first here"}}});
  }
}

void check_reference(const CsvTable& table, const std::vector<std::uint32_t>& columns,
                     const CsvTable& target, const std::vector<std::uint32_t>& target_columns,
                     Problems& problems) {
  const bool nobody = target.schema().name == "people" && target.rows().empty();
  if (!target.whole() || nobody) return;  // that was told of; not each row again
  KeyOf target_key(target_columns);
  TextSet known;
  known.reserve(target.rows().size());
  for (const std::vector<std::string>& row : target.rows()) {
    if (const auto key = target_key(row)) known.emplace(*key);
  }
  std::vector<std::string> candidates;
  if (columns.size() == 1 && known.size() <= kMostCandidates) {
    for (const std::vector<std::string>& row : target.rows()) {
      candidates.push_back(row[target_columns.front()]);
    }
  }

  KeyOf key_of(columns);
  for (std::size_t row = 0; row < table.rows().size(); ++row) {
    const auto key = key_of(table.rows()[row]);
    if (!key || known.contains(*key)) continue;
    if (problems.skip_error()) continue;
    const bool person = target.schema().name == "people";
    problems.error(person ? "unknown-person" : "unknown-reference",
                   fmt::format("no row of '{}' has the {} '{}'{}", target.schema().name,
                               names_of(target.schema(), target_columns),
                               key_of.text(table.rows()[row]), did_you_mean(*key, candidates)),
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
    std::vector<std::string> known;
    for (const Column& each : target.schema().columns) known.push_back(each.name);
    problems.error("unknown-field",
                   fmt::format("'{}' has no column '{}'{}", target.schema().name,
                               quotable(one.name), did_you_mean(one.name, known)),
                   one.place);
  }
  if (columns.size() != key.targets.size()) return std::nullopt;
  return columns;
}

void check_foreign_key(const std::vector<CsvTable>& tables, const CsvTable& table,
                       const ForeignKey& key, Problems& problems) {
  const CsvTable& target = tables[key.table];
  if (!target.whole()) return;  // its header may lack what is looked for
  if (const auto columns = find_targets(key, target, problems)) {
    check_reference(table, key.columns, target, *columns, problems);
  }
}

}  // namespace

void check_keys(const std::vector<CsvTable>& tables, Problems& problems) {
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

  for (const CsvTable& table : tables) {
    const auto person = table.schema().find("person");
    const auto id = people == nullptr ? std::nullopt : people->schema().find("id");
    const bool of_people = is_standard_table(table.schema().name) && person && id;
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
