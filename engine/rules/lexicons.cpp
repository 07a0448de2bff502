// Lexicons: trees of categories with their terms.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cadre/rules/loading.hpp"
#include "cadre/text/term.hpp"

namespace cadre {

namespace {

class LexiconLoader {
 public:
  LexiconLoader(Lexicon& lexicon, Loading& loading)
      : lexicon_(lexicon), loading_(loading), reader_(loading.reader) {}

  void load(const RuleFile& file) {
    const Fields fields = reader_.fields(file.root, MapKind::kLexicon, "a lexicon");
    lexicon_.name = reader_.name(fields.get("lexicon"), "the name of a lexicon").value_or("");
    lexicon_.title = reader_.title(fields);
    reader_.note(fields);
    reader_.check_source(fields);
    const Node* name = fields.get("lexicon");
    lexicon_.range = name == nullptr ? file.root->range : name->range;

    static const std::vector<std::string> kOverlaps = {"longest", "all"};
    if (const auto overlap = reader_.choice(fields.get("overlap"), "'overlap'", kOverlaps)) {
      lexicon_.overlap = static_cast<Lexicon::Overlap>(*overlap);
    }

    static const std::vector<std::string> kBlanks = {"ignore", "keep"};
    if (const auto blanks = reader_.choice(fields.get("blanks"), "'blanks'", kBlanks)) {
      lexicon_.folding.blanks = static_cast<Blanks>(*blanks);
    }
    static const std::vector<std::string> kAccents = {"fold", "keep"};
    if (const auto accents = reader_.choice(fields.get("accents"), "'accents'", kAccents)) {
      lexicon_.folding.accents = static_cast<Accents>(*accents);
    }
    static const std::vector<std::string> kPlurals = {"none", "en"};
    if (const auto plurals = reader_.choice(fields.get("plurals"), "'plurals'", kPlurals)) {
      lexicon_.plurals = static_cast<Plurals>(*plurals);
    }

    Category root;
    root.name = lexicon_.name;
    root.title = lexicon_.title;
    root.range = lexicon_.range;
    lexicon_.categories.push_back(std::move(root));
    load_terms(fields.get("except"), "except", Term::Kind::kExcept, 0);
    load_contexts(fields, 0);
    load_categories(reader_.require(fields, "categories", "a lexicon"), 0);
    lexicon_.categories[0].subtree_end = static_cast<std::uint32_t>(lexicon_.categories.size());
    const bool has_terms = std::any_of(lexicon_.terms.begin(), lexicon_.terms.end(),
                                       [](const Term& t) { return is_found(t.kind); });
    if (!has_terms && terms_seen_ == 0 && reader_.sink().errors() == errors_before_) {
      reader_.sink().warning(lexicon_.range, "lexicon-without-terms",
                             fmt::format("the lexicon '{}' has no terms", lexicon_.name));
    }
    if (file.tests_apply) load_tests(fields.get("tests"));
  }

 private:
  void load_categories(const Node* node, std::uint32_t parent) {
    node = reader_.map(node, "'categories'");
    if (node == nullptr) return;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      load_category(*node->keys[i], *node->items[i], parent);
    }
  }

  void load_category(const Node& key, const Node& value, std::uint32_t parent) {
    reader_.name(&key, "the name of a category");
    const auto index = static_cast<std::uint32_t>(lexicon_.categories.size());
    const std::string what = fmt::format("the category '{}'", key.text);
    Category category;
    category.name = key.text;
    const std::string& above = lexicon_.categories[parent].path;
    category.path = above.empty() ? key.text : above + "/" + key.text;
    category.group = lexicon_.categories[parent].group;
    category.group_range = lexicon_.categories[parent].group_range;
    category.parent = parent;
    category.range = key.range;

    const Fields fields = reader_.fields(&value, MapKind::kCategory, what);
    if (fields) {
      category.title = reader_.title(fields);
      reader_.note(fields);
      reader_.check_source(fields);
      const Node* group = fields.get("group");
      if (const auto name = reader_.name(group, "'group'")) {
        category.group = *name;
        category.group_range = group->range;
      }
    }
    loading_.category_index.back().emplace(category.path, index);
    lexicon_.categories.push_back(std::move(category));
    if (fields) {
      load_terms(fields.get("terms"), "terms", Term::Kind::kLiteral, index);
      load_terms(fields.get("regex"), "regex", Term::Kind::kRegex, index);
      load_terms(fields.get("except"), "except", Term::Kind::kExcept, index);
      load_contexts(fields, index);
      load_categories(fields.get("categories"), index);
    }
    lexicon_.categories[index].subtree_end = static_cast<std::uint32_t>(lexicon_.categories.size());
  }

