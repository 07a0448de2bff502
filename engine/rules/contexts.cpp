// near and not_near: what categories and tests of a column have in common.
#include <fmt/format.h>

#include "cadre/rules/loading.hpp"

namespace cadre {

ContextWindow read_context_window(const Fields& fields, bool near, Loading& loading) {
  ContextWindow window;
  window.near = near;
  if (const auto within = loading.reader.whole(fields.get("within"), "'within'", 0)) {
    window.within = static_cast<std::uint32_t>(*within);
  }
  static const std::vector<std::string> kSides = {"either", "before", "after"};
  if (const auto side = loading.reader.choice(fields.get("side"), "'side'", kSides)) {
    window.side = static_cast<ContextWindow::Side>(*side);
  }
  return window;
}

std::vector<ContextTest> read_context_tests(const Fields& fields, Loading& loading) {
  Reader& reader = loading.reader;
  std::vector<ContextTest> tests;
  for (const bool near : {true, false}) {
    const std::string key = near ? "near" : "not_near";
    const std::string what = fmt::format("'{}'", key);
    const Node* written = fields.get(key);
    for (const Node* node : reader.list_or_one(written, what)) {
      if (!node->is_map()) {
        reader.wrong_type(*node, what, "a map such as {in: negations, within: 6, side: before}");
        continue;
      }
      const Fields context = reader.fields(node, MapKind::kContextTest, what);
      if (!context) continue;
      ContextTest test;
      test.window = read_context_window(context, near, loading);
      test.branches = find_branches(reader.require(context, "in", what), "'in'", loading);
      test.range = node->range;
      if (!test.branches.empty()) tests.push_back(std::move(test));
    }
    if (written != nullptr && written->is_list() && written->items.empty()) {
      reader.error(*written, "empty-list", fmt::format("{} names nothing", what));
    }
  }
  return tests;
}

}  // namespace cadre
