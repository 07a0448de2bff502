// A layout, compiled: its patterns ready to be matched. Safe to share between threads.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cadre/rules/layout.hpp"

namespace re2 {
class RE2;
}

namespace cadre {

/// A match of one of a layout's patterns.
struct LayoutMatch {
  const LayoutPattern* pattern = nullptr;
  std::size_t begin = 0;  ///< bytes of the text
  std::size_t end = 0;
  std::map<std::string, std::string_view> groups;  ///< those that took part
};

class LayoutMatcher {
 public:
  /// Keeps a reference to `layout`, which must outlive it.
  explicit LayoutMatcher(const Layout& layout);
  ~LayoutMatcher();
  LayoutMatcher(LayoutMatcher&&) noexcept;

  const Layout& layout() const { return layout_; }

  bool reads(std::string_view line) const;
  /// Whether the line says what the next one is.
  bool labels(std::string_view line) const;

  /// The match of the first pattern of the list, in its order, that is found in `text` from byte
  /// `from` on, which is the beginning for its `^`; at that byte if `anchored`.
  std::optional<LayoutMatch> first(LayoutPart part, std::string_view text, std::size_t from = 0,
                                   bool anchored = false) const;
  /// The matches of all patterns of the list, each pattern's first.
  std::vector<LayoutMatch> all(LayoutPart part, std::string_view text) const;
  /// The match that begins first; of those the first in the list.
  std::optional<LayoutMatch> leftmost(LayoutPart part, std::string_view text) const;

  /// The parts of `text` between matches of `clauses` or `items`, as byte ranges. The first group
  /// of the pattern, where it has one, belongs to the part after it.
  using Pieces = std::vector<std::pair<std::size_t, std::size_t>>;
  Pieces clauses(std::string_view text) const;
  Pieces items(std::string_view text) const;

 private:
  struct Compiled;
  const Layout& layout_;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace cadre