  /// near and not_near: a map, or a list of them that must all hold.
  void load_contexts(const Fields& fields, std::uint32_t category) {
    for (const bool near : {true, false}) {
      const std::string key = near ? "near" : "not_near";
      const Node* written = fields.get(key);
      for (const Node* node : reader_.list_or_one(written, fmt::format("'{}'", key))) {
        load_context(*node, key, near, category);
      }
      if (written != nullptr && written->is_list() && written->items.empty()) {
        reader_.error(*written, "empty-list", fmt::format("'{}' names nothing", key));
      }
    }
  }

  void load_context(const Node& node, const std::string& key, bool near, std::uint32_t category) {
    const std::string what = fmt::format("'{}'", key);
    if (!node.is_map()) {
      reader_.wrong_type(
          node, what, "a map such as {terms: {en: [never]}, within: 6, side: before}",
          near || !node.is_text() ? ""
                                  : "words inside which a term does not count are an `except`");
      return;
    }
    if (node.keys.empty() || std::any_of(node.keys.begin(), node.keys.end(),
                                         [](const Node* one) { return is_language(one->text); })) {
      reader_.error(node, "missing-key", fmt::format("{} needs the key 'terms'", what),
                    fmt::format("{}: {{terms: {{en: [never]}}, within: 6, side: before}}", key));
      return;
    }
    const Fields fields = reader_.fields(&node, MapKind::kContext, what);
    if (!fields) return;
    reader_.note(fields);
    context_ = static_cast<std::uint32_t>(lexicon_.contexts.size());
    lexicon_.contexts.push_back(
        {category, read_context_window(fields, near, loading_), node.range});
    const std::size_t before = terms_seen_;
    const Node* terms = reader_.require(fields, "terms", what);
    load_terms(terms, "terms", Term::Kind::kContext, category);
    if (terms != nullptr && terms_seen_ == before && (terms->is_map() || terms->is_list())) {
      reader_.error(*terms, "empty-list", fmt::format("{} has no words", what),
                    near ? "without any no match would count" : "");
    }
  }

  /// {zh: [...], en: [...]}, or a list for all languages.
  void load_terms(const Node* node, std::string_view key, Term::Kind kind, std::uint32_t category) {
    if (node == nullptr) return;
    const std::string what = fmt::format("'{}'", key);
    if (node->is_list()) {
      for (const Node* item : node->items) load_term(*item, what, "", kind, category);
      return;
    }
    if (!node->is_map()) {
      reader_.wrong_type(*node, what, "a map such as {zh: [...], en: [...]}");
      return;
    }
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
      const Node& language = *node->keys[i];
      if (!is_language(language.text)) {
        reader_.error(language, "unknown-language",
                      fmt::format("'{}' is not the code of a language", language.text),
                      "codes are those of ISO 639-1: zh is Chinese, en English");
      }
      const Node& words = *node->items[i];
      if (words.is_list()) {
        for (const Node* item : words.items) load_term(*item, what, language.text, kind, category);
      } else if (!words.is_null()) {
        reader_.wrong_type(words, fmt::format("'{}' of {}", language.text, what), "a list of words",
                           words.is_text() ? "put it in brackets: [...]" : "");
      }
    }
  }

