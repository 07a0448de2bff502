#include "cadre/import/layout_matcher.hpp"

#include <re2/re2.h>

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

  std::optional<LayoutMatch> match(std::string_view text, std::size_t from, bool anchored) const {
    std::vector<re2::StringPiece> found(1 +
                                        static_cast<std::size_t>(regex->NumberOfCapturingGroups()));
    const re2::StringPiece piece(text.data(), text.size());
    if (!regex->Match(piece, from, text.size(),
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

LayoutMatcher::Pieces pieces_between(const re2::RE2* regex, std::string_view text) {
  LayoutMatcher::Pieces pieces;
  std::size_t begin = 0;
  if (regex != nullptr) {
    const re2::StringPiece piece(text.data(), text.size());
    re2::StringPiece found;
    std::size_t at = 0;
    while (at < text.size() &&
           regex->Match(piece, at, text.size(), re2::RE2::UNANCHORED, &found, 1)) {
      const auto where = static_cast<std::size_t>(found.data() - text.data());
      if (found.empty()) break;
      pieces.emplace_back(begin, where);
      begin = at = where + found.size();
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
  std::unique_ptr<re2::RE2> clauses;
  std::unique_ptr<re2::RE2> items;
  std::array<std::vector<Pattern>, kLayoutParts> parts;

  const std::vector<Pattern>& of(LayoutPart part) const {
    return parts[static_cast<std::size_t>(part)];
  }
};

LayoutMatcher::LayoutMatcher(const Layout& layout)
    : layout_(layout), compiled_(std::make_unique<Compiled>()) {
  compiled_->lines = compile(layout.lines);
  compiled_->clauses = compile(layout.clauses);
  compiled_->items = compile(layout.items);
  for (std::size_t i = 0; i < kLayoutParts; ++i) {
    for (const LayoutPattern& pattern : layout.parts[i]) {
      compiled_->parts[i].emplace_back(pattern);
    }
  }
}

LayoutMatcher::~LayoutMatcher() = default;
LayoutMatcher::LayoutMatcher(LayoutMatcher&&) noexcept = default;

bool LayoutMatcher::reads(std::string_view line) const {
  return compiled_->lines != nullptr &&
         re2::RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), *compiled_->lines);
}

std::optional<LayoutMatch> LayoutMatcher::first(LayoutPart part, std::string_view text,
                                                std::size_t from, bool anchored) const {
  for (const Pattern& pattern : compiled_->of(part)) {
    if (auto match = pattern.match(text, from, anchored)) return match;
  }
  return std::nullopt;
}

std::vector<LayoutMatch> LayoutMatcher::all(LayoutPart part, std::string_view text) const {
  std::vector<LayoutMatch> matches;
  for (const Pattern& pattern : compiled_->of(part)) {
    if (auto match = pattern.match(text, 0, false)) matches.push_back(std::move(*match));
  }
  return matches;
}

std::optional<LayoutMatch> LayoutMatcher::leftmost(LayoutPart part, std::string_view text,
                                                   std::size_t from) const {
  std::optional<LayoutMatch> best;
  for (const Pattern& pattern : compiled_->of(part)) {
    auto match = pattern.match(text, from, false);
    if (match && (!best || match->begin < best->begin)) best = std::move(match);
  }
  return best;
}

LayoutMatcher::Pieces LayoutMatcher::clauses(std::string_view text) const {
  return pieces_between(compiled_->clauses.get(), text);
}

LayoutMatcher::Pieces LayoutMatcher::items(std::string_view text) const {
  return pieces_between(compiled_->items.get(), text);
}

}  // namespace cadre
