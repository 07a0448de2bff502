#include "cadre/classify/edit.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>

#include "cadre/classify/fingerprint.hpp"
#include "cadre/text/term.hpp"

namespace cadre {
namespace {

/// Numbers from here on stand for parts of the second rule set that the first does not have.
constexpr std::uint32_t kNew = 1U << 31;

using TermKey = std::tuple<std::uint32_t, Term::Kind, std::string, std::string>;

TermKey key(const Term& term) {
  return {term.category, term.kind, term.language, term.text};
}

/// The terms of which one lexicon has more than the other.
std::set<TermKey> different_terms(const Lexicon& before, const Lexicon& after) {
  std::map<TermKey, int> more;
  for (const Term& term : before.terms) --more[key(term)];
  for (const Term& term : after.terms) ++more[key(term)];
  std::set<TermKey> different;
  for (const auto& [term, count] : more) {
    if (count != 0) different.insert(term);
  }
  return different;
}

/// A lexicon without those terms.
Lexicon without(Lexicon lexicon, const std::set<TermKey>& terms) {
  std::erase_if(lexicon.terms, [&](const Term& term) { return terms.contains(key(term)); });
  return lexicon;
}

/// All that makes a lexicon what it is, but its groups and those terms.
std::string describe_rest(const Lexicon& lexicon, const std::set<TermKey>& terms) {
  return lexicon.name + '\0' + describe_matching(without(lexicon, terms));
}

PartNumbers numbers_of(const Rules& rules) {
  PartNumbers parts;
  for (std::uint32_t i = 0; i < rules.lexicons.size(); ++i) {
    parts.matching.push_back(i);
    parts.groups.push_back(i);
  }
  for (std::uint32_t i = 0; i < rules.labels.size(); ++i) parts.labels.push_back(i);
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
  const PartNumbers parts_before = numbers_of(before);
  PartNumbers parts_after = numbers_of(after);
  std::set<std::string> words;
  std::vector<bool> looked_for(after.lexicons.size());  // by lexicon: whether it has such words
  for (std::uint32_t i = 0; i < after.lexicons.size(); ++i) {
    const Lexicon& lexicon = after.lexicons[i];
    // Labels name lexicons by number, so that only the one of the same number can be the same.
    const Lexicon* old = i < before.lexicons.size() ? &before.lexicons[i] : nullptr;
    const std::set<TermKey> terms = old ? different_terms(*old, lexicon) : std::set<TermKey>();
    const bool same = old && describe_rest(*old, terms) == describe_rest(lexicon, terms);
    if (!same) parts_after.matching[i] |= kNew;
    if (!same || describe_groups(*old) != describe_groups(lexicon)) parts_after.groups[i] |= kNew;
    for (const auto& [category, kind, language, text] : terms) {
      if (kind == Term::Kind::kRegex) {
        parts_after.matching[i] |= kNew;
        continue;
      }
      std::string word = fold_term(text).text;
      if (word.empty()) continue;
      words.insert(std::move(word));
      looked_for[i] = true;
    }
  }
  // Numbers that are the same as before only where neither rules nor words differ.
  PartNumbers parts_found = parts_after;
  for (std::uint32_t i = 0; i < after.lexicons.size(); ++i) {
    if (looked_for[i]) parts_found.matching[i] |= kNew;
  }
  labels_.resize(after.labels.size());
  for (const std::uint32_t label : after.evaluation_order) {
    const auto old = before.find_label(after.labels[label].name);
    const std::string was = old ? describe(before.labels[*old], parts_before) : std::string();
    const auto same = [&](const PartNumbers& parts) {
      return old && was == describe(after.labels[label], parts);
    };
    const bool same_rules = same(parts_after);
    parts_after.labels[label] = same_rules ? *old : kNew + label;
    if (!same_rules) touches_anybody_ = true;
    labels_[label] = !same(parts_found);
    parts_found.labels[label] = labels_[label] ? kNew + label : *old;
  }
  if (!same_columns(before, after)) touches_anybody_ = true;
  if (!touches_anybody_) words_.assign(words.begin(), words.end());
}

}  // namespace cadre
