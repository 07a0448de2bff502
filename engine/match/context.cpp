#include "cadre/match/context.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "cadre/text/fold.hpp"
#include "cadre/text/utf8.hpp"

namespace cadre {
namespace {

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// A letter or digit of a script that puts no spaces between words.
bool stands_alone(char32_t c) {
  if (is_plain_han(c)) return true;
  constexpr std::uint32_t kLettersDigits = U_GC_L_MASK | U_GC_N_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kLettersDigits) != 0 && !joins_words(c);
}

bool ends_clause(char32_t c) {
  return c == U',' || c == U'.' || c == U';' || c == U'!' || c == U'?' || c == U'。';
}

/// Whether a mark that stands directly between two characters of words belongs to the word.
bool joins(char32_t before, char32_t mark, char32_t after) {
  switch (mark) {
    case U'\'':
    case U'\u2019':
    case U'.':
      return joins_words(after);
    case U',':
      return is_digit(before) && is_digit(after);
    default:
      return false;
  }
}

std::size_t count_below(const std::vector<std::uint32_t>& sorted, std::size_t limit) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), limit) -
                                  sorted.begin());
}

}  // namespace

ClauseMap::ClauseMap(std::string_view folded) {
  bool in_word = false;
  char32_t before = 0;
  for (std::size_t at = 0; at < folded.size();) {
    const auto begin = static_cast<std::uint32_t>(at);
    const char32_t c = next_code_point(folded, at);
    if (joins_words(c)) {
      if (!in_word) begins_.push_back(begin);
      in_word = true;
      before = c;
      continue;
    }
    if (in_word && at < folded.size()) {
      std::size_t next = at;
      if (begin > 0 && joins_words_before(folded, begin) &&
          joins(before, c, next_code_point(folded, next))) {
        continue;
      }
    }
    if (in_word) ends_.push_back(begin);
    in_word = false;
    if (ends_clause(c)) {
      marks_.push_back(begin);
    } else if (stands_alone(c)) {
      begins_.push_back(begin);
      ends_.push_back(static_cast<std::uint32_t>(at));
    }
  }
  if (in_word) ends_.push_back(static_cast<std::uint32_t>(folded.size()));
}

std::size_t ClauseMap::units(std::size_t begin, std::size_t end) const {
  const std::size_t first = count_below(begins_, begin);
  const std::size_t after = count_below(ends_, end + 1);
  return after > first ? after - first : 0;
}

bool ClauseMap::clause_ends(std::size_t begin, std::size_t end) const {
  return count_below(marks_, begin) < count_below(marks_, end);
}

// ---------------------------------------------------------------------------------------------

ContextWords::ContextWords(std::vector<PlacedWord> words)
    : by_begin_(std::move(words)), by_end_(by_begin_) {
  // The one to prefer stands first among those that begin together, last among those that end
  // together.
  std::sort(by_begin_.begin(), by_begin_.end(), [](const PlacedWord& a, const PlacedWord& b) {
    return std::tie(a.begin, b.end, a.word) < std::tie(b.begin, a.end, b.word);
  });
  std::sort(by_end_.begin(), by_end_.end(), [](const PlacedWord& a, const PlacedWord& b) {
    return std::tie(a.end, b.begin, b.word) < std::tie(b.end, a.begin, a.word);
  });
}

const PlacedWord* ContextWords::before(std::uint32_t begin) const {
  const auto after = std::upper_bound(
      by_end_.begin(), by_end_.end(), begin,
      [](std::uint32_t offset, const PlacedWord& word) { return offset < word.end; });
  return after == by_end_.begin() ? nullptr : &*std::prev(after);
}

const PlacedWord* ContextWords::after(std::uint32_t end) const {
  const auto first = std::lower_bound(
      by_begin_.begin(), by_begin_.end(), end,
      [](const PlacedWord& word, std::uint32_t offset) { return word.begin < offset; });
  return first == by_begin_.end() ? nullptr : &*first;
}

