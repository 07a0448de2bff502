// Labels: what they are made of, in what order they are worked out, and cycles among them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "cadre/base/listed.hpp"
#include "cadre/rules/loading.hpp"

namespace cadre {

namespace {

/// The keys that say what a label is, beside conditions.
struct BodyKey {
  std::string_view key;
  MapKind map;
  Label::Kind kind;
};
constexpr std::array kBodyKeys = {
    BodyKey{"category_of", MapKind::kCategoryLabel, Label::Kind::kCategory},
    BodyKey{"years_of", MapKind::kYearsLabel, Label::Kind::kNumber},
    BodyKey{"count_of", MapKind::kCountLabel, Label::Kind::kNumber},
    BodyKey{"first_date_of", MapKind::kFirstDateLabel, Label::Kind::kDate},
    BodyKey{"last_date_of", MapKind::kLastDateLabel, Label::Kind::kDate},
};

const BodyKey* find_body_key(std::string_view key) {
  for (const BodyKey& body : kBodyKeys) {
    if (body.key == key) return &body;
  }
  return nullptr;
}

/// Names that mean something else where a label's name can stand.
bool is_reserved(std::string_view name, const Loading& loading) {
  return is_key(MapKind::kCondition, name) || is_rows_key(name, loading) ||
         is_key(MapKind::kLabel, name) || find_body_key(name) != nullptr ||
         loading.schema().find_date(name) || name == "where" || name == "pick" ||
         name == "columns" || name == "true" || name == "false" || name == "unknown";
}

/// The keys with which a condition may begin, but for names of labels.
std::vector<std::string> condition_keys(const Loading& loading) {
  std::vector<std::string> names = key_names(MapKind::kCondition);
  for (const SchemaTable& table : loading.schema().tables) names.push_back(table.name);
  return names;
}

std::string join_path(std::string_view path, std::string_view part) {
  return path.empty() ? std::string(part) : fmt::format("{}.{}", path, part);
}

std::string_view kind_in_words(Label::Kind kind) {
  switch (kind) {
    case Label::Kind::kPlain:
      return "true or false";
    case Label::Kind::kCategory:
      return "a category";
    case Label::Kind::kNumber:
      return "a number";
    case Label::Kind::kDate:
      return "a date";
  }
  return {};
}

/// Reads the body of one label.
class BodyReader {
 public:
  BodyReader(Loading& loading, std::vector<LabelUse>& uses)
      : loading_(loading), reader_(loading.reader), uses_(uses) {}

  /// Reads the body of a label. Returns false when no other label can say anything of its value.
  bool read(const LabelHead& head, Label& label) {
    read_body(head, label);
    return !without_value_;
  }

 private:
  void read_body(const LabelHead& head, Label& label) {
    const Node* node = reader_.value(head.value);
    if (node == nullptr) return;
    if (!node->is_map()) {
      read_condition_body(node, label);
      return;
    }
    const Fields fields(*node, MapKind::kLabel);
    label.title = reader_.title(fields);
    label.note = reader_.note(fields);
    reader_.check_source(fields);
    label.unknown_as = reader_.flag(fields.get("unknown_as"), "'unknown_as'");

    Node body;  // the entries that are not about the label as a whole
    body.kind = Node::Kind::kMap;
    body.range = node->range;
    const BodyKey* body_key = nullptr;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      if (is_key(MapKind::kLabel, node->keys[i]->text)) continue;
      body.keys.push_back(node->keys[i]);
      body.items.push_back(node->items[i]);
      if (body_key == nullptr) body_key = find_body_key(node->keys[i]->text);
    }
    if (body.keys.empty()) {
      reader_.sink().error(head.key->range, "empty-label",
                           fmt::format("the label '{}' says nothing", head.name),
                           "give it a condition such as any: [...], or category_of, years_of, "
                           "count_of, first_date_of");
      return;
    }
    const Node* stored = reader_.store().add(std::move(body));
    if (body_key == nullptr) {
      read_condition_body(stored, label);
    } else {
      read_value_body(*stored, *body_key, label);
    }
  }

