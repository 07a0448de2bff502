// Parameters of a rule set and the columns that it declares.
#include <fmt/format.h>

#include <string_view>
#include <unordered_map>

#include "cadre/base/seeded_hash.hpp"
#include "cadre/rules/loading.hpp"

namespace cadre {

namespace {

std::string as_written(const Node& node) {
  if (node.is_text()) return node.text;
  if (!node.is_list()) return {};
  std::string out = "[";
  for (const Node* item : node.items) {
    if (out.size() > 1) out += ", ";
    out += as_written(*item);
  }
  return out + "]";
}

/// Whether the value can stand where a value of a rule stands: text, or a list of texts.
bool is_value(const Node& node) {
  if (node.is_text()) return true;
  if (!node.is_list()) return false;
  for (const Node* item : node.items) {
    if (!item->is_text()) return false;
  }
  return true;
}

void apply_settings(Loading& loading, SyntaxLimits& limits) {
  std::vector<ParameterValue>& parameters = loading.reader.parameters();
  for (const auto& [name, text] : loading.options.settings) {
    ParameterValue* found = nullptr;
    std::vector<std::string> names;
    for (ParameterValue& parameter : parameters) {
      if (parameter.name == name) found = &parameter;
      names.push_back(parameter.name);
    }
    if (found == nullptr) {
      if (loading.incomplete) continue;
      loading.sink().error(
          {}, "unknown-parameter",
          fmt::format("no parameter named '{}'{}", name, loading.reader.guess(name, names)),
          names.empty() ? "the rule set declares no parameters"
                        : fmt::format("its parameters are {}", fmt::join(names, ", ")));
      continue;
    }
    std::string error;
    const Node* value = parse_value(text, limits, loading.reader.store(), error);
    if (value == nullptr || !is_value(*value)) {
      loading.sink().error({}, "bad-setting",
                           error.empty()
                               ? fmt::format("the value of '{}' must be a word, a number or a "
                                             "list such as [a, b]",
                                             name)
                               : fmt::format("the value of '{}' is not YAML: {}", name, error));
      continue;
    }
    found->value = value;
    found->range = {};
  }
}

}  // namespace

void load_parameters(const RuleTree& tree, Loading& loading, SyntaxLimits& limits) {
  std::vector<ParameterValue>& parameters = loading.reader.parameters();
  std::unordered_map<std::string_view, Range, SeededHash> known;
  for (const Entry& entry : tree.params) {
    loading.reader.name(entry.key, "the name of a parameter");
    const auto [other, is_new] = known.emplace(entry.key->text, entry.key->range);
    if (!is_new) {
      loading.reader
          .error(*entry.key, "duplicate-parameter",
                 fmt::format("a parameter named '{}' is already there", entry.key->text))
          .notes.push_back(loading.sink().note(other->second, "it is here"));
      continue;
    }
    if (!is_value(*entry.value)) {
      loading.reader.wrong_type(*entry.value, fmt::format("the parameter '{}'", entry.key->text),
                                "a word, a number or a list such as [a, b]");
    }
    parameters.push_back({entry.key->text, entry.value, entry.key->range, false});
  }
  apply_settings(loading, limits);
  for (const ParameterValue& parameter : parameters) {
    loading.rules.params.push_back({parameter.name, as_written(*parameter.value), parameter.range});
  }
}

void load_columns(const RuleTree& tree, Loading& loading) {
  Reader& reader = loading.reader;
  for (const Entry& entry : tree.columns) {
    const auto table = loading.schema().find_table(entry.key->text);
    if (!table) {
      std::vector<std::string> tables;
      for (const SchemaTable& one : loading.schema().tables) tables.push_back(one.name);
      reader.error(*entry.key, "unknown-table",
                   fmt::format("no table named '{}'{}", entry.key->text,
                               loading.reader.guess(entry.key->text, tables)),
                   fmt::format("the tables are {}", fmt::join(tables, ", ")));
      continue;
    }
    const Node* columns = reader.map(entry.value, fmt::format("'{}'", entry.key->text));
    if (columns == nullptr) continue;
    for (std::size_t i = 0; i < columns->keys.size(); ++i) {
      const Node& key = *columns->keys[i];
      DeclaredColumn column{*table, key.text, {}};
      reader.name(&key, "the name of a column");
      if (is_key(MapKind::kRowTests, key.text)) {
        reader.error(key, "reserved-name",
                     fmt::format("'{}' means something else in tests of a row and cannot be the "
                                 "name of a column",
                                 key.text));
        continue;
      }
      if (const KnownColumns::Column* known = loading.columns.find(*table, key.text);
          known != nullptr && known->kind != ColumnKind::kOrdered &&
          known->kind != ColumnKind::kDeclared) {
        reader.error(
            key, "duplicate-column",
            fmt::format("the table '{}' has the column '{}' already", entry.key->text, key.text),
            "only columns that are not among the standard ones are declared");
        continue;
      }
      if (!columns->items[i]->is_null()) {
        const Fields fields = reader.fields(columns->items[i], MapKind::kDeclaredColumn,
                                            fmt::format("the column '{}'", key.text));
        reader.note(fields);
        if (const auto order = reader.list(fields.get("order"), "'order'")) {
          for (const Node* item : *order) {
            if (auto value = reader.free_text(item, "an item of 'order'")) {
              column.order.push_back(std::move(*value));
            }
          }
        }
      }
      loading.columns.declare(column);
      loading.rules.columns.push_back(std::move(column));
    }
  }
}

}  // namespace cadre
