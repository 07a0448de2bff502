// Lines that were broken where no sentence or entry ends, made whole.
#pragma once

#include <vector>

#include "cadre/import/layout_matcher.hpp"
#include "cadre/import/mapped_text.hpp"

namespace cadre {

/// The text with those lines joined to the next one that go on in it: a label of an information box
/// and its value (with " | " between them), a line that ends in a comma or inside a bracket, an
/// entry in which nothing was told yet, a sentence in Latin letters without an end. A line that
/// begins with dates, and furniture, is never joined to the one before it, but for values of
/// labels.
MappedText unwrapped(MappedText text, const std::vector<LayoutMatcher>& layouts);

}  // namespace cadre
