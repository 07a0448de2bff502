// Conditions on rows: a table, tests on each row, and what the rows must come to together.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cadre/base/listed.hpp"
#include "cadre/rules/loading.hpp"

namespace cadre {

namespace {

using Op = ColumnTest::Op;

struct OpName {
  std::string_view key;
  Op op;
};
constexpr std::array kOps = {
    OpName{"in", Op::kIn},
    OpName{"not_in", Op::kNotIn},
    OpName{"matches", Op::kMatches},
    OpName{"is", Op::kIs},
    OpName{"one_of", Op::kIs},
    OpName{"not", Op::kIsNot},
    OpName{"at_least", Op::kAtLeast},
    OpName{"at_most", Op::kAtMost},
    OpName{"before", Op::kBefore},
    OpName{"after", Op::kAfter},
    OpName{"known", Op::kKnown},
};

std::string_view kind_in_words(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kText:
      return "text";
    case ColumnKind::kName:
      return "a name";
    case ColumnKind::kList:
      return "a value out of a list";
    case ColumnKind::kOrdered:
      return "an ordered value";
    case ColumnKind::kDate:
      return "a date";
    case ColumnKind::kNumber:
      return "a number";
    case ColumnKind::kDeclared:
      return "a value";
  }
  return {};
}

/// The tests that columns of a kind can take.
std::vector<std::string> tests_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kText:
      return {"in", "not_in", "matches", "is", "not", "one_of", "known"};
    case ColumnKind::kDeclared:
      return {"in", "not_in", "matches", "is", "not", "one_of", "known"};
    case ColumnKind::kName:
    case ColumnKind::kNumber:
      return {"is", "not", "one_of", "matches", "known"};
    case ColumnKind::kList:
      return {"is", "not", "one_of", "known"};
    case ColumnKind::kOrdered:
      return {"at_least", "at_most", "is", "not", "one_of", "known"};
    case ColumnKind::kDate:
      return {"before", "after", "known"};
  }
  return {};
}

class RowReader {
 public:
  RowReader(Table table, std::vector<LabelUse>& uses, Loading& loading)
      : table_(table), uses_(uses), loading_(loading), reader_(loading.reader) {}

