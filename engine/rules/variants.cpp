// Variants: what `extends` changes in its base. The changes are made in the syntax tree, on copies
// of the nodes that change, so that the loader checks the outcome like any other rule set and every
// part keeps the place where it was written.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "cadre/rules/rule_files.hpp"

namespace cadre {

namespace {

std::optional<std::size_t> index_of(const Node& map, std::string_view key) {
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    if (map.keys[i]->text == key) return i;
  }
  return std::nullopt;
}

/// Gives a key of a map a value, the old one's place if there was one.
void put(Node& map, const Node* key, const Node* value) {
  if (const auto at = index_of(map, key->text)) {
    map.items[*at] = value;
    return;
  }
  map.keys.push_back(key);
  map.items.push_back(value);
}

/// Puts the entries of `values` whose keys are of `kind`; the others were reported.
void put_known(Node& map, const Node& values, MapKind kind) {
  for (std::size_t i = 0; i < values.keys.size(); ++i) {
    if (is_key(kind, values.keys[i]->text)) put(map, values.keys[i], values.items[i]);
  }
}

void erase(Node& map, std::size_t at) {
  map.keys.erase(map.keys.begin() + static_cast<std::ptrdiff_t>(at));
  map.items.erase(map.items.begin() + static_cast<std::ptrdiff_t>(at));
}

std::vector<std::string> texts(const std::vector<const Node*>& nodes) {
  std::vector<std::string> out;
  for (const Node* node : nodes) {
    if (node->is_text()) out.push_back(node->text);
  }
  return out;
}

class Variant {
 public:
  Variant(RuleTree& base, Reader& reader) : base_(base), reader_(reader) {}

  void apply(const Fields& variant) {
    change_parameters(variant.get("params"));
    change_labels(variant.get("labels"));
    each(variant.get("lexicons"), "'lexicons'", [this](const Node& key, const Node& value) {
      if (RuleFile* file = find_file(FileKind::kLexicon, key, "lexicon")) {
        change_lexicon(*file, value);
      }
    });
    each(variant.get("eras"), "'eras'", [this](const Node& key, const Node& value) {
      if (RuleFile* file = find_file(FileKind::kEras, key, "era file")) change_eras(*file, value);
    });
  }

 private:
  template <typename Function>
  void each(const Node* node, std::string_view what, const Function& function) {
    node = reader_.map(node, what);
    if (node == nullptr) return;
    for (std::size_t i = 0; i < node->keys.size(); ++i) function(*node->keys[i], *node->items[i]);
  }

  Node* copy(const Node& node) { return reader_.store().add(node); }

  /// The value of a key of a map that is already a copy, itself made a copy.
  Node* open(Node& map, std::size_t at) {
    Node* opened = copy(*map.items[at]);
    map.items[at] = opened;
    return opened;
  }

  RuleFile* find_file(FileKind kind, const Node& name, std::string_view what) {
    for (RuleFile& file : base_.files) {
      if (file.kind == kind && declared_name(file) == name.text) return &file;
    }
    if (base_.incomplete) return nullptr;
    const std::string guess = reader_.guess(name.text, base_.files.size(), [&] {
      std::vector<std::string> names;
      for (const RuleFile& file : base_.files) {
        if (file.kind == kind) names.emplace_back(declared_name(file));
      }
      return names;
    });
    reader_.error(name, kind == FileKind::kLexicon ? "unknown-lexicon" : "unknown-eras",
                  fmt::format("the base has no {} named '{}'{}", what, name.text, guess));
    return nullptr;
  }

  // -------------------------------------------------------------------------------------------

  static std::vector<Entry>::iterator find(std::vector<Entry>& entries, std::string_view key) {
    return std::find_if(entries.begin(), entries.end(),
                        [&](const Entry& entry) { return entry.key->text == key; });
  }

  void change_parameters(const Node* node) {
    each(node, "'params'", [this](const Node& key, const Node& value) {
      const auto old = find(base_.params, key.text);
      if (old != base_.params.end()) {
        *old = {&key, &value};
      } else {
        base_.params.push_back({&key, &value});
        base_.new_params.push_back(key.text);
      }
    });
  }