  void read_condition_body(const Node* node, Label& label) {
    if (auto condition = read_condition(node, "")) label.body = std::move(*condition);
  }

  void read_value_body(const Node& node, const BodyKey& body, Label& label) {
    const Fields fields =
        reader_.fields(&node, body.map, fmt::format("a label with '{}'", body.key));
    const Node* of = fields.get(body.key);
    switch (label.kind()) {
      case Label::Kind::kCategory:
        read_category_of(fields, label);
        break;
      case Label::Kind::kNumber: {
        NumberOf number;
        number.what = body.key == "years_of" ? NumberOf::What::kYears : NumberOf::What::kCount;
        if (auto where = read_where(of, fmt::format("'{}'", body.key))) {
          number.where = std::move(*where);
          label.body = std::move(number);
        }
        break;
      }
      case Label::Kind::kDate: {
        DateOf date;
        date.what = body.key == "first_date_of" ? DateOf::What::kFirst : DateOf::What::kLast;
        if (auto where = read_where(of, fmt::format("'{}'", body.key))) {
          date.where = std::move(*where);
          label.body = std::move(date);
        }
        break;
      }
      case Label::Kind::kPlain:
        break;
    }
  }

  void read_category_of(const Fields& fields, Label& label) {
    CategoryOf category;
    const auto branch = find_branch(fields.get("category_of"), loading_);
    if (branch) category.branch = *branch;
    without_value_ = !branch;
    auto where =
        read_where(reader_.require(fields, "where", "a label with 'category_of'"), "'where'");
    static const std::vector<std::string> kPicks = {"most_years", "most_rows", "first", "last"};
    if (const auto pick = reader_.choice(fields.get("pick"), "'pick'", kPicks)) {
      category.pick = static_cast<CategoryOf::Pick>(*pick);
    }
    std::vector<Table> tables;
    for (const Table table : loading_.schema().all_but_people()) tables.push_back(table);
    tables.push_back(Table::kPerson);
    if (where && std::holds_alternative<RowsCondition>(*where)) {
      tables = {std::get<RowsCondition>(*where).table};
    }
    for (const Node* item : reader_.list_or_one(fields.get("columns"), "'columns'")) {
      const auto column = reader_.free_text(item, "a column");
      if (column && check_search_column(*item, *column, tables)) {
        category.columns.push_back(*column);
      }
    }
    if (where) category.where = std::move(*where);
    label.body = std::move(category);
  }

  /// Whether terms can be looked for in a column of one of these tables.
  bool check_search_column(const Node& node, const std::string& column,
                           const std::vector<Table>& tables) {
    const auto is_searched = [this](Table table, const std::string& name) {
      const KnownColumns::Column* found = loading_.columns.find(table, name);
      return found != nullptr &&
             (found->kind == ColumnKind::kText || found->kind == ColumnKind::kDeclared);
    };
    for (const Table table : tables) {
      if (is_searched(table, column)) return true;
    }
    std::vector<std::string> names;
    for (const Table table : tables) {
      for (const std::string& name : loading_.columns.names(table)) {
        if (is_searched(table, name)) names.push_back(name);
      }
    }
    reader_.error(node, "unknown-column",
                  fmt::format("no text column named '{}'{}", column, reader_.guess(column, names)),
                  fmt::format("text columns are {}", listed(names)));
    return false;
  }

  /// The rows of another label, or those of a condition.
  std::optional<RowsFrom> read_where(const Node* written, std::string_view what) {
    const Node* node = reader_.value(written);
    if (node == nullptr) return std::nullopt;
    if (node->is_map() && is_rows_condition(*node, loading_)) {
      check_heads(*node);
      auto rows = read_rows(*node, uses_, loading_);
      if (!rows) return std::nullopt;
      return RowsFrom(std::move(*rows));
    }
    if (node->is_text()) {
      const auto label = find_label(*node, node->text, loading_);
      if (!label) return std::nullopt;
      const LabelHead& head = loading_.heads[*label];
      if (head.kind && *head.kind != Label::Kind::kPlain) {
        reader_.error(*node, "wrong-label-kind",
                      fmt::format("'{}' is {}, and {} needs a label that is true or false",
                                  head.name, kind_in_words(*head.kind), what));
        return std::nullopt;
      }
      uses_.push_back({*label, node->range});
      return RowsFrom(*label);
    }
    reader_.wrong_type(*node, what, "the name of a label or a condition on rows",
                       node->is_map() ? "make the condition a label of its own, and name that here"
                                      : "such as {career: {org: {in: industries}}}");
    return std::nullopt;
  }