  /// All the tests of a map, joined by "and".
  std::vector<RowTest> read_tests(const Node* node) {
    std::vector<RowTest> tests;
    node = reader_.map(node, fmt::format("'{}'", table_name()));
    if (node == nullptr) return tests;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      read_entry(*node->keys[i], *node->items[i], tests);
    }
    if (node->keys.empty()) {
      reader_.error(*node, "no-tests", "there are no tests here",
                    "a test names a column: {org: {in: industries}}; to take every row write {id: "
                    "{known: true}}");
    }
    return tests;
  }

 private:
  const std::string& table_name() const { return loading_.schema().table(table_).name; }

  void read_entry(const Node& key, const Node& value, std::vector<RowTest>& out) {
    const std::string& name = key.text;
    const Range range = join(key.range, value.range);
    if (name == "any" || name == "all" || name == "none" || name == "not") {
      read_group(name, value, range, out);
    } else if (name == "before" || name == "after" || name == "during") {
      read_span(name, key, value, range, out);
    } else if (name == "years") {
      if (!has_span(key)) return;
      if (const auto years = read_number_test(&value, "'years'", loading_)) {
        out.push_back({YearsTest{*years}, range, "years " + in_words(*years)});
      }
    } else if (name == "text") {
      if (!loading_.columns.has_text(table_)) {
        reader_.error(key, "no-text",
                      fmt::format("the table '{}' has no text columns", table_name()));
        return;
      }
      read_column({"text", ColumnKind::kText, {}, {}, ""}, value, range, out);
    } else if (const KnownColumns::Column* column = loading_.columns.find(table_, name)) {
      read_column(*column, value, range, out);
    } else {
      unknown_column(key);
    }
  }

  void unknown_column(const Node& key) {
    const std::string& table = table_name();
    if (key.text == "total_years" || key.text == "count") {
      reader_.error(key, "misplaced-key",
                    fmt::format("'{}' speaks of all rows and stands beside '{}', not inside it",
                                key.text, table));
      return;
    }
    if (const KnownColumns::Column* column = loading_.columns.find_written(table_, key.text)) {
      reader_.error(key, "column-with-language",
                    fmt::format("rules name the column without its language: '{}'; did you mean "
                                "'{}'?",
                                key.text, column->name));
      return;
    }
    const std::vector<std::string>& columns = loading_.columns.names(table_);
    const std::string guess = reader_.guess(key.text, columns.size(), [&] {
      std::vector<std::string> names = columns;
      for (const std::string& key_name : key_names(MapKind::kRowTests)) names.push_back(key_name);
      return names;
    });
    reader_.error(key, "unknown-column",
                  fmt::format("the table '{}' has no column '{}'{}", table, key.text, guess),
                  guess.empty() ? fmt::format("its columns are {}; others are declared under "
                                              "`columns` of the rule set",
                                              listed(columns))
                                : "");
  }

  bool has_span(const Node& key) {
    if (loading_.schema().table(table_).span) return true;
    if (table_ != Table::kPerson) {
      reader_.error(key, "no-span",
                    fmt::format("the rows of '{}' have no start and no end, so '{}' has no meaning "
                                "here",
                                table_name(), key.text),
                    "the schema may name them: span: {start: COLUMN, end: COLUMN}");
      return false;
    }
    reader_.error(key, "no-span",
                  fmt::format("a person is no row with a start and an end, so "
                              "'{}' has no meaning here",
                              key.text));
    return false;
  }

  void read_group(const std::string& name, const Node& value, Range range,
                  std::vector<RowTest>& out) {
    const std::string what = fmt::format("'{}'", name);
    RowGroup group;
    group.op = name == "any"   ? RowGroup::Op::kAny
               : name == "all" ? RowGroup::Op::kAll
                               : RowGroup::Op::kNone;
    if (name == "not") {
      const Node* tests = reader_.value(&value);
      if (tests == nullptr) return;
      if (tests->is_list()) {
        reader_.wrong_type(*tests, what, "a map of tests", "use `none` for a list");
        return;
      }
      group.tests.push_back(joined(tests));
    } else {
      const auto items = reader_.list(&value, what);
      if (!items) return;
      if (items->empty()) {
        reader_.error(value, "empty-list", fmt::format("{} has no tests", what));
        return;
      }
      for (const Node* item : *items) group.tests.push_back(joined(item));
    }
    std::string text;
    for (const RowTest& test : group.tests) {
      if (!text.empty()) text += group.op == RowGroup::Op::kAll ? " and " : " or ";
      text += test.text;
    }
    if (group.op == RowGroup::Op::kNone) {
      text =
          text.starts_with('(') && group.tests.size() == 1 ? "not " + text : "not (" + text + ")";
    } else if (group.tests.size() > 1) {
      text = "(" + text + ")";
    }
    out.push_back({std::move(group), range, std::move(text)});
  }

  /// The tests of one item of a group: a single test, or all of several.
  RowTest joined(const Node* item) {
    std::vector<RowTest> tests = read_tests(item);
    if (tests.size() == 1) return std::move(tests.front());
    std::string text;
    for (const RowTest& test : tests) {
      if (!text.empty()) text += " and ";
      text += test.text;
    }
    if (tests.size() > 1) text = "(" + text + ")";
    return {RowGroup{RowGroup::Op::kAll, std::move(tests)}, item->range, std::move(text)};
  }

  void read_span(const std::string& name, const Node& key, const Node& value, Range range,
                 std::vector<RowTest>& out) {
    if (!has_span(key)) return;
    SpanTest test;
    std::string text;
    if (name == "during") {
      test.op = SpanTest::Op::kDuring;
      if (!read_during(value, test, text)) return;
    } else {
      auto date = read_date_ref(&value, fmt::format("'{}'", name), uses_, loading_);
      if (!date) return;
      text = name + " " + date->text;
      test.op = name == "before" ? SpanTest::Op::kBefore : SpanTest::Op::kAfter;
      (name == "before" ? test.to : test.from) = std::move(date);
    }
    out.push_back({std::move(test), range, std::move(text)});
  }

  bool read_during(const Node& written, SpanTest& test, std::string& text) {
    const Node* value = reader_.value(&written);
    if (value == nullptr) return false;
    if (value->is_map()) {
      const Fields fields = reader_.fields(value, MapKind::kDuring, "'during'");
      if (const Node* from = fields.get("from")) {
        test.from = read_date_ref(from, "'from'", uses_, loading_);
      }
      if (const Node* to = fields.get("to")) {
        test.to = read_date_ref(to, "'to'", uses_, loading_);
      }
      if (fields.get("from") == nullptr && fields.get("to") == nullptr) {
        reader_.error(*value, "missing-key", "'during' needs an era, or the key 'from' or 'to'");
        return false;
      }
      text = "during " + (test.from ? test.from->text : "..") + " to " +
             (test.to ? test.to->text : "..");
      return true;
    }
    const auto id = reader_.free_text(value, "'during'");
    if (!id) return false;
    const Era* era = find_era(*value, *id);
    if (era == nullptr) return false;
    test.from = first_day_of(era->from, DateRef::Kind::kEraStart);
    if (era->to) test.to = first_day_of(*era->to, DateRef::Kind::kDate);
    text = "during " + *id;
    return true;
  }

  /// An era begins on the first day of its month or year, and ends before that of another.
  static DateRef first_day_of(const Date& date, DateRef::Kind kind) {
    const std::string day = iso_date(date.first());
    return {kind, Date::parse(day).value_or(date), 0, 0, day};
  }

  /// An era by its id, or by FILE/ID where two era files have the same id.
  const Era* find_era(const Node& node, std::string_view id) {
    const Era* found = nullptr;
    std::size_t eras = 0;
    std::vector<std::string> full;
    for (const EraScheme& scheme : loading_.rules.eras) {
      const bool of_scheme = id.size() > scheme.name.size() && id.starts_with(scheme.name) &&
                             id[scheme.name.size()] == '/';
      eras += scheme.eras.size();
      for (const Era& era : scheme.eras) {
        if (of_scheme && id.substr(scheme.name.size() + 1) == era.id) return &era;
        if (era.id != id) continue;
        found = &era;
        full.push_back(scheme.name + "/" + era.id);
      }
    }
    if (full.size() > 1) {
      reader_.error(node, "ambiguous-era", fmt::format("there are {} eras '{}'", full.size(), id),
                    fmt::format("write {}", fmt::join(full, " or ")));
      return nullptr;
    }
    if (found == nullptr && !loading_.incomplete) {
      const std::string guess = reader_.guess(id, eras, [this] {
        std::vector<std::string> ids;
        for (const EraScheme& scheme : loading_.rules.eras) {
          for (const Era& era : scheme.eras) ids.push_back(era.id);
        }
        return ids;
      });
      reader_.error(node, "unknown-era", fmt::format("no era '{}'{}", id, guess),
                    eras == 0 ? "era files are included by the rule set" : "");
    }
    return found;
  }

  void read_column(const KnownColumns::Column& column, const Node& written, Range range,
                   std::vector<RowTest>& out) {
    const Node* value = reader_.value(&written);
    if (value == nullptr) return;
    if (!value->is_map()) {
      // A bare value is compared: mode: full-time.
      if (value->is_null()) {
        reader_.wrong_type(*value, fmt::format("'{}'", column.name), "a value or a test",
                           "to ask for rows without a value write {known: false}");
        return;
      }
      add_test(column, "is", Op::kIs, *value, *value, range, out);
      return;
    }
    const Fields fields =
        reader_.fields(value, MapKind::kColumnTest, fmt::format("a test of '{}'", column.name));
    const std::vector<ContextTest> contexts = read_contexts(column, fields);
    for (const OpName& op : kOps) {
      const Node* argument = fields.get(op.key);
      if (argument == nullptr) continue;
      const Node& key = *fields.key(op.key);
      const bool has_contexts = !contexts.empty() && (op.op == Op::kIn || op.op == Op::kNotIn);
      const bool alone = value->keys.size() == 1 || has_contexts;
      const std::size_t before = out.size();
      add_test(column, op.key, op.op, key, *argument,
               alone ? range : join(key.range, argument->range), out);
      if (!has_contexts || out.size() == before) continue;
      std::get<ColumnTest>(out.back().test).contexts = contexts;
      out.back().text += in_words(contexts, loading_.rules);
    }
    if (value->keys.empty()) {
      reader_.error(*value, "no-tests", fmt::format("there is no test of '{}' here", column.name));
    }
  }

  /// near and not_near, which say which matches of `in` or `not_in` count.
  std::vector<ContextTest> read_contexts(const KnownColumns::Column& column, const Fields& fields) {
    const Node* key = nullptr;
    for (const std::string_view name : {"near", "not_near"}) {
      if (fields && fields.get(name) != nullptr) key = fields.key(name);
    }
    if (key == nullptr) return {};
    const bool in = fields.get("in") != nullptr;
    const bool not_in = fields.get("not_in") != nullptr;
    if (in == not_in) {
      reader_.error(
          *key, in ? "several-conditions" : "missing-key",
          in ? fmt::format("'{}' cannot stand beside both 'in' and 'not_in'", key->text)
             : fmt::format("'{}' needs 'in' or 'not_in' beside it", key->text),
          in ? fmt::format("put the two under `all: [{{{0}: {{in: ...}}}}, {{{0}: {{not_in: "
                           "...}}}}]`",
                           column.name)
             : "it says which of the terms that are found count");
    }
    return read_context_tests(fields, loading_);
  }

  void add_test(const KnownColumns::Column& column, std::string_view key, Op op, const Node& place,
                const Node& argument, Range range, std::vector<RowTest>& out) {
    const bool all_text = column.name == "text";
    std::vector<std::string> allowed = tests_of(column.kind);
    if (all_text) allowed = {"in", "not_in", "matches"};
    if (std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
      reader_.error(place, "wrong-test",
                    all_text ? fmt::format("'text' stands for all text columns and has no test "
                                           "'{}'",
                                           key)
                             : fmt::format("'{}' is {} and has no test '{}'", column.name,
                                           kind_in_words(column.kind), key),
                    fmt::format("its tests are {}", fmt::join(allowed, ", ")));
      return;
    }
    ColumnTest test;
    test.column = column.name;
    test.op = op;
    std::string text = fmt::format("{} {} ", column.name, key);
    switch (op) {
      case Op::kIn:
      case Op::kNotIn:
        test.branches = find_branches(&argument, fmt::format("'{}'", key), loading_);
        if (test.branches.empty()) return;
        text += in_words(test.branches, loading_.rules);
        break;
      case Op::kMatches: {
        const Node* pattern = reader_.value(&argument);
        const auto found = reader_.free_text(pattern, "'matches'");
        if (!found || !check_regex(*pattern, {}, loading_)) return;
        test.values = {*found};
        text += "/" + *found + "/";
        break;
      }
      case Op::kIs:
      case Op::kIsNot:
        test.values = read_values(column, argument, key);
        if (test.values.empty()) return;
        text = fmt::format("{} {} {}", column.name, op == Op::kIs ? "is" : "is not",
                           in_words(test.values));
        break;
      case Op::kAtLeast:
      case Op::kAtMost: {
        const auto at = reader_.choice(&argument, fmt::format("'{}'", column.name), column.values);
        if (!at) return;
        test.values = {column.values[*at]};
        text += test.values.front();
        break;
      }
      case Op::kBefore:
      case Op::kAfter: {
        auto date = read_date_ref(&argument, fmt::format("'{}'", key), uses_, loading_);
        if (!date) return;
        text += date->text;
        test.date = std::move(*date);
        break;
      }
      case Op::kKnown: {
        const auto flag = reader_.flag(&argument, "'known'");
        if (!flag) return;
        test.flag = *flag;
        text = column.name + (*flag ? " is known" : " is not known");
        break;
      }
    }
    out.push_back({std::move(test), range, std::move(text)});
  }

  std::vector<std::string> read_values(const KnownColumns::Column& column, const Node& argument,
                                       std::string_view key) {
    std::vector<std::string> values;
    for (const Node* item : reader_.list_or_one(&argument, fmt::format("'{}'", key))) {
      if (column.values.empty()) {
        if (const auto text = reader_.free_text(item, fmt::format("'{}'", column.name))) {
          values.push_back(*text);
        }
      } else if (const auto at =
                     reader_.choice(item, fmt::format("'{}'", column.name), column.values)) {
        values.push_back(column.values[*at]);
      }
    }
    if (argument.is_list() && argument.items.empty()) {
      reader_.error(argument, "empty-list", fmt::format("'{}' names no value", key));
    }
    return values;
  }

  Table table_;
  std::vector<LabelUse>& uses_;
  Loading& loading_;
  Reader& reader_;
};

}  // namespace