const Match* ContextWords::nearest(const ContextWindow& window, std::uint32_t begin,
                                   std::uint32_t end, const ClauseMap& clauses) const {
  // A word that is farther away has at least as much between, and at least as many clauses: the
  // nearest one on a side decides for all.
  const auto distance = [&](const PlacedWord* word) -> std::optional<std::size_t> {
    if (word == nullptr) return std::nullopt;
    const auto [from, to] =
        word->end <= begin ? std::pair(word->end, begin) : std::pair(end, word->begin);
    const std::size_t units = clauses.units(from, to);
    if (window.within && units > *window.within) return std::nullopt;
    if (clauses.clause_ends(from, to)) return std::nullopt;
    return units;
  };
  using Side = ContextWindow::Side;
  const PlacedWord* left = window.side == Side::kAfter ? nullptr : before(begin);
  const PlacedWord* right = window.side == Side::kBefore ? nullptr : after(end);
  const auto to_left = distance(left);
  const auto to_right = distance(right);
  if (to_left && (!to_right || *to_left <= *to_right)) return &left->word;
  return to_right ? &right->word : nullptr;
}

// ---------------------------------------------------------------------------------------------

namespace {

/// Begin and end of a match in the folded text.
using PlaceOf = std::function<std::pair<std::uint32_t, std::uint32_t>(const Match& match)>;

/// Decides on the matches of one text.
class ContextFilter {
 public:
  ContextFilter(std::span<const LexiconShape> lexicons, std::string_view folded,
                const PlaceOf& place, std::span<const ContextWord> words,
                std::vector<ContextReason>* reasons)
      : lexicons_(lexicons), folded_(folded), place_(place), reasons_(reasons) {
    std::map<Key, std::vector<PlacedWord>> found;
    for (const auto& [context, word] : words) {
      const auto [begin, end] = place(word);
      found[{word.lexicon, context}].push_back({begin, end, word});
    }
    for (auto& [key, list] : found) words_.emplace(key, ContextWords(std::move(list)));
  }

  bool counts(const Match& match) {
    const LexiconShape& shape = lexicons_[match.lexicon];
    if (shape.contexts_of.empty()) return true;
    const std::size_t first_reason = reasons_ == nullptr ? 0 : reasons_->size();
    for (const std::uint32_t context : shape.contexts_of[match.category]) {
      const ContextWindow& window = shape.windows[context];
      const Match* word = find(match, context, window);
      const bool holds = (word != nullptr) == window.near;
      if (reasons_ != nullptr) {
        if (!holds) reasons_->resize(first_reason);
        reasons_->push_back({match, context, holds, word != nullptr, word ? *word : Match()});
      }
      if (!holds) return false;
    }
    return true;
  }

 private:
  using Key = std::pair<std::uint32_t, std::uint32_t>;  // lexicon and context

  const Match* find(const Match& match, std::uint32_t context, const ContextWindow& window) {
    const auto words = words_.find({match.lexicon, context});
    if (words == words_.end()) return nullptr;
    if (!clauses_) clauses_.emplace(folded_);
    const auto [begin, end] = place_(match);
    return words->second.nearest(window, begin, end, *clauses_);
  }

  std::span<const LexiconShape> lexicons_;
  std::string_view folded_;
  const PlaceOf& place_;
  std::map<Key, ContextWords> words_;
  std::optional<ClauseMap> clauses_;  // once somebody asks
  std::vector<ContextReason>* reasons_;
};

bool any_in_context(std::span<const LexiconShape> lexicons, std::span<const Match> matches) {
  return std::any_of(matches.begin(), matches.end(), [&](const Match& match) {
    return !lexicons[match.lexicon].contexts_of.empty();
  });
}

}  // namespace

void keep_in_context(std::span<const LexiconShape> lexicons, std::string_view folded,
                     std::vector<Match>& matches, std::span<const ContextWord> words,
                     std::vector<ContextReason>* reasons) {
  if (!any_in_context(lexicons, matches)) return;
  const PlaceOf place = [](const Match& match) { return std::pair(match.begin, match.end); };
  ContextFilter filter(lexicons, folded, place, words, reasons);
  std::erase_if(matches, [&](const Match& match) { return !filter.counts(match); });
}

void keep_in_context_of_source(std::span<const LexiconShape> lexicons, std::string_view source,
                               std::vector<Match>& matches, std::span<const ContextWord> words,
                               std::vector<ContextReason>* reasons) {
  if (!any_in_context(lexicons, matches)) return;
  const FoldedText folded(source);
  const PlaceOf place = [&](const Match& match) {
    return std::pair(static_cast<std::uint32_t>(folded.folded_offset(match.begin)),
                     static_cast<std::uint32_t>(folded.folded_offset(match.end)));
  };
  ContextFilter filter(lexicons, folded.text(), place, words, reasons);
  std::erase_if(matches, [&](const Match& match) { return !filter.counts(match); });
}

}  // namespace cadre
