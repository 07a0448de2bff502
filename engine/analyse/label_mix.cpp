#include "cadre/analyse/label_mix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "cadre/rules/expression.hpp"

namespace cadre {
namespace {

using Action = RuleChange::Action;
using Kind = RuleChange::Kind;

// --- likeness: what is worth comparing part by part ----------------------------------------------

bool alike(const RowTest& a, const RowTest& b) {
  if (a.test.index() != b.test.index()) return false;
  if (const auto* column = std::get_if<ColumnTest>(&a.test)) {
    const auto& other = std::get<ColumnTest>(b.test);
    return column->column == other.column && column->op == other.op;
  }
  if (const auto* span = std::get_if<SpanTest>(&a.test)) {
    return span->op == std::get<SpanTest>(b.test).op;
  }
  if (const auto* group = std::get_if<RowGroup>(&a.test)) {
    return group->op == std::get<RowGroup>(b.test).op;
  }
  return true;
}

bool is_none(const Combination& combination) {
  return combination.op == Combination::Op::kNone;
}

bool alike(const Condition& a, const Condition& b) {
  if (a.what.index() != b.what.index()) return false;
  if (const auto* combination = std::get_if<Combination>(&a.what)) {
    return is_none(*combination) == is_none(std::get<Combination>(b.what));
  }
  if (const auto* rows = std::get_if<RowsCondition>(&a.what)) {
    return rows->table == std::get<RowsCondition>(b.what).table;
  }
  const auto& label = std::get<LabelCondition>(a.what);
  const auto& other = std::get<LabelCondition>(b.what);
  return label.label == other.label && label.op == other.op;
}

/// An entry of two lists laid beside each other; nullptr: the list does not have it.
template <typename Item>
struct Aligned {
  const Item* a = nullptr;
  const Item* b = nullptr;
};

/// Lays two lists beside each other, in the order of the first; what only the second has stands
/// after what it follows there. Equal items meet first, then those that are alike, then the last
/// one that is left on each side.
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
  pair_up([](const Item& x, const Item& y) { return alike(x, y); });
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

constexpr std::string_view name(Combination::Op op) {
  switch (op) {
    case Combination::Op::kAll:
      return "all of";
    case Combination::Op::kAny:
      return "any of";
    case Combination::Op::kNone:
      return "none of";
    default:
      return "at_least";
  }
}

constexpr std::string_view name(CategoryOf::Pick pick) {
  switch (pick) {
    case CategoryOf::Pick::kMostYears:
      return "most_years";
    case CategoryOf::Pick::kMostRows:
      return "most_rows";
    case CategoryOf::Pick::kFirst:
      return "first";
    default:
      return "last";
  }
}

// --- the walk ------------------------------------------------------------------------------------

/// Where two parts that are compared stand.
struct Where {
  Range before;
  Range after;
};

class Mixer {
 public:
  Mixer(std::string label, const Rules& names, const ChooseEdit& choose)
      : label_(std::move(label)), names_(names), choose_(choose) {}