  void change_labels(const Node* node) {
    each(node, "'labels'", [this](const Node& key, const Node& value) {
      const auto old = find(base_.labels, key.text);
      if (!value.is_null()) {
        if (old != base_.labels.end()) {
          *old = {&key, &value};
        } else {
          base_.labels.push_back({&key, &value});
        }
      } else if (old != base_.labels.end()) {
        base_.labels.erase(old);
        base_.removed_labels.push_back(&key);
        base_.removals.push_back({Removal::What::kLabel, "", "", key.text, key.range});
      } else if (!base_.incomplete) {
        const std::string guess = reader_.guess(key.text, base_.labels.size(), [this] {
          std::vector<std::string> names;
          for (const Entry& entry : base_.labels) names.push_back(entry.key->text);
          return names;
        });
        reader_.error(key, "unknown-label",
                      fmt::format("the base has no label '{}' to remove{}", key.text, guess));
      }
    });
  }

  // -------------------------------------------------------------------------------------------

  void change_lexicon(RuleFile& file, const Node& value) {
    const Fields changes = reader_.fields(&value, MapKind::kLexiconChange, "a change of a lexicon");
    if (!changes) return;
    file.tests_apply = false;
    Node* root = copy(*file.root);
    file.root = root;
    lexicon_ = declared_name(file);
    // What is removed first may be added in another place.
    each(changes.get("remove"), "'remove'",
         [&](const Node& path, const Node& what) { remove_from_category(*root, path, what); });
    each(changes.get("set"), "'set'",
         [&](const Node& path, const Node& what) { set_category(*root, path, what); });
    each(changes.get("add"), "'add'",
         [&](const Node& path, const Node& what) { add_to_category(*root, path, what); });
  }

  /// A category by its path, itself and all above it made copies.
  struct Found {
    Node* category = nullptr;    // nullptr: there is none
    Node* categories = nullptr;  // the map that it stands in, or would stand in
    std::size_t at = 0;          // its place there
    std::string_view name;       // its own name
    bool parent = false;         // all categories above it are there
  };

  Found find_category(Node& root, std::string_view path) {
    Found found;
    Node* parent = &root;
    while (true) {
      const std::size_t slash = path.find('/');
      found.name = path.substr(0, slash);
      auto at = index_of(*parent, "categories");
      if (!at) {
        Node key;
        key.kind = Node::Kind::kText;
        key.text = "categories";
        key.range = parent->range;
        Node map;
        map.kind = Node::Kind::kMap;
        map.range = parent->range;
        put(*parent, copy(key), copy(map));
        at = parent->keys.size() - 1;
      }
      found.categories = open(*parent, *at);
      found.category = nullptr;
      found.parent = slash == std::string_view::npos;
      const auto child = index_of(*found.categories, found.name);
      if (!child || !found.categories->items[*child]->is_map()) return found;
      found.at = *child;
      found.category = open(*found.categories, *child);
      if (slash == std::string_view::npos) return found;
      parent = found.category;
      path = path.substr(slash + 1);
    }
  }

  static void append_paths(const Node& node, const std::string& above,
                           std::vector<std::string>& out) {
    const Node* categories = node.find("categories");
    if (categories == nullptr) return;
    for (std::size_t i = 0; i < categories->keys.size(); ++i) {
      const std::string path =
          above.empty() ? categories->keys[i]->text : above + "/" + categories->keys[i]->text;
      out.push_back(path);
      append_paths(*categories->items[i], path, out);
    }
  }

  static std::vector<std::string> names_of(const Node& categories) {
    std::vector<std::string> out;
    for (const Node* key : categories.keys) out.push_back(key->text);
    return out;
  }

  std::string guess_category(const Node& root, std::string_view path) {
    std::vector<std::string> paths;
    append_paths(root, "", paths);
    return reader_.guess(path, paths);
  }

