#include "cadre/analyse/label_mix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "cadre/rules/expression.hpp"

namespace cadre {
namespace {

using Action = RuleChange::Action;
using Kind = RuleChange::Kind;

// --- what is worth comparing part by part
// ---------------------------------------------------------

bool is_none(const Combination& combination) {
  return combination.op == Combination::Op::kNone;
}

/// What two nodes of a type must have in common to be compared part by part.
template <typename Node>
auto base(const Node&) {
  return std::tuple();
}
auto base(const ColumnTest& test) {
  return std::tie(test.column, test.op);
}
auto base(const SpanTest& test) {
  return std::tie(test.op);
}
auto base(const RowGroup& group) {
  return std::tie(group.op);
}
auto base(const RowsCondition& rows) {
  return std::tie(rows.table);
}
auto base(const Combination& combination) {
  return std::tuple(is_none(combination));
}
auto base(const LabelCondition& condition) {
  return std::tie(condition.label, condition.op);
}
auto base(const std::uint32_t& label) {  // of RowsFrom
  return std::tie(label);
}

template <typename... Kinds>
bool comparable(const std::variant<Kinds...>& a, const std::variant<Kinds...>& b) {
  const auto with_other = [&b](const auto& one) {
    return base(one) == base(std::get<std::remove_cvref_t<decltype(one)>>(b));
  };
  return a.index() == b.index() && std::visit(with_other, a);
}

/// The alternatives of a condition, or of a test of a row.
auto& alternatives(auto& node) {
  return std::get<0>(fields(node));
}

/// An entry of two lists laid beside each other; nullptr: the list does not have it.
template <typename Item>
struct Aligned {
  const Item* a = nullptr;
  const Item* b = nullptr;
};

/// Lays two lists beside each other, in the order of the first; what only the second has stands
/// after what it follows there. Equal items meet first, then those that can be compared, then the
/// last one that is left on each side.
template <typename Item>
std::vector<Aligned<Item>> align(const std::vector<Item>& a, const std::vector<Item>& b) {
  std::vector<const Item*> partners(b.size(), nullptr);
  std::vector<bool> taken(a.size(), false);
  const auto pair_up = [&](auto meets) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      for (std::size_t i = 0; i < a.size() && partners[j] == nullptr; ++i) {
        if (taken[i] || !meets(a[i], b[j])) continue;
        partners[j] = &a[i];
        taken[i] = true;
      }
    }
  };
  pair_up([](const Item& x, const Item& y) { return same(x, y); });
  pair_up(
      [](const Item& x, const Item& y) { return comparable(alternatives(x), alternatives(y)); });
  const bool one_each = std::count(taken.begin(), taken.end(), false) == 1 &&
                        std::count(partners.begin(), partners.end(), nullptr) == 1;
  if (one_each) pair_up([](const Item&, const Item&) { return true; });

  std::vector<Aligned<Item>> items;
  for (const Item& item : a) items.push_back({&item, nullptr});
  std::size_t next = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (partners[j] == nullptr) {
      items.insert(items.begin() + static_cast<std::ptrdiff_t>(next), {nullptr, &b[j]});
    } else {
      next = static_cast<std::size_t>(
          std::find_if(items.begin(), items.end(),
                       [&](const Aligned<Item>& one) { return one.a == partners[j]; }) -
          items.begin());
      items[next].b = &b[j];
    }
    ++next;
  }
  return items;
}

/// The positions of items in the order of the second list; what only the first has stands after
/// what it follows there.
template <typename Item>
std::vector<std::size_t> second_order(const std::vector<Aligned<Item>>& items) {
  std::vector<std::size_t> order(items.size());
  std::vector<const Item*> keys(items.size());
  const Item* last = nullptr;
  for (std::size_t i = 0; i < items.size(); ++i) {
    order[i] = i;
    keys[i] = last = items[i].b != nullptr ? items[i].b : last;
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t x, std::size_t y) { return std::less<>()(keys[x], keys[y]); });
  return order;
}

// --- words ---------------------------------------------------------------------------------------

std::string words(const RowTest& test) {
  return test.text;
}

