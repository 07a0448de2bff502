#include "cadre/match/overlap.hpp"

#include <algorithm>
#include <tuple>

namespace cadre {
namespace {

/// The matches of `except` terms, ready to be asked what they cover.
class Excepts {
 public:
  explicit Excepts(std::vector<Match>& matches) : matches_(matches) {
    std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
      return std::tie(a.lexicon, a.category, a.begin) < std::tie(b.lexicon, b.category, b.begin);
    });
    // What begins earlier covers what a later one covers: each gets the farthest end so far.
    for (std::size_t i = 1; i < matches.size(); ++i) {
      Match& match = matches[i];
      const Match& last = matches[i - 1];
      if (same_category(match, last)) match.end = std::max(match.end, last.end);
    }
  }

  /// Whether an except of exactly this category covers [begin, end).
  bool cover(const Match& match, std::uint32_t category) const {
    const auto wanted = std::tie(match.lexicon, category, match.begin);
    auto after = std::upper_bound(
        matches_.begin(), matches_.end(), wanted, [](const auto& key, const Match& except) {
          return key < std::tie(except.lexicon, except.category, except.begin);
        });
    if (after == matches_.begin()) return false;
    const Match& last = *--after;
    return last.lexicon == match.lexicon && last.category == category && last.end >= match.end;
  }

 private:
  static bool same_category(const Match& a, const Match& b) {
    return a.lexicon == b.lexicon && a.category == b.category;
  }

  const std::vector<Match>& matches_;
};

bool is_excepted(const Match& match, const Excepts& excepts,
                 const std::vector<std::uint32_t>& parents) {
  for (std::uint32_t category = match.category;; category = parents[category]) {
    if (excepts.cover(match, category)) return true;
    if (category == 0) return false;
  }
}

/// Removes matches strictly inside others. In order of begin, the longer first, a match can only
/// lie inside an earlier one, and does if any of those (of another span) ends where it ends or
/// later.
void remove_inner(std::span<const LexiconShape> lexicons, std::vector<Match>& matches) {
  std::uint32_t lexicon = 0;
  std::uint32_t begin = 0, end = 0;  // the last span seen
  std::uint32_t farthest = 0;        // end of the spans before that one
  std::erase_if(matches, [&](const Match& match) {
    if (match.lexicon != lexicon) {
      lexicon = match.lexicon;
      begin = end = farthest = 0;
    }
    if (match.begin != begin || match.end != end) {
      farthest = std::max(farthest, end);
      begin = match.begin;
      end = match.end;
    }
    return lexicons[lexicon].longest_wins && farthest >= match.end;
  });
}

}  // namespace

LexiconShape shape_of(const Lexicon& lexicon) {
  LexiconShape shape;
  shape.longest_wins = lexicon.overlap == Lexicon::Overlap::kLongest;
  for (const Category& category : lexicon.categories) shape.parents.push_back(category.parent);
  std::vector<std::optional<std::uint32_t>> contexts;
  for (const Context& context : lexicon.contexts) {
    shape.windows.push_back(context.window);
    contexts.emplace_back(context.category);
  }
  set_contexts(shape, contexts);
  return shape;
}

void set_contexts(LexiconShape& shape, std::span<const std::optional<std::uint32_t>> contexts) {
  shape.contexts_of.clear();
  const bool any = std::any_of(contexts.begin(), contexts.end(),
                               [](const auto& category) { return category.has_value(); });
  if (!any) return;
  shape.contexts_of.resize(shape.parents.size());
  for (std::uint32_t i = 0; i < contexts.size(); ++i) {
    if (contexts[i]) shape.contexts_of[*contexts[i]].push_back(i);
  }
  // A category comes after the one above it. Its own contexts come first.
  for (std::size_t i = 1; i < shape.parents.size(); ++i) {
    const std::vector<std::uint32_t>& above = shape.contexts_of[shape.parents[i]];
    std::vector<std::uint32_t>& own = shape.contexts_of[i];
    own.insert(own.end(), above.begin(), above.end());
  }
}

void resolve_overlaps(std::span<const LexiconShape> lexicons, std::vector<Match>& matches,
                      std::vector<Match>& excepts) {
  if (!excepts.empty()) {
    const Excepts covering(excepts);
    std::erase_if(matches, [&](const Match& match) {
      return is_excepted(match, covering, lexicons[match.lexicon].parents);
    });
  }
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return std::tie(a.lexicon, a.begin, b.end, a.term) <
           std::tie(b.lexicon, b.begin, a.end, b.term);
  });
  remove_inner(lexicons, matches);
}

}  // namespace cadre
