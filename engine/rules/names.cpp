// Names of lexicons, categories and labels.
#include <fmt/format.h>

#include "cadre/rules/loading.hpp"
#include "cadre/rules/yaml_slips.hpp"

namespace cadre {
namespace {

std::vector<std::string> names_of(const std::vector<Lexicon>& lexicons) {
  std::vector<std::string> names;
  for (const Lexicon& lexicon : lexicons) names.push_back(lexicon.name);
  return names;
}

}  // namespace

std::optional<std::uint32_t> find_category(const Node& node, std::string_view path,
                                           std::uint32_t lexicon, Loading& loading) {
  const auto& index = loading.category_index[lexicon];
  if (const auto found = index.find(std::string(path)); found != index.end()) {
    return found->second;
  }
  const Lexicon& tree = loading.rules.lexicons[lexicon];
  // Suggestions look like what was written: with the lexicon's name or without.
  const bool full = node.text.size() > path.size();
  const std::string before = full ? tree.name + "/" : "";
  const std::string guess = loading.reader.guess_with(tree.categories.size(), [&] {
    std::vector<std::string> paths;
    std::string same_name;  // the one category elsewhere in the tree whose own name this is
    std::size_t same_names = 0;
    for (std::size_t i = 1; i < tree.categories.size(); ++i) {
      const Category& category = tree.categories[i];
      paths.push_back(before + category.path);
      if (category.name != path) continue;
      same_name = before + category.path;
      ++same_names;
    }
    return same_names == 1 ? fmt::format("; did you mean '{}'?", same_name)
                           : did_you_mean(before + std::string(path), paths);
  });
  loading.reader.error(
      node, "unknown-category",
      fmt::format("the lexicon '{}' has no category '{}'{}", tree.name, path, guess));
  return std::nullopt;
}

std::optional<Branch> find_branch(const Node* node, Loading& loading) {
  node = loading.reader.value(node);
  const auto text = loading.reader.free_text(node, "the name of a lexicon or category");
  if (!text) return std::nullopt;
  const std::size_t slash = text->find('/');
  const std::string_view lexicon_name = std::string_view(*text).substr(0, slash);
  const auto lexicon = loading.rules.find_lexicon(lexicon_name);
  if (!lexicon) {
    if (loading.incomplete) return std::nullopt;
    const std::vector<Lexicon>& known = loading.rules.lexicons;
    const std::string guess =
        loading.reader.guess(lexicon_name, known.size(), [&] { return names_of(known); });
    loading.reader.error(*node, "unknown-lexicon",
                         fmt::format("no lexicon named '{}'{}", lexicon_name, guess),
                         known.empty() ? "lexicons are files that the rule set includes" : "");
    return std::nullopt;
  }
  loading.lexicon_used[*lexicon] = true;
  Branch branch{*lexicon, 0};
  if (slash != std::string::npos) {
    const auto category =
        find_category(*node, std::string_view(*text).substr(slash + 1), *lexicon, loading);
    if (!category) return std::nullopt;
    branch.category = *category;
  }
  return branch;
}

std::vector<Branch> find_branches(const Node* node, std::string_view what, Loading& loading) {
  std::vector<Branch> branches;
  const std::vector<const Node*> items = loading.reader.list_or_one(node, what);
  for (const Node* item : items) {
    if (const auto branch = find_branch(item, loading)) branches.push_back(*branch);
  }
  if (node != nullptr && node->is_list() && node->items.empty()) {
    loading.reader.error(*node, "empty-list", fmt::format("{} names nothing", what));
  }
  return branches;
}

std::optional<std::uint32_t> find_label(const Node& node, std::string_view name, Loading& loading) {
  const auto found = loading.label_index.find(name);
  if (found != loading.label_index.end()) {
    loading.heads[found->second].used = true;
    return found->second;
  }
  if (loading.incomplete) return std::nullopt;
  const std::string guess = loading.reader.guess(name, loading.heads.size(), [&] {
    std::vector<std::string> names;
    for (const LabelHead& head : loading.heads) names.push_back(head.name);
    return names;
  });
  Diagnostic& diagnostic =
      loading.reader.error(node, "unknown-label", fmt::format("no label named '{}'{}", name, guess),
                           node.plain ? missing_space_hint(name) : "");
  for (const Node* removed : loading.removed_labels) {
    if (removed->text != name) continue;
    diagnostic.notes.push_back(loading.sink().note(removed->range, "the variant removes it here"));
  }
  return std::nullopt;
}

}  // namespace cadre