  void unknown_category(const Node& root, const Node& path, std::string hint = {}) {
    reader_.error(path, "unknown-category",
                  fmt::format("the lexicon '{}' has no category '{}'{}", root_name(root), path.text,
                              guess_category(root, path.text)),
                  std::move(hint));
  }

  static std::string_view root_name(const Node& root) {
    const Node* name = root.find("lexicon");
    return name == nullptr ? std::string_view() : std::string_view(name->text);
  }

  void set_category(Node& root, const Node& path, const Node& value) {
    const Found found = find_category(root, path.text);
    if (found.category == nullptr) {
      unknown_category(root, path);
      return;
    }
    if (!reader_.fields(&value, MapKind::kCategory, "a category under 'set'")) return;
    put_known(*found.category, value, MapKind::kCategory);
  }

  void add_to_category(Node& root, const Node& path, const Node& value) {
    const Found found = find_category(root, path.text);
    if (found.category != nullptr) {
      if (reader_.fields(&value, MapKind::kCategory, "a category under 'add'")) {
        merge_category(*found.category, value);
      }
      return;
    }
    // A new category; but a name almost like one that stands beside it is a slip.
    if (!found.parent || !reader_.guess(found.name, names_of(*found.categories)).empty()) {
      unknown_category(root, path,
                       found.parent ? "a new category needs a name less like those that are there"
                                    : "a new category is added below one that is there");
      return;
    }
    Node name = path;
    name.text = std::string(found.name);
    put(*found.categories, copy(name), &value);
  }

  void merge_category(Node& category, const Node& added) {
    for (std::size_t i = 0; i < added.keys.size(); ++i) {
      const Node& key = *added.keys[i];
      const Node& value = *added.items[i];
      if (!is_key(MapKind::kCategory, key.text)) continue;
      const auto at = index_of(category, key.text);
      if (!at) {
        put(category, &key, &value);
      } else if (key.text == "categories") {
        if (value.is_map() && category.items[*at]->is_map()) {
          merge_categories(*open(category, *at), value);
        }
      } else if (is_context(key)) {
        merge_context(category, *at, key, value);
      } else if (is_key(MapKind::kCategoryChange, key.text)) {
        merge_terms(*open(category, *at), key, value);
      } else {
        reader_.error(key, "already-there",
                      fmt::format("the category has a '{}' already", key.text),
                      "use `set` to replace it");
      }
    }
  }

  static bool is_context(const Node& key) { return key.text == "near" || key.text == "not_near"; }

  /// Words for a near or not_near that is there; with a window of its own another one beside it.
  void merge_context(Node& category, std::size_t at, const Node& key, const Node& added) {
    const Node& there = *category.items[at];
    const bool words_only = added.is_map() && added.find("within") == nullptr &&
                            added.find("side") == nullptr && added.find("terms") != nullptr;
    if (words_only && there.is_map()) {
      if (!reader_.fields(&added, MapKind::kContext, fmt::format("'{}'", key.text))) return;
      Node* context = open(category, at);
      const auto terms = index_of(*context, "terms");
      if (!terms) return;  // the loader says that there are none
      merge_terms(*open(*context, *terms), *added.keys[*index_of(added, "terms")],
                  *added.find("terms"));
      return;
    }
    if (words_only) {
      several_contexts(key);
      return;
    }
    Node all;
    all.kind = Node::Kind::kList;
    all.range = there.range;
    for (const Node* list : {&there, &added}) {
      if (list->is_list()) {
        all.items.insert(all.items.end(), list->items.begin(), list->items.end());
      } else {
        all.items.push_back(list);
      }
    }
    category.items[at] = copy(all);
  }

  void several_contexts(const Node& key) {
    reader_.error(
        key, "already-there",
        fmt::format("the category has several '{}', and it is not said which is meant", key.text),
        "use `set` to replace them");
  }