bool is_rows_key(std::string_view key, const Loading& loading) {
  return is_key(MapKind::kRowsCondition, key) || loading.schema().find_table(key);
}

bool is_rows_condition(const Node& map, const Loading& loading) {
  return std::any_of(map.keys.begin(), map.keys.end(),
                     [&](const Node* key) { return is_rows_key(key->text, loading); });
}

std::vector<std::string> rows_keys(const Loading& loading) {
  std::vector<std::string> keys;
  for (const SchemaTable& table : loading.schema().tables) keys.push_back(table.name);
  for (const std::string_view key : cadre::keys(MapKind::kRowsCondition)) keys.emplace_back(key);
  return keys;
}

std::optional<RowsCondition> read_rows(const Node& map, std::vector<LabelUse>& uses,
                                       Loading& loading) {
  RowsCondition rows;
  const Node* table_key = nullptr;
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const Node& key = *map.keys[i];
    const Node& value = *map.items[i];
    if (const auto table = loading.schema().find_table(key.text)) {
      if (table_key != nullptr) {
        loading.reader.error(key, "several-conditions",
                             fmt::format("a condition on rows has one table, and '{}' is already "
                                         "here",
                                         table_key->text),
                             "put the two under `all: [{...}, {...}]` or `any: [...]`");
        continue;
      }
      table_key = &key;
      rows.table = *table;
      rows.row.tests = RowReader(*table, uses, loading).read_tests(&value);
    } else if (key.text == "total_years") {
      rows.total_years = read_number_test(&value, "'total_years'", loading);
    } else if (key.text == "count") {
      rows.count = read_number_test(&value, "'count'", loading);
    }
  }
  if (table_key == nullptr) {
    loading.reader.error(*map.keys.front(), "no-table",
                         fmt::format("'{}' needs a table beside it", map.keys.front()->text),
                         "such as {career: {org: {in: industries}}, total_years: {at_least: 5}}");
    return std::nullopt;
  }
  if (rows.table == Table::kPerson && (rows.total_years || rows.count)) {
    loading.reader.error(*table_key, "no-span",
                         "a person is one row without a start and an end, so 'total_years' and "
                         "'count' have no meaning here");
  }
  return rows;
}

