#include "cadre/classify/fingerprint.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <type_traits>
#include <utility>

#include "cadre/classify/label_evaluation.hpp"

namespace cadre {
namespace {

/// Writes values so that different sequences of them give different texts: numbers have a fixed
/// width, and texts and lists their length before them.
class Description {
 public:
  template <typename Value>
  void add(Value value) {
    static_assert(std::is_arithmetic_v<Value> || std::is_enum_v<Value>);
    char bytes[sizeof(Value)];
    std::memcpy(bytes, &value, sizeof(Value));
    text_.append(bytes, sizeof(Value));
  }
  void add(const std::string& text) {
    add(text.size());
    text_ += text;
  }
  template <typename Value>
  void add(const std::vector<Value>& list) {
    add(list.size());
    for (const Value& value : list) add(value);
  }
  template <typename Value>
  void add(const std::optional<Value>& value) {
    add(value.has_value());
    if (value) add(*value);
  }
  void add(const Key& key) {
    add(key.high);
    add(key.low);
  }
  void add(const ContextWindow& window) {
    add(window.near);
    add(window.side);
    add(window.within);
  }
  void add(const NumberTest& test) {
    add(test.at_least);
    add(test.at_most);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

class LabelDescription {
 public:
  explicit LabelDescription(const PartKeys& parts) : parts_(parts) {}

  std::string describe(const Label& label) {
    out_.add(label.unknown_as);
    out_.add(label.body.index());
    if (const auto* condition = std::get_if<Condition>(&label.body)) {
      add(*condition);
    } else if (const auto* category = std::get_if<CategoryOf>(&label.body)) {
      add(category->branch);
      out_.add(parts_.groups[category->branch.lexicon]);
      add(category->where);
      out_.add(category->columns);
      out_.add(category->pick);
    } else if (const auto* number = std::get_if<NumberOf>(&label.body)) {
      out_.add(number->what);
      add(number->where);
    } else {
      const auto& date = std::get<DateOf>(label.body);
      out_.add(date.what);
      add(date.where);
    }
    return out_.take();
  }

 private:
  void add_label(std::uint32_t label) { out_.add(parts_.labels[label]); }

  void add(const Branch& branch) {
    out_.add(branch.lexicon);
    out_.add(parts_.matching[branch.lexicon]);
    const bool renumbered = branch.lexicon < parts_.categories.size() &&
                            branch.category < parts_.categories[branch.lexicon].size();
    out_.add(renumbered ? parts_.categories[branch.lexicon][branch.category] : branch.category);
  }

  void add(const std::vector<Branch>& branches) {
    out_.add(branches.size());
    for (const Branch& branch : branches) add(branch);
  }

  void add(const DateRef& ref) {
    out_.add(ref.kind);
    if (ref.kind == DateRef::Kind::kDate) out_.add(ref.date.text());
    if (ref.kind == DateRef::Kind::kLabel) add_label(ref.label);
  }

  void add(const std::optional<DateRef>& ref) {
    out_.add(ref.has_value());
    if (ref) add(*ref);
  }

  void add(const Condition& condition) {
    out_.add(condition.what.index());
    if (const auto* combination = std::get_if<Combination>(&condition.what)) {
      out_.add(combination->op);
      out_.add(combination->at_least);
      out_.add(combination->parts.size());
      for (const Condition& part : combination->parts) add(part);
    } else if (const auto* rows = std::get_if<RowsCondition>(&condition.what)) {
      add(*rows);
    } else {
      const auto& label = std::get<LabelCondition>(condition.what);
      add_label(label.label);
      out_.add(label.op);
      out_.add(label.is);
      add(label.branches);
      out_.add(label.values);
      out_.add(label.number);
      add(label.date);
    }
  }

  void add(const RowsFrom& where) {
    out_.add(where.index());
    if (const auto* label = std::get_if<std::uint32_t>(&where)) {
      add_label(*label);
    } else {
      add(std::get<RowsCondition>(where));
    }
  }

  void add(const RowsCondition& rows) {
    out_.add(rows.table);
    add(rows.row);
    out_.add(rows.total_years);
    out_.add(rows.count);
  }

  void add(const RowGroup& group) {
    out_.add(group.op);
    out_.add(group.tests.size());
    for (const RowTest& test : group.tests) add(test);
  }

  void add(const RowTest& test) {
    out_.add(test.test.index());
    if (const auto* column = std::get_if<ColumnTest>(&test.test)) {
      out_.add(column->column);
      out_.add(column->op);
      add(column->branches);
      out_.add(column->values);
      add(column->date);
      out_.add(column->flag);
      out_.add(column->contexts.size());
      for (const ContextTest& context : column->contexts) {
        out_.add(context.window);
        add(context.branches);
      }
    } else if (const auto* span = std::get_if<SpanTest>(&test.test)) {
      out_.add(span->op);
      add(span->from);
      add(span->to);
    } else if (const auto* years = std::get_if<YearsTest>(&test.test)) {
      out_.add(years->years);
    } else {
      add(std::get<RowGroup>(test.test));
    }
  }

  const PartKeys& parts_;
  Description out_;
};

/// Collects the labels that a label names.
class Uses {
 public:
  static std::vector<std::uint32_t> of(const Label& label) {
    Uses uses;
    if (const auto* condition = std::get_if<Condition>(&label.body)) {
      uses.visit(*condition);
    } else if (const RowsFrom* where = where_of(label)) {
      if (const auto* other = std::get_if<std::uint32_t>(where)) {
        uses.found_.push_back(*other);
      } else {
        uses.visit(std::get<RowsCondition>(*where).row);
      }
    }
    std::sort(uses.found_.begin(), uses.found_.end());
    uses.found_.erase(std::unique(uses.found_.begin(), uses.found_.end()), uses.found_.end());
    return std::move(uses.found_);
  }

 private:
  void visit(const DateRef& ref) {
    if (ref.kind == DateRef::Kind::kLabel) found_.push_back(ref.label);
  }

  void visit(const Condition& condition) {
    if (const auto* combination = std::get_if<Combination>(&condition.what)) {
      for (const Condition& part : combination->parts) visit(part);
    } else if (const auto* rows = std::get_if<RowsCondition>(&condition.what)) {
      visit(rows->row);
    } else {
      const auto& label = std::get<LabelCondition>(condition.what);
      found_.push_back(label.label);
      visit(label.date);
    }
  }

  void visit(const RowGroup& group) {
    for (const RowTest& test : group.tests) {
      if (const auto* column = std::get_if<ColumnTest>(&test.test)) {
        visit(column->date);
      } else if (const auto* span = std::get_if<SpanTest>(&test.test)) {
        if (span->from) visit(*span->from);
        if (span->to) visit(*span->to);
      } else if (const auto* inner = std::get_if<RowGroup>(&test.test)) {
        visit(*inner);
      }
    }
  }

  std::vector<std::uint32_t> found_;
};

}  // namespace

std::string describe_matching(const Lexicon& lexicon) {
  Description out;
  out.add(lexicon.overlap);
  out.add(lexicon.blanks);
  out.add(lexicon.categories.size());
  for (const Category& category : lexicon.categories) {
    out.add(category.path);
    out.add(category.parent);
    out.add(category.subtree_end);
  }
  out.add(lexicon.terms.size());
  for (const Term& term : lexicon.terms) {
    out.add(term.text);
    out.add(term.language);
    out.add(term.category);
    out.add(term.kind);
    if (term.kind == Term::Kind::kContext) out.add(term.context);
  }
  out.add(lexicon.contexts.size());
  for (const Context& context : lexicon.contexts) {
    out.add(context.category);
    out.add(context.window);
  }
  return out.take();
}

std::string describe_groups(const Lexicon& lexicon) {
  Description out;
  for (const Category& category : lexicon.categories) out.add(category.group);
  return out.take();
}

std::string describe(const Label& label, const PartKeys& parts) {
  return LabelDescription(parts).describe(label);
}

PartKeys part_keys(const Rules& rules) {
  PartKeys keys;
  for (const Lexicon& lexicon : rules.lexicons) {
    keys.matching.push_back(key_of(describe_matching(lexicon)));
    keys.groups.push_back(key_of(describe_groups(lexicon)));
  }
  keys.labels.resize(rules.labels.size());
  return keys;
}

std::vector<Key> label_keys(const Rules& rules) {
  PartKeys keys = part_keys(rules);
  for (const std::uint32_t label : rules.evaluation_order) {
    keys.labels[label] = key_of(describe(rules.labels[label], keys));
  }
  return std::move(keys.labels);
}

std::vector<std::uint32_t> labels_used(const Label& label) {
  return Uses::of(label);
}

std::vector<bool> labels_built_on(const Rules& rules) {
  std::vector<bool> built_on(rules.labels.size());
  // The users of a label come after it in the order of evaluation.
  for (auto at = rules.evaluation_order.rbegin(); at != rules.evaluation_order.rend(); ++at) {
    const Label& label = rules.labels[*at];
    if (const RowsFrom* where = where_of(label)) {
      if (const auto* other = std::get_if<std::uint32_t>(where)) built_on[*other] = true;
    } else if (built_on[*at]) {
      for (const std::uint32_t other : labels_used(label)) built_on[other] = true;
    }
  }
  return built_on;
}

}  // namespace cadre