std::string words(const Condition& condition) {
  const auto* combination = std::get_if<Combination>(&condition.what);
  if (combination == nullptr) return condition.text;
  std::string parts;
  for (const Condition& part : combination->parts) {
    if (!parts.empty()) parts += ", ";
    parts += words(part);
  }
  if (combination->parts.size() == 1 && condition.text.starts_with("not ")) {
    return "not (" + parts + ")";
  }
  return fmt::format("{} ({})", condition.text, parts);
}

std::string words(const std::optional<double>& number) {
  return number ? fmt::format("{}", *number) : "none";
}

std::string words(const std::vector<std::string>& values) {
  return values.empty() ? "all" : fmt::format("{}", fmt::join(values, ", "));
}

std::string words(const std::optional<bool>& value) {
  return !value ? "none" : *value ? "true" : "false";
}

/// The name of an enumerator by its number.
template <std::size_t Count, typename Enum>
std::string word_of(Enum value, const std::array<const char*, Count>& names) {
  return names.at(static_cast<std::size_t>(value));
}

std::string words(ColumnTest::Op op) {
  return word_of(op, std::array{"in", "not_in", "matches", "is", "is_not", "at_least", "at_most",
                                "known", "before", "after"});
}
std::string words(CategoryOf::Pick pick) {
  return word_of(pick, std::array{"most_years", "most_rows", "first", "last"});
}
std::string words(NumberOf::What what) {
  return word_of(what, std::array{"years_of", "count_of"});
}
std::string words(DateOf::What what) {
  return word_of(what, std::array{"first_date_of", "last_date_of"});
}

// --- the walk ------------------------------------------------------------------------------------

/// Where two parts that are compared stand.
struct Where {
  Range before;
  Range after;
  std::string_view text = {};  ///< the words of a test, if both versions have the same
};

class Mixer {
 public:
  Mixer(std::string label, const Rules& names, const ChooseEdit& choose)
      : label_(std::move(label)), names_(names), choose_(choose) {}

  Label mix(const Label& a, const Label& b) {
    const Where where{a.range, b.range};
    Label out = a;
    take_value(out.unknown_as, b.unknown_as, Kind::kUnknownAs, where, [&] {
      return fmt::format("unknown_as {} -> {}", words(a.unknown_as), words(b.unknown_as));
    });
    if (comparable(a.body, b.body)) {
      out.body = mix_alternative(a.body, b.body, where);
    } else {
      take_value(out.body, b.body, Kind::kLabel, where, [&] {
        return fmt::format("a {} label, was {}", cadre::name(b.kind()), cadre::name(a.kind()));
      });
    }
    return out;
  }

 private:
  using Values = std::vector<std::string>;
  using Reread = std::function<std::string()>;  // LabelEdit::reread
  template <typename Item>
  using RereadIn = std::function<std::string(const Item&, const std::vector<Item>& other)>;

  /// Asks about one difference. `text` is called only for those who want to know.
  template <typename Text>
  bool take(Kind kind, Action action, Where where, const Text& text, const Values& old_values = {},
            const Values& new_values = {}, const Reread& reread = {}) {
    return choose_([&] {
      LabelEdit edit;
      edit.kind = kind;
      edit.action = action;
      edit.text = label_ + ": " + std::string(text());
      edit.before = where.before;
      edit.after = where.after;
      edit.old_values = old_values;
      edit.new_values = new_values;
      if (reread) edit.reread = reread();
      return edit;
    });
  }

  template <typename Text>
  bool take(Action action, Where where, const Text& text, const Values& old_values = {},
            const Values& new_values = {}, const Reread& reread = {}) {
    return take(Kind::kCondition, action, where, text, old_values, new_values, reread);
  }

  /// A lexicon that reads texts in another way on the other side is two here, of one name: the
  /// same branch of the other one. The branch itself where there is none.
  Branch on_other_side(Branch branch) const {
    const Lexicon& lexicon = names_.lexicons[branch.lexicon];
    const std::string& path = lexicon.categories[branch.category].path;
    for (std::uint32_t i = 0; i < names_.lexicons.size(); ++i) {
      const Lexicon& other = names_.lexicons[i];
      if (i == branch.lexicon || other.name != lexicon.name) continue;
      for (std::uint32_t j = 0; j < other.categories.size(); ++j) {
        if (other.categories[j].path == path) return {i, j};
      }
    }
    return branch;
  }

  /// LabelEdit::reread of a change from `a` to `b`.
  std::string reread(const Branch& a, const Branch& b) const {
    return a != b && on_other_side(a) == b ? names_.lexicons[a.lexicon].name : std::string();
  }