  /// Keys of a condition on rows that are none of its own.
  void check_heads(const Node& map) {
    for (const Node* key : map.keys) {
      if (is_rows_key(key->text, loading_)) continue;
      if (is_key(MapKind::kCondition, key->text) || is_label_name(key->text)) {
        reader_.error(*key, "several-conditions",
                      fmt::format("'{}' cannot stand beside a condition on rows", key->text),
                      "put the two under `all: [{...}, {...}]` or `any: [...]`");
        continue;
      }
      const std::vector<std::string> names = rows_keys(loading_);
      reader_.error(*key, "unknown-key",
                    fmt::format("a condition on rows has no key '{}'{}", key->text,
                                reader_.guess(key->text, names)),
                    "tests of a row stand inside its table");
    }
  }

  bool is_label_name(std::string_view name) const {
    return loading_.label_index.contains(name.substr(0, name.find('.')));
  }

  // -------------------------------------------------------------------------------------------

  std::optional<Condition> read_condition(const Node* written, const std::string& path) {
    const Node* node = reader_.value(written);
    if (node == nullptr) return std::nullopt;
    switch (node->kind) {
      case Node::Kind::kText:
        return read_reference(*node, path);
      case Node::Kind::kMap:
        return read_map(*node, path);
      case Node::Kind::kList:
        reader_.wrong_type(*node, "a condition", "the name of a label or a map",
                           "say whether `all: [...]` or `any: [...]` of the list must hold");
        return std::nullopt;
      case Node::Kind::kNull:
        reader_.wrong_type(*node, "a condition", "the name of a label or a map");
        return std::nullopt;
    }
    return std::nullopt;
  }

  /// The name of another label: it must be true, or have a value.
  std::optional<Condition> read_reference(const Node& node, const std::string& path) {
    const auto label = find_label(node, node.text, loading_);
    if (!label) return std::nullopt;
    const LabelHead& head = loading_.heads[*label];
    if (head.kind == Label::Kind::kNumber) {
      reader_.error(node, "wrong-label-kind",
                    fmt::format("'{}' is a number and is not true or false", node.text),
                    fmt::format("say how much: {{{}: {{at_least: 1}}}}", node.text));
      return std::nullopt;
    }
    uses_.push_back({*label, node.range});
    LabelCondition condition;
    condition.label = *label;
    return Condition{std::move(condition), node.range, path, node.text};
  }

  std::optional<Condition> read_map(const Node& map, const std::string& path) {
    if (map.keys.empty()) {
      reader_.error(map, "empty-condition", "the condition is empty");
      return std::nullopt;
    }
    if (is_rows_condition(map, loading_)) {
      check_heads(map);
      auto rows = read_rows(map, uses_, loading_);
      if (!rows) return std::nullopt;
      std::string text = in_words(*rows, loading_.schema());
      return Condition{std::move(*rows), map.range, path, std::move(text)};
    }
    for (std::size_t i = 1; i < map.keys.size(); ++i) {
      const Node& key = *map.keys[i];
      if (is_key(MapKind::kCondition, key.text) || is_label_name(key.text)) {
        reader_.error(key, "several-conditions",
                      fmt::format("'{}' cannot stand beside '{}'", key.text, map.keys[0]->text),
                      "put the two under `all: [{...}, {...}]` or `any: [...]`");
      } else {
        unknown_condition(key);
      }
    }
    const Node& key = *map.keys[0];
    const Node& value = *map.items[0];
    const Range range = map.keys.size() == 1 ? map.range : join(key.range, value.range);
    if (is_key(MapKind::kCondition, key.text)) return read_combination(key, value, range, path);
    return read_label_test(key, value, range, path);
  }

