#include "cadre/import/layout_matcher.hpp"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <utility>

namespace cadre {
namespace {

re2::RE2::Options quiet() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return options;
}

struct Pattern {
  explicit Pattern(const LayoutPattern& of)
      : layout(&of), regex(std::make_unique<re2::RE2>(of.regex, quiet())) {
    for (const auto& [group, number] : regex->NamedCapturingGroups()) {
      names.emplace_back(group, number);
    }
  }

  std::optional<LayoutMatch> match(std::string_view text, bool anchored) const {
    std::vector<re2::StringPiece> found(1 +
                                        static_cast<std::size_t>(regex->NumberOfCapturingGroups()));
    const re2::StringPiece piece(text.data(), text.size());
    if (!regex->Match(piece, 0, text.size(),
                      anchored ? re2::RE2::ANCHOR_START : re2::RE2::UNANCHORED, found.data(),
                      static_cast<int>(found.size()))) {
      return std::nullopt;
    }
    LayoutMatch out;
    out.pattern = layout;
    out.begin = static_cast<std::size_t>(found[0].data() - text.data());
    out.end = out.begin + found[0].size();
    for (const auto& [group, number] : names) {
      const re2::StringPiece& one = found[static_cast<std::size_t>(number)];
      if (one.data() != nullptr) out.groups[group] = std::string_view(one.data(), one.size());
    }
    return out;
  }

  const LayoutPattern* layout;
  std::unique_ptr<re2::RE2> regex;
  std::vector<std::pair<std::string, int>> names;
};

/// All patterns of a list at once: one pass over a text says which are found in it, so that only
/// those are asked where.
class PatternSet {
 public:
  PatternSet(const std::vector<Pattern>& patterns, re2::RE2::Anchor anchor) {
    re2::RE2::Options options = quiet();
    constexpr std::int64_t kMemory = std::int64_t{64} << 20;
    options.set_max_mem(kMemory);
    set_ = std::make_unique<re2::RE2::Set>(options, anchor);
    for (const Pattern& one : patterns) set_->Add(one.layout->regex, nullptr);
    if (!set_->Compile()) set_.reset();
  }

  /// The numbers of the patterns that are found, in order; nothing where the pass needs too much
  /// memory, and each pattern is to be tried by itself.
  std::optional<std::vector<int>> found(std::string_view text) const {
    if (set_ == nullptr) return std::nullopt;
    std::vector<int> numbers;
    re2::RE2::Set::ErrorInfo error{};
    const bool any = set_->Match(re2::StringPiece(text.data(), text.size()), &numbers, &error);
    if (!any && error.kind != re2::RE2::Set::kNoError) return std::nullopt;
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  }

 private:
  std::unique_ptr<re2::RE2::Set> set_;
};

struct PatternList {
  std::vector<Pattern> patterns;
  std::optional<PatternSet> anywhere;
  std::optional<PatternSet> at_the_start;

  void prepare() {
    anywhere.emplace(patterns, re2::RE2::UNANCHORED);
    at_the_start.emplace(patterns, re2::RE2::ANCHOR_START);
  }

