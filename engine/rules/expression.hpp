// The rule of a label as one tree. What each node holds is listed once, in fields(); whatever goes
// over whole trees is made of it: walk() visits and rewrites, same() compares, and the content key
// of a label is a walk that writes down what it meets (classify/fingerprint).
//
//     walk(label, [&](NamedLabel<const std::uint32_t> use) { used.push_back(use.index); });
//     walk(label, Handlers{[&](NamedLabel<std::uint32_t> use) { use.index = numbers[use.index]; },
//                          [&](Branch& branch) { branch.lexicon = lexicons[branch.lexicon]; }});
//
// Titles, notes, ranges, paths and the words of conditions are no part of it.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "cadre/rules/model.hpp"

namespace cadre {

/// A place where a rule names a label by its index; `const std::uint32_t` in a const tree.
template <typename Index>
struct NamedLabel {
  Index& index;
};

/// Several functions as one.
template <typename... Functions>
struct Handlers : Functions... {
  using Functions::operator()...;
};
template <typename... Functions>
Handlers(Functions...) -> Handlers<Functions...>;

// --- what nodes hold -----------------------------------------------------------------------------

template <typename T, typename Node>
concept OrConst = std::same_as<std::remove_const_t<T>, Node>;

auto fields(OrConst<Label> auto& node) {
  return std::tie(node.unknown_as, node.body);
}
auto fields(OrConst<CategoryOf> auto& node) {
  return std::tie(node.branch, node.where, node.columns, node.pick);
}
auto fields(OrConst<NumberOf> auto& node) {
  return std::tie(node.what, node.where);
}
auto fields(OrConst<DateOf> auto& node) {
  return std::tie(node.what, node.where);
}
auto fields(OrConst<Condition> auto& node) {
  return std::tie(node.what);
}
auto fields(OrConst<Combination> auto& node) {
  return std::tie(node.op, node.at_least, node.parts);
}
auto fields(OrConst<LabelCondition> auto& node) {
  return std::tuple_cat(
      std::tuple(NamedLabel<std::remove_reference_t<decltype((node.label))>>{node.label}),
      std::tie(node.op, node.is, node.branches, node.values, node.number, node.date));
}
auto fields(OrConst<RowsCondition> auto& node) {
  return std::tie(node.table, node.row, node.total_years, node.count);
}
auto fields(OrConst<RowGroup> auto& node) {
  return std::tie(node.op, node.tests);
}
auto fields(OrConst<RowTest> auto& node) {
  return std::tie(node.test);
}
auto fields(OrConst<ColumnTest> auto& node) {
  return std::tie(node.column, node.op, node.branches, node.values, node.date, node.flag,
                  node.contexts);
}
auto fields(OrConst<ContextTest> auto& node) {
  return std::tie(node.window, node.branches);
}
auto fields(OrConst<ContextWindow> auto& node) {
  return std::tie(node.near, node.side, node.within);
}
auto fields(OrConst<SpanTest> auto& node) {
  return std::tie(node.op, node.from, node.to);
}
auto fields(OrConst<YearsTest> auto& node) {
  return std::tie(node.years);
}
auto fields(OrConst<NumberTest> auto& node) {
  return std::tie(node.at_least, node.at_most);
}
/// The day, the name or the label only where the kind asks for one: pointers are null, and skipped,
/// else.
auto fields(OrConst<DateRef> auto& node) {
  using Use = NamedLabel<std::remove_reference_t<decltype((node.label))>>;
  using Kind = DateRef::Kind;
  return std::tuple_cat(
      std::tie(node.kind),
      std::tuple(node.kind == Kind::kDate || node.kind == Kind::kEraStart ? &node.date : nullptr,
                 node.kind == Kind::kNamed ? &node.named : nullptr,
                 node.kind == Kind::kLabel ? std::optional(Use{node.label}) : std::nullopt));
}

/// Nodes that list their fields; all else is a list, an alternative, or a value.
template <typename T>
concept HasFields = requires(T& node) { fields(node); };
template <typename T>
inline constexpr bool kIsList = false;
template <typename Item>
inline constexpr bool kIsList<std::vector<Item>> = true;
template <typename T>
inline constexpr bool kIsVariant = false;
template <typename... Types>
inline constexpr bool kIsVariant<std::variant<Types...>> = true;
template <typename T>
concept MayBeMissing = requires(T& one) {
  static_cast<bool>(one);
  *one;
};

// --- over whole trees ----------------------------------------------------------------------------

/// Calls `visit` with a node and with all that it holds, those that it takes of them: nodes before
/// what they hold, lists and optionals before their items, all in the order of the rule. Take
/// arguments by reference; one of a tree that is not const may be changed. Depth is that of the
/// rule, which the loader limits.
template <typename Node, typename Visit>
void walk(Node& node, Visit&& visit) {
  using Plain = std::remove_const_t<Node>;
  if constexpr (std::is_invocable_v<Visit&, Node&>) visit(node);
  if constexpr (HasFields<Node>) {
    std::apply([&](auto&&... field) { (walk(field, visit), ...); }, fields(node));
  } else if constexpr (kIsVariant<Plain>) {
    const auto walk_alternative = [&](auto& one) {
      using Alternative = std::remove_reference_t<decltype(one)>;
      if constexpr (OrConst<Alternative, std::uint32_t>) {
        NamedLabel<Alternative> use{one};  // of RowsFrom
        walk(use, visit);
      } else {
        walk(one, visit);
      }
    };
    std::visit(walk_alternative, node);
  } else if constexpr (kIsList<Plain>) {
    for (auto& item : node) walk(item, visit);
  } else if constexpr (MayBeMissing<Node>) {
    if (node) walk(*node, visit);
  }
}

/// Whether two trees say the same, label indices and branches taken as they are.
template <typename Node>
bool same(const Node& a, const Node& b) {
  if constexpr (HasFields<const Node>) {
    const auto left = fields(a);
    const auto right = fields(b);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (same(std::get<I>(left), std::get<I>(right)) && ...);
    }(std::make_index_sequence<std::tuple_size_v<decltype(left)>>());
  } else if constexpr (kIsVariant<Node>) {
    const auto same_alternative = [&b](const auto& one) {
      return same(one, std::get<std::remove_cvref_t<decltype(one)>>(b));
    };
    return a.index() == b.index() && std::visit(same_alternative, a);
  } else if constexpr (kIsList<Node>) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return same(x, y); });
  } else if constexpr (MayBeMissing<Node>) {
    return static_cast<bool>(a) == static_cast<bool>(b) && (!a || same(*a, *b));
  } else if constexpr (requires { a.index; }) {
    return a.index == b.index;  // NamedLabel
  } else {
    return a == b;
  }
}

}  // namespace cadre