  void unknown_condition(const Node& key) {
    if (find_body_key(key.text) != nullptr) {
      reader_.error(key, "misplaced-key",
                    fmt::format("'{}' makes a label and cannot stand in a condition", key.text),
                    "make it a label of its own, and name that here");
      return;
    }
    if (loading_.incomplete) return;
    const std::string guess = reader_.guess(key.text, loading_.heads.size(), [this] {
      std::vector<std::string> names = condition_keys(loading_);
      for (const LabelHead& head : loading_.heads) names.push_back(head.name);
      for (const std::string& name : key_names(MapKind::kLabel)) names.push_back(name);
      return names;
    });
    reader_.error(key, "unknown-condition",
                  fmt::format("'{}' is neither a condition nor a label{}", key.text, guess),
                  guess.empty()
                      ? fmt::format("conditions are {}", fmt::join(condition_keys(loading_), ", "))
                      : "");
  }

  std::optional<Condition> read_combination(const Node& key, const Node& value, Range range,
                                            const std::string& path) {
    Combination combination;
    std::string text;
    if (key.text == "not") {
      combination.op = Combination::Op::kNone;
      auto part = read_condition(&value, join_path(path, "not"));
      if (!part) return std::nullopt;
      text = "not " + part->text;
      combination.parts.push_back(std::move(*part));
      return Condition{std::move(combination), range, path, std::move(text)};
    }
    const Node* list = &value;
    std::string list_path = join_path(path, key.text);
    if (key.text == "at_least") {
      combination.op = Combination::Op::kAtLeast;
      const Fields fields = reader_.fields(&value, MapKind::kAtLeast, "'at_least'");
      if (!fields) return std::nullopt;
      const Node* count = reader_.require(fields, "count", "'at_least'");
      const auto least = reader_.whole(count, "'count'", 1);
      list = reader_.require(fields, "of", "'at_least'");
      list_path += ".of";
      if (least) combination.at_least = static_cast<std::uint32_t>(*least);
      text = fmt::format("at least {} of", combination.at_least);
      const auto items = reader_.list(list, "'of'");
      if (least && items && static_cast<std::size_t>(*least) > items->size()) {
        reader_.error(*reader_.value(count), "never-true",
                      fmt::format("at least {} of {} can never hold", *least, items->size()));
      }
    } else {
      combination.op = key.text == "any"   ? Combination::Op::kAny
                       : key.text == "all" ? Combination::Op::kAll
                                           : Combination::Op::kNone;
      text = key.text + " of";
    }
    if (!read_parts(list, fmt::format("'{}'", key.text), list_path, combination.parts)) {
      return std::nullopt;
    }
    return Condition{std::move(combination), range, path, std::move(text)};
  }

  bool read_parts(const Node* list, std::string_view what, const std::string& path,
                  std::vector<Condition>& parts) {
    const auto items = reader_.list(list, what);
    if (!items) return false;
    if (items->empty()) {
      reader_.error(*list, "empty-list", fmt::format("{} has no conditions", what));
      return false;
    }
    bool good = true;
    for (std::size_t i = 0; i < items->size(); ++i) {
      auto part = read_condition((*items)[i], fmt::format("{}[{}]", path, i));
      if (part) {
        parts.push_back(std::move(*part));
      } else {
        good = false;
      }
    }
    return good;
  }

  // -------------------------------------------------------------------------------------------