  std::string reread(const std::vector<ContextTest>& a, const std::vector<ContextTest>& b) const {
    std::vector<ContextTest> there = a;
    for (ContextTest& context : there) {
      for (Branch& branch : context.branches) branch = on_other_side(branch);
    }
    if (a.empty() || a.front().branches.empty() || !same(there, b)) return {};
    return names_.lexicons[a.front().branches.front().lexicon].name;
  }

  /// Asks about a value that is taken as a whole, if the second version has another.
  template <typename Value, typename Text>
  void take_value(Value& out, const Value& b, Kind kind, Where where, const Text& text,
                  const Values& old_values = {}, const Values& new_values = {},
                  const Reread& reread = {}) {
    if (same(out, b)) return;
    if (take(kind, Action::kChanged, where, text, old_values, new_values, reread)) out = b;
  }

  /// What two versions hold that are comparable.
  template <typename... Kinds>
  std::variant<Kinds...> mix_alternative(const std::variant<Kinds...>& a,
                                         const std::variant<Kinds...>& b, Where where) {
    const auto with_other = [&](const auto& one) -> std::variant<Kinds...> {
      return mix(one, std::get<std::remove_cvref_t<decltype(one)>>(b), where);
    };
    return std::visit(with_other, a);
  }

  /// A condition, or a test of a row.
  template <typename Node>
    requires std::same_as<Node, Condition> || std::same_as<Node, RowTest>
  Node mix(const Node& a, const Node& b, Where = {}) {
    if (same(a, b)) return a;
    const Where where{a.range, b.range, a.text == b.text ? a.text : std::string_view()};
    Node out = a;
    if (comparable(alternatives(a), alternatives(b))) {
      alternatives(out) = mix_alternative(alternatives(a), alternatives(b), where);
    } else {
      take_value(out, b, Kind::kCondition, where,
                 [&] { return fmt::format("'{}' is now '{}'", words(a), words(b)); });
    }
    return out;
  }

  // --- lists -----------------------------------------------------------------------------------

  /// Values of which only membership matters.
  template <typename Item, typename Text>
  std::vector<Item> mix_set(const std::vector<Item>& a, const std::vector<Item>& b, Where where,
                            const Text& text, const std::function<std::string(const Item&)>& word,
                            const RereadIn<Item>& reread_in = {}) {
    std::vector<Item> out;
    const auto in = [](const std::vector<Item>& list, const Item& item) {
      return std::find(list.begin(), list.end(), item) != list.end();
    };
    const auto reread_of = [&](const Item& item, const std::vector<Item>& other) -> Reread {
      if (!reread_in) return {};
      return [&reread_in, &item, &other] { return reread_in(item, other); };
    };
    for (const Item& item : a) {
      if (in(b, item)) {
        out.push_back(item);
      } else if (!take(
                     Action::kRemoved, where, [&] { return text(word(item), false); }, {word(item)},
                     {}, reread_of(item, b))) {
        out.push_back(item);
      }
    }
    for (const Item& item : b) {
      if (in(a, item)) continue;
      if (take(
              Action::kAdded, where, [&] { return text(word(item), true); }, {}, {word(item)},
              reread_of(item, a))) {
        out.push_back(item);
      }
    }
    return out;
  }

