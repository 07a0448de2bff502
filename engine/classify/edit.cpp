#include "cadre/classify/edit.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "cadre/classify/fingerprint.hpp"
#include "cadre/text/fold.hpp"
#include "cadre/text/term.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

/// Numbers from here on stand for parts of one rule set that the other does not have.
constexpr std::uint32_t kOld = 1U << 30;
constexpr std::uint32_t kNew = 1U << 31;

/// Numbers for the categories of a lexicon on either side: those that both have are counted from 0,
/// in their order on the first.
struct CategoryNumbers {
  std::vector<std::uint32_t> before;
  std::vector<std::uint32_t> after;

  CategoryNumbers(const Lexicon& old, const Lexicon& now) {
    std::map<std::string_view, std::uint32_t> common;
    for (const Category& category : now.categories) common.emplace(category.path, kNew);
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < old.categories.size(); ++i) {
      const auto also_now = common.find(old.categories[i].path);
      before.push_back(also_now == common.end() ? kOld + i : count);
      if (also_now != common.end()) also_now->second = count++;
    }
    for (std::uint32_t i = 0; i < now.categories.size(); ++i) {
      const std::uint32_t number = common.at(now.categories[i].path);
      after.push_back(number == kNew ? kNew + i : number);
    }
  }
};

/// By category, kind, language, text, and for a context word the number of its near or not_near
/// among those of the category.
using TermKey = std::tuple<std::uint32_t, Term::Kind, std::string, std::string, std::uint32_t>;

/// Of each near and not_near of a lexicon: how many its category has before it.
std::vector<std::uint32_t> numbers_in_category(const Lexicon& lexicon) {
  std::vector<std::uint32_t> counts(lexicon.categories.size());
  std::vector<std::uint32_t> numbers;
  for (const Context& context : lexicon.contexts) numbers.push_back(counts[context.category]++);
  return numbers;
}

/// The keys of a lexicon's terms.
class TermKeys {
 public:
  TermKeys(const Lexicon& lexicon, const std::vector<std::uint32_t>& categories)
      : categories_(categories), contexts_(numbers_in_category(lexicon)) {}

  TermKey key(const Term& term) const {
    const bool of_context = term.kind == Term::Kind::kContext;
    return {categories_[term.category], term.kind, term.language, term.text,
            of_context ? contexts_[term.context] : 0};
  }

 private:
  const std::vector<std::uint32_t>& categories_;
  std::vector<std::uint32_t> contexts_;
};

/// The terms of which one lexicon has more than the other, with the numbers of their categories.
std::set<TermKey> different_terms(const Lexicon& before, const Lexicon& after,
                                  const CategoryNumbers& categories) {
  std::map<TermKey, int> more;
  const TermKeys keys_before(before, categories.before);
  const TermKeys keys_after(after, categories.after);
  for (const Term& term : before.terms) --more[keys_before.key(term)];
  for (const Term& term : after.terms) ++more[keys_after.key(term)];
  std::set<TermKey> different;
  for (const auto& [term, count] : more) {
    if (count != 0) different.insert(term);
  }
  return different;
}

/// A lexicon without those terms, and without the categories that only it has.
Lexicon rest_of(const Lexicon& lexicon, const std::vector<std::uint32_t>& categories,
                const std::set<TermKey>& terms) {
  Lexicon rest;
  rest.name = lexicon.name;
  rest.overlap = lexicon.overlap;
  rest.folding = lexicon.folding;
  rest.plurals = lexicon.plurals;
  std::vector<std::uint32_t> before = {0};  // of each category, and the end: common ones before it
  for (const std::uint32_t number : categories) before.push_back(before.back() + (number < kOld));
  for (std::size_t i = 0; i < categories.size(); ++i) {
    if (categories[i] >= kOld) continue;
    Category& category = rest.categories.emplace_back(lexicon.categories[i]);
    category.parent = before[category.parent];
    category.subtree_end = before[category.subtree_end];
  }
  std::vector<std::uint32_t> contexts;  // of each near and not_near: its number in the rest
  for (const Context& context : lexicon.contexts) {
    contexts.push_back(static_cast<std::uint32_t>(rest.contexts.size()));
    if (categories[context.category] >= kOld) continue;
    rest.contexts.push_back(context);
    rest.contexts.back().category = categories[context.category];
  }
  const TermKeys keys(lexicon, categories);
  for (const Term& term : lexicon.terms) {
    if (terms.contains(keys.key(term))) continue;
    Term& kept = rest.terms.emplace_back(term);
    kept.category = categories[term.category];
    if (term.kind == Term::Kind::kContext) kept.context = contexts[term.context];
  }
  return rest;
}

