#include "cadre/classify/fingerprint.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "cadre/classify/label_evaluation.hpp"
#include "cadre/rules/expression.hpp"

namespace cadre {
namespace {

/// Writes values so that different sequences of them give different texts: numbers have a fixed
/// width, and texts and lists their length before them. Given to walk(), it writes down a rule with
/// keys in place of what the rule names.
class Description {
 public:
  Description() = default;
  explicit Description(const PartKeys& parts) : parts_(&parts) {}

  template <typename Value>
    requires(std::is_arithmetic_v<Value> || std::is_enum_v<Value>)
  void operator()(const Value& value) {
    char bytes[sizeof(Value)];
    std::memcpy(bytes, &value, sizeof(Value));
    text_.append(bytes, sizeof(Value));
  }
  void operator()(const std::string& text) {
    (*this)(text.size());
    text_ += text;
  }
  void operator()(const Key& key) {
    (*this)(key.high);
    (*this)(key.low);
  }
  void operator()(const Date& date) { (*this)(date.text()); }

  // What follows, in a walk.
  template <typename Value>
  void operator()(const std::vector<Value>& list) {
    (*this)(list.size());
  }
  template <typename Value>
  void operator()(const std::optional<Value>& value) {
    (*this)(value.has_value());
  }
  template <typename... Values>
  void operator()(const std::variant<Values...>& one) {
    (*this)(one.index());
  }

  // What is named.
  void operator()(NamedLabel<const std::uint32_t> use) { (*this)(parts_->labels[use.index]); }
  void operator()(const CategoryOf& rule) { (*this)(parts_->groups[rule.branch.lexicon]); }
  void operator()(const Branch& branch) {
    (*this)(branch.lexicon);
    (*this)(parts_->matching[branch.lexicon]);
    const bool renumbered = branch.lexicon < parts_->categories.size() &&
                            branch.category < parts_->categories[branch.lexicon].size();
    (*this)(renumbered ? parts_->categories[branch.lexicon][branch.category] : branch.category);
  }

  std::string take() { return std::move(text_); }

 private:
  const PartKeys* parts_ = nullptr;
  std::string text_;
};

}  // namespace

std::string describe_categories(const Lexicon& lexicon) {
  Description out;
  out(lexicon.categories.size());
  for (const Category& category : lexicon.categories) {
    out(category.path);
    out(category.parent);
    out(category.subtree_end);
  }
  return out.take();
}

std::string describe_matching(const Lexicon& lexicon) {
  Description out;
  out(describe_categories(lexicon));
  out(lexicon.overlap);
  out(lexicon.folding.blanks);
  out(lexicon.folding.accents);
  out(lexicon.plurals);
  out(lexicon.terms.size());
  for (const Term& term : lexicon.terms) {
    out(term.text);
    out(term.language);
    out(term.category);
    out(term.kind);
    if (term.kind == Term::Kind::kContext) out(term.context);
  }
  out(lexicon.contexts.size());
  for (const Context& context : lexicon.contexts) {
    out(context.category);
    walk(context.window, out);
  }
  return out.take();
}

std::string describe_groups(const Lexicon& lexicon) {
  Description out;
  for (const Category& category : lexicon.categories) out(category.group);
  return out.take();
}

std::string describe(const Label& label, const PartKeys& parts) {
  Description out(parts);
  walk(label, out);
  return out.take();
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

namespace {

std::vector<std::uint32_t> each_once(std::vector<std::uint32_t> numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace

std::vector<std::uint32_t> labels_used(const Label& label) {
  std::vector<std::uint32_t> used;
  walk(label, [&](NamedLabel<const std::uint32_t> use) { used.push_back(use.index); });
  return each_once(std::move(used));
}

std::vector<std::uint32_t> lexicons_used(const Label& label) {
  std::vector<std::uint32_t> used;
  walk(label, [&](const Branch& branch) { used.push_back(branch.lexicon); });
  return each_once(std::move(used));
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
