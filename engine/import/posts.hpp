// Provincial posts out of the rows of a career: who was party secretary or governor, where and
// when.
#pragma once

#include <cstddef>
#include <string>

#include "cadre/import/biography.hpp"
#include "cadre/import/layout_matcher.hpp"

namespace cadre {

/// Looks for offices of the layout in the rows of `biography.career` from `first` on. `place` is
/// the province that was named last, by which 省委 is known; it is brought up to date.
void derive_posts(const LayoutMatcher& layout, std::size_t first, std::string& place,
                  Biography& biography);

/// Gives each derived post the dates of its row, and makes one tenure of those in a province and
/// office that follow each other without a gap.
void derive_post_spans(Biography& biography);

}  // namespace cadre