  void load_term(const Node& node, std::string_view what, const std::string& language,
                 Term::Kind kind, std::uint32_t category) {
    ++terms_seen_;
    const auto text = reader_.free_text(&node, fmt::format("an item of {}", what));
    if (!text) return;
    if (++loading_.terms > loading_.options.max_terms) {
      if (loading_.terms == loading_.options.max_terms + 1) {
        reader_.error(
            node, "too-many-terms",
            fmt::format("the lexicons have more than {} terms", loading_.options.max_terms));
      }
      return;
    }
    if (kind == Term::Kind::kRegex) {
      if (!check_regex(node, lexicon_.folding, loading_)) return;
    } else if (fold_term(*text, lexicon_.folding).text.empty()) {
      reader_.error(node, "empty-term",
                    text->empty() ? "an empty term, it matches nothing"
                                  : fmt::format("nothing of '{}' is left when text is compared, it "
                                                "matches nothing",
                                                *text),
                    "a term has a letter, a digit or another sign that is neither blank nor dash");
      return;
    }
    const std::uint32_t context = kind == Term::Kind::kContext ? context_ : 0;
    lexicon_.terms.push_back({*text, language, category, kind, context, node.range});
  }

  void load_tests(const Node* node) {
    const auto tests = reader_.list(node, "'tests'");
    if (!tests) return;
    for (const Node* test : *tests) load_test(*test);
  }

  void load_test(const Node& node) {
    const Fields fields = reader_.fields(&node, MapKind::kLexiconTest, "a test of a lexicon");
    if (!fields) return;
    reader_.free_text(fields.get("name"), "'name'");
    reader_.note(fields);
    LexiconTest test;
    test.range = node.range;
    test.text = reader_.free_text(reader_.require(fields, "text", "a test of a lexicon"), "'text'")
                    .value_or("");
    if (const Node* language = fields.get("language")) {
      test.language = reader_.free_text(language, "'language'").value_or("");
      if (language->is_text() && !is_language(test.language)) {
        reader_.error(*language, "unknown-language",
                      fmt::format("'{}' is not the code of a language", test.language),
                      "codes are those of ISO 639-1: zh is Chinese, en English");
      }
    }
    if (const Node* expect = fields.get("expect")) test.exactly = categories(*expect);
    if (const Node* includes = fields.get("includes")) test.includes = categories(*includes);
    if (const Node* excludes = fields.get("not")) test.excludes = categories(*excludes);
    if (fields.get("expect") == nullptr && fields.get("includes") == nullptr &&
        fields.get("not") == nullptr) {
      reader_.sink().warning(node.range, "test-without-expectations", "the test expects nothing",
                             "say what must come out with `expect: [...]`, [] for nothing");
    }
    lexicon_.tests.push_back(std::move(test));
  }

  std::vector<std::uint32_t> categories(const Node& node) {
    std::vector<std::uint32_t> found;
    for (const Node* item : reader_.list_or_one(&node, "'expect'")) {
      const auto path = reader_.free_text(item, "a category");
      if (!path) continue;
      const auto lexicon = static_cast<std::uint32_t>(loading_.rules.lexicons.size() - 1);
      std::string_view below = *path;
      const std::string prefix = lexicon_.name + "/";
      if (below.substr(0, prefix.size()) == prefix) below.remove_prefix(prefix.size());
      if (const auto category = find_category(*item, below, lexicon, loading_)) {
        found.push_back(*category);
      }
    }
    return found;
  }

  Lexicon& lexicon_;
  Loading& loading_;
  Reader& reader_;
  std::size_t errors_before_ = reader_.sink().errors();
  std::size_t terms_seen_ = 0;
  std::uint32_t context_ = 0;  // whose words are being loaded
};

}  // namespace

void load_lexicon(const RuleFile& file, Loading& loading) {
  std::vector<Lexicon>& lexicons = loading.rules.lexicons;
  const Node* name = file.root->find("lexicon");
  const auto first = loading.rules.find_lexicon(declared_name(file));
  if (first && !declared_name(file).empty()) {
    loading.reader
        .error(*name, "duplicate-lexicon",
               fmt::format("a lexicon named '{}' is already there", declared_name(file)))
        .notes.push_back(loading.sink().note(lexicons[*first].range, "it is here"));
    return;
  }
  lexicons.emplace_back();
  loading.lexicon_used.push_back(false);
  loading.category_index.emplace_back();
  LexiconLoader(lexicons.back(), loading).load(file);
  GroupNames& groups = loading.groups.emplace_back();
  for (const Category& category : lexicons.back().categories) {
    if (!category.group.empty() && groups.index.insert(category.group).second) {
      groups.names.push_back(category.group);
    }
  }
  lint_lexicon(lexicons.back(), loading);
}

}  // namespace cadre