  /// Words of a near or not_near, or all of it.
  void remove_context(Node& category, std::size_t at, const Node& key, const Node& removed,
                      const std::string& path) {
    if (removed.is_text() && removed.text == "all") {
      erase(category, at);
      return;
    }
    if (!removed.is_map()) {
      reader_.wrong_type(removed, fmt::format("'{}'", key.text),
                         "`all` or a map such as {terms: {zh: [...]}}");
      return;
    }
    const Fields fields =
        reader_.fields(&removed, MapKind::kContext, fmt::format("'{}'", key.text));
    const Node* words = reader_.require(fields, "terms", fmt::format("'{}'", key.text));
    if (words == nullptr) return;
    if (!category.items[at]->is_map()) {
      several_contexts(key);
      return;
    }
    Node* context = open(category, at);
    if (const auto terms = index_of(*context, "terms")) {
      remove_terms(*open(*context, *terms), key, *words, path);
    }
  }

  void merge_categories(Node& categories, const Node& added) {
    for (std::size_t i = 0; i < added.keys.size(); ++i) {
      const auto at = index_of(categories, added.keys[i]->text);
      if (at && added.items[i]->is_map() && categories.items[*at]->is_map()) {
        merge_category(*open(categories, *at), *added.items[i]);
      } else if (!at) {
        put(categories, added.keys[i], added.items[i]);
      }
    }
  }

  /// {zh: [...]} into {zh: [...], en: [...]}, or a list into a list.
  void merge_terms(Node& terms, const Node& key, const Node& added) {
    if (terms.kind != added.kind) {
      reader_.wrong_type(added, fmt::format("'{}'", key.text), kind_of_terms(terms),
                         "as in the category that it is added to");
      return;
    }
    if (terms.is_list()) {
      terms.items.insert(terms.items.end(), added.items.begin(), added.items.end());
      return;
    }
    for (std::size_t i = 0; i < added.keys.size(); ++i) {
      const auto at = index_of(terms, added.keys[i]->text);
      if (!at || !terms.items[*at]->is_list() || !added.items[i]->is_list()) {
        put(terms, added.keys[i], added.items[i]);
        continue;
      }
      Node* list = open(terms, *at);
      list->items.insert(list->items.end(), added.items[i]->items.begin(),
                         added.items[i]->items.end());
    }
  }

  static std::string_view kind_of_terms(const Node& terms) {
    return terms.is_list() ? "a list" : "a map such as {zh: [...], en: [...]}";
  }

  void remove_from_category(Node& root, const Node& path, const Node& value) {
    const Found found = find_category(root, path.text);
    if (found.category == nullptr) {
      unknown_category(root, path);
      return;
    }
    if (value.is_text() && value.text == "all") {
      erase(*found.categories, found.at);
      base_.removals.push_back(
          {Removal::What::kCategory, lexicon_, path.text, "", join(path.range, value.range)});
      return;
    }
    if (!value.is_map()) {
      reader_.wrong_type(value, "what is removed from a category",
                         "`all` or a map such as {terms: {zh: [...]}}");
      return;
    }
    if (!reader_.fields(&value, MapKind::kCategoryChange, "a category under 'remove'")) return;
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
      const Node& key = *value.keys[i];
      if (!is_key(MapKind::kCategoryChange, key.text)) continue;
      const auto at = index_of(*found.category, key.text);
      if (!at) {
        reader_.error(key, "nothing-to-remove",
                      fmt::format("the category '{}' has no '{}'", path.text, key.text));
        continue;
      }
      if (is_context(key)) {
        remove_context(*found.category, *at, key, *value.items[i], path.text);
      } else {
        remove_terms(*open(*found.category, *at), key, *value.items[i], path.text);
      }
    }
  }

  void remove_terms(Node& terms, const Node& key, const Node& removed,
                    const std::string& category) {
    if (terms.kind != removed.kind) {
      reader_.wrong_type(removed, fmt::format("'{}'", key.text), kind_of_terms(terms),
                         "as in the category that it is removed from");
      return;
    }
    if (terms.is_list()) {
      remove_words(terms, removed, category);
      return;
    }
    for (std::size_t i = 0; i < removed.keys.size(); ++i) {
      const Node& language = *removed.keys[i];
      const auto at = index_of(terms, language.text);
      if (!at || !terms.items[*at]->is_list()) {
        reader_.error(language, "nothing-to-remove",
                      fmt::format("'{}' of the category '{}' has no '{}'", key.text, category,
                                  language.text));
        continue;
      }
      remove_words(*open(terms, *at), *removed.items[i], category);
    }
  }