  /// {industry.group: emerging}, {stem_years: {at_least: 5}}, {technocrat: false}.
  std::optional<Condition> read_label_test(const Node& key, const Node& written, Range range,
                                           const std::string& path) {
    const std::size_t dot = key.text.find('.');
    const std::string name = key.text.substr(0, dot);
    if (!is_label_name(name)) {
      unknown_condition(key);
      return std::nullopt;
    }
    const auto label = find_label(key, name, loading_);
    uses_.push_back({*label, key.range});
    LabelCondition condition;
    condition.label = *label;
    const Node* value = reader_.value(&written);
    if (value == nullptr) return std::nullopt;
    const std::optional<Label::Kind> kind = loading_.heads[*label].kind;
    std::string text;
    bool good = false;
    if (dot != std::string::npos) {
      good = read_group_test(key, name, key.text.substr(dot + 1), *value, kind, condition, text);
    } else if (!kind) {
      return std::nullopt;  // what the label is cannot be told; that was reported
    } else if (is_truth(*value)) {
      good = read_truth_test(name, *value, *kind, condition, text);
    } else {
      switch (*kind) {
        case Label::Kind::kPlain:
          wrong_test(key, name, *kind, *value, "true, false or unknown");
          break;
        case Label::Kind::kCategory:
          good = read_category_test(key, name, *value, condition, text);
          break;
        case Label::Kind::kNumber:
          good = read_number(key, name, *value, condition, text);
          break;
        case Label::Kind::kDate:
          good = read_date_test(key, name, *value, condition, text);
          break;
      }
    }
    if (!good) return std::nullopt;
    return Condition{std::move(condition), range, path, std::move(text)};
  }

  static bool is_truth(const Node& node) {
    return node.is_text() && node.plain &&
           (node.text == "true" || node.text == "false" || node.text == "unknown");
  }

  void wrong_test(const Node& key, const std::string& name, Label::Kind kind, const Node& value,
                  std::string_view wanted) {
    reader_
        .error(value, "wrong-label-kind",
               fmt::format("'{}' is {}, so its test is {}", name, kind_in_words(kind), wanted))
        .place = reader_.sink().place(value.range.known() ? value.range : key.range);
  }

  bool read_truth_test(const std::string& name, const Node& value, Label::Kind kind,
                       LabelCondition& condition, std::string& text) {
    if (kind == Label::Kind::kNumber && value.text != "unknown") {
      wrong_test(value, name, kind, value, "{at_least: N} or {at_most: N}");
      return false;
    }
    condition.is = value.text == "true"    ? Truth::kTrue
                   : value.text == "false" ? Truth::kFalse
                                           : Truth::kUnknown;
    text = name + " is " + value.text;
    return true;
  }

  bool read_group_test(const Node& key, const std::string& name, const std::string& member,
                       const Node& value, std::optional<Label::Kind> kind,
                       LabelCondition& condition, std::string& text) {
    if (member != "group") {
      reader_.error(key, "unknown-member",
                    fmt::format("a label has no '{}'; did you mean '{}.group'?", member, name));
      return false;
    }
    if (!kind) return false;
    if (*kind != Label::Kind::kCategory) {
      reader_.error(key, "wrong-label-kind",
                    fmt::format("'{}' is {} and has no group", name, kind_in_words(*kind)),
                    "only labels with `category_of` have groups");
      return false;
    }
    condition.op = LabelCondition::Op::kGroup;
    const GroupNames* groups = groups_of(condition.label);
    const Node* list = value.is_map() ? value.find("in") : &value;
    if (list == nullptr) {
      reader_.wrong_type(value, fmt::format("'{}'", key.text), "a group or a list of groups");
      return false;
    }
    for (const Node* item : reader_.list_or_one(list, "'group'")) {
      const auto group = reader_.free_text(item, "a group");
      if (!group) continue;
      if (groups != nullptr && !groups->names.empty() && !groups->index.contains(*group)) {
        reader_.error(*item, "unknown-group",
                      fmt::format("no category has the group '{}'{}", *group,
                                  reader_.guess(*group, groups->names)),
                      fmt::format("the groups are {}", listed(groups->names)));
        continue;
      }
      condition.values.push_back(*group);
    }
    text = fmt::format("{} is {}", key.text, in_words(condition.values));
    return !condition.values.empty();
  }

