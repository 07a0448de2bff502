#include "tests/match/lexicon_builder.hpp"

#include <algorithm>
#include <utility>

namespace cadre::testing {

LexiconBuilder::LexiconBuilder(std::string name) {
  lexicon_.name = std::move(name);
  lexicon_.categories.emplace_back().name = lexicon_.name;
}

LexiconBuilder& LexiconBuilder::overlap_all() {
  lexicon_.overlap = Lexicon::Overlap::kAll;
  return *this;
}

LexiconBuilder& LexiconBuilder::keep_blanks() {
  lexicon_.folding.blanks = Blanks::kKept;
  return *this;
}

LexiconBuilder& LexiconBuilder::english_plurals() {
  lexicon_.plurals = Plurals::kEnglish;
  return *this;
}

LexiconBuilder& LexiconBuilder::keep_accents() {
  lexicon_.folding.accents = Accents::kKept;
  return *this;
}

LexiconBuilder& LexiconBuilder::term(std::string_view path, std::string text,
                                     std::string language) {
  return add(Term::Kind::kLiteral, path, std::move(text), std::move(language));
}

LexiconBuilder& LexiconBuilder::regex(std::string_view path, std::string text,
                                      std::string language) {
  return add(Term::Kind::kRegex, path, std::move(text), std::move(language));
}

LexiconBuilder& LexiconBuilder::except(std::string_view path, std::string text,
                                       std::string language) {
  return add(Term::Kind::kExcept, path, std::move(text), std::move(language));
}

LexiconBuilder& LexiconBuilder::context(std::string_view path, ContextWindow window) {
  lexicon_.contexts.push_back({find_or_add(path), window, {}});
  return *this;
}

LexiconBuilder& LexiconBuilder::context_word(std::string text, std::string language) {
  const Context& context = lexicon_.contexts.back();
  add(Term::Kind::kContext, lexicon_.categories[context.category].path, std::move(text),
      std::move(language));
  lexicon_.terms.back().context = static_cast<std::uint32_t>(lexicon_.contexts.size() - 1);
  return *this;
}

LexiconBuilder& LexiconBuilder::category(std::string_view path) {
  find_or_add(path);
  return *this;
}

LexiconBuilder& LexiconBuilder::add(Term::Kind kind, std::string_view path, std::string text,
                                    std::string language) {
  Term term;
  term.text = std::move(text);
  term.language = std::move(language);
  term.category = find_or_add(path);
  term.kind = kind;
  lexicon_.terms.push_back(std::move(term));
  return *this;
}

std::uint32_t LexiconBuilder::find_or_add(std::string_view path) {
  auto& categories = lexicon_.categories;
  for (std::uint32_t i = 0; i < categories.size(); ++i) {
    if (categories[i].path == path) return i;
  }
  const std::size_t slash = path.rfind('/');
  Category category;
  category.parent = slash == std::string_view::npos ? 0 : find_or_add(path.substr(0, slash));
  category.name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
  category.path = path;
  categories.push_back(std::move(category));
  return static_cast<std::uint32_t>(categories.size() - 1);
}

Lexicon LexiconBuilder::build() const {
  Lexicon lexicon = lexicon_;
  auto& categories = lexicon.categories;
  for (std::size_t i = categories.size(); i-- > 0;) {
    Category& category = categories[i];
    category.subtree_end = std::max(category.subtree_end, static_cast<std::uint32_t>(i + 1));
    Category& parent = categories[category.parent];
    parent.subtree_end = std::max(parent.subtree_end, category.subtree_end);
  }
  return lexicon;
}

}  // namespace cadre::testing