/// The longest part of a word that has no space between Han characters: a text in which these are
/// dropped holds it wherever one in which they are kept holds the word.
std::string without_blanks(std::string_view word) {
  std::string_view longest;
  std::size_t begin = 0;
  bool after_han = false;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t here = at;
    const char32_t c = next_code_point(word, at);
    std::size_t after = at;
    const bool cut =
        c == ' ' && after_han && after < word.size() && is_han(next_code_point(word, after));
    const std::size_t end = cut ? here : at;
    if (end - begin > longest.size()) longest = word.substr(begin, end - begin);
    if (cut) begin = at;
    after_han = is_han(c);
  }
  return std::string(longest);
}

/// One of these is in every text that a term matches, when the text is folded with nothing kept.
std::vector<std::string> words_of(const std::string& term, const std::string& language,
                                  const Lexicon& lexicon) {
  const Folding& folding = lexicon.folding;
  FoldedTerm folded = fold_term(term, folding, lexicon.plurals_in(language));
  if (folded.text.empty()) return {};
  std::vector<std::string> words = std::move(folded.also);
  words.push_back(std::move(folded.text));
  for (std::string& word : words) {
    if (folding.blanks == Blanks::kKept) word = without_blanks(word);
    if (folding.accents == Accents::kKept) word = fold(word, {Blanks::kKept, Accents::kFolded});
  }
  return words;
}

std::string describe_rest(const Lexicon& rest) {
  return rest.name + '\0' + describe_matching(rest);
}

PartKeys numbers_of(const Rules& rules) {
  PartKeys parts;
  for (std::uint32_t i = 0; i < rules.lexicons.size(); ++i) {
    parts.matching.push_back({0, i});
    parts.groups.push_back({0, i});
  }
  for (std::uint32_t i = 0; i < rules.labels.size(); ++i) parts.labels.push_back({0, i});
  parts.categories.resize(rules.lexicons.size());
  return parts;
}

bool same_columns(const Rules& before, const Rules& after) {
  const auto same = [](const DeclaredColumn& a, const DeclaredColumn& b) {
    return a.table == b.table && a.name == b.name && a.order == b.order;
  };
  return std::equal(before.columns.begin(), before.columns.end(), after.columns.begin(),
                    after.columns.end(), same);
}

}  // namespace

Edit::Edit(const Rules& before, const Rules& after) {
  PartKeys parts_before = numbers_of(before);
  PartKeys parts_after = numbers_of(after);
  std::set<std::string> words;
  std::vector<bool> looked_for(after.lexicons.size());  // by lexicon: whether it has such words
  for (std::uint32_t i = 0; i < after.lexicons.size(); ++i) {
    // Labels name lexicons by number, so that only the one of the same number can be the same.
    if (i >= before.lexicons.size()) {
      parts_after.matching[i].low |= kNew;
      parts_after.groups[i].low |= kNew;
      continue;
    }
    const CategoryNumbers categories(before.lexicons[i], after.lexicons[i]);
    const std::set<TermKey> terms =
        different_terms(before.lexicons[i], after.lexicons[i], categories);
    const Lexicon old = rest_of(before.lexicons[i], categories.before, terms);
    const Lexicon now = rest_of(after.lexicons[i], categories.after, terms);
    const bool same = describe_rest(old) == describe_rest(now);
    if (!same) parts_after.matching[i].low |= kNew;
    if (!same || describe_groups(old) != describe_groups(now)) parts_after.groups[i].low |= kNew;
    parts_before.categories[i] = categories.before;
    parts_after.categories[i] = categories.after;
    for (const auto& [category, kind, language, text, context] : terms) {
      if (kind == Term::Kind::kRegex) {
        parts_after.matching[i].low |= kNew;
        continue;
      }
      for (std::string& word : words_of(text, language, after.lexicons[i])) {
        words.insert(std::move(word));
        looked_for[i] = true;
      }
    }
  }
  // Numbers that are the same as before only where neither rules nor words differ.
  PartKeys parts_found = parts_after;
  for (std::uint32_t i = 0; i < after.lexicons.size(); ++i) {
    if (looked_for[i]) parts_found.matching[i].low |= kNew;
  }
  labels_.resize(after.labels.size());
  for (const std::uint32_t label : after.evaluation_order) {
    const auto old = before.find_label(after.labels[label].name);
    const std::string was = old ? describe(before.labels[*old], parts_before) : std::string();
    const auto same = [&](const PartKeys& parts) {
      return old && was == describe(after.labels[label], parts);
    };
    const bool same_rules = same(parts_after);
    parts_after.labels[label] = {0, same_rules ? *old : kNew + label};
    if (!same_rules) touches_anybody_ = true;
    labels_[label] = !same(parts_found);
    parts_found.labels[label] = {0, labels_[label] ? kNew + label : *old};
  }
  if (!same_columns(before, after)) {
    touches_anybody_ = true;
    labels_.assign(labels_.size(), true);
  }
  if (!touches_anybody_) words_.assign(words.begin(), words.end());
}

}  // namespace cadre