  /// The groups of the lexicon that a category label takes its categories from; nullptr where that
  /// is not known.
  const GroupNames* groups_of(std::uint32_t label) const {
    const Node* value = loading_.heads[label].value;
    const Node* of = value != nullptr && value->is_map() ? value->find("category_of") : nullptr;
    if (of == nullptr || !of->is_text()) return nullptr;
    const std::string_view name = std::string_view(of->text).substr(0, of->text.find('/'));
    const auto lexicon = loading_.rules.find_lexicon(name);
    return lexicon ? &loading_.groups[*lexicon] : nullptr;
  }

  bool read_category_test(const Node&, const std::string& name, const Node& value,
                          LabelCondition& condition, std::string& text) {
    condition.op = LabelCondition::Op::kCategory;
    const Node* list = &value;
    if (value.is_map()) {
      const Fields fields =
          reader_.fields(&value, MapKind::kCategoryTest, fmt::format("a test of '{}'", name));
      list = reader_.require(fields, "in", fmt::format("a test of '{}'", name));
      if (list == nullptr) return false;
    }
    condition.branches = find_branches(list, fmt::format("'{}'", name), loading_);
    text = fmt::format("{} in {}", name, in_words(condition.branches, loading_.rules));
    return !condition.branches.empty();
  }

  bool read_number(const Node& key, const std::string& name, const Node& value,
                   LabelCondition& condition, std::string& text) {
    if (!value.is_map()) {
      wrong_test(key, name, Label::Kind::kNumber, value, "{at_least: N} or {at_most: N}");
      return false;
    }
    condition.op = LabelCondition::Op::kNumber;
    const auto number = read_number_test(&value, fmt::format("'{}'", name), loading_);
    if (!number) return false;
    condition.number = *number;
    text = name + " " + in_words(*number);
    return true;
  }

  bool read_date_test(const Node& key, const std::string& name, const Node& value,
                      LabelCondition& condition, std::string& text) {
    if (!value.is_map() || value.keys.size() != 1) {
      wrong_test(key, name, Label::Kind::kDate, value, "{before: DATE} or {after: DATE}");
      return false;
    }
    const Fields fields =
        reader_.fields(&value, MapKind::kDateTest, fmt::format("a test of '{}'", name));
    const Node* before = fields.get("before");
    const Node* after = fields.get("after");
    if (before == nullptr && after == nullptr) return false;
    condition.op = before != nullptr ? LabelCondition::Op::kBefore : LabelCondition::Op::kAfter;
    auto date = read_date_ref(before != nullptr ? before : after,
                              before != nullptr ? "'before'" : "'after'", uses_, loading_);
    if (!date) return false;
    text = fmt::format("{} {} {}", name, before != nullptr ? "before" : "after", date->text);
    condition.date = std::move(*date);
    return true;
  }

  Loading& loading_;
  Reader& reader_;
  std::vector<LabelUse>& uses_;
  bool without_value_ = false;
};

/// Puts every label after those that it uses; the order of the file otherwise.
class Ordering {
 public:
  Ordering(const std::vector<std::vector<LabelUse>>& uses, Loading& loading)
      : uses_(uses), loading_(loading), states_(uses.size(), State::kNew) {}

  std::vector<std::uint32_t> order() {
    for (std::uint32_t label = 0; label < uses_.size(); ++label) visit(label);
    return std::move(order_);
  }

 private:
  enum class State : std::uint8_t { kNew, kOpen, kDone };

  /// Depth first with a stack of its own: chains of labels may be long.
  void visit(std::uint32_t first) {
    if (states_[first] != State::kNew) return;
    states_[first] = State::kOpen;
    path_ = {{first, 0}};
    while (!path_.empty()) {
      auto& [label, next] = path_.back();
      if (next == uses_[label].size()) {
        states_[label] = State::kDone;
        order_.push_back(label);
        path_.pop_back();
        continue;
      }
      const LabelUse use = uses_[label][next++];
      if (states_[use.label] == State::kNew) {
        states_[use.label] = State::kOpen;
        path_.emplace_back(use.label, 0);
      } else if (states_[use.label] == State::kOpen) {
        report_cycle(use);
      }
    }
  }