  template <typename Item, typename Text>
  std::vector<Item> mix_list(const std::vector<Item>& a, const std::vector<Item>& b, Where where,
                             const Text& text) {
    const std::vector<Aligned<Item>> items = align(a, b);
    std::vector<std::size_t> order(items.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (const std::vector<std::size_t> other = second_order(items); other != order) {
      const bool taken = take(Kind::kOrder, Action::kChanged, where,
                              [] { return "its conditions in another order"; });
      if (taken) order = other;
    }
    std::vector<std::optional<Item>> mixed;
    for (const Aligned<Item>& item : items) {
      std::optional<Item>& out = mixed.emplace_back();
      if (item.a != nullptr && item.b != nullptr) {
        out = mix(*item.a, *item.b);
      } else if (item.a != nullptr) {
        const bool gone = take(Action::kRemoved, {item.a->range, where.after},
                               [&] { return text(*item.a, false); });
        if (!gone) out = *item.a;
      } else {
        const bool taken = take(Action::kAdded, {where.before, item.b->range},
                                [&] { return text(*item.b, true); });
        if (taken) out = *item.b;
      }
    }
    std::vector<Item> out;
    for (const std::size_t i : order) {
      if (mixed[i]) out.push_back(std::move(*mixed[i]));
    }
    return out;
  }

  // --- numbers and dates -----------------------------------------------------------------------

  void mix_bound(std::optional<double>& out, const std::optional<double>& a,
                 const std::optional<double>& b, Where where, const std::string& what) {
    if (a == b) return;
    const auto text = [&] {
      if (!a) return fmt::format("{} {} added", what, words(b));
      if (!b) return fmt::format("{} {} removed", what, words(a));
      return fmt::format("{} {} -> {}", what, words(a), words(b));
    };
    const auto values = [](const std::optional<double>& value) {
      return value ? Values{words(value)} : Values{};
    };
    const Action action = !a ? Action::kAdded : !b ? Action::kRemoved : Action::kChanged;
    if (take(action, where, text, values(a), values(b))) out = b;
  }

  NumberTest mix(const NumberTest& a, const NumberTest& b, Where where, const std::string& what) {
    NumberTest out = a;
    mix_bound(out.at_least, a.at_least, b.at_least, where, what + " at_least");
    mix_bound(out.at_most, a.at_most, b.at_most, where, what + " at_most");
    return out;
  }

  std::optional<NumberTest> mix(const std::optional<NumberTest>& a,
                                const std::optional<NumberTest>& b, Where where,
                                const std::string& what) {
    if (!a && !b) return a;
    const NumberTest none;
    const NumberTest mixed = mix(a ? *a : none, b ? *b : none, where, what);
    if (!mixed.at_least && !mixed.at_most) return std::nullopt;
    return mixed;
  }

  /// `era`: the era that the date comes from, if both do.
  void mix_date(std::optional<DateRef>& out, const std::optional<DateRef>& b, Where where,
                std::string_view what, std::string_view era = {}, bool begins = false) {
    if (same(out, b)) return;
    const auto values = [](const std::optional<DateRef>& date) {
      return date ? Values{date->text} : Values{};
    };
    // An era begins with its first day, and what a rule writes out lies after the day that it
    // names.
    const bool same_day = out && b && out->text == b->text;
    const auto told = [&](const std::optional<DateRef>& date) {
      if (!date) return std::string("none");
      return (same_day && date->kind == DateRef::Kind::kDate ? "after " : "") + date->text;
    };
    const bool taken = choose_([&] {
      LabelEdit edit;
      edit.text = fmt::format("{}: {} {} -> {}", label_, what, told(out), told(b));
      edit.before = where.before;
      edit.after = where.after;
      edit.old_values = values(out);
      edit.new_values = values(b);
      edit.era = era;
      edit.era_begins = begins;
      return edit;
    });
    if (taken) out = b;
  }

  DateRef mix(const DateRef& a, const DateRef& b, Where where, std::string_view what) {
    std::optional<DateRef> out = a;
    mix_date(out, b, where, what);
    return *out;
  }

  // --- tests of a row --------------------------------------------------------------------------

  /// "now counts" or "no longer counts", seen from outside of all that negates.
  std::string_view counts(bool adds) const {
    return adds != negated_ ? "now counts" : "no longer counts";
  }

  std::vector<Branch> mix_branches(const std::vector<Branch>& a, const std::vector<Branch>& b,
                                   Where where, const std::string& what, bool in) {
    return mix_set<Branch>(
        a, b, where,
        [&](const std::string& branch, bool added) {
          return fmt::format("{} in {} {}", what, branch, counts(added == in));
        },
        [this](const Branch& branch) { return names_.branch_name(branch); },
        [this](const Branch& branch, const std::vector<Branch>& other) {
          for (const Branch& one : other) {
            if (std::string lexicon = reread(branch, one); !lexicon.empty()) return lexicon;
          }
          return std::string();
        });
  }

  Values mix_values(const Values& a, const Values& b, Where where, const std::string& what,
                    bool in) {
    return mix_set<std::string>(
        a, b, where,
        [&](const std::string& value, bool added) {
          return fmt::format("{} {} {}", what, value, counts(added == in));
        },
        [](const std::string& value) { return value; });
  }

  /// "not_near negations within 6 before", or "none".
  std::string context_words(const std::vector<ContextTest>& contexts) const {
    static constexpr const char* kSides[] = {"", " before", " after"};
    std::string out;
    for (const ContextTest& context : contexts) {
      Values branches;
      for (const Branch& branch : context.branches) branches.push_back(names_.branch_name(branch));
      if (!out.empty()) out += ", ";
      out += fmt::format("{} {}", cadre::name(context.window), fmt::join(branches, ", "));
      if (context.window.within) out += fmt::format(" within {}", *context.window.within);
      out += kSides[static_cast<std::size_t>(context.window.side)];
    }
    return out.empty() ? "none" : out;
  }

  ColumnTest mix(const ColumnTest& a, const ColumnTest& b, Where where) {
    using Op = ColumnTest::Op;
    ColumnTest out = a;
    out.branches = mix_branches(a.branches, b.branches, where, a.column, a.op == Op::kIn);
    take_value(
        out.contexts, b.contexts, Kind::kCondition, where,
        [&] {
          return fmt::format("context of {} {} -> {}", a.column, context_words(a.contexts),
                             context_words(b.contexts));
        },
        {}, {}, [&] { return reread(a.contexts, b.contexts); });
    const std::string what = fmt::format("{} {}", a.column, words(a.op));
    if (a.op == Op::kIs || a.op == Op::kIsNot) {
      out.values = mix_values(a.values, b.values, where, a.column, a.op == Op::kIs);
    } else {
      take_value(
          out.values, b.values, Kind::kCondition, where,
          [&] { return fmt::format("{} {} -> {}", what, words(a.values), words(b.values)); },
          a.values, b.values);
    }
    out.date = mix(a.date, b.date, where, what);
    take_value(out.flag, b.flag, Kind::kCondition, where, [&] {
      return fmt::format("{} is {} -> is {}", a.column, a.flag ? "known" : "not known",
                         b.flag ? "known" : "not known");
    });
    return out;
  }

  SpanTest mix(const SpanTest& a, const SpanTest& b, Where where) {
    constexpr std::string_view kDuring = "during ";
    const bool of_era =
        where.text.starts_with(kDuring) && where.text.find(" to ") == std::string_view::npos;
    const std::string_view era = of_era ? where.text.substr(kDuring.size()) : std::string_view();
    const bool during = a.op == SpanTest::Op::kDuring;
    SpanTest out = a;
    mix_date(out.from, b.from, where, during ? "during, from" : "after", era, true);
    mix_date(out.to, b.to, where, during ? "during, to" : "before", era, false);
    return out;
  }

  YearsTest mix(const YearsTest& a, const YearsTest& b, Where where) {
    return {mix(a.years, b.years, where, "years of a row")};
  }

  RowGroup mix(const RowGroup& a, const RowGroup& b, Where where) {
    const bool outside = negated_;
    if (a.op == RowGroup::Op::kNone) negated_ = !negated_;
    RowGroup out;
    out.op = a.op;
    out.tests = mix_list(a.tests, b.tests, where, [&](const RowTest& test, bool added) {
      if (a.op == RowGroup::Op::kAll) {
        return fmt::format("rows {} '{}'", added ? "must also meet" : "need no longer meet",
                           test.text);
      }
      return fmt::format("rows that meet '{}' {}", test.text,
                         added != negated_ ? "now count" : "no longer count");
    });
    negated_ = outside;
    return out;
  }

  RowsCondition mix(const RowsCondition& a, const RowsCondition& b, Where where) {
    RowsCondition out = a;
    out.row = mix(a.row, b.row, where);
    out.total_years = mix(a.total_years, b.total_years, where, "total_years");
    out.count = mix(a.count, b.count, where, "count");
    return out;
  }

  // --- conditions ------------------------------------------------------------------------------

  static std::string operator_of(const Combination& combination) {
    if (combination.op == Combination::Op::kAtLeast) {
      return fmt::format("at least {} of", combination.at_least);
    }
    return word_of(combination.op, std::array{"all of", "any of", "none of"});
  }

  Combination mix(const Combination& a, const Combination& b, Where where) {
    Combination out = a;
    if (a.op != b.op || a.at_least != b.at_least) {
      const auto values = [](const Combination& combination) {
        return combination.op == Combination::Op::kAtLeast
                   ? Values{std::to_string(combination.at_least)}
                   : Values{};
      };
      const bool taken = take(
          Action::kChanged, where,
          [&] { return fmt::format("{} -> {}", operator_of(a), operator_of(b)); }, values(a),
          values(b));
      if (taken) {
        out.op = b.op;
        out.at_least = b.at_least;
      }
    }
    const bool outside = negated_;
    if (is_none(a)) negated_ = !negated_;
    out.parts = mix_list(a.parts, b.parts, where, [&](const Condition& part, bool added) {
      const std::string text = words(part);
      switch (a.op) {
        case Combination::Op::kAll:
          return fmt::format("{} '{}'", added ? "also needs" : "no longer needs", text);
        case Combination::Op::kAny:
          return fmt::format("'{}' {}", text, added ? "now suffices" : "no longer suffices");
        case Combination::Op::kNone:
          return fmt::format("'{}' {}", text,
                             added ? "now rules it out" : "no longer rules it out");
        default:
          return fmt::format("'{}' {}", text, added ? "now counts" : "no longer counts");
      }
    });
    negated_ = outside;
    return out;
  }

  LabelCondition mix(const LabelCondition& a, const LabelCondition& b, Where where) {
    LabelCondition out = a;
    const std::string& label = names_.labels[a.label].name;
    take_value(out.is, b.is, Kind::kCondition, where, [&] {
      return fmt::format("{} is {} -> is {}", label, cadre::name(a.is), cadre::name(b.is));
    });
    out.branches = mix_branches(a.branches, b.branches, where, label, true);
    out.values = mix_values(a.values, b.values, where, label + ".group", true);
    out.number = mix(a.number, b.number, where, label);
    out.date = mix(a.date, b.date, where,
                   label + (a.op == LabelCondition::Op::kBefore ? " before" : " after"));
    return out;
  }

  // --- labels that take something from rows ----------------------------------------------------

  std::string words_of(const RowsFrom& from) const {
    const auto* label = std::get_if<std::uint32_t>(&from);
    return label != nullptr ? names_.labels[*label].name : "a condition of its own";
  }

  std::uint32_t mix(std::uint32_t label, std::uint32_t, Where) { return label; }

  RowsFrom mix(const RowsFrom& a, const RowsFrom& b, Where where, const std::string& key) {
    if (comparable(a, b)) return mix_alternative(a, b, where);
    RowsFrom out = a;
    take_value(out, b, Kind::kCondition, where,
               [&] { return fmt::format("{} {} -> {}", key, words_of(a), words_of(b)); });
    return out;
  }

  CategoryOf mix(const CategoryOf& a, const CategoryOf& b, Where where) {
    CategoryOf out = a;
    take_value(
        out.branch, b.branch, Kind::kCategoryRule, where,
        [&] {
          return fmt::format("category_of {} -> {}", names_.branch_name(a.branch),
                             names_.branch_name(b.branch));
        },
        {}, {}, [&] { return reread(a.branch, b.branch); });
    take_value(out.pick, b.pick, Kind::kCategoryRule, where,
               [&] { return fmt::format("pick {} -> {}", words(a.pick), words(b.pick)); },
               {words(a.pick)}, {words(b.pick)});
    take_value(
        out.columns, b.columns, Kind::kCategoryRule, where,
        [&] { return fmt::format("columns {} -> {}", words(a.columns), words(b.columns)); },
        a.columns, b.columns);
    out.where = mix(a.where, b.where, where, "where");
    return out;
  }

  /// A number or a date.
  template <typename Taken>
    requires std::same_as<Taken, NumberOf> || std::same_as<Taken, DateOf>
  Taken mix(const Taken& a, const Taken& b, Where where) {
    Taken out = a;
    take_value(out.what, b.what, Kind::kCondition, where,
               [&] { return fmt::format("{} -> {}", words(a.what), words(b.what)); });
    out.where = mix(a.where, b.where, where, words(a.what));
    return out;
  }

  std::string label_;
  const Rules& names_;
  const ChooseEdit& choose_;
  bool negated_ = false;  // inside of an odd number of `none` and `not`
};

}  // namespace

Label mix_labels(const Label& a, const Label& b, const Rules& names, const ChooseEdit& choose) {
  return Mixer(a.name, names, choose).mix(a, b);
}

}  // namespace cadre