  void remove_words(Node& list, const Node& removed, const std::string& category) {
    for (const Node* item : reader_.list_or_one(&removed, "'remove'")) {
      const auto word = reader_.free_text(item, "a term to remove");
      if (!word) continue;
      const auto end = std::remove_if(list.items.begin(), list.items.end(),
                                      [&](const Node* node) { return node->text == *word; });
      if (end == list.items.end()) {
        reader_.error(*item, "nothing-to-remove",
                      fmt::format("the category '{}' has no term '{}'{}", category, *word,
                                  reader_.guess(*word, texts(list.items))));
        continue;
      }
      list.items.erase(end, list.items.end());
      base_.removals.push_back({Removal::What::kTerm, lexicon_, category, *word, item->range});
    }
  }

  // -------------------------------------------------------------------------------------------

  void change_eras(RuleFile& file, const Node& written) {
    const Node* changes = reader_.map(&written, "a change of eras");
    if (changes == nullptr) return;
    file.tests_apply = false;
    Node* root = copy(*file.root);
    file.root = root;
    const auto list_at = index_of(*root, "list");
    Node* list = list_at && root->items[*list_at]->is_list() ? open(*root, *list_at) : nullptr;
    for (std::size_t i = 0; i < changes->keys.size(); ++i) {
      const Node& key = *changes->keys[i];
      if (is_key(MapKind::kErasChange, key.text)) {
        put(*root, &key, changes->items[i]);
      } else if (list != nullptr) {
        change_era(*list, key, *changes->items[i]);
      }
    }
  }

  static std::string_view id_of(const Node& era) {
    const Node* id = era.find("id");
    return id != nullptr && id->is_text() ? std::string_view(id->text) : std::string_view();
  }

  void change_era(Node& list, const Node& id, const Node& value) {
    std::vector<std::string> ids;
    std::size_t at = 0;
    while (at < list.items.size() && id_of(*list.items[at]) != id.text) {
      ids.emplace_back(id_of(*list.items[at++]));
    }
    if (at == list.items.size()) {
      reader_.error(
          id, "unknown-era",
          fmt::format("the base has no era '{}'{}", id.text, reader_.guess(id.text, ids)));
      return;
    }
    const Fields fields =
        reader_.fields(&value, MapKind::kEraChange, fmt::format("the era '{}'", id.text));
    if (!fields) return;
    Node* era = open(list, at);
    if (at > 0) move_boundary(list, at - 1, "to", *era, "from", fields);
    if (at + 1 < list.items.size()) move_boundary(list, at + 1, "from", *era, "to", fields);
    era->range = join(id.range, value.range);
    put_known(*era, value, MapKind::kEraChange);
  }

  /// A boundary that two eras share moves for both: when `side` of the era changes, and the other
  /// era had the same day at `other_side`, that changes too.
  void move_boundary(Node& list, std::size_t other, std::string_view other_side, const Node& era,
                     std::string_view side, const Fields& changes) {
    const Node* day = changes.get(side);
    const Node* old = era.find(side);
    const Node* shared = list.items[other]->find(other_side);
    if (day == nullptr || old == nullptr || shared == nullptr || !old->is_text() ||
        !shared->is_text() || old->text != shared->text) {
      return;
    }
    Node* neighbour = open(list, other);
    neighbour->items[*index_of(*neighbour, other_side)] = day;
  }

  RuleTree& base_;
  Reader& reader_;
  std::string lexicon_;  // the one that is being changed
};

}  // namespace

void apply_variant(RuleTree& base, const Fields& variant, Reader& reader) {
  Variant(base, reader).apply(variant);
}

}  // namespace cadre