  /// Calls `take` with the patterns that may match, in order, until it returns true.
  template <typename Take>
  void for_each(std::string_view text, bool anchored, const Take& take) const {
    const auto found = (anchored ? at_the_start : anywhere)->found(text);
    if (found) {
      for (const int number : *found) {
        if (take(patterns[static_cast<std::size_t>(number)])) return;
      }
      return;
    }
    for (const Pattern& one : patterns) {
      if (take(one)) return;
    }
  }
};

LayoutMatcher::Pieces pieces_between(const re2::RE2* regex, std::string_view text) {
  LayoutMatcher::Pieces pieces;
  std::size_t begin = 0;
  if (regex != nullptr) {
    const re2::StringPiece piece(text.data(), text.size());
    std::array<re2::StringPiece, 2> found;  // the whole, and the first group
    const int groups = regex->NumberOfCapturingGroups() > 0 ? 2 : 1;
    std::size_t at = 0;
    while (at < text.size() &&
           regex->Match(piece, at, text.size(), re2::RE2::UNANCHORED, found.data(), groups)) {
      const auto where = static_cast<std::size_t>(found[0].data() - text.data());
      if (found[0].empty()) break;
      pieces.emplace_back(begin, where);
      at = where + found[0].size();
      begin =
          found[1].data() == nullptr ? at : static_cast<std::size_t>(found[1].data() - text.data());
    }
  }
  pieces.emplace_back(begin, text.size());
  return pieces;
}

std::unique_ptr<re2::RE2> compile(const std::string& regex) {
  return regex.empty() ? nullptr : std::make_unique<re2::RE2>(regex, quiet());
}

}  // namespace

struct LayoutMatcher::Compiled {
  std::unique_ptr<re2::RE2> lines;
  std::unique_ptr<re2::RE2> labels;
  std::unique_ptr<re2::RE2> clauses;
  std::unique_ptr<re2::RE2> items;
  std::array<PatternList, kLayoutParts> parts;

  const PatternList& of(LayoutPart part) const { return parts[static_cast<std::size_t>(part)]; }
};

LayoutMatcher::LayoutMatcher(const Layout& layout)
    : layout_(layout), compiled_(std::make_unique<Compiled>()) {
  compiled_->lines = compile(layout.lines);
  compiled_->labels = compile(layout.labels);
  compiled_->clauses = compile(layout.clauses);
  compiled_->items = compile(layout.items);
  for (std::size_t i = 0; i < kLayoutParts; ++i) {
    for (const LayoutPattern& pattern : layout.parts[i]) {
      compiled_->parts[i].patterns.emplace_back(pattern);
    }
    compiled_->parts[i].prepare();
  }
}

LayoutMatcher::~LayoutMatcher() = default;
LayoutMatcher::LayoutMatcher(LayoutMatcher&&) noexcept = default;

bool LayoutMatcher::reads(std::string_view line) const {
  return compiled_->lines != nullptr &&
         re2::RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), *compiled_->lines);
}

bool LayoutMatcher::labels(std::string_view line) const {
  return compiled_->labels != nullptr &&
         re2::RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), *compiled_->labels);
}

std::optional<LayoutMatch> LayoutMatcher::first(LayoutPart part, std::string_view text,
                                                std::size_t from, bool anchored) const {
  std::optional<LayoutMatch> match;
  const std::string_view rest = text.substr(from);
  compiled_->of(part).for_each(rest, anchored, [&](const Pattern& pattern) {
    match = pattern.match(rest, anchored);
    return match.has_value();
  });
  if (match) {
    match->begin += from;
    match->end += from;
  }
  return match;
}

std::vector<LayoutMatch> LayoutMatcher::all(LayoutPart part, std::string_view text) const {
  std::vector<LayoutMatch> matches;
  compiled_->of(part).for_each(text, false, [&](const Pattern& pattern) {
    if (auto match = pattern.match(text, false)) matches.push_back(std::move(*match));
    return false;
  });
  return matches;
}

std::optional<LayoutMatch> LayoutMatcher::leftmost(LayoutPart part, std::string_view text) const {
  std::optional<LayoutMatch> best;
  compiled_->of(part).for_each(text, false, [&](const Pattern& pattern) {
    auto match = pattern.match(text, false);
    if (match && (!best || match->begin < best->begin)) best = std::move(match);
    return false;
  });
  return best;
}

LayoutMatcher::Pieces LayoutMatcher::clauses(std::string_view text) const {
  return pieces_between(compiled_->clauses.get(), text);
}

LayoutMatcher::Pieces LayoutMatcher::items(std::string_view text) const {
  return pieces_between(compiled_->items.get(), text);
}

}  // namespace cadre