  Label mix(const Label& a, const Label& b) {
    const Where where{a.range, b.range};
    Label out = a;
    const auto closes = [](const std::optional<bool>& value) {
      return !value ? "none" : *value ? "true" : "false";
    };
    if (a.unknown_as != b.unknown_as && take(Kind::kUnknownAs, Action::kChanged, where, [&] {
          return fmt::format("unknown_as {} -> {}", closes(a.unknown_as), closes(b.unknown_as));
        })) {
      out.unknown_as = b.unknown_as;
    }
    if (a.kind() != b.kind()) {
      const bool taken = take(Kind::kLabel, Action::kChanged, where, [&] {
        return fmt::format("a {} label, was {}", cadre::name(b.kind()), cadre::name(a.kind()));
      });
      if (taken) out.body = b.body;
    } else if (const auto* condition = std::get_if<Condition>(&a.body)) {
      out.body = mix(*condition, std::get<Condition>(b.body));
    } else if (const auto* category = std::get_if<CategoryOf>(&a.body)) {
      out.body = mix(*category, std::get<CategoryOf>(b.body), where);
    } else if (const auto* number = std::get_if<NumberOf>(&a.body)) {
      out.body = mix_taken(*number, std::get<NumberOf>(b.body), where, "years_of", "count_of",
                           NumberOf::What::kYears);
    } else {
      out.body = mix_taken(std::get<DateOf>(a.body), std::get<DateOf>(b.body), where,
                           "first_date_of", "last_date_of", DateOf::What::kFirst);
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

  /// A lexicon that reads blanks in another way on the other side is two here, of one name: the
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
  std::optional<DateRef> mix(const std::optional<DateRef>& a, const std::optional<DateRef>& b,
                             Where where, std::string_view what, const std::string& era,
                             bool begins) {
    if (same(a, b)) return a;
    const auto text_of = [](const std::optional<DateRef>& date) {
      return date ? date->text : std::string("none");
    };
    const auto values = [](const std::optional<DateRef>& date) {
      return date ? Values{date->text} : Values{};
    };
    const bool taken = choose_([&] {
      LabelEdit edit;
      edit.text = fmt::format("{}: {} {} -> {}", label_, what, text_of(a), text_of(b));
      edit.before = where.before;
      edit.after = where.after;
      edit.old_values = values(a);
      edit.new_values = values(b);
      edit.era = era;
      edit.era_begins = begins;
      return edit;
    });
    return taken ? b : a;
  }

  DateRef mix(const DateRef& a, const DateRef& b, Where where, std::string_view what) {
    return *mix(std::optional(a), std::optional(b), where, what, "", false);
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
    ColumnTest out = a;
    switch (a.op) {
      case ColumnTest::Op::kIn:
      case ColumnTest::Op::kNotIn:
        out.branches =
            mix_branches(a.branches, b.branches, where, a.column, a.op == ColumnTest::Op::kIn);
        if (!same(a.contexts, b.contexts) &&
            take(
                Action::kChanged, where,
                [&] {
                  return fmt::format("context of {} {} -> {}", a.column, context_words(a.contexts),
                                     context_words(b.contexts));
                },
                {}, {}, [&] { return reread(a.contexts, b.contexts); })) {
          out.contexts = b.contexts;
        }
        break;
      case ColumnTest::Op::kIs:
      case ColumnTest::Op::kIsNot:
        out.values = mix_values(a.values, b.values, where, a.column, a.op == ColumnTest::Op::kIs);
        break;
      case ColumnTest::Op::kMatches:
      case ColumnTest::Op::kAtLeast:
      case ColumnTest::Op::kAtMost: {
        if (a.values == b.values) break;
        const std::string_view op = a.op == ColumnTest::Op::kMatches   ? "matches"
                                    : a.op == ColumnTest::Op::kAtLeast ? "at_least"
                                                                       : "at_most";
        const bool taken = take(
            Action::kChanged, where,
            [&] {
              return fmt::format("{} {} {} -> {}", a.column, op, words(a.values), words(b.values));
            },
            a.values, b.values);
        if (taken) out.values = b.values;
        break;
      }
      case ColumnTest::Op::kBefore:
      case ColumnTest::Op::kAfter:
        out.date = mix(a.date, b.date, where,
                       a.column + (a.op == ColumnTest::Op::kBefore ? " before" : " after"));
        break;
      case ColumnTest::Op::kKnown:
        if (a.flag != b.flag && take(Action::kChanged, where, [&] {
              return fmt::format("{} is {} -> is {}", a.column, a.flag ? "known" : "not known",
                                 b.flag ? "known" : "not known");
            })) {
          out.flag = b.flag;
        }
        break;
    }
    return out;
  }

  static std::string era_in(const RowTest& a, const RowTest& b) {
    constexpr std::string_view kDuring = "during ";
    const bool both =
        a.text == b.text && a.text.starts_with(kDuring) && a.text.find(" to ") == std::string::npos;
    return both ? a.text.substr(kDuring.size()) : std::string();
  }

  RowTest mix(const RowTest& a, const RowTest& b) {
    if (same(a, b)) return a;
    const Where where{a.range, b.range};
    if (!alike(a, b)) {
      const bool taken = take(Action::kChanged, where,
                              [&] { return fmt::format("'{}' is now '{}'", a.text, b.text); });
      return taken ? b : a;
    }
    RowTest out = a;
    if (const auto* column = std::get_if<ColumnTest>(&a.test)) {
      out.test = mix(*column, std::get<ColumnTest>(b.test), where);
    } else if (const auto* span = std::get_if<SpanTest>(&a.test)) {
      const auto& other = std::get<SpanTest>(b.test);
      const std::string era = era_in(a, b);
      SpanTest mixed = *span;
      const bool during = span->op == SpanTest::Op::kDuring;
      mixed.from = mix(span->from, other.from, where, during ? "during, from" : "after", era, true);
      mixed.to = mix(span->to, other.to, where, during ? "during, to" : "before", era, false);
      out.test = mixed;
    } else if (const auto* years = std::get_if<YearsTest>(&a.test)) {
      out.test =
          YearsTest{mix(years->years, std::get<YearsTest>(b.test).years, where, "years of a row")};
    } else {
      out.test = mix(std::get<RowGroup>(a.test), std::get<RowGroup>(b.test), where);
    }
    return out;
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

  Condition mix(const Condition& a, const Condition& b) {
    if (same(a, b)) return a;
    const Where where{a.range, b.range};
    if (!alike(a, b)) {
      const bool taken = take(Action::kChanged, where,
                              [&] { return fmt::format("'{}' is now '{}'", words(a), words(b)); });
      return taken ? b : a;
    }
    Condition out = a;
    if (const auto* combination = std::get_if<Combination>(&a.what)) {
      out.what = mix(*combination, std::get<Combination>(b.what), where);
    } else if (const auto* rows = std::get_if<RowsCondition>(&a.what)) {
      out.what = mix(*rows, std::get<RowsCondition>(b.what), where);
    } else {
      out.what = mix(std::get<LabelCondition>(a.what), std::get<LabelCondition>(b.what), where);
    }
    return out;
  }

  static std::string operator_of(const Combination& combination) {
    if (combination.op != Combination::Op::kAtLeast) return std::string(name(combination.op));
    return fmt::format("at least {} of", combination.at_least);
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
    if (a.is != b.is && take(Action::kChanged, where, [&] {
          return fmt::format("{} is {} -> is {}", label, cadre::name(a.is), cadre::name(b.is));
        })) {
      out.is = b.is;
    }
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

  RowsFrom mix(const RowsFrom& a, const RowsFrom& b, Where where, std::string_view key) {
    const auto* rows = std::get_if<RowsCondition>(&a);
    const auto* other = std::get_if<RowsCondition>(&b);
    if (rows != nullptr && other != nullptr && rows->table == other->table) {
      return mix(*rows, *other, where);
    }
    const bool equal = a.index() == b.index() && rows == nullptr &&
                       std::get<std::uint32_t>(a) == std::get<std::uint32_t>(b);
    if (equal) return a;
    const bool taken = take(Action::kChanged, where, [&] {
      return fmt::format("{} {} -> {}", key, words_of(a), words_of(b));
    });
    return taken ? b : a;
  }

  CategoryOf mix(const CategoryOf& a, const CategoryOf& b, Where where) {
    CategoryOf out = a;
    if (a.branch != b.branch && take(
                                    Kind::kCategoryRule, Action::kChanged, where,
                                    [&] {
                                      return fmt::format("category_of {} -> {}",
                                                         names_.branch_name(a.branch),
                                                         names_.branch_name(b.branch));
                                    },
                                    {}, {}, [&] { return reread(a.branch, b.branch); })) {
      out.branch = b.branch;
    }
    if (a.pick != b.pick &&
        take(Kind::kCategoryRule, Action::kChanged, where,
             [&] { return fmt::format("pick {} -> {}", name(a.pick), name(b.pick)); },
             {std::string(name(a.pick))}, {std::string(name(b.pick))})) {
      out.pick = b.pick;
    }
    if (a.columns != b.columns &&
        take(
            Kind::kCategoryRule, Action::kChanged, where,
            [&] { return fmt::format("columns {} -> {}", words(a.columns), words(b.columns)); },
            a.columns, b.columns)) {
      out.columns = b.columns;
    }
    out.where = mix(a.where, b.where, where, "where");
    return out;
  }

  /// A number or a date, which is one of two things.
  template <typename Taken, typename What>
  Taken mix_taken(const Taken& a, const Taken& b, Where where, std::string_view first,
                  std::string_view second, What is_first) {
    const auto key = [&](const Taken& one) { return one.what == is_first ? first : second; };
    Taken out = a;
    if (a.what != b.what &&
        take(Action::kChanged, where, [&] { return fmt::format("{} -> {}", key(a), key(b)); })) {
      out.what = b.what;
    }
    out.where = mix(a.where, b.where, where, key(a));
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
