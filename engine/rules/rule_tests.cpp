// The tests that a rule set carries: people made up, and what must come out.
#include <fmt/format.h>

#include <algorithm>

#include "cadre/rules/loading.hpp"

namespace cadre {

namespace {

class TestLoader {
 public:
  explicit TestLoader(Loading& loading) : loading_(loading), reader_(loading.reader) {}

  void load(const Node& node) {
    const DeclaredSchema& schema = loading_.schema();
    std::vector<std::string> tables;
    for (const SchemaTable& table : schema.tables) tables.push_back(table.name);
    const Fields fields = reader_.fields(&node, MapKind::kRuleTest, "a test of a rule set", tables);
    if (!fields) return;
    RuleTest test;
    test.range = node.range;
    test.name = reader_.free_text(fields.get("name"), "'name'").value_or("");
    reader_.note(fields);
    if (const Node* person = node.find("person")) test.person = row(person, Table::kPerson);
    for (const Table table : schema.all_but_people()) {
      test.tables.push_back(rows(node.find(schema.table(table).name), table));
    }
    if (const Node* expect = fields.get("expect")) load_expectations(expect, test);
    if (fields.get("expect") == nullptr) {
      reader_.sink().warning(node.range, "test-without-expectations", "the test expects nothing",
                             "say what must come out: expect: {LABEL: true}");
    }
    loading_.rules.tests.push_back(std::move(test));
  }

 private:
  const std::string& table_name(Table table) const { return loading_.schema().table(table).name; }

  std::vector<RuleTest::Fields> rows(const Node* node, Table table) {
    std::vector<RuleTest::Fields> out;
    if (node == nullptr) return out;
    const auto items = reader_.list(node, fmt::format("'{}'", table_name(table)));
    if (!items) return out;
    for (const Node* item : *items) out.push_back(row(item, table));
    return out;
  }

  RuleTest::Fields row(const Node* node, Table table) {
    RuleTest::Fields cells;
    node = reader_.map(node, fmt::format("a row of '{}'", table_name(table)));
    if (node == nullptr) return cells;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      const Node& key = *node->keys[i];
      const Node& value = *node->items[i];
      const KnownColumns::Column* column = loading_.columns.find_written(table, key.text);
      if (column == nullptr) {
        const std::string guess = reader_.guess(key.text, loading_.columns.names(table).size(),
                                                [&] { return written_names(table); });
        reader_.error(
            key, "unknown-column",
            fmt::format("the table '{}' has no column '{}'{}", table_name(table), key.text, guess));
        continue;
      }
      if (value.is_null()) continue;  // unknown
      const auto text = reader_.free_text(&value, fmt::format("'{}'", key.text));
      if (!text || !check_cell(table, *column, value, *text)) continue;
      cells.emplace_back(key.text, *text);
    }
    return cells;
  }

  bool check_cell(Table table, const KnownColumns::Column& column, const Node& node,
                  const std::string& text) {
    if (text.empty()) return true;
    if (column.kind == ColumnKind::kDate) {
      const auto& span = loading_.schema().table(table).span;
      const bool open = span && column.name == span->end && text == "..";
      return open || reader_.date(&node, fmt::format("'{}'", column.name)).has_value();
    }
    if (column.values.empty()) return true;
    return reader_.choice(&node, fmt::format("'{}'", column.name), column.values).has_value();
  }

  std::vector<std::string> written_names(Table table) {
    std::vector<std::string> names;
    for (const std::string& column : loading_.columns.names(table)) {
      names.push_back(column);
      if (loading_.columns.find(table, column)->kind != ColumnKind::kText) continue;
      for (const std::string& language : loading_.schema().languages) {
        names.push_back(column + "_" + language);
      }
    }
    return names;
  }

  void load_expectations(const Node* node, RuleTest& test) {
    node = reader_.map(node, "'expect'");
    if (node == nullptr) return;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      const Node& key = *node->keys[i];
      const Node& value = *node->items[i];
      const auto label = find_label(key, key.text, loading_);
      if (!label) continue;
      if (const auto expected = expectation(*label, value)) {
        test.expect.push_back({*label, *expected, join(key.range, value.range)});
      }
    }
    if (node->keys.empty()) {
      reader_.sink().warning(node->range, "test-without-expectations", "the test expects nothing",
                             "say what must come out: expect: {LABEL: true}");
    }
  }

  /// The value as run_rule_tests (classify/rule_tests.hpp) compares it.
  std::optional<std::string> expectation(std::uint32_t label, const Node& value) {
    const LabelHead& head = loading_.heads[label];
    auto text = reader_.free_text(&value, fmt::format("'{}'", head.name));
    if (!text || !head.kind) return std::nullopt;
    if (*text == "unknown") return text;
    switch (*head.kind) {
      case Label::Kind::kPlain:
        if (*text == "true" || *text == "false") return text;
        return wrong(value, head, "true, false or unknown");
      case Label::Kind::kCategory: {
        if (*text == "true" || *text == "false") return text;
        if (*text == "none") return "false";
        return category(label, value, *text);
      }
      case Label::Kind::kNumber:
        if (value.plain && parse_number(*text)) return text;
        return wrong(value, head, "a number");
      case Label::Kind::kDate:
        if (*text == "false") return text;
        if (*text == "none") return "false";
        if (reader_.date(&value, fmt::format("'{}'", head.name))) return text;
        return std::nullopt;
    }
    return std::nullopt;
  }

  std::optional<std::string> wrong(const Node& value, const LabelHead& head,
                                   std::string_view wanted) {
    reader_.wrong_type(value, fmt::format("'{}'", head.name), wanted);
    return std::nullopt;
  }

  /// A category by its path below the lexicon, with or without the lexicon's name.
  std::optional<std::string> category(std::uint32_t label, const Node& node,
                                      std::string_view path) {
    const auto& body = loading_.rules.labels[label].body;
    const std::uint32_t lexicon = std::get<CategoryOf>(body).branch.lexicon;
    if (lexicon >= loading_.rules.lexicons.size()) return std::nullopt;
    const std::string prefix = loading_.rules.lexicons[lexicon].name + "/";
    if (path.substr(0, prefix.size()) == prefix) path.remove_prefix(prefix.size());
    if (!find_category(node, path, lexicon, loading_)) return std::nullopt;
    return std::string(path);
  }

  Loading& loading_;
  Reader& reader_;
};

}  // namespace

void load_rule_tests(const RuleTree& tree, Loading& loading) {
  for (const Node* test : tree.tests) TestLoader(loading).load(*test);
}

}  // namespace cadre