namespace {

/// The dates that the schema names.
std::vector<std::string> date_names(const Loading& loading) {
  std::vector<std::string> names;
  for (const SchemaDate& date : loading.schema().dates) names.push_back(date.name);
  return names;
}

}  // namespace

std::optional<DateRef> read_date_ref(const Node* node, std::string_view what,
                                     std::vector<LabelUse>& uses, Loading& loading) {
  node = loading.reader.value(node);
  if (node == nullptr) return std::nullopt;
  DateRef ref;
  if (!node->is_text()) {
    std::string wanted = "a date";
    for (const std::string& name : date_names(loading)) wanted += ", " + name;
    loading.reader.wrong_type(*node, what, wanted + " or a label that is a date");
    return std::nullopt;
  }
  ref.text = node->text;
  if (const auto named = loading.schema().find_date(node->text)) {
    ref.kind = DateRef::Kind::kNamed;
    ref.named = *named;
    return ref;
  }
  if (!is_name(node->text)) {
    const auto date = loading.reader.date(node, what);
    if (!date) return std::nullopt;
    ref.date = *date;
    return ref;
  }
  ref.kind = DateRef::Kind::kLabel;
  if (const auto found = loading.label_index.find(node->text); found != loading.label_index.end()) {
    LabelHead& head = loading.heads[found->second];
    head.used = true;
    if (head.kind && *head.kind != Label::Kind::kDate) {
      loading.reader.error(*node, "wrong-label-kind",
                           fmt::format("'{}' is a {} label, and {} needs one that is a date",
                                       head.name, name(*head.kind), what),
                           "labels with `first_date_of` or `last_date_of` are dates");
      return std::nullopt;
    }
    ref.label = found->second;
    uses.push_back({ref.label, node->range});
    return ref;
  }
  if (!loading.incomplete) {
    const std::string guess = loading.reader.guess(node->text, loading.heads.size(), [&] {
      std::vector<std::string> names = date_names(loading);
      for (const LabelHead& head : loading.heads) {
        if (head.kind == Label::Kind::kDate) names.push_back(head.name);
      }
      return names;
    });
    loading.reader.error(
        *node, "unknown-date",
        fmt::format("'{}' is no date and no label that is a date{}", node->text, guess));
  }
  return std::nullopt;
}

std::optional<NumberTest> read_number_test(const Node* node, std::string_view what,
                                           Loading& loading) {
  node = loading.reader.value(node);
  if (node == nullptr) return std::nullopt;
  if (!node->is_map()) {
    loading.reader.wrong_type(*node, what, "a map such as {at_least: 1}");
    return std::nullopt;
  }
  const Fields fields = loading.reader.fields(node, MapKind::kNumberTest, what);
  NumberTest test;
  test.at_least = loading.reader.number(fields.get("at_least"), "'at_least'");
  test.at_most = loading.reader.number(fields.get("at_most"), "'at_most'");
  if (fields.get("at_least") == nullptr && fields.get("at_most") == nullptr) {
    loading.reader.error(*node, "missing-key",
                         fmt::format("{} needs the key 'at_least' or 'at_most'", what));
    return std::nullopt;
  }
  if (test.at_least && test.at_most && *test.at_least > *test.at_most) {
    loading.reader.error(*node, "empty-range",
                         fmt::format("no number is at least {} and at most {}",
                                     in_words(*test.at_least), in_words(*test.at_most)));
  }
  return test;
}

}  // namespace cadre