  void report_cycle(const LabelUse& use) {
    constexpr std::size_t kMostNames = 30;
    auto label = std::find_if(path_.rbegin(), path_.rend(), [&](const auto& one) {
                   return one.first == use.label;
                 }).base();
    --label;
    std::string way;
    for (std::size_t named = 0; label != path_.end() && named < kMostNames; ++label, ++named) {
      way += loading_.heads[label->first].name + " -> ";
    }
    if (label != path_.end()) way += "... -> ";
    way += loading_.heads[use.label].name;
    loading_.sink().error(use.range, "label-cycle",
                          fmt::format("labels that depend on themselves: {}", way));
  }

  const std::vector<std::vector<LabelUse>>& uses_;
  Loading& loading_;
  std::vector<State> states_;
  std::vector<std::pair<std::uint32_t, std::size_t>> path_;  // a label, and the use to follow next
  std::vector<std::uint32_t> order_;
};

/// What a label is, from the keys of its body.
std::optional<Label::Kind> kind_of(const Node& value) {
  if (value.is_text()) return Label::Kind::kPlain;
  if (!value.is_map()) return std::nullopt;
  for (const Node* key : value.keys) {
    if (const BodyKey* body = find_body_key(key->text)) return body->kind;
  }
  return Label::Kind::kPlain;
}

void make_body(Label& label, Label::Kind kind) {
  switch (kind) {
    case Label::Kind::kPlain:
      label.body = Condition{};
      break;
    case Label::Kind::kCategory:
      label.body = CategoryOf{};
      break;
    case Label::Kind::kNumber:
      label.body = NumberOf{};
      break;
    case Label::Kind::kDate:
      label.body = DateOf{};
      break;
  }
}

void load_heads(const RuleTree& tree, Loading& loading) {
  std::map<std::string_view, const Node*> seen;
  for (const Entry& entry : tree.labels) {
    const Node& key = *entry.key;
    const auto [first, is_new] = seen.emplace(key.text, &key);
    if (!is_new) {
      loading.reader
          .error(key, "duplicate-label",
                 fmt::format("a label named '{}' is already there", key.text))
          .notes.push_back(loading.sink().note(first->second->range, "it is here"));
      continue;
    }
    loading.reader.name(&key, "the name of a label");
    if (is_reserved(key.text, loading)) {
      loading.reader.error(key, "reserved-name",
                           fmt::format("'{}' means something else in conditions and cannot be the "
                                       "name of a label",
                                       key.text));
    }
    loading.label_index.emplace(key.text, static_cast<std::uint32_t>(loading.heads.size()));
    loading.heads.push_back({key.text, &key, entry.value, kind_of(*entry.value), false});
  }
  // The view labels_wide of a run has a column LABEL_group for each category label.
  for (const LabelHead& head : loading.heads) {
    if (head.kind != Label::Kind::kCategory) continue;
    const auto other = seen.find(head.name + "_group");
    if (other == seen.end()) continue;
    loading.reader
        .error(*other->second, "label-clash",
               fmt::format("the name '{}' is that of the group of '{}'", other->first, head.name),
               "call the label something else")
        .notes.push_back(loading.sink().note(head.key->range, "the category label is here"));
  }
}

}  // namespace

void load_labels(const RuleTree& tree, Loading& loading) {
  load_heads(tree, loading);
  std::vector<std::vector<LabelUse>> uses(loading.heads.size());
  for (std::size_t i = 0; i < loading.heads.size(); ++i) {
    const LabelHead& head = loading.heads[i];
    Label label;
    label.name = head.name;
    label.range = join(head.key->range, head.value->range);
    make_body(label, head.kind.value_or(Label::Kind::kPlain));
    if (!BodyReader(loading, uses[i]).read(head, label)) loading.heads[i].kind.reset();
    loading.rules.labels.push_back(std::move(label));
  }
  loading.rules.evaluation_order = Ordering(uses, loading).order();
}

}  // namespace cadre
