// Lexicons written down in a test, without rule files.
#pragma once

#include <string>
#include <string_view>

#include "cadre/rules/model.hpp"

namespace cadre::testing {

/// Makes a lexicon step by step. A category is named by its path below the lexicon, and comes to be
/// when it is first named; those above it come with it. "" is the root. Categories must be named in
/// the order of the tree.
class LexiconBuilder {
 public:
  explicit LexiconBuilder(std::string name);

  LexiconBuilder& overlap_all();
  LexiconBuilder& keep_blanks();
  LexiconBuilder& keep_accents();
  LexiconBuilder& english_plurals();
  LexiconBuilder& term(std::string_view path, std::string text, std::string language = "");
  LexiconBuilder& regex(std::string_view path, std::string text, std::string language = "");
  LexiconBuilder& except(std::string_view path, std::string text, std::string language = "");

  /// A near or not_near of a category; context_word adds its words.
  LexiconBuilder& context(std::string_view path, ContextWindow window);
  /// A word for the context that was added last.
  LexiconBuilder& context_word(std::string text, std::string language = "");

  /// Adds the category without any term.
  LexiconBuilder& category(std::string_view path);

  Lexicon build() const;

 private:
  std::uint32_t find_or_add(std::string_view path);
  LexiconBuilder& add(Term::Kind kind, std::string_view path, std::string text,
                      std::string language);

  Lexicon lexicon_;
};

}  // namespace cadre::testing
